using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CustomerService.Repairs.Data.Migrations
{
    /// <inheritdoc />
    public partial class WithdrawnProjects : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "withdrawn",
                table: "known_projects",
                type: "boolean",
                nullable: false,
                defaultValue: false);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "withdrawn",
                table: "known_projects");
        }
    }
}
