using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CustomerService.Repairs.Data.Migrations
{
    /// <summary>The table has the name that it has in every service; the numbers given stay.</summary>
    public partial class FormNumbers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropPrimaryKey(name: "pk_record_numbers", table: "record_numbers");
            migrationBuilder.RenameTable(name: "record_numbers", newName: "form_numbers");
            migrationBuilder.AddPrimaryKey(name: "pk_form_numbers", table: "form_numbers", columns: ["form", "year"]);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropPrimaryKey(name: "pk_form_numbers", table: "form_numbers");
            migrationBuilder.RenameTable(name: "form_numbers", newName: "record_numbers");
            migrationBuilder.AddPrimaryKey(name: "pk_record_numbers", table: "record_numbers", columns: ["form", "year"]);
        }
    }
}
