using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CustomerService.Projects.Data.Migrations
{
    /// <inheritdoc />
    public partial class SeasonsOfTerms : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropPrimaryKey(
                name: "pk_project_terms",
                table: "project_terms");

            migrationBuilder.AddColumn<string>(
                name: "season",
                table: "project_terms",
                type: "character varying(20)",
                maxLength: 20,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddPrimaryKey(
                name: "pk_project_terms",
                table: "project_terms",
                columns: new[] { "project_id", "part", "season" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // One row a part again: the later end, as before.
            migrationBuilder.Sql(
                "delete from project_terms a using project_terms b where a.project_id = b.project_id and a.part = b.part and (a.through, a.season) < (b.through, b.season)");

            migrationBuilder.DropPrimaryKey(
                name: "pk_project_terms",
                table: "project_terms");

            migrationBuilder.DropColumn(
                name: "season",
                table: "project_terms");

            migrationBuilder.AddPrimaryKey(
                name: "pk_project_terms",
                table: "project_terms",
                columns: new[] { "project_id", "part" });
        }
    }
}
