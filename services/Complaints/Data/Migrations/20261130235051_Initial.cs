using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace CustomerService.Complaints.Data.Migrations
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
                name: "action_items",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    policy_version = table.Column<int>(type: "integer", nullable: false),
                    purpose = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    rule = table.Column<string>(type: "text", nullable: false),
                    type = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    source = table.Column<string>(type: "jsonb", nullable: false),
                    source_id = table.Column<Guid>(type: "uuid", nullable: false),
                    complaint_id = table.Column<Guid>(type: "uuid", nullable: true),
                    what = table.Column<string>(type: "text", nullable: false),
                    department = table.Column<string>(type: "text", nullable: false),
                    owner_id = table.Column<string>(type: "text", nullable: true),
                    owner_name = table.Column<string>(type: "text", nullable: true),
                    due_on = table.Column<DateOnly>(type: "date", nullable: false),
                    issued_by = table.Column<string>(type: "jsonb", nullable: false),
                    received_by = table.Column<string>(type: "jsonb", nullable: true),
                    result = table.Column<string>(type: "jsonb", nullable: true),
                    sent_back = table.Column<string>(type: "jsonb", nullable: false),
                    settled_by = table.Column<string>(type: "jsonb", nullable: true),
                    settled_opinion = table.Column<string>(type: "text", nullable: true),
                    withdrawn_because = table.Column<string>(type: "text", nullable: true),
                    extensions = table.Column<string>(type: "jsonb", nullable: false),
                    notes = table.Column<string>(type: "jsonb", nullable: false),
                    escalations = table.Column<string>(type: "jsonb", nullable: false),
                    escalate_after = table.Column<DateOnly>(type: "date", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    audit_sequence = table.Column<long>(type: "bigint", nullable: false),
                    audit_head = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    assignee = table.Column<string>(type: "jsonb", nullable: true),
                    work_actions = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_action_items", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "affected_letters",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    policy_version = table.Column<int>(type: "integer", nullable: false),
                    complaint_id = table.Column<Guid>(type: "uuid", nullable: false),
                    complaint_number = table.Column<string>(type: "text", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_name = table.Column<string>(type: "text", nullable: false),
                    language = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    subject = table.Column<string>(type: "text", nullable: false),
                    body = table.Column<string>(type: "text", nullable: false),
                    goods = table.Column<string>(type: "jsonb", nullable: false),
                    quantity = table.Column<int>(type: "integer", nullable: false),
                    written_by = table.Column<string>(type: "jsonb", nullable: false),
                    sent_by = table.Column<string>(type: "jsonb", nullable: true),
                    sent_on = table.Column<DateOnly>(type: "date", nullable: true),
                    sent_via = table.Column<string>(type: "text", nullable: true),
                    answer_due_on = table.Column<DateOnly>(type: "date", nullable: true),
                    reminders = table.Column<int>(type: "integer", nullable: false),
                    answer = table.Column<string>(type: "jsonb", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    audit_sequence = table.Column<long>(type: "bigint", nullable: false),
                    audit_head = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    assignee = table.Column<string>(type: "jsonb", nullable: true),
                    work_actions = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_affected_letters", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "answer_links",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    complaint_id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    answered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    person = table.Column<string>(type: "text", nullable: false),
                    secret_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    valid_through = table.Column<DateOnly>(type: "date", nullable: false),
                    revoked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    outcome = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    audit_sequence = table.Column<long>(type: "bigint", nullable: false),
                    audit_head = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    assignee = table.Column<string>(type: "jsonb", nullable: true),
                    work_actions = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_answer_links", x => x.id);
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
                name: "catalogue_codes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    catalogue = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    code = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    code_key = table.Column<string>(type: "text", nullable: false),
                    names = table.Column<string>(type: "jsonb", nullable: false),
                    valid_from = table.Column<DateOnly>(type: "date", nullable: false),
                    valid_through = table.Column<DateOnly>(type: "date", nullable: true),
                    changes = table.Column<string>(type: "jsonb", nullable: false),
                    search_text = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    audit_sequence = table.Column<long>(type: "bigint", nullable: false),
                    audit_head = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    assignee = table.Column<string>(type: "jsonb", nullable: true),
                    work_actions = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_catalogue_codes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "complaints",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    form_number = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: true),
                    policy_version = table.Column<int>(type: "integer", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_name = table.Column<string>(type: "text", nullable: false),
                    contact = table.Column<string>(type: "text", nullable: false),
                    phone = table.Column<string>(type: "text", nullable: false),
                    channel = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    subject = table.Column<string>(type: "text", nullable: false),
                    description = table.Column<string>(type: "text", nullable: false),
                    severity = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    project_id = table.Column<Guid>(type: "uuid", nullable: true),
                    reference = table.Column<string>(type: "jsonb", nullable: false),
                    origin_kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    origin_id = table.Column<Guid>(type: "uuid", nullable: true),
                    origin_number = table.Column<string>(type: "text", nullable: true),
                    origin_items = table.Column<string[]>(type: "text[]", nullable: false),
                    taken_by = table.Column<string>(type: "jsonb", nullable: false),
                    registered_on = table.Column<DateOnly>(type: "date", nullable: false),
                    round = table.Column<int>(type: "integer", nullable: false),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    response_due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    resolution_due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    remind_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    clock_remind_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    reminded = table.Column<string>(type: "jsonb", nullable: true),
                    responded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    resolved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    resolved_in_time = table.Column<bool>(type: "boolean", nullable: true),
                    response = table.Column<string>(type: "jsonb", nullable: true),
                    triage = table.Column<string>(type: "jsonb", nullable: true),
                    liability_ruling = table.Column<string>(type: "jsonb", nullable: true),
                    responsible_department = table.Column<string>(type: "text", nullable: true),
                    customer_answer = table.Column<string>(type: "jsonb", nullable: true),
                    confirmation = table.Column<string>(type: "jsonb", nullable: true),
                    closed_on = table.Column<DateOnly>(type: "date", nullable: true),
                    closed_without_confirmation = table.Column<string>(type: "text", nullable: true),
                    pauses = table.Column<string>(type: "jsonb", nullable: false),
                    objections = table.Column<string>(type: "jsonb", nullable: false),
                    escalations = table.Column<string>(type: "jsonb", nullable: false),
                    meetings = table.Column<string>(type: "jsonb", nullable: false),
                    assessment = table.Column<string>(type: "jsonb", nullable: true),
                    fault_key = table.Column<string>(type: "text", nullable: true),
                    has_repeated_fault = table.Column<bool>(type: "boolean", nullable: false),
                    unclear_through = table.Column<DateOnly>(type: "date", nullable: true),
                    meeting_required_on = table.Column<DateOnly>(type: "date", nullable: true),
                    capas = table.Column<string>(type: "jsonb", nullable: false),
                    actions = table.Column<string>(type: "jsonb", nullable: false),
                    notices = table.Column<string>(type: "jsonb", nullable: false),
                    lots = table.Column<string>(type: "jsonb", nullable: false),
                    trace_lines = table.Column<string>(type: "jsonb", nullable: false),
                    release = table.Column<string>(type: "jsonb", nullable: true),
                    service_report = table.Column<string>(type: "jsonb", nullable: true),
                    promises = table.Column<string>(type: "jsonb", nullable: false),
                    promised_until = table.Column<DateOnly>(type: "date", nullable: true),
                    called_meetings = table.Column<string>(type: "jsonb", nullable: false),
                    merged_into = table.Column<string>(type: "jsonb", nullable: true),
                    parent_id = table.Column<Guid>(type: "uuid", nullable: true),
                    children = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    stages = table.Column<string>(type: "jsonb", nullable: false),
                    language = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    remedy_wanted = table.Column<string>(type: "text", nullable: true),
                    service_concerned = table.Column<string>(type: "text", nullable: true),
                    product_code = table.Column<string>(type: "text", nullable: true),
                    fault_code = table.Column<string>(type: "text", nullable: true),
                    search_text = table.Column<string>(type: "text", nullable: false),
                    search_grams = table.Column<string[]>(type: "text[]", nullable: false),
                    similar_keys = table.Column<long[]>(type: "bigint[]", nullable: false),
                    serial_key = table.Column<string>(type: "text", nullable: true),
                    rounds = table.Column<string>(type: "jsonb", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    audit_sequence = table.Column<long>(type: "bigint", nullable: false),
                    audit_head = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    assignee = table.Column<string>(type: "jsonb", nullable: true),
                    work_actions = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_complaints", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "department_copies",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    code = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    name_en = table.Column<string>(type: "text", nullable: false),
                    name_zh_hant = table.Column<string>(type: "text", nullable: false),
                    name_zh_hans = table.Column<string>(type: "text", nullable: false),
                    head_id = table.Column<Guid>(type: "uuid", nullable: true),
                    head_name = table.Column<string>(type: "text", nullable: true),
                    deputy_id = table.Column<Guid>(type: "uuid", nullable: true),
                    deputy_name = table.Column<string>(type: "text", nullable: true),
                    language = table.Column<string>(type: "text", nullable: false),
                    calendar = table.Column<string>(type: "text", nullable: false),
                    active = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_department_copies", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "enquiries",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    policy_version = table.Column<int>(type: "integer", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: true),
                    customer_name = table.Column<string>(type: "text", nullable: true),
                    contact = table.Column<string>(type: "text", nullable: false),
                    phone = table.Column<string>(type: "text", nullable: false),
                    channel = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    language = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    subject = table.Column<string>(type: "text", nullable: false),
                    product_model = table.Column<string>(type: "text", nullable: true),
                    serial_number = table.Column<string>(type: "text", nullable: true),
                    exchanges = table.Column<string>(type: "jsonb", nullable: false),
                    taken_by = table.Column<string>(type: "jsonb", nullable: false),
                    registered_on = table.Column<DateOnly>(type: "date", nullable: false),
                    answer_due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    answered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    became = table.Column<string>(type: "text", nullable: true),
                    became_id = table.Column<Guid>(type: "uuid", nullable: true),
                    became_number = table.Column<string>(type: "text", nullable: true),
                    closed_on = table.Column<DateOnly>(type: "date", nullable: true),
                    search_text = table.Column<string>(type: "text", nullable: false),
                    search_grams = table.Column<string[]>(type: "text[]", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    audit_sequence = table.Column<long>(type: "bigint", nullable: false),
                    audit_head = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    assignee = table.Column<string>(type: "jsonb", nullable: true),
                    work_actions = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_enquiries", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "erased_subjects",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_erased_subjects", x => x.id);
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
                name: "knowledge_articles",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    texts = table.Column<string>(type: "jsonb", nullable: false),
                    product_model = table.Column<string>(type: "text", nullable: true),
                    origin_kind = table.Column<string>(type: "text", nullable: true),
                    origin_id = table.Column<Guid>(type: "uuid", nullable: true),
                    origin_number = table.Column<string>(type: "text", nullable: true),
                    edition = table.Column<int>(type: "integer", nullable: false),
                    authors = table.Column<string>(type: "jsonb", nullable: false),
                    reviewed_by = table.Column<string>(type: "jsonb", nullable: true),
                    published_by = table.Column<string>(type: "jsonb", nullable: true),
                    published_on = table.Column<DateOnly>(type: "date", nullable: true),
                    withdrawn_reason = table.Column<string>(type: "text", nullable: true),
                    search_text = table.Column<string>(type: "text", nullable: false),
                    search_grams = table.Column<string[]>(type: "text[]", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    audit_sequence = table.Column<long>(type: "bigint", nullable: false),
                    audit_head = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    assignee = table.Column<string>(type: "jsonb", nullable: true),
                    work_actions = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_knowledge_articles", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "moved_references",
                columns: table => new
                {
                    merged_id = table.Column<Guid>(type: "uuid", nullable: false),
                    what = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    record_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_moved_references", x => new { x.merged_id, x.what, x.record_id });
                });

            migrationBuilder.CreateTable(
                name: "organisation_copies",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    code = table.Column<string>(type: "text", nullable: true),
                    code_key = table.Column<string>(type: "text", nullable: true),
                    address = table.Column<string>(type: "text", nullable: true),
                    contact = table.Column<string>(type: "text", nullable: true),
                    phone = table.Column<string>(type: "text", nullable: true),
                    region = table.Column<string>(type: "text", nullable: true),
                    salesperson_id = table.Column<Guid>(type: "uuid", nullable: true),
                    salesperson_name = table.Column<string>(type: "text", nullable: true),
                    language = table.Column<string>(type: "text", nullable: true),
                    email = table.Column<string>(type: "text", nullable: true),
                    addresses = table.Column<string>(type: "jsonb", nullable: false),
                    merged_into = table.Column<Guid>(type: "uuid", nullable: true),
                    merge_version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_organisation_copies", x => x.id);
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
                    record_kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    record_id = table.Column<Guid>(type: "uuid", nullable: false),
                    occasion = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    address = table.Column<string>(type: "text", nullable: false),
                    reader_name = table.Column<string>(type: "text", nullable: true),
                    language = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    subject = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "text", nullable: true),
                    files = table.Column<string>(type: "jsonb", nullable: false),
                    next_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    tries = table.Column<int>(type: "integer", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    audit_sequence = table.Column<long>(type: "bigint", nullable: false),
                    audit_head = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    assignee = table.Column<string>(type: "jsonb", nullable: true),
                    work_actions = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outgoing_mails", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "person_copies",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    role_title = table.Column<string>(type: "text", nullable: false),
                    department = table.Column<string>(type: "text", nullable: true),
                    merged_into = table.Column<Guid>(type: "uuid", nullable: true),
                    merge_version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_person_copies", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "personal_data_exports",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    sha256 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    rows = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    audit_sequence = table.Column<long>(type: "bigint", nullable: false),
                    audit_head = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    assignee = table.Column<string>(type: "jsonb", nullable: true),
                    work_actions = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_personal_data_exports", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "project_copies",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    contract_number = table.Column<string>(type: "text", nullable: false),
                    contract_key = table.Column<string>(type: "text", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner_name = table.Column<string>(type: "text", nullable: false),
                    withdrawn = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_project_copies", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "record_file_carries",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    from_service = table.Column<string>(type: "text", nullable: false),
                    from_id = table.Column<Guid>(type: "uuid", nullable: false),
                    from_part_id = table.Column<Guid>(type: "uuid", nullable: true),
                    record_kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    record_id = table.Column<Guid>(type: "uuid", nullable: false),
                    record_number = table.Column<string>(type: "text", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    audit_sequence = table.Column<long>(type: "bigint", nullable: false),
                    audit_head = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    assignee = table.Column<string>(type: "jsonb", nullable: true),
                    work_actions = table.Column<string>(type: "text", nullable: false)
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
                    record_id = table.Column<Guid>(type: "uuid", nullable: false),
                    record_kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    files = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    audit_sequence = table.Column<long>(type: "bigint", nullable: false),
                    audit_head = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    assignee = table.Column<string>(type: "jsonb", nullable: true),
                    work_actions = table.Column<string>(type: "text", nullable: false)
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
                    record_kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    record_id = table.Column<Guid>(type: "uuid", nullable: false),
                    record_number = table.Column<string>(type: "text", nullable: true),
                    part_id = table.Column<Guid>(type: "uuid", nullable: true),
                    purpose = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    caption = table.Column<string>(type: "text", nullable: true),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    content_type = table.Column<string>(type: "text", nullable: false),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    sha256 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    taken_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    latitude = table.Column<double>(type: "double precision", nullable: true),
                    longitude = table.Column<double>(type: "double precision", nullable: true),
                    uploaded_by_id = table.Column<string>(type: "text", nullable: false),
                    uploaded_by = table.Column<string>(type: "text", nullable: false),
                    uploaded_by_organisation = table.Column<Guid>(type: "uuid", nullable: true),
                    uploaded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    owner_service = table.Column<string>(type: "text", nullable: true),
                    owner_file_id = table.Column<Guid>(type: "uuid", nullable: true),
                    from_kind = table.Column<string>(type: "text", nullable: true),
                    from_service = table.Column<string>(type: "text", nullable: true),
                    from_id = table.Column<Guid>(type: "uuid", nullable: true),
                    from_number = table.Column<string>(type: "text", nullable: true),
                    held = table.Column<bool>(type: "boolean", nullable: false),
                    struck_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    struck_by = table.Column<string>(type: "text", nullable: true),
                    struck_why = table.Column<string>(type: "text", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    audit_sequence = table.Column<long>(type: "bigint", nullable: false),
                    audit_head = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    assignee = table.Column<string>(type: "jsonb", nullable: true),
                    work_actions = table.Column<string>(type: "text", nullable: false)
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
                    record_kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    record_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    active = table.Column<bool>(type: "boolean", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    audit_sequence = table.Column<long>(type: "bigint", nullable: false),
                    audit_head = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    assignee = table.Column<string>(type: "jsonb", nullable: true),
                    work_actions = table.Column<string>(type: "text", nullable: false)
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
                    record_kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    record_id = table.Column<Guid>(type: "uuid", nullable: false),
                    link_id = table.Column<Guid>(type: "uuid", nullable: false),
                    relation = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    other_service = table.Column<string>(type: "text", nullable: false),
                    other_kind = table.Column<string>(type: "text", nullable: false),
                    other_id = table.Column<Guid>(type: "uuid", nullable: false),
                    other_number = table.Column<string>(type: "text", nullable: true),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    active = table.Column<bool>(type: "boolean", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    audit_sequence = table.Column<long>(type: "bigint", nullable: false),
                    audit_head = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    assignee = table.Column<string>(type: "jsonb", nullable: true),
                    work_actions = table.Column<string>(type: "text", nullable: false)
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
                    record_kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    record_id = table.Column<Guid>(type: "uuid", nullable: false),
                    author_id = table.Column<string>(type: "text", nullable: false),
                    author_name = table.Column<string>(type: "text", nullable: false),
                    author_department = table.Column<string>(type: "text", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    text = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    people = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    departments = table.Column<string[]>(type: "text[]", nullable: false),
                    former = table.Column<string>(type: "jsonb", nullable: false),
                    edited_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    struck_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    struck_by = table.Column<string>(type: "text", nullable: true),
                    struck_why = table.Column<string>(type: "text", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    audit_sequence = table.Column<long>(type: "bigint", nullable: false),
                    audit_head = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    assignee = table.Column<string>(type: "jsonb", nullable: true),
                    work_actions = table.Column<string>(type: "text", nullable: false)
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
                    record_kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    record_id = table.Column<Guid>(type: "uuid", nullable: false),
                    text = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    active = table.Column<bool>(type: "boolean", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    audit_sequence = table.Column<long>(type: "bigint", nullable: false),
                    audit_head = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    assignee = table.Column<string>(type: "jsonb", nullable: true),
                    work_actions = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_record_tags", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "retention_entries",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    service = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    record_kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    record_id = table.Column<Guid>(type: "uuid", nullable: false),
                    record_number = table.Column<string>(type: "text", nullable: true),
                    department = table.Column<string>(type: "text", nullable: true),
                    closed_on = table.Column<DateOnly>(type: "date", nullable: true),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    warranty_through = table.Column<DateOnly>(type: "date", nullable: true),
                    rule_through = table.Column<DateOnly>(type: "date", nullable: true),
                    keep_through = table.Column<DateOnly>(type: "date", nullable: true),
                    hold = table.Column<string>(type: "jsonb", nullable: true),
                    wish = table.Column<string>(type: "jsonb", nullable: true),
                    erasure = table.Column<string>(type: "jsonb", nullable: true),
                    blobs = table.Column<string[]>(type: "text[]", nullable: false),
                    contents = table.Column<string>(type: "jsonb", nullable: false),
                    blobs_due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    audit_sequence = table.Column<long>(type: "bigint", nullable: false),
                    audit_head = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    assignee = table.Column<string>(type: "jsonb", nullable: true),
                    work_actions = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_retention_entries", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "survey_cases",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    source = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    revisit_id = table.Column<Guid>(type: "uuid", nullable: true),
                    number = table.Column<string>(type: "text", nullable: false),
                    subject = table.Column<string>(type: "text", nullable: false),
                    on = table.Column<DateOnly>(type: "date", nullable: false),
                    items = table.Column<string[]>(type: "text[]", nullable: false),
                    is_erased = table.Column<bool>(type: "boolean", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    audit_sequence = table.Column<long>(type: "bigint", nullable: false),
                    audit_head = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    assignee = table.Column<string>(type: "jsonb", nullable: true),
                    work_actions = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_survey_cases", x => x.id);
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

            migrationBuilder.CreateTable(
                name: "year_reports",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    policy_version = table.Column<int>(type: "integer", nullable: false),
                    year = table.Column<int>(type: "integer", nullable: false),
                    figures = table.Column<string>(type: "jsonb", nullable: false),
                    last_year = table.Column<string>(type: "jsonb", nullable: false),
                    frozen_by = table.Column<string>(type: "jsonb", nullable: false),
                    chapters = table.Column<string>(type: "jsonb", nullable: false),
                    submitted_by = table.Column<string>(type: "jsonb", nullable: true),
                    received_by = table.Column<string>(type: "jsonb", nullable: true),
                    decided_by = table.Column<string>(type: "jsonb", nullable: true),
                    review = table.Column<string>(type: "text", nullable: true),
                    decisions = table.Column<string>(type: "jsonb", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    audit_sequence = table.Column<long>(type: "bigint", nullable: false),
                    audit_head = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    assignee = table.Column<string>(type: "jsonb", nullable: true),
                    work_actions = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_year_reports", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "capas",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    policy_version = table.Column<int>(type: "integer", nullable: false),
                    source = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    source_id = table.Column<Guid>(type: "uuid", nullable: false),
                    source_number = table.Column<string>(type: "text", nullable: false),
                    complaint_id = table.Column<Guid>(type: "uuid", nullable: true),
                    complaint_ids = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    serves = table.Column<string>(type: "jsonb", nullable: false),
                    served_ids = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    fault_key = table.Column<string>(type: "text", nullable: true),
                    cause_code = table.Column<string>(type: "text", nullable: true),
                    watch_key = table.Column<string>(type: "text", nullable: true),
                    watch_from = table.Column<DateOnly>(type: "date", nullable: true),
                    watch_through = table.Column<DateOnly>(type: "date", nullable: true),
                    occurrences = table.Column<string>(type: "jsonb", nullable: false),
                    rate = table.Column<string>(type: "jsonb", nullable: true),
                    measures_rate = table.Column<bool>(type: "boolean", nullable: false),
                    stages = table.Column<string>(type: "jsonb", nullable: false),
                    clock_remind_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    project_id = table.Column<Guid>(type: "uuid", nullable: true),
                    subject = table.Column<string>(type: "text", nullable: false),
                    description = table.Column<string>(type: "text", nullable: false),
                    department = table.Column<string>(type: "text", nullable: true),
                    opened_on = table.Column<DateOnly>(type: "date", nullable: false),
                    due_on = table.Column<DateOnly>(type: "date", nullable: true),
                    proposal = table.Column<string>(type: "jsonb", nullable: true),
                    review = table.Column<string>(type: "jsonb", nullable: true),
                    execution = table.Column<string>(type: "jsonb", nullable: true),
                    verifications = table.Column<string>(type: "jsonb", nullable: false),
                    ineffective = table.Column<int>(type: "integer", nullable: false),
                    recurrences = table.Column<int>(type: "integer", nullable: false),
                    closed_on = table.Column<DateOnly>(type: "date", nullable: true),
                    actions = table.Column<string>(type: "jsonb", nullable: false),
                    rounds = table.Column<string>(type: "jsonb", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    audit_sequence = table.Column<long>(type: "bigint", nullable: false),
                    audit_head = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    assignee = table.Column<string>(type: "jsonb", nullable: true),
                    work_actions = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_capas", x => x.id);
                    table.ForeignKey(
                        name: "fk_capas_complaints_complaint_id",
                        column: x => x.complaint_id,
                        principalTable: "complaints",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "meetings",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    policy_version = table.Column<int>(type: "integer", nullable: false),
                    complaint_id = table.Column<Guid>(type: "uuid", nullable: false),
                    complaint_number = table.Column<string>(type: "text", nullable: false),
                    subject = table.Column<string>(type: "text", nullable: false),
                    rule = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    reasons = table.Column<string>(type: "jsonb", nullable: false),
                    complaint_opened_on = table.Column<DateOnly>(type: "date", nullable: false),
                    from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    to = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    place = table.Column<string>(type: "text", nullable: false),
                    agenda = table.Column<string[]>(type: "text[]", nullable: false),
                    invitees = table.Column<string>(type: "jsonb", nullable: false),
                    sequence = table.Column<int>(type: "integer", nullable: false),
                    called_by = table.Column<string>(type: "jsonb", nullable: false),
                    cancelled_because = table.Column<string>(type: "text", nullable: true),
                    minutes = table.Column<string>(type: "jsonb", nullable: true),
                    former_minutes = table.Column<string>(type: "jsonb", nullable: false),
                    signature = table.Column<string>(type: "jsonb", nullable: true),
                    signed_by = table.Column<string>(type: "jsonb", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    audit_sequence = table.Column<long>(type: "bigint", nullable: false),
                    audit_head = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    assignee = table.Column<string>(type: "jsonb", nullable: true),
                    work_actions = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_meetings", x => x.id);
                    table.ForeignKey(
                        name: "fk_meetings_complaints_complaint_id",
                        column: x => x.complaint_id,
                        principalTable: "complaints",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "year_report_cases",
                columns: table => new
                {
                    report_id = table.Column<Guid>(type: "uuid", nullable: false),
                    complaint_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "text", nullable: false),
                    registered_on = table.Column<DateOnly>(type: "date", nullable: false),
                    year = table.Column<int>(type: "integer", nullable: false),
                    month = table.Column<int>(type: "integer", nullable: false),
                    customer_name = table.Column<string>(type: "text", nullable: false),
                    subject = table.Column<string>(type: "text", nullable: false),
                    product = table.Column<string>(type: "text", nullable: false),
                    fault = table.Column<string>(type: "text", nullable: false),
                    cause = table.Column<string>(type: "text", nullable: false),
                    liability = table.Column<string>(type: "text", nullable: false),
                    department = table.Column<string>(type: "text", nullable: false),
                    severity = table.Column<string>(type: "text", nullable: false),
                    channel = table.Column<string>(type: "text", nullable: false),
                    response_in_time = table.Column<bool>(type: "boolean", nullable: true),
                    resolved_in_time = table.Column<bool>(type: "boolean", nullable: true),
                    resolution_hours = table.Column<double>(type: "double precision", nullable: true),
                    repeated = table.Column<bool>(type: "boolean", nullable: false),
                    cost = table.Column<decimal>(type: "numeric", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_year_report_cases", x => new { x.report_id, x.complaint_id });
                    table.ForeignKey(
                        name: "fk_year_report_cases_year_reports_report_id",
                        column: x => x.report_id,
                        principalTable: "year_reports",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "effect_samples",
                columns: table => new
                {
                    capa_id = table.Column<Guid>(type: "uuid", nullable: false),
                    round = table.Column<int>(type: "integer", nullable: false),
                    source_id = table.Column<Guid>(type: "uuid", nullable: false),
                    good = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_effect_samples", x => new { x.capa_id, x.round, x.source_id });
                    table.ForeignKey(
                        name: "fk_effect_samples_capas_capa_id",
                        column: x => x.capa_id,
                        principalTable: "capas",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
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
                name: "ix_action_items_complaint_id_id",
                table: "action_items",
                columns: new[] { "complaint_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_action_items_department_id",
                table: "action_items",
                columns: new[] { "department", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_action_items_escalate_after",
                table: "action_items",
                column: "escalate_after",
                filter: "escalate_after is not null");

            migrationBuilder.CreateIndex(
                name: "ix_action_items_number",
                table: "action_items",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_action_items_owner_id_id",
                table: "action_items",
                columns: new[] { "owner_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_action_items_source_id_id",
                table: "action_items",
                columns: new[] { "source_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_action_items_state_id",
                table: "action_items",
                columns: new[] { "state", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_affected_letters_complaint_id",
                table: "affected_letters",
                column: "complaint_id");

            migrationBuilder.CreateIndex(
                name: "ix_affected_letters_customer_id_id",
                table: "affected_letters",
                columns: new[] { "customer_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_affected_letters_number",
                table: "affected_letters",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_affected_letters_state_answer_due_on",
                table: "affected_letters",
                columns: new[] { "state", "answer_due_on" });

            migrationBuilder.CreateIndex(
                name: "ix_answer_links_complaint_id",
                table: "answer_links",
                column: "complaint_id");

            migrationBuilder.CreateIndex(
                name: "ix_answer_links_secret_hash",
                table: "answer_links",
                column: "secret_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_audit_trail_actor_id_aggregate_id",
                table: "audit_trail",
                columns: new[] { "actor_id", "aggregate_id" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_trail_at",
                table: "audit_trail",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_capas_clock_remind_at",
                table: "capas",
                column: "clock_remind_at",
                filter: "clock_remind_at is not null");

            migrationBuilder.CreateIndex(
                name: "ix_capas_complaint_id",
                table: "capas",
                column: "complaint_id");

            migrationBuilder.CreateIndex(
                name: "ix_capas_complaint_ids",
                table: "capas",
                column: "complaint_ids")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "ix_capas_department_id",
                table: "capas",
                columns: new[] { "department", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_capas_number",
                table: "capas",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_capas_rates_due",
                table: "capas",
                column: "watch_through",
                filter: "measures_rate and rate is null");

            migrationBuilder.CreateIndex(
                name: "ix_capas_served_ids",
                table: "capas",
                column: "served_ids")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "ix_capas_state_id",
                table: "capas",
                columns: new[] { "state", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_capas_watch_key_watch_through",
                table: "capas",
                columns: new[] { "watch_key", "watch_through" },
                filter: "watch_key is not null");

            migrationBuilder.CreateIndex(
                name: "ux_capas_finding",
                table: "capas",
                columns: new[] { "source", "source_id" },
                unique: true,
                filter: "source in ('Revisit', 'CorrectiveOrder')");

            migrationBuilder.CreateIndex(
                name: "ix_catalogue_codes_catalogue_code_key",
                table: "catalogue_codes",
                columns: new[] { "catalogue", "code_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_complaints_clock_remind_at",
                table: "complaints",
                column: "clock_remind_at",
                filter: "clock_remind_at is not null");

            migrationBuilder.CreateIndex(
                name: "ix_complaints_customer_id_id",
                table: "complaints",
                columns: new[] { "customer_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_complaints_fault_key",
                table: "complaints",
                column: "fault_key",
                filter: "fault_key is not null");

            migrationBuilder.CreateIndex(
                name: "ix_complaints_form_number",
                table: "complaints",
                column: "form_number",
                unique: true,
                filter: "form_number is not null");

            migrationBuilder.CreateIndex(
                name: "ix_complaints_number",
                table: "complaints",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_complaints_parent_id",
                table: "complaints",
                column: "parent_id",
                filter: "parent_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_complaints_project_id_id",
                table: "complaints",
                columns: new[] { "project_id", "id" },
                filter: "project_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_complaints_promised_until",
                table: "complaints",
                column: "promised_until",
                filter: "promised_until is not null");

            migrationBuilder.CreateIndex(
                name: "ix_complaints_registered_on",
                table: "complaints",
                column: "registered_on");

            migrationBuilder.CreateIndex(
                name: "ix_complaints_remind_at",
                table: "complaints",
                column: "remind_at",
                filter: "remind_at is not null");

            migrationBuilder.CreateIndex(
                name: "ix_complaints_search_grams",
                table: "complaints",
                column: "search_grams")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "ix_complaints_serial_key_id",
                table: "complaints",
                columns: new[] { "serial_key", "id" },
                filter: "serial_key is not null");

            migrationBuilder.CreateIndex(
                name: "ix_complaints_similar_keys",
                table: "complaints",
                column: "similar_keys")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "ix_complaints_state_id",
                table: "complaints",
                columns: new[] { "state", "id" });

            migrationBuilder.CreateIndex(
                name: "ux_complaints_survey_response",
                table: "complaints",
                columns: new[] { "origin_kind", "origin_id" },
                unique: true,
                filter: "origin_kind = 'SurveyResponse'");

            migrationBuilder.CreateIndex(
                name: "ix_department_copies_code",
                table: "department_copies",
                column: "code");

            migrationBuilder.CreateIndex(
                name: "ix_enquiries_customer_id_id",
                table: "enquiries",
                columns: new[] { "customer_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_enquiries_number",
                table: "enquiries",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_enquiries_search_grams",
                table: "enquiries",
                column: "search_grams")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "ix_enquiries_state_id",
                table: "enquiries",
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
                name: "ix_knowledge_articles_number",
                table: "knowledge_articles",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_knowledge_articles_origin_id",
                table: "knowledge_articles",
                column: "origin_id",
                filter: "origin_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_knowledge_articles_search_grams",
                table: "knowledge_articles",
                column: "search_grams")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "ix_knowledge_articles_state_id",
                table: "knowledge_articles",
                columns: new[] { "state", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_meetings_complaint_id_id",
                table: "meetings",
                columns: new[] { "complaint_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_meetings_number",
                table: "meetings",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_meetings_state_id",
                table: "meetings",
                columns: new[] { "state", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_organisation_copies_code_key",
                table: "organisation_copies",
                column: "code_key");

            migrationBuilder.CreateIndex(
                name: "ix_outgoing_mails_next_at",
                table: "outgoing_mails",
                column: "next_at",
                filter: "next_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_outgoing_mails_record_id",
                table: "outgoing_mails",
                column: "record_id");

            migrationBuilder.CreateIndex(
                name: "ix_project_copies_contract_key",
                table: "project_copies",
                column: "contract_key");

            migrationBuilder.CreateIndex(
                name: "ix_project_copies_owner_id",
                table: "project_copies",
                column: "owner_id");

            migrationBuilder.CreateIndex(
                name: "ix_record_file_carries_from_id",
                table: "record_file_carries",
                column: "from_id");

            migrationBuilder.CreateIndex(
                name: "ix_record_files_record_id",
                table: "record_files",
                column: "record_id");

            migrationBuilder.CreateIndex(
                name: "ix_record_files_sha256",
                table: "record_files",
                column: "sha256");

            migrationBuilder.CreateIndex(
                name: "ix_record_followers_record_id",
                table: "record_followers",
                column: "record_id");

            migrationBuilder.CreateIndex(
                name: "ix_record_followers_user_id_active",
                table: "record_followers",
                columns: new[] { "user_id", "active" });

            migrationBuilder.CreateIndex(
                name: "ix_record_links_record_id",
                table: "record_links",
                column: "record_id");

            migrationBuilder.CreateIndex(
                name: "ix_record_notes_record_id_id",
                table: "record_notes",
                columns: new[] { "record_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_record_tags_key_active",
                table: "record_tags",
                columns: new[] { "key", "active" });

            migrationBuilder.CreateIndex(
                name: "ix_record_tags_record_id",
                table: "record_tags",
                column: "record_id");

            migrationBuilder.CreateIndex(
                name: "ix_retention_entries_blobs_due_at",
                table: "retention_entries",
                column: "blobs_due_at",
                filter: "blobs_due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_retention_entries_record_id",
                table: "retention_entries",
                column: "record_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_retention_entries_state_keep_through",
                table: "retention_entries",
                columns: new[] { "state", "keep_through" });

            migrationBuilder.CreateIndex(
                name: "ix_survey_cases_revisit_id",
                table: "survey_cases",
                column: "revisit_id",
                filter: "revisit_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_survey_cases_source_id",
                table: "survey_cases",
                columns: new[] { "source", "id" });

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

            migrationBuilder.CreateIndex(
                name: "ix_year_report_cases_report_id_year_cause_complaint_id",
                table: "year_report_cases",
                columns: new[] { "report_id", "year", "cause", "complaint_id" });

            migrationBuilder.CreateIndex(
                name: "ix_year_report_cases_report_id_year_complaint_id",
                table: "year_report_cases",
                columns: new[] { "report_id", "year", "complaint_id" });

            migrationBuilder.CreateIndex(
                name: "ix_year_report_cases_report_id_year_fault_complaint_id",
                table: "year_report_cases",
                columns: new[] { "report_id", "year", "fault", "complaint_id" });

            migrationBuilder.CreateIndex(
                name: "ix_year_report_cases_report_id_year_product_complaint_id",
                table: "year_report_cases",
                columns: new[] { "report_id", "year", "product", "complaint_id" });

            migrationBuilder.CreateIndex(
                name: "ix_year_reports_number",
                table: "year_reports",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_year_reports_year_id",
                table: "year_reports",
                columns: new[] { "year", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "accounts");

            migrationBuilder.DropTable(
                name: "action_items");

            migrationBuilder.DropTable(
                name: "affected_letters");

            migrationBuilder.DropTable(
                name: "answer_links");

            migrationBuilder.DropTable(
                name: "audit_trail");

            migrationBuilder.DropTable(
                name: "catalogue_codes");

            migrationBuilder.DropTable(
                name: "department_copies");

            migrationBuilder.DropTable(
                name: "effect_samples");

            migrationBuilder.DropTable(
                name: "enquiries");

            migrationBuilder.DropTable(
                name: "erased_subjects");

            migrationBuilder.DropTable(
                name: "form_numbers");

            migrationBuilder.DropTable(
                name: "idempotency_records");

            migrationBuilder.DropTable(
                name: "inbox_entries");

            migrationBuilder.DropTable(
                name: "knowledge_articles");

            migrationBuilder.DropTable(
                name: "meetings");

            migrationBuilder.DropTable(
                name: "moved_references");

            migrationBuilder.DropTable(
                name: "organisation_copies");

            migrationBuilder.DropTable(
                name: "outbox_messages");

            migrationBuilder.DropTable(
                name: "outbox_partitions");

            migrationBuilder.DropTable(
                name: "outgoing_mails");

            migrationBuilder.DropTable(
                name: "person_copies");

            migrationBuilder.DropTable(
                name: "personal_data_exports");

            migrationBuilder.DropTable(
                name: "project_copies");

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
                name: "retention_entries");

            migrationBuilder.DropTable(
                name: "survey_cases");

            migrationBuilder.DropTable(
                name: "work_items");

            migrationBuilder.DropTable(
                name: "work_snoozes");

            migrationBuilder.DropTable(
                name: "year_report_cases");

            migrationBuilder.DropTable(
                name: "capas");

            migrationBuilder.DropTable(
                name: "year_reports");

            migrationBuilder.DropTable(
                name: "complaints");
        }
    }
}
