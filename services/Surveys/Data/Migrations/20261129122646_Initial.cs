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
                name: "accounts",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    display_name = table.Column<string>(type: "text", nullable: false),
                    roles = table.Column<string[]>(type: "text[]", nullable: false),
                    regions = table.Column<string[]>(type: "text[]", nullable: false),
                    department = table.Column<string>(type: "text", nullable: true),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: true),
                    active = table.Column<bool>(type: "boolean", nullable: false),
                    tokens_valid_from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_accounts", x => x.user_id);
                });

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
                name: "form_numbers",
                columns: table => new
                {
                    form = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    year = table.Column<int>(type: "integer", nullable: false),
                    last = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_form_numbers", x => new { x.form, x.year });
                });

            migrationBuilder.CreateTable(
                name: "idempotency_records",
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
                    table.PrimaryKey("pk_idempotency_records", x => new { x.actor_id, x.key });
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
                    version = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "jsonb", nullable: false),
                    audit_head = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'auditHead'", stored: true),
                    customer_id = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'customerId'", stored: true, collation: "C"),
                    department = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'department'", stored: true, collation: "C"),
                    expires_at = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'expiresAt'", stored: true, collation: "C"),
                    occasion = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'occasion'", stored: true, collation: "C"),
                    sent_on = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'sentOn'", stored: true, collation: "C"),
                    source_id = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'sourceId'", stored: true, collation: "C"),
                    state = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'state'", stored: true, collation: "C"),
                    survey = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'survey'", stored: true, collation: "C"),
                    token_hash = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'tokenHash'", stored: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_invitations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "organisations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "jsonb", nullable: false),
                    audit_head = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'auditHead'", stored: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_organisations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "outbox_messages",
                columns: table => new
                {
                    partition = table.Column<short>(type: "smallint", nullable: false),
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
                    table.PrimaryKey("pk_outbox_messages", x => new { x.partition, x.position });
                });

            migrationBuilder.CreateTable(
                name: "outbox_partitions",
                columns: table => new
                {
                    partition = table.Column<short>(type: "smallint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outbox_partitions", x => x.partition);
                });

            migrationBuilder.CreateTable(
                name: "record_file_carries",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "jsonb", nullable: false),
                    audit_head = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'auditHead'", stored: true),
                    from_id = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'fromId'", stored: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_record_file_carries", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "record_file_orders",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "jsonb", nullable: false),
                    audit_head = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'auditHead'", stored: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_record_file_orders", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "record_files",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "jsonb", nullable: false),
                    audit_head = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'auditHead'", stored: true),
                    record_id = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'recordId'", stored: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_record_files", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "record_followers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "jsonb", nullable: false),
                    active = table.Column<bool>(type: "boolean", nullable: true, computedColumnSql: "(body->>'active')::boolean", stored: true),
                    audit_head = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'auditHead'", stored: true),
                    record_id = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'recordId'", stored: true, collation: "C"),
                    user_id = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'userId'", stored: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_record_followers", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "record_links",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "jsonb", nullable: false),
                    active = table.Column<bool>(type: "boolean", nullable: true, computedColumnSql: "(body->>'active')::boolean", stored: true),
                    audit_head = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'auditHead'", stored: true),
                    record_id = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'recordId'", stored: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_record_links", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "record_notes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "jsonb", nullable: false),
                    audit_head = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'auditHead'", stored: true),
                    record_id = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'recordId'", stored: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_record_notes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "record_numbers",
                columns: table => new
                {
                    kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    year = table.Column<int>(type: "integer", nullable: false),
                    next = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_record_numbers", x => new { x.kind, x.year });
                });

            migrationBuilder.CreateTable(
                name: "record_tags",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "jsonb", nullable: false),
                    active = table.Column<bool>(type: "boolean", nullable: true, computedColumnSql: "(body->>'active')::boolean", stored: true),
                    audit_head = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'auditHead'", stored: true),
                    key = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'key'", stored: true, collation: "C"),
                    record_id = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'recordId'", stored: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_record_tags", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "responses",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "jsonb", nullable: false),
                    audit_head = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'auditHead'", stored: true),
                    customer_id = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'customerId'", stored: true, collation: "C"),
                    department = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'department'", stored: true, collation: "C"),
                    invitation_id = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'invitationId'", stored: true, collation: "C"),
                    received_on = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'receivedOn'", stored: true, collation: "C"),
                    state = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'state'", stored: true, collation: "C"),
                    survey = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'survey'", stored: true, collation: "C"),
                    verdict = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'verdict'", stored: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_responses", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "work_items",
                columns: table => new
                {
                    record_id = table.Column<Guid>(type: "uuid", nullable: false),
                    action = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    record_kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    number = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    severity = table.Column<string>(type: "text", nullable: true),
                    state = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    rule = table.Column<string>(type: "text", nullable: false),
                    alternatives = table.Column<string[]>(type: "text[]", nullable: false),
                    takers = table.Column<string[]>(type: "text[]", nullable: false),
                    exceptions = table.Column<string[]>(type: "text[]", nullable: false),
                    missing = table.Column<string[]>(type: "text[]", nullable: false),
                    waits_for = table.Column<string[]>(type: "text[]", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    assignee_id = table.Column<string>(type: "text", nullable: true),
                    assignee_name = table.Column<string>(type: "text", nullable: true),
                    assignee_department = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_work_items", x => new { x.record_id, x.action });
                });

            migrationBuilder.CreateTable(
                name: "work_snoozes",
                columns: table => new
                {
                    person_id = table.Column<string>(type: "text", nullable: false),
                    record_id = table.Column<Guid>(type: "uuid", nullable: false),
                    action = table.Column<string>(type: "text", nullable: false),
                    until = table.Column<DateOnly>(type: "date", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_work_snoozes", x => new { x.person_id, x.record_id, x.action });
                });

            migrationBuilder.InsertData(
                table: "outbox_partitions",
                column: "partition",
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
                name: "ix_accounts_tokens_valid_from",
                table: "accounts",
                column: "tokens_valid_from");

            migrationBuilder.CreateIndex(
                name: "ix_audit_trail_actor_id_aggregate_id",
                table: "audit_trail",
                columns: new[] { "actor_id", "aggregate_id" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_trail_at",
                table: "audit_trail",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_idempotency_records_at",
                table: "idempotency_records",
                column: "at");

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
                name: "ix_invitations_department_id",
                table: "invitations",
                columns: new[] { "department", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_invitations_occasion",
                table: "invitations",
                column: "occasion",
                unique: true,
                filter: "occasion IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_invitations_sent_on_id",
                table: "invitations",
                columns: new[] { "sent_on", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_invitations_source_id_id",
                table: "invitations",
                columns: new[] { "source_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_invitations_state_expires_at_id",
                table: "invitations",
                columns: new[] { "state", "expires_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_invitations_survey_id",
                table: "invitations",
                columns: new[] { "survey", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_invitations_token_hash",
                table: "invitations",
                column: "token_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_record_file_carries_from_id_id",
                table: "record_file_carries",
                columns: new[] { "from_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_record_files_record_id_id",
                table: "record_files",
                columns: new[] { "record_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_record_followers_record_id_active_id",
                table: "record_followers",
                columns: new[] { "record_id", "active", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_record_followers_user_id_active_id",
                table: "record_followers",
                columns: new[] { "user_id", "active", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_record_links_record_id_active_id",
                table: "record_links",
                columns: new[] { "record_id", "active", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_record_notes_record_id_id",
                table: "record_notes",
                columns: new[] { "record_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_record_tags_key_active_id",
                table: "record_tags",
                columns: new[] { "key", "active", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_record_tags_record_id_active_id",
                table: "record_tags",
                columns: new[] { "record_id", "active", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_responses_customer_id_id",
                table: "responses",
                columns: new[] { "customer_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_responses_department_id",
                table: "responses",
                columns: new[] { "department", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_responses_invitation_id",
                table: "responses",
                column: "invitation_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_responses_received_on_id",
                table: "responses",
                columns: new[] { "received_on", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_responses_state_id",
                table: "responses",
                columns: new[] { "state", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_responses_survey_id",
                table: "responses",
                columns: new[] { "survey", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_responses_verdict_id",
                table: "responses",
                columns: new[] { "verdict", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_work_items_assignee_department",
                table: "work_items",
                column: "assignee_department");

            migrationBuilder.CreateIndex(
                name: "ix_work_items_assignee_id_due_at",
                table: "work_items",
                columns: new[] { "assignee_id", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_work_items_takers",
                table: "work_items",
                column: "takers")
                .Annotation("Npgsql:IndexMethod", "gin");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "accounts");

            migrationBuilder.DropTable(
                name: "audit_trail");

            migrationBuilder.DropTable(
                name: "form_numbers");

            migrationBuilder.DropTable(
                name: "idempotency_records");

            migrationBuilder.DropTable(
                name: "inbox_entries");

            migrationBuilder.DropTable(
                name: "invitations");

            migrationBuilder.DropTable(
                name: "organisations");

            migrationBuilder.DropTable(
                name: "outbox_messages");

            migrationBuilder.DropTable(
                name: "outbox_partitions");

            migrationBuilder.DropTable(
                name: "record_file_carries");

            migrationBuilder.DropTable(
                name: "record_file_orders");

            migrationBuilder.DropTable(
                name: "record_files");

            migrationBuilder.DropTable(
                name: "record_followers");

            migrationBuilder.DropTable(
                name: "record_links");

            migrationBuilder.DropTable(
                name: "record_notes");

            migrationBuilder.DropTable(
                name: "record_numbers");

            migrationBuilder.DropTable(
                name: "record_tags");

            migrationBuilder.DropTable(
                name: "responses");

            migrationBuilder.DropTable(
                name: "work_items");

            migrationBuilder.DropTable(
                name: "work_snoozes");
        }
    }
}
