using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CustomerService.Projects.Data.Migrations
{
    /// <inheritdoc />
    public partial class ContractNumberOfWithdrawnIsFree : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_projects_contract_number",
                table: "projects");

            migrationBuilder.CreateIndex(
                name: "ix_projects_contract_number",
                table: "projects",
                column: "contract_number",
                unique: true,
                filter: "state <> 'Withdrawn'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_projects_contract_number",
                table: "projects");

            migrationBuilder.CreateIndex(
                name: "ix_projects_contract_number",
                table: "projects",
                column: "contract_number",
                unique: true);
        }
    }
}
