using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CustomerService.Reporting.Data.Migrations
{
    /// <inheritdoc />
    public partial class VersionsOfColumns : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "failed_version",
                table: "fact_repair_order",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "passed_version",
                table: "fact_repair_order",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "unit_version",
                table: "fact_repair_order",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "department",
                table: "fact_invitation",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "analysed_version",
                table: "fact_corrective_action",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "effective_version",
                table: "fact_corrective_action",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "executed_version",
                table: "fact_corrective_action",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "reviewed_version",
                table: "fact_corrective_action",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "liability_version",
                table: "fact_complaint",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "responded_version",
                table: "fact_complaint",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "targets_version",
                table: "fact_complaint",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "triage_version",
                table: "fact_complaint",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "accepted_version",
                table: "dim_project",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "described_version",
                table: "dim_project",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "warranty_version",
                table: "dim_project",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            // What is known so far is as new as the last event that told the state, which is never older than what wrote the column.
            migrationBuilder.Sql(
                """
                update fact_repair_order set
                    unit_version = case when repair_unit_id is null then 0 else state_version end,
                    passed_version = case when passed_on is null then 0 else state_version end,
                    failed_version = case when failed_inspections = 0 and returned_on is null then 0 else state_version end;
                update fact_corrective_action set
                    analysed_version = case when analysed_on is null then 0 else state_version end,
                    reviewed_version = case when reviewed_on is null then 0 else state_version end,
                    executed_version = case when executed_on is null then 0 else state_version end,
                    effective_version = verified_version;
                update fact_complaint set
                    targets_version = case when severity is null then 0 else 1 end,
                    responded_version = case when responded_at is null then 0 else state_version end,
                    triage_version = case when triage is null then 0 else state_version end,
                    liability_version = case when liability is null then 0 else state_version end;
                update dim_project set
                    described_version = case when name is null then 0 else 1 end,
                    accepted_version = case when accepted_on is null then 0 else state_version end,
                    warranty_version = case when warranty_ends_on is null then 0 else state_version end;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "failed_version",
                table: "fact_repair_order");

            migrationBuilder.DropColumn(
                name: "passed_version",
                table: "fact_repair_order");

            migrationBuilder.DropColumn(
                name: "unit_version",
                table: "fact_repair_order");

            migrationBuilder.DropColumn(
                name: "department",
                table: "fact_invitation");

            migrationBuilder.DropColumn(
                name: "analysed_version",
                table: "fact_corrective_action");

            migrationBuilder.DropColumn(
                name: "effective_version",
                table: "fact_corrective_action");

            migrationBuilder.DropColumn(
                name: "executed_version",
                table: "fact_corrective_action");

            migrationBuilder.DropColumn(
                name: "reviewed_version",
                table: "fact_corrective_action");

            migrationBuilder.DropColumn(
                name: "liability_version",
                table: "fact_complaint");

            migrationBuilder.DropColumn(
                name: "responded_version",
                table: "fact_complaint");

            migrationBuilder.DropColumn(
                name: "targets_version",
                table: "fact_complaint");

            migrationBuilder.DropColumn(
                name: "triage_version",
                table: "fact_complaint");

            migrationBuilder.DropColumn(
                name: "accepted_version",
                table: "dim_project");

            migrationBuilder.DropColumn(
                name: "described_version",
                table: "dim_project");

            migrationBuilder.DropColumn(
                name: "warranty_version",
                table: "dim_project");
        }
    }
}
