using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CustomerService.Projects.Data.Migrations
{
    /// <inheritdoc />
    public partial class SearchAndListsAtSize : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_revisits_owner_id",
                table: "revisits");

            migrationBuilder.DropIndex(
                name: "ix_revisits_state_due_on",
                table: "revisits");

            migrationBuilder.DropIndex(
                name: "ix_projects_owner_id",
                table: "projects");

            migrationBuilder.AddColumn<string>(
                name: "search_text",
                table: "projects",
                type: "text",
                nullable: false,
                defaultValue: "");

            // What was registered before is found as what comes after: small letters, no white space, one text a line, and its pieces of one to three characters.
            migrationBuilder.DropIndex(
                name: "ix_projects_search_grams",
                table: "projects");
            migrationBuilder.Sql(
                """
                update projects set search_text = regexp_replace(lower(contract_number), '\s', '', 'g') || chr(10) || regexp_replace(lower(name), '\s', '', 'g') || chr(10)
                    || regexp_replace(lower(owner_name), '\s', '', 'g') || chr(10) || regexp_replace(lower(site_address), '\s', '', 'g')
                """);
            migrationBuilder.Sql(
                """
                update projects set search_grams = array(
                    select distinct gram
                    from unnest(string_to_array(search_text, chr(10))) as line, generate_series(1, length(line)) as place,
                        lateral (values (substr(line, place, 1)), (substr(line, place, 2)), (substr(line, place, 3))) as piece (gram))
                """);
            migrationBuilder.CreateIndex(
                name: "ix_projects_search_grams",
                table: "projects",
                column: "search_grams")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "ix_revisits_open",
                table: "revisits",
                columns: new[] { "due_on", "id" },
                filter: "state in ('Planned', 'Opened')");

            migrationBuilder.CreateIndex(
                name: "ix_revisits_owner_id_due_on_id",
                table: "revisits",
                columns: new[] { "owner_id", "due_on", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_revisits_project_id_due_on_id",
                table: "revisits",
                columns: new[] { "project_id", "due_on", "id" })
                .Annotation("Npgsql:IndexInclude", new[] { "state" });

            migrationBuilder.CreateIndex(
                name: "ix_revisits_state_due_on_id",
                table: "revisits",
                columns: new[] { "state", "due_on", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_projects_accepted_on_id",
                table: "projects",
                columns: new[] { "accepted_on", "id" })
                .Annotation("Npgsql:IndexInclude", new[] { "state" });

            migrationBuilder.CreateIndex(
                name: "ix_projects_city_id",
                table: "projects",
                columns: new[] { "city", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_projects_handed_over_on_id",
                table: "projects",
                columns: new[] { "handed_over_on", "id" })
                .Annotation("Npgsql:IndexInclude", new[] { "state" });

            migrationBuilder.CreateIndex(
                name: "ix_projects_not_cleared",
                table: "projects",
                column: "id",
                filter: "clearance is null and clearance_due_on is not null")
                .Annotation("Npgsql:IndexInclude", new[] { "clearance_due_on" });

            migrationBuilder.CreateIndex(
                name: "ix_projects_owner_id_id",
                table: "projects",
                columns: new[] { "owner_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_projects_state_id",
                table: "projects",
                columns: new[] { "state", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_projects_without_revisit",
                table: "projects",
                column: "id",
                filter: "held_revisits = 0 and horizon_ends_on is not null")
                .Annotation("Npgsql:IndexInclude", new[] { "horizon_ends_on" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_revisits_open",
                table: "revisits");

            migrationBuilder.DropIndex(
                name: "ix_revisits_owner_id_due_on_id",
                table: "revisits");

            migrationBuilder.DropIndex(
                name: "ix_revisits_project_id_due_on_id",
                table: "revisits");

            migrationBuilder.DropIndex(
                name: "ix_revisits_state_due_on_id",
                table: "revisits");

            migrationBuilder.DropIndex(
                name: "ix_projects_accepted_on_id",
                table: "projects");

            migrationBuilder.DropIndex(
                name: "ix_projects_city_id",
                table: "projects");

            migrationBuilder.DropIndex(
                name: "ix_projects_handed_over_on_id",
                table: "projects");

            migrationBuilder.DropIndex(
                name: "ix_projects_not_cleared",
                table: "projects");

            migrationBuilder.DropIndex(
                name: "ix_projects_owner_id_id",
                table: "projects");

            migrationBuilder.DropIndex(
                name: "ix_projects_state_id",
                table: "projects");

            migrationBuilder.DropIndex(
                name: "ix_projects_without_revisit",
                table: "projects");

            migrationBuilder.DropColumn(
                name: "search_text",
                table: "projects");

            migrationBuilder.CreateIndex(
                name: "ix_revisits_owner_id",
                table: "revisits",
                column: "owner_id");

            migrationBuilder.CreateIndex(
                name: "ix_revisits_state_due_on",
                table: "revisits",
                columns: new[] { "state", "due_on" });

            migrationBuilder.CreateIndex(
                name: "ix_projects_owner_id",
                table: "projects",
                column: "owner_id");
        }
    }
}
