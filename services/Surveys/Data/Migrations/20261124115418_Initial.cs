using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace CustomerService.Surveys.Data.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "audit_trail",
                columns: table => new
                {
                    aggregate_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    aggregate_type = table.Column<string>(type: "text", nullable: false),
                    action = table.Column<string>(type: "text", nullable: false),
                    from_state = table.Column<string>(type: "text", nullable: true),
                    to_state = table.Column<string>(type: "text", nullable: false),
                    actor_id = table.Column<string>(type: "text", nullable: false),
                    actor_name = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    why = table.Column<string>(type: "text", nullable: true),
                    policy_version = table.Column<int>(type: "integer", nullable: false),
                    previous_hash = table.Column<string>(type: "text", nullable: false),
                    hash = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_trail", x => new { x.aggregate_id, x.sequence });
                });

            migrationBuilder.CreateTable(
                name: "command_outcomes",
                columns: table => new
                {
                    actor_id = table.Column<string>(type: "text", nullable: false),
                    key = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    request_hash = table.Column<string>(type: "text", nullable: false),
                    status = table.Column<int>(type: "integer", nullable: false),
                    body = table.Column<string>(type: "text", nullable: false),
                    e_tag = table.Column<string>(type: "text", nullable: true),
                    location = table.Column<string>(type: "text", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_command_outcomes", x => new { x.actor_id, x.key });
                });

            migrationBuilder.CreateTable(
                name: "forms",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    invitation_id = table.Column<Guid>(type: "uuid", nullable: false, computedColumnSql: "(body->>'invitationId')::uuid", stored: true),
                    overall = table.Column<string>(type: "text", nullable: false, computedColumnSql: "body->>'overall'", stored: true),
                    verdict = table.Column<string>(type: "text", nullable: false, computedColumnSql: "body->>'verdict'", stored: true),
                    recovered_on = table.Column<string>(type: "text", nullable: false, computedColumnSql: "body->>'recoveredOn'", stored: true, collation: "C"),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "jsonb", nullable: false),
                    audit_head = table.Column<string>(type: "text", nullable: false, computedColumnSql: "body->>'auditHead'", stored: true),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false, computedColumnSql: "(body->>'customerId')::uuid", stored: true),
                    survey = table.Column<string>(type: "text", nullable: false, computedColumnSql: "body->>'survey'", stored: true),
                    department = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'department'", stored: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_forms", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "inbox_entries",
                columns: table => new
                {
                    message_id = table.Column<Guid>(type: "uuid", nullable: false),
                    consumer = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    consumed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inbox_entries", x => new { x.message_id, x.consumer });
                });

            migrationBuilder.CreateTable(
                name: "invitations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false, computedColumnSql: "body->>'state'", stored: true),
                    token_hash = table.Column<string>(type: "text", nullable: false, computedColumnSql: "body->>'tokenHash'", stored: true),
                    occasion = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'occasion'", stored: true),
                    source_id = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'sourceId'", stored: true),
                    sent_on = table.Column<string>(type: "text", nullable: false, computedColumnSql: "body->>'sentOn'", stored: true, collation: "C"),
                    expires_at = table.Column<string>(type: "text", nullable: false, computedColumnSql: "body->>'expiresAt'", stored: true, collation: "C"),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "jsonb", nullable: false),
                    audit_head = table.Column<string>(type: "text", nullable: false, computedColumnSql: "body->>'auditHead'", stored: true),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false, computedColumnSql: "(body->>'customerId')::uuid", stored: true),
                    survey = table.Column<string>(type: "text", nullable: false, computedColumnSql: "body->>'survey'", stored: true),
                    department = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'department'", stored: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_invitations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "outbox_lanes",
                columns: table => new
                {
                    lane = table.Column<short>(type: "smallint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outbox_lanes", x => x.lane);
                });

            migrationBuilder.CreateTable(
                name: "outbox_messages",
                columns: table => new
                {
                    lane = table.Column<short>(type: "smallint", nullable: false),
                    position = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    event_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    body = table.Column<string>(type: "text", nullable: false),
                    trace_parent = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    occurred_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outbox_messages", x => new { x.lane, x.position });
                });

            migrationBuilder.InsertData(
                table: "outbox_lanes",
                column: "lane",
                values: new object[]
                {
                    (short)0,
                    (short)1,
                    (short)2,
                    (short)3,
                    (short)4,
                    (short)5,
                    (short)6,
                    (short)7,
                    (short)8,
                    (short)9,
                    (short)10,
                    (short)11,
                    (short)12,
                    (short)13,
                    (short)14,
                    (short)15
                });

            migrationBuilder.CreateIndex(
                name: "ix_audit_trail_at",
                table: "audit_trail",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_command_outcomes_at",
                table: "command_outcomes",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_forms_customer_id_id",
                table: "forms",
                columns: new[] { "customer_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_forms_invitation_id",
                table: "forms",
                column: "invitation_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_forms_recovered_on",
                table: "forms",
                column: "recovered_on");

            migrationBuilder.CreateIndex(
                name: "ix_inbox_entries_consumed_at",
                table: "inbox_entries",
                column: "consumed_at")
                .Annotation("Npgsql:IndexMethod", "brin");

            migrationBuilder.CreateIndex(
                name: "ix_invitations_customer_id_id",
                table: "invitations",
                columns: new[] { "customer_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_invitations_occasion",
                table: "invitations",
                column: "occasion",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_invitations_sent_on",
                table: "invitations",
                column: "sent_on");

            migrationBuilder.CreateIndex(
                name: "ix_invitations_state_expires_at",
                table: "invitations",
                columns: new[] { "state", "expires_at" });

            migrationBuilder.CreateIndex(
                name: "ix_invitations_token_hash",
                table: "invitations",
                column: "token_hash",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "audit_trail");

            migrationBuilder.DropTable(
                name: "command_outcomes");

            migrationBuilder.DropTable(
                name: "forms");

            migrationBuilder.DropTable(
                name: "inbox_entries");

            migrationBuilder.DropTable(
                name: "invitations");

            migrationBuilder.DropTable(
                name: "outbox_lanes");

            migrationBuilder.DropTable(
                name: "outbox_messages");
        }
    }
}
