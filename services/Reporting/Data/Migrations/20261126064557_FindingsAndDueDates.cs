using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CustomerService.Reporting.Data.Migrations
{
    /// <inheritdoc />
    public partial class FindingsAndDueDates : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_fact_revisit_planned_on",
                table: "fact_revisit");

            migrationBuilder.AddColumn<Guid[]>(
                name: "finding_ids",
                table: "fact_revisit",
                type: "uuid[]",
                nullable: false,
                defaultValue: new Guid[0]);

            migrationBuilder.AddColumn<long>(
                name: "due_version",
                table: "fact_corrective_action",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "breached_version",
                table: "dim_project",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<DateOnly>(
                name: "clearance_missed_on",
                table: "dim_project",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "clearance_missed_version",
                table: "dim_project",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "clearance_version",
                table: "dim_project",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateIndex(
                name: "ix_fact_revisit_due_on",
                table: "fact_revisit",
                column: "due_on");

            migrationBuilder.CreateIndex(
                name: "ix_fact_revisit_project_id",
                table: "fact_revisit",
                column: "project_id");

            // What was taken before the versions were kept is no older than this.
            migrationBuilder.Sql("update fact_corrective_action set due_version = assigned_version");
            migrationBuilder.Sql("update dim_project set clearance_version = accepted_version where clearance_due_on is not null");
            migrationBuilder.Sql("update dim_project set clearance_missed_on = clearance_overdue_since");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_fact_revisit_due_on",
                table: "fact_revisit");

            migrationBuilder.DropIndex(
                name: "ix_fact_revisit_project_id",
                table: "fact_revisit");

            migrationBuilder.DropColumn(
                name: "finding_ids",
                table: "fact_revisit");

            migrationBuilder.DropColumn(
                name: "due_version",
                table: "fact_corrective_action");

            migrationBuilder.DropColumn(
                name: "breached_version",
                table: "dim_project");

            migrationBuilder.DropColumn(
                name: "clearance_missed_on",
                table: "dim_project");

            migrationBuilder.DropColumn(
                name: "clearance_missed_version",
                table: "dim_project");

            migrationBuilder.DropColumn(
                name: "clearance_version",
                table: "dim_project");

            migrationBuilder.CreateIndex(
                name: "ix_fact_revisit_planned_on",
                table: "fact_revisit",
                column: "planned_on");
        }
    }
}
