using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CustomerService.Reporting.Data.Migrations
{
    /// <inheritdoc />
    public partial class ResolutionVersion : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "resolution_version",
                table: "fact_complaint",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);
            // Until now the due date of the resolution was written together with the other targets.
            migrationBuilder.Sql("update fact_complaint set resolution_version = targets_version");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "resolution_version",
                table: "fact_complaint");
        }
    }
}
