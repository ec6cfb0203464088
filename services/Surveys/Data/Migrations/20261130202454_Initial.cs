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
                    tokens_valid_from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    email = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_accounts", x => x.user_id);
                });

            migrationBuilder.CreateTable(
                name: "answer_boxes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "jsonb", nullable: false),
                    audit_head = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'auditHead'", stored: true),
                    campaign_id = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'campaignId'", stored: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_answer_boxes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "assessments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "jsonb", nullable: false),
                    audit_head = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'auditHead'", stored: true),
                    held_on = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'heldOn'", stored: true, collation: "C"),
                    hidden_from = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'hiddenFrom'", stored: true, collation: "C"),
                    is_mystery = table.Column<bool>(type: "boolean", nullable: true, computedColumnSql: "(body->>'isMystery')::boolean", stored: true),
                    number = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'number'", stored: true, collation: "C"),
                    point_id = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'pointId'", stored: true, collation: "C"),
                    state = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'state'", stored: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_assessments", x => x.id);
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
                name: "campaigns",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "jsonb", nullable: false),
                    audit_head = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'auditHead'", stored: true),
                    last_day = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'lastDay'", stored: true, collation: "C"),
                    number = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'number'", stored: true, collation: "C"),
                    open_hash = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'openHash'", stored: true, collation: "C"),
                    state = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'state'", stored: true, collation: "C"),
                    survey = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'survey'", stored: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_campaigns", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "contact_notes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "jsonb", nullable: false),
                    audit_head = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'auditHead'", stored: true),
                    department = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'department'", stored: true, collation: "C"),
                    number = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'number'", stored: true, collation: "C"),
                    state = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'state'", stored: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_contact_notes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "customer_cases",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "jsonb", nullable: false),
                    audit_head = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'auditHead'", stored: true),
                    customer_id = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'customerId'", stored: true, collation: "C"),
                    is_open = table.Column<bool>(type: "boolean", nullable: true, computedColumnSql: "(body->>'isOpen')::boolean", stored: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_customer_cases", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "editions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "jsonb", nullable: false),
                    audit_head = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'auditHead'", stored: true),
                    number = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'number'", stored: true, collation: "C"),
                    state = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'state'", stored: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_editions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "evaluations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "jsonb", nullable: false),
                    audit_head = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'auditHead'", stored: true),
                    department = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'department'", stored: true, collation: "C"),
                    due_on = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'dueOn'", stored: true, collation: "C"),
                    key = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'key'", stored: true, collation: "C"),
                    notice_through = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'noticeThrough'", stored: true, collation: "C"),
                    state = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'state'", stored: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_evaluations", x => x.id);
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
                name: "half_year_reviews",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "jsonb", nullable: false),
                    audit_head = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'auditHead'", stored: true),
                    key = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'key'", stored: true, collation: "C"),
                    state = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'state'", stored: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_half_year_reviews", x => x.id);
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
                name: "interview_links",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "jsonb", nullable: false),
                    audit_head = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'auditHead'", stored: true),
                    campaign_id = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'campaignId'", stored: true, collation: "C"),
                    token_hash = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'tokenHash'", stored: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_interview_links", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "invitations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "jsonb", nullable: false),
                    audit_head = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'auditHead'", stored: true),
                    batch_id = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'batchId'", stored: true, collation: "C"),
                    campaign_id = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'campaignId'", stored: true, collation: "C"),
                    channel = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'channel'", stored: true, collation: "C"),
                    customer_id = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'customerId'", stored: true, collation: "C"),
                    department = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'department'", stored: true, collation: "C"),
                    expires_at = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'expiresAt'", stored: true, collation: "C"),
                    is_partial = table.Column<bool>(type: "boolean", nullable: true, computedColumnSql: "(body->>'isPartial')::boolean", stored: true),
                    judged = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'judged'", stored: true, collation: "C"),
                    occasion = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'occasion'", stored: true, collation: "C"),
                    product = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'product'", stored: true, collation: "C"),
                    recipient = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'recipient'", stored: true, collation: "C"),
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
                name: "known_customers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "jsonb", nullable: false),
                    audit_head = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'auditHead'", stored: true),
                    organisation_id = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'organisationId'", stored: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_known_customers", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "known_departments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "jsonb", nullable: false),
                    audit_head = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'auditHead'", stored: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_known_departments", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "number_series",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "jsonb", nullable: false),
                    audit_head = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'auditHead'", stored: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_number_series", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "opt_outs",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "jsonb", nullable: false),
                    audit_head = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'auditHead'", stored: true),
                    customer_id = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'customerId'", stored: true, collation: "C"),
                    recipient = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'recipient'", stored: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_opt_outs", x => x.id);
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
                name: "outgoing_mails",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "jsonb", nullable: false),
                    audit_head = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'auditHead'", stored: true),
                    next_at = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'nextAt'", stored: true, collation: "C"),
                    record_id = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'recordId'", stored: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outgoing_mails", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "owed_answers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "jsonb", nullable: false),
                    audit_head = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'auditHead'", stored: true),
                    customer_id = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'customerId'", stored: true, collation: "C"),
                    response_id = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'responseId'", stored: true, collation: "C"),
                    state = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'state'", stored: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_owed_answers", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "personal_data_exports",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "jsonb", nullable: false),
                    audit_head = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'auditHead'", stored: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_personal_data_exports", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "quality_goals",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "jsonb", nullable: false),
                    audit_head = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'auditHead'", stored: true),
                    department = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'department'", stored: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_quality_goals", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "record_file_carries",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "jsonb", nullable: false),
                    audit_head = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'auditHead'", stored: true),
                    from_id = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'fromId'", stored: true, collation: "C"),
                    record_id = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'recordId'", stored: true, collation: "C")
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
                    audit_head = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'auditHead'", stored: true),
                    record_id = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'recordId'", stored: true, collation: "C")
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
                    record_id = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'recordId'", stored: true, collation: "C"),
                    sha256 = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'sha256'", stored: true, collation: "C")
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
                    campaign_id = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'campaignId'", stored: true, collation: "C"),
                    competitor = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'competitor'", stored: true, collation: "C"),
                    customer_id = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'customerId'", stored: true, collation: "C"),
                    department = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'department'", stored: true, collation: "C"),
                    invitation_id = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'invitationId'", stored: true, collation: "C"),
                    is_filed = table.Column<bool>(type: "boolean", nullable: true, computedColumnSql: "(body->>'isFiled')::boolean", stored: true),
                    judged = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'judged'", stored: true, collation: "C"),
                    mode = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'mode'", stored: true, collation: "C"),
                    overall = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'overall'", stored: true, collation: "C"),
                    product = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'product'", stored: true, collation: "C"),
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
                name: "retention_entries",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "jsonb", nullable: false),
                    audit_head = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'auditHead'", stored: true),
                    blobs_due_at = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'blobsDueAt'", stored: true, collation: "C"),
                    closed_on = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'closedOn'", stored: true, collation: "C"),
                    keep_through = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'keepThrough'", stored: true, collation: "C"),
                    record_id = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'recordId'", stored: true, collation: "C"),
                    record_kind = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'recordKind'", stored: true, collation: "C"),
                    state = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'state'", stored: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_retention_entries", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "service_points",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "jsonb", nullable: false),
                    active = table.Column<bool>(type: "boolean", nullable: true, computedColumnSql: "(body->>'active')::boolean", stored: true),
                    audit_head = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'auditHead'", stored: true),
                    code = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'code'", stored: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_service_points", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "serving_capas",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "jsonb", nullable: false),
                    audit_head = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'auditHead'", stored: true),
                    capa_id = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'capaId'", stored: true, collation: "C"),
                    case_id = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'caseId'", stored: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_serving_capas", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "sheet_batches",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "jsonb", nullable: false),
                    audit_head = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'auditHead'", stored: true),
                    campaign_id = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'campaignId'", stored: true, collation: "C"),
                    is_anonymous = table.Column<bool>(type: "boolean", nullable: true, computedColumnSql: "(body->>'isAnonymous')::boolean", stored: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sheet_batches", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "sheet_codes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "jsonb", nullable: false),
                    audit_head = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'auditHead'", stored: true),
                    hash = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'hash'", stored: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sheet_codes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "spent_codes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "jsonb", nullable: false),
                    audit_head = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'auditHead'", stored: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_spent_codes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "suggestions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<string>(type: "jsonb", nullable: false),
                    audit_head = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'auditHead'", stored: true),
                    customer_id = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'customerId'", stored: true, collation: "C"),
                    product = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'product'", stored: true, collation: "C"),
                    received_on = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'receivedOn'", stored: true, collation: "C"),
                    state = table.Column<string>(type: "text", nullable: true, computedColumnSql: "body->>'state'", stored: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_suggestions", x => x.id);
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
                    depends_on_time = table.Column<bool>(type: "boolean", nullable: false),
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
                    (short)15,
                    (short)16
                });

            migrationBuilder.CreateIndex(
                name: "ix_accounts_tokens_valid_from",
                table: "accounts",
                column: "tokens_valid_from");

            migrationBuilder.CreateIndex(
                name: "ix_answer_boxes_campaign_id_id",
                table: "answer_boxes",
                columns: new[] { "campaign_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_assessments_held_on_id",
                table: "assessments",
                columns: new[] { "held_on", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_assessments_hidden_from_id",
                table: "assessments",
                columns: new[] { "hidden_from", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_assessments_is_mystery_id",
                table: "assessments",
                columns: new[] { "is_mystery", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_assessments_number",
                table: "assessments",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_assessments_point_id_held_on_id",
                table: "assessments",
                columns: new[] { "point_id", "held_on", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_assessments_state_id",
                table: "assessments",
                columns: new[] { "state", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_trail_actor_id_aggregate_id",
                table: "audit_trail",
                columns: new[] { "actor_id", "aggregate_id" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_trail_at",
                table: "audit_trail",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_campaigns_number",
                table: "campaigns",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_campaigns_open_hash",
                table: "campaigns",
                column: "open_hash",
                unique: true,
                filter: "open_hash IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_campaigns_state_last_day_id",
                table: "campaigns",
                columns: new[] { "state", "last_day", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_campaigns_survey_id",
                table: "campaigns",
                columns: new[] { "survey", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_contact_notes_department_state_id",
                table: "contact_notes",
                columns: new[] { "department", "state", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_contact_notes_number",
                table: "contact_notes",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_contact_notes_state_id",
                table: "contact_notes",
                columns: new[] { "state", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_customer_cases_customer_id_is_open_id",
                table: "customer_cases",
                columns: new[] { "customer_id", "is_open", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_editions_number",
                table: "editions",
                column: "number",
                unique: true,
                filter: "number IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_editions_state_id",
                table: "editions",
                columns: new[] { "state", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_evaluations_department_id",
                table: "evaluations",
                columns: new[] { "department", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_evaluations_key",
                table: "evaluations",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_evaluations_notice_through_id",
                table: "evaluations",
                columns: new[] { "notice_through", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_evaluations_state_due_on_id",
                table: "evaluations",
                columns: new[] { "state", "due_on", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_half_year_reviews_key",
                table: "half_year_reviews",
                column: "key",
                unique: true,
                filter: "key IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_half_year_reviews_state_id",
                table: "half_year_reviews",
                columns: new[] { "state", "id" });

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
                name: "ix_interview_links_campaign_id_id",
                table: "interview_links",
                columns: new[] { "campaign_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_interview_links_token_hash",
                table: "interview_links",
                column: "token_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_invitations_batch_id_id",
                table: "invitations",
                columns: new[] { "batch_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_invitations_campaign_id_id",
                table: "invitations",
                columns: new[] { "campaign_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_invitations_customer_id_id",
                table: "invitations",
                columns: new[] { "customer_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_invitations_department_id",
                table: "invitations",
                columns: new[] { "department", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_invitations_is_partial_sent_on_id",
                table: "invitations",
                columns: new[] { "is_partial", "sent_on", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_invitations_occasion",
                table: "invitations",
                column: "occasion",
                unique: true,
                filter: "occasion IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_invitations_product_id",
                table: "invitations",
                columns: new[] { "product", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_invitations_recipient_sent_on_id",
                table: "invitations",
                columns: new[] { "recipient", "sent_on", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_invitations_sent_on_id",
                table: "invitations",
                columns: new[] { "sent_on", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_invitations_sent_on_judged_state_survey_channel_id",
                table: "invitations",
                columns: new[] { "sent_on", "judged", "state", "survey", "channel", "id" });

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
                name: "ix_known_customers_organisation_id",
                table: "known_customers",
                column: "organisation_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_opt_outs_customer_id_id",
                table: "opt_outs",
                columns: new[] { "customer_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_opt_outs_recipient_id",
                table: "opt_outs",
                columns: new[] { "recipient", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_outgoing_mails_next_at_id",
                table: "outgoing_mails",
                columns: new[] { "next_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_outgoing_mails_record_id_id",
                table: "outgoing_mails",
                columns: new[] { "record_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_owed_answers_customer_id_id",
                table: "owed_answers",
                columns: new[] { "customer_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_owed_answers_response_id",
                table: "owed_answers",
                column: "response_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_owed_answers_state_id",
                table: "owed_answers",
                columns: new[] { "state", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_quality_goals_department_id",
                table: "quality_goals",
                columns: new[] { "department", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_record_file_carries_from_id_id",
                table: "record_file_carries",
                columns: new[] { "from_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_record_file_carries_record_id_id",
                table: "record_file_carries",
                columns: new[] { "record_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_record_file_orders_record_id_id",
                table: "record_file_orders",
                columns: new[] { "record_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_record_files_record_id_id",
                table: "record_files",
                columns: new[] { "record_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_record_files_sha256_id",
                table: "record_files",
                columns: new[] { "sha256", "id" });

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
                name: "ix_responses_campaign_id_id",
                table: "responses",
                columns: new[] { "campaign_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_responses_competitor_id",
                table: "responses",
                columns: new[] { "competitor", "id" });

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
                name: "ix_responses_is_filed_id",
                table: "responses",
                columns: new[] { "is_filed", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_responses_mode_id",
                table: "responses",
                columns: new[] { "mode", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_responses_product_id",
                table: "responses",
                columns: new[] { "product", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_responses_received_on_id",
                table: "responses",
                columns: new[] { "received_on", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_responses_received_on_judged_overall_survey_mode_id",
                table: "responses",
                columns: new[] { "received_on", "judged", "overall", "survey", "mode", "id" });

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
                name: "ix_retention_entries_blobs_due_at_id",
                table: "retention_entries",
                columns: new[] { "blobs_due_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_retention_entries_closed_on_id",
                table: "retention_entries",
                columns: new[] { "closed_on", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_retention_entries_record_id",
                table: "retention_entries",
                column: "record_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_retention_entries_record_kind_id",
                table: "retention_entries",
                columns: new[] { "record_kind", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_retention_entries_state_keep_through_id",
                table: "retention_entries",
                columns: new[] { "state", "keep_through", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_service_points_active_id",
                table: "service_points",
                columns: new[] { "active", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_service_points_code",
                table: "service_points",
                column: "code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_serving_capas_capa_id_id",
                table: "serving_capas",
                columns: new[] { "capa_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_serving_capas_case_id_id",
                table: "serving_capas",
                columns: new[] { "case_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_sheet_batches_campaign_id_id",
                table: "sheet_batches",
                columns: new[] { "campaign_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_sheet_batches_is_anonymous_id",
                table: "sheet_batches",
                columns: new[] { "is_anonymous", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_sheet_codes_hash",
                table: "sheet_codes",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_suggestions_customer_id_id",
                table: "suggestions",
                columns: new[] { "customer_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_suggestions_product_id",
                table: "suggestions",
                columns: new[] { "product", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_suggestions_received_on_id",
                table: "suggestions",
                columns: new[] { "received_on", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_suggestions_state_id",
                table: "suggestions",
                columns: new[] { "state", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_work_items_assignee_department",
                table: "work_items",
                column: "assignee_department",
                filter: "assignee_department is not null");

            migrationBuilder.CreateIndex(
                name: "ix_work_items_assignee_id_due_at",
                table: "work_items",
                columns: new[] { "assignee_id", "due_at" },
                filter: "assignee_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_work_items_due_at_record_id_action",
                table: "work_items",
                columns: new[] { "due_at", "record_id", "action" });

            migrationBuilder.CreateIndex(
                name: "ix_work_items_record_id",
                table: "work_items",
                column: "record_id",
                filter: "depends_on_time");

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
                name: "answer_boxes");

            migrationBuilder.DropTable(
                name: "assessments");

            migrationBuilder.DropTable(
                name: "audit_trail");

            migrationBuilder.DropTable(
                name: "campaigns");

            migrationBuilder.DropTable(
                name: "contact_notes");

            migrationBuilder.DropTable(
                name: "customer_cases");

            migrationBuilder.DropTable(
                name: "editions");

            migrationBuilder.DropTable(
                name: "evaluations");

            migrationBuilder.DropTable(
                name: "form_numbers");

            migrationBuilder.DropTable(
                name: "half_year_reviews");

            migrationBuilder.DropTable(
                name: "idempotency_records");

            migrationBuilder.DropTable(
                name: "inbox_entries");

            migrationBuilder.DropTable(
                name: "interview_links");

            migrationBuilder.DropTable(
                name: "invitations");

            migrationBuilder.DropTable(
                name: "known_customers");

            migrationBuilder.DropTable(
                name: "known_departments");

            migrationBuilder.DropTable(
                name: "number_series");

            migrationBuilder.DropTable(
                name: "opt_outs");

            migrationBuilder.DropTable(
                name: "organisations");

            migrationBuilder.DropTable(
                name: "outbox_messages");

            migrationBuilder.DropTable(
                name: "outbox_partitions");

            migrationBuilder.DropTable(
                name: "outgoing_mails");

            migrationBuilder.DropTable(
                name: "owed_answers");

            migrationBuilder.DropTable(
                name: "personal_data_exports");

            migrationBuilder.DropTable(
                name: "quality_goals");

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
                name: "retention_entries");

            migrationBuilder.DropTable(
                name: "service_points");

            migrationBuilder.DropTable(
                name: "serving_capas");

            migrationBuilder.DropTable(
                name: "sheet_batches");

            migrationBuilder.DropTable(
                name: "sheet_codes");

            migrationBuilder.DropTable(
                name: "spent_codes");

            migrationBuilder.DropTable(
                name: "suggestions");

            migrationBuilder.DropTable(
                name: "work_items");

            migrationBuilder.DropTable(
                name: "work_snoozes");
        }
    }
}
