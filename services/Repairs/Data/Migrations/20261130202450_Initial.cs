using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace CustomerService.Repairs.Data.Migrations
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
                name: "appointments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    repair_order_id = table.Column<Guid>(type: "uuid", nullable: false),
                    repair_order_number = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    moved_from_ids = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: true),
                    project_name = table.Column<string>(type: "text", nullable: false),
                    location = table.Column<string>(type: "text", nullable: false),
                    slots = table.Column<string>(type: "jsonb", nullable: false),
                    proposed_slot = table.Column<string>(type: "jsonb", nullable: true),
                    from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    to = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    reminder_on = table.Column<DateOnly>(type: "date", nullable: true),
                    reminded_on = table.Column<DateOnly>(type: "date", nullable: true),
                    secret_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    offered_by = table.Column<string>(type: "jsonb", nullable: false),
                    word = table.Column<string>(type: "text", nullable: true),
                    policy_version = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    audit_sequence = table.Column<long>(type: "bigint", nullable: false),
                    audit_head = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    assignee = table.Column<string>(type: "jsonb", nullable: true),
                    work_actions = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_appointments", x => x.id);
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
                name: "charge_backs",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    repair_order_id = table.Column<Guid>(type: "uuid", nullable: false),
                    repair_order_number = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    project_id = table.Column<Guid>(type: "uuid", nullable: false),
                    project_name = table.Column<string>(type: "text", nullable: false),
                    part_code = table.Column<string>(type: "text", nullable: false),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_name = table.Column<string>(type: "text", nullable: false),
                    amount = table.Column<decimal>(type: "numeric(14,2)", precision: 14, scale: 2, nullable: false),
                    proposed_on = table.Column<DateOnly>(type: "date", nullable: false),
                    proposed_by = table.Column<string>(type: "jsonb", nullable: false),
                    words = table.Column<string>(type: "jsonb", nullable: false),
                    settlement = table.Column<string>(type: "jsonb", nullable: true),
                    policy_version = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    audit_sequence = table.Column<long>(type: "bigint", nullable: false),
                    audit_head = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    assignee = table.Column<string>(type: "jsonb", nullable: true),
                    work_actions = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_charge_backs", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "customer_links",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    scope = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    rma_id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: true),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person = table.Column<string>(type: "text", nullable: false),
                    secret_hash = table.Column<string>(type: "text", nullable: false),
                    valid_through = table.Column<DateOnly>(type: "date", nullable: false),
                    revoked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    audit_sequence = table.Column<long>(type: "bigint", nullable: false),
                    audit_head = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    assignee = table.Column<string>(type: "jsonb", nullable: true),
                    work_actions = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_customer_links", x => x.id);
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
                name: "fault_groups",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    subject = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    faults = table.Column<string>(type: "jsonb", nullable: false),
                    requested_by = table.Column<string>(type: "jsonb", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    audit_sequence = table.Column<long>(type: "bigint", nullable: false),
                    audit_head = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    assignee = table.Column<string>(type: "jsonb", nullable: true),
                    work_actions = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fault_groups", x => x.id);
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
                name: "found_faults",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    revisit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    project_id = table.Column<Guid>(type: "uuid", nullable: false),
                    project_name = table.Column<string>(type: "text", nullable: false),
                    contract_number = table.Column<string>(type: "text", nullable: false),
                    part_code = table.Column<string>(type: "text", nullable: false),
                    floor_key = table.Column<string>(type: "text", nullable: false),
                    found_on = table.Column<DateOnly>(type: "date", nullable: false),
                    cause_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: true),
                    unit_name = table.Column<string>(type: "text", nullable: true),
                    assessed_version = table.Column<long>(type: "bigint", nullable: false),
                    capa_requested_on = table.Column<DateOnly>(type: "date", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    audit_sequence = table.Column<long>(type: "bigint", nullable: false),
                    audit_head = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    assignee = table.Column<string>(type: "jsonb", nullable: true),
                    work_actions = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_found_faults", x => x.id);
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
                name: "maker_claims",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    policy_version = table.Column<int>(type: "integer", nullable: false),
                    maker = table.Column<string>(type: "text", nullable: false),
                    maker_key = table.Column<string>(type: "text", nullable: false),
                    of = table.Column<string>(type: "jsonb", nullable: false),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    rma_id = table.Column<Guid>(type: "uuid", nullable: false),
                    goods = table.Column<string>(type: "jsonb", nullable: false),
                    prepared_by = table.Column<string>(type: "jsonb", nullable: false),
                    sending = table.Column<string>(type: "jsonb", nullable: true),
                    sent_on = table.Column<DateOnly>(type: "date", nullable: true),
                    expected_on = table.Column<DateOnly>(type: "date", nullable: true),
                    overdue_on = table.Column<DateOnly>(type: "date", nullable: true),
                    contacts = table.Column<string>(type: "jsonb", nullable: false),
                    answered = table.Column<string>(type: "jsonb", nullable: true),
                    settlement = table.Column<string>(type: "jsonb", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    audit_sequence = table.Column<long>(type: "bigint", nullable: false),
                    audit_head = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    assignee = table.Column<string>(type: "jsonb", nullable: true),
                    work_actions = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_maker_claims", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "monthly_reports",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    form_number = table.Column<string>(type: "text", nullable: true),
                    policy_version = table.Column<int>(type: "integer", nullable: false),
                    month = table.Column<string>(type: "character varying(7)", maxLength: 7, nullable: false),
                    correction = table.Column<int>(type: "integer", nullable: false),
                    open_month = table.Column<string>(type: "character varying(7)", maxLength: 7, nullable: true),
                    corrects = table.Column<string>(type: "jsonb", nullable: true),
                    corrected_by = table.Column<string>(type: "jsonb", nullable: true),
                    figures = table.Column<string>(type: "jsonb", nullable: false),
                    hash = table.Column<string>(type: "text", nullable: false),
                    before = table.Column<string>(type: "jsonb", nullable: false),
                    prepared_by = table.Column<string>(type: "jsonb", nullable: false),
                    text = table.Column<string>(type: "jsonb", nullable: true),
                    checked_by = table.Column<string>(type: "jsonb", nullable: true),
                    opinion = table.Column<string>(type: "text", nullable: true),
                    issued_by = table.Column<string>(type: "jsonb", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    audit_sequence = table.Column<long>(type: "bigint", nullable: false),
                    audit_head = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    assignee = table.Column<string>(type: "jsonb", nullable: true),
                    work_actions = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_monthly_reports", x => x.id);
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
                name: "product_models",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    code = table.Column<string>(type: "text", nullable: false),
                    code_key = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    series = table.Column<string>(type: "text", nullable: true),
                    warranty_months = table.Column<int>(type: "integer", nullable: false),
                    warranty_start = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    components = table.Column<string>(type: "jsonb", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    audit_sequence = table.Column<long>(type: "bigint", nullable: false),
                    audit_head = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    assignee = table.Column<string>(type: "jsonb", nullable: true),
                    work_actions = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_product_models", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "product_serials",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "text", nullable: false),
                    number_key = table.Column<string>(type: "text", nullable: false),
                    model_id = table.Column<Guid>(type: "uuid", nullable: false),
                    model_code = table.Column<string>(type: "text", nullable: false),
                    model_name = table.Column<string>(type: "text", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: true),
                    customer_name = table.Column<string>(type: "text", nullable: true),
                    ex_factory_on = table.Column<DateOnly>(type: "date", nullable: true),
                    purchased_on = table.Column<DateOnly>(type: "date", nullable: true),
                    warranty_ends_on = table.Column<DateOnly>(type: "date", nullable: true),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    replaced_by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    replaces_id = table.Column<Guid>(type: "uuid", nullable: true),
                    chain_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    audit_sequence = table.Column<long>(type: "bigint", nullable: false),
                    audit_head = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    assignee = table.Column<string>(type: "jsonb", nullable: true),
                    work_actions = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_product_serials", x => x.id);
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
                name: "repair_orders",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    source = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    source_id = table.Column<Guid>(type: "uuid", nullable: true),
                    revisit_id = table.Column<Guid>(type: "uuid", nullable: true),
                    project_id = table.Column<Guid>(type: "uuid", nullable: false),
                    project_name = table.Column<string>(type: "text", nullable: false),
                    contract_number = table.Column<string>(type: "text", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner_name = table.Column<string>(type: "text", nullable: false),
                    contact = table.Column<string>(type: "text", nullable: false),
                    phone = table.Column<string>(type: "text", nullable: false),
                    site_contact = table.Column<string>(type: "jsonb", nullable: true),
                    part_code = table.Column<string>(type: "text", nullable: false),
                    location = table.Column<string>(type: "text", nullable: false),
                    description = table.Column<string>(type: "text", nullable: false),
                    severity = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    emergency_reason = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    notified_on = table.Column<DateOnly>(type: "date", nullable: false),
                    opened_on = table.Column<DateOnly>(type: "date", nullable: false),
                    opened_by = table.Column<string>(type: "jsonb", nullable: false),
                    confirm_due_on = table.Column<DateOnly>(type: "date", nullable: false),
                    confirmation_overdue_on = table.Column<DateOnly>(type: "date", nullable: true),
                    policy_version = table.Column<int>(type: "integer", nullable: false),
                    warranty = table.Column<string>(type: "jsonb", nullable: false),
                    confirmation = table.Column<string>(type: "jsonb", nullable: true),
                    analyses = table.Column<string>(type: "jsonb", nullable: false),
                    review_opinion = table.Column<string>(type: "jsonb", nullable: true),
                    approval = table.Column<string>(type: "jsonb", nullable: true),
                    rejections = table.Column<string>(type: "jsonb", nullable: false),
                    plan = table.Column<string>(type: "jsonb", nullable: true),
                    repair_unit_id = table.Column<Guid>(type: "uuid", nullable: true),
                    repair_unit_name = table.Column<string>(type: "text", nullable: true),
                    repair_unit_is_own = table.Column<bool>(type: "boolean", nullable: false),
                    dispatch_record = table.Column<string>(type: "jsonb", nullable: true),
                    briefing = table.Column<string>(type: "jsonb", nullable: true),
                    started_on = table.Column<DateOnly>(type: "date", nullable: true),
                    started_by = table.Column<string>(type: "jsonb", nullable: true),
                    work_reports = table.Column<string>(type: "jsonb", nullable: false),
                    inspections = table.Column<string>(type: "jsonb", nullable: false),
                    owner_responses = table.Column<string>(type: "jsonb", nullable: false),
                    failed_inspections = table.Column<int>(type: "integer", nullable: false),
                    owner_refusals = table.Column<int>(type: "integer", nullable: false),
                    returned = table.Column<string>(type: "jsonb", nullable: true),
                    withdrawal_reason = table.Column<string>(type: "text", nullable: true),
                    place_key = table.Column<string>(type: "text", nullable: false),
                    floor_key = table.Column<string>(type: "text", nullable: false),
                    warranty_pending = table.Column<bool>(type: "boolean", nullable: false),
                    leader_pending = table.Column<bool>(type: "boolean", nullable: false),
                    reminded_on = table.Column<DateOnly>(type: "date", nullable: true),
                    recurrence_of = table.Column<string>(type: "jsonb", nullable: true),
                    recurrence_judgement = table.Column<string>(type: "jsonb", nullable: true),
                    receipt_due_on = table.Column<DateOnly>(type: "date", nullable: true),
                    start_due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    finish_due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    receipt = table.Column<string>(type: "jsonb", nullable: true),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    objections = table.Column<string>(type: "jsonb", nullable: false),
                    objected_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    notice = table.Column<string>(type: "jsonb", nullable: true),
                    earlier_assignments = table.Column<string>(type: "jsonb", nullable: false),
                    receipt_overdue_on = table.Column<DateOnly>(type: "date", nullable: true),
                    start_overdue_on = table.Column<DateOnly>(type: "date", nullable: true),
                    finish_overdue_on = table.Column<DateOnly>(type: "date", nullable: true),
                    arrived_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    arrival_place = table.Column<string>(type: "jsonb", nullable: true),
                    pauses = table.Column<string>(type: "jsonb", nullable: false),
                    paused_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    attempts = table.Column<string>(type: "jsonb", nullable: false),
                    field_steps = table.Column<string>(type: "jsonb", nullable: false),
                    waiting = table.Column<string>(type: "jsonb", nullable: false),
                    costs = table.Column<string>(type: "jsonb", nullable: false),
                    cost_total = table.Column<decimal>(type: "numeric(14,2)", precision: 14, scale: 2, nullable: false),
                    charged_unit_id = table.Column<Guid>(type: "uuid", nullable: true),
                    charged_unit_name = table.Column<string>(type: "text", nullable: true),
                    charge_back_id = table.Column<Guid>(type: "uuid", nullable: true),
                    charge_back_dropped_on = table.Column<DateOnly>(type: "date", nullable: true),
                    lessons = table.Column<string>(type: "jsonb", nullable: true),
                    cause_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    capa_ground = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    capa_requested_on = table.Column<DateOnly>(type: "date", nullable: true),
                    merged_into_id = table.Column<Guid>(type: "uuid", nullable: true),
                    merged_into_number = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: true),
                    merged_orders = table.Column<string>(type: "jsonb", nullable: false),
                    task_sheet_number = table.Column<string>(type: "text", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    audit_sequence = table.Column<long>(type: "bigint", nullable: false),
                    audit_head = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    assignee = table.Column<string>(type: "jsonb", nullable: true),
                    work_actions = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_repair_orders", x => x.id);
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
                name: "return_cases",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    return_kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_name = table.Column<string>(type: "text", nullable: false),
                    customer = table.Column<string>(type: "jsonb", nullable: false),
                    goods = table.Column<string>(type: "jsonb", nullable: false),
                    serial_id = table.Column<Guid>(type: "uuid", nullable: true),
                    open_serial_key = table.Column<string>(type: "text", nullable: true),
                    answers = table.Column<string>(type: "jsonb", nullable: false),
                    requested_on = table.Column<DateOnly>(type: "date", nullable: false),
                    requested_by = table.Column<string>(type: "jsonb", nullable: false),
                    policy_version = table.Column<int>(type: "integer", nullable: false),
                    severity = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    doubt = table.Column<string>(type: "text", nullable: true),
                    report_number = table.Column<string>(type: "text", nullable: true),
                    report = table.Column<string>(type: "jsonb", nullable: true),
                    exception = table.Column<string>(type: "jsonb", nullable: true),
                    decision = table.Column<string>(type: "jsonb", nullable: true),
                    receipts = table.Column<string>(type: "jsonb", nullable: false),
                    goods_received = table.Column<int>(type: "integer", nullable: false),
                    movements = table.Column<string>(type: "jsonb", nullable: false),
                    held_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    slip_number = table.Column<string>(type: "text", nullable: true),
                    slip = table.Column<string>(type: "jsonb", nullable: true),
                    handings = table.Column<string>(type: "jsonb", nullable: false),
                    slip_holder = table.Column<string>(type: "text", nullable: true),
                    slip_held_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    slip_reminders = table.Column<int>(type: "integer", nullable: false),
                    signature = table.Column<string>(type: "jsonb", nullable: true),
                    booked_on = table.Column<DateOnly>(type: "date", nullable: true),
                    advance = table.Column<string>(type: "jsonb", nullable: true),
                    advance_deadline = table.Column<DateOnly>(type: "date", nullable: true),
                    advance_overdue_on = table.Column<DateOnly>(type: "date", nullable: true),
                    replacement = table.Column<string>(type: "jsonb", nullable: true),
                    withdrawal_reason = table.Column<string>(type: "text", nullable: true),
                    closed_on = table.Column<DateOnly>(type: "date", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    audit_sequence = table.Column<long>(type: "bigint", nullable: false),
                    audit_head = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    assignee = table.Column<string>(type: "jsonb", nullable: true),
                    work_actions = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_return_cases", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "rma_units",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    rma_id = table.Column<Guid>(type: "uuid", nullable: false),
                    rma_number = table.Column<string>(type: "text", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_name = table.Column<string>(type: "text", nullable: false),
                    model_id = table.Column<Guid>(type: "uuid", nullable: true),
                    model_code = table.Column<string>(type: "text", nullable: true),
                    model_name = table.Column<string>(type: "text", nullable: true),
                    serial = table.Column<string>(type: "text", nullable: true),
                    serial_key = table.Column<string>(type: "text", nullable: true),
                    serial_id = table.Column<Guid>(type: "uuid", nullable: true),
                    open_serial_key = table.Column<string>(type: "text", nullable: true),
                    quantity = table.Column<int>(type: "integer", nullable: false),
                    declared_on = table.Column<DateOnly>(type: "date", nullable: false),
                    received_on = table.Column<DateOnly>(type: "date", nullable: false),
                    warranty_ends_on = table.Column<DateOnly>(type: "date", nullable: true),
                    policy_version = table.Column<int>(type: "integer", nullable: false),
                    fault = table.Column<string>(type: "jsonb", nullable: true),
                    diagnosis = table.Column<string>(type: "jsonb", nullable: true),
                    contact_due_on = table.Column<DateOnly>(type: "date", nullable: true),
                    contacts = table.Column<string>(type: "jsonb", nullable: false),
                    reached_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    contact_overdue_on = table.Column<DateOnly>(type: "date", nullable: true),
                    offer_number = table.Column<string>(type: "text", nullable: true),
                    offers = table.Column<string>(type: "jsonb", nullable: false),
                    offer_valid_through = table.Column<DateOnly>(type: "date", nullable: true),
                    offer_sent_on = table.Column<DateOnly>(type: "date", nullable: true),
                    offer_reminders = table.Column<int>(type: "integer", nullable: false),
                    reply = table.Column<string>(type: "jsonb", nullable: true),
                    charge_number = table.Column<string>(type: "text", nullable: true),
                    charge = table.Column<string>(type: "jsonb", nullable: true),
                    annotation = table.Column<string>(type: "jsonb", nullable: true),
                    original_received = table.Column<string>(type: "jsonb", nullable: true),
                    repair_started = table.Column<string>(type: "jsonb", nullable: true),
                    works = table.Column<string>(type: "jsonb", nullable: false),
                    verdicts = table.Column<string>(type: "jsonb", nullable: false),
                    passed_on = table.Column<DateOnly>(type: "date", nullable: true),
                    settled_on = table.Column<DateOnly>(type: "date", nullable: true),
                    shipment_id = table.Column<Guid>(type: "uuid", nullable: true),
                    shipment_number = table.Column<string>(type: "text", nullable: true),
                    return_case_id = table.Column<Guid>(type: "uuid", nullable: true),
                    return_case_number = table.Column<string>(type: "text", nullable: true),
                    ended_on = table.Column<DateOnly>(type: "date", nullable: true),
                    place = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    place_note = table.Column<string>(type: "text", nullable: true),
                    holder_id = table.Column<string>(type: "text", nullable: true),
                    holder_name = table.Column<string>(type: "text", nullable: true),
                    held_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    movements = table.Column<string>(type: "jsonb", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    audit_sequence = table.Column<long>(type: "bigint", nullable: false),
                    audit_head = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    assignee = table.Column<string>(type: "jsonb", nullable: true),
                    work_actions = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rma_units", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "rmas",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_name = table.Column<string>(type: "text", nullable: false),
                    customer = table.Column<string>(type: "jsonb", nullable: false),
                    source = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    source_id = table.Column<Guid>(type: "uuid", nullable: true),
                    words = table.Column<string>(type: "text", nullable: true),
                    answers = table.Column<string>(type: "jsonb", nullable: true),
                    lines = table.Column<string>(type: "jsonb", nullable: false),
                    quantity = table.Column<int>(type: "integer", nullable: false),
                    serial_keys = table.Column<string[]>(type: "text[]", nullable: false),
                    declared_on = table.Column<DateOnly>(type: "date", nullable: false),
                    declared_by = table.Column<string>(type: "jsonb", nullable: false),
                    policy_version = table.Column<int>(type: "integer", nullable: false),
                    received_items = table.Column<string>(type: "jsonb", nullable: false),
                    received_on = table.Column<DateOnly>(type: "date", nullable: true),
                    received = table.Column<int>(type: "integer", nullable: false),
                    units_made = table.Column<int>(type: "integer", nullable: false),
                    count = table.Column<string>(type: "jsonb", nullable: false),
                    confirmations = table.Column<string>(type: "jsonb", nullable: false),
                    withdrawal_reason = table.Column<string>(type: "text", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    audit_sequence = table.Column<long>(type: "bigint", nullable: false),
                    audit_head = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    assignee = table.Column<string>(type: "jsonb", nullable: true),
                    work_actions = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rmas", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "sales",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "text", nullable: false),
                    model_id = table.Column<Guid>(type: "uuid", nullable: false),
                    model_code = table.Column<string>(type: "text", nullable: false),
                    model_name = table.Column<string>(type: "text", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_name = table.Column<string>(type: "text", nullable: false),
                    quantity = table.Column<int>(type: "integer", nullable: false),
                    ex_factory_on = table.Column<DateOnly>(type: "date", nullable: false),
                    purchased_on = table.Column<DateOnly>(type: "date", nullable: false),
                    claimed = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    audit_sequence = table.Column<long>(type: "bigint", nullable: false),
                    audit_head = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    assignee = table.Column<string>(type: "jsonb", nullable: true),
                    work_actions = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sales", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "serial_links",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    serial_id = table.Column<Guid>(type: "uuid", nullable: false),
                    secret_hash = table.Column<string>(type: "text", nullable: false),
                    valid_through = table.Column<DateOnly>(type: "date", nullable: false),
                    made_by = table.Column<string>(type: "jsonb", nullable: false),
                    revoked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    audit_sequence = table.Column<long>(type: "bigint", nullable: false),
                    audit_head = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    assignee = table.Column<string>(type: "jsonb", nullable: true),
                    work_actions = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_serial_links", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "shipments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "text", nullable: true),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_name = table.Column<string>(type: "text", nullable: false),
                    units = table.Column<string>(type: "jsonb", nullable: false),
                    quantity = table.Column<int>(type: "integer", nullable: false),
                    ship_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    method = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    address = table.Column<string>(type: "text", nullable: true),
                    policy_version = table.Column<int>(type: "integer", nullable: false),
                    issued_by = table.Column<string>(type: "jsonb", nullable: false),
                    carrier = table.Column<string>(type: "text", nullable: true),
                    tracking_number = table.Column<string>(type: "text", nullable: true),
                    shipped_on = table.Column<DateOnly>(type: "date", nullable: true),
                    shipped_by = table.Column<string>(type: "jsonb", nullable: true),
                    chases = table.Column<string>(type: "jsonb", nullable: false),
                    receipt = table.Column<string>(type: "jsonb", nullable: true),
                    cancel_reason = table.Column<string>(type: "text", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    audit_sequence = table.Column<long>(type: "bigint", nullable: false),
                    audit_head = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    assignee = table.Column<string>(type: "jsonb", nullable: true),
                    work_actions = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_shipments", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "site_places",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    latitude = table.Column<double>(type: "double precision", nullable: true),
                    longitude = table.Column<double>(type: "double precision", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_site_places", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "terms_editions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    effective_from = table.Column<DateOnly>(type: "date", nullable: false),
                    clauses = table.Column<string>(type: "jsonb", nullable: false),
                    written_by = table.Column<string>(type: "jsonb", nullable: false),
                    published_by = table.Column<string>(type: "jsonb", nullable: true),
                    withdrawn_from = table.Column<DateOnly>(type: "date", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    audit_sequence = table.Column<long>(type: "bigint", nullable: false),
                    audit_head = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    assignee = table.Column<string>(type: "jsonb", nullable: true),
                    work_actions = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_terms_editions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "trips",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    project_id = table.Column<Guid>(type: "uuid", nullable: false),
                    project_name = table.Column<string>(type: "text", nullable: false),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_name = table.Column<string>(type: "text", nullable: false),
                    unit_is_own = table.Column<bool>(type: "boolean", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    orders = table.Column<string>(type: "jsonb", nullable: false),
                    replaced = table.Column<string>(type: "jsonb", nullable: false),
                    briefing = table.Column<string>(type: "jsonb", nullable: true),
                    costs = table.Column<string>(type: "jsonb", nullable: false),
                    cost_total = table.Column<decimal>(type: "numeric(14,2)", precision: 14, scale: 2, nullable: false),
                    made_on = table.Column<DateOnly>(type: "date", nullable: true),
                    planned_by = table.Column<string>(type: "jsonb", nullable: false),
                    policy_version = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    audit_sequence = table.Column<long>(type: "bigint", nullable: false),
                    audit_head = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    assignee = table.Column<string>(type: "jsonb", nullable: true),
                    work_actions = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_trips", x => x.id);
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
                name: "work_links",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    repair_order_id = table.Column<Guid>(type: "uuid", nullable: true),
                    day = table.Column<DateOnly>(type: "date", nullable: true),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_name = table.Column<string>(type: "text", nullable: false),
                    unit_is_own = table.Column<bool>(type: "boolean", nullable: false),
                    holder_name = table.Column<string>(type: "text", nullable: false),
                    secret_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    revoked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    created_by = table.Column<string>(type: "jsonb", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    audit_sequence = table.Column<long>(type: "bigint", nullable: false),
                    audit_head = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    assignee = table.Column<string>(type: "jsonb", nullable: true),
                    work_actions = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_work_links", x => x.id);
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
                name: "ix_appointments_repair_order_id",
                table: "appointments",
                column: "repair_order_id");

            migrationBuilder.CreateIndex(
                name: "ix_appointments_secret_hash",
                table: "appointments",
                column: "secret_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_appointments_state_reminder_on",
                table: "appointments",
                columns: new[] { "state", "reminder_on" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_trail_actor_id_aggregate_id",
                table: "audit_trail",
                columns: new[] { "actor_id", "aggregate_id" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_trail_at",
                table: "audit_trail",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_charge_backs_number",
                table: "charge_backs",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_charge_backs_repair_order_id",
                table: "charge_backs",
                column: "repair_order_id",
                unique: true,
                filter: "state <> 'Withdrawn'");

            migrationBuilder.CreateIndex(
                name: "ix_charge_backs_unit_id",
                table: "charge_backs",
                column: "unit_id");

            migrationBuilder.CreateIndex(
                name: "ix_customer_links_rma_id",
                table: "customer_links",
                column: "rma_id");

            migrationBuilder.CreateIndex(
                name: "ix_customer_links_secret_hash",
                table: "customer_links",
                column: "secret_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_department_copies_code",
                table: "department_copies",
                column: "code");

            migrationBuilder.CreateIndex(
                name: "ix_found_faults_part_code_found_on",
                table: "found_faults",
                columns: new[] { "part_code", "found_on" });

            migrationBuilder.CreateIndex(
                name: "ix_found_faults_project_id_found_on",
                table: "found_faults",
                columns: new[] { "project_id", "found_on" });

            migrationBuilder.CreateIndex(
                name: "ix_found_faults_unit_id",
                table: "found_faults",
                column: "unit_id");

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
                name: "ix_maker_claims_maker_key_id",
                table: "maker_claims",
                columns: new[] { "maker_key", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_maker_claims_number",
                table: "maker_claims",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_maker_claims_rma_id",
                table: "maker_claims",
                column: "rma_id");

            migrationBuilder.CreateIndex(
                name: "ix_maker_claims_state_expected_on",
                table: "maker_claims",
                columns: new[] { "state", "expected_on" });

            migrationBuilder.CreateIndex(
                name: "ix_maker_claims_unit_id",
                table: "maker_claims",
                column: "unit_id");

            migrationBuilder.CreateIndex(
                name: "ix_monthly_reports_month_correction",
                table: "monthly_reports",
                columns: new[] { "month", "correction" });

            migrationBuilder.CreateIndex(
                name: "ix_monthly_reports_number",
                table: "monthly_reports",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_monthly_reports_open_month",
                table: "monthly_reports",
                column: "open_month",
                unique: true);

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
                name: "ix_product_models_code_key",
                table: "product_models",
                column: "code_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_product_serials_chain_id",
                table: "product_serials",
                column: "chain_id");

            migrationBuilder.CreateIndex(
                name: "ix_product_serials_customer_id_id",
                table: "product_serials",
                columns: new[] { "customer_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_product_serials_model_id",
                table: "product_serials",
                column: "model_id");

            migrationBuilder.CreateIndex(
                name: "ix_product_serials_number_key",
                table: "product_serials",
                column: "number_key",
                unique: true);

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
                name: "ix_repair_orders_number",
                table: "repair_orders",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_repair_orders_owner_id_id",
                table: "repair_orders",
                columns: new[] { "owner_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_repair_orders_part_code_cause_code",
                table: "repair_orders",
                columns: new[] { "part_code", "cause_code" });

            migrationBuilder.CreateIndex(
                name: "ix_repair_orders_project_id_id",
                table: "repair_orders",
                columns: new[] { "project_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_repair_orders_project_id_part_code_opened_on",
                table: "repair_orders",
                columns: new[] { "project_id", "part_code", "opened_on" });

            migrationBuilder.CreateIndex(
                name: "ix_repair_orders_repair_unit_id_id",
                table: "repair_orders",
                columns: new[] { "repair_unit_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_repair_orders_source_source_id",
                table: "repair_orders",
                columns: new[] { "source", "source_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_repair_orders_state_confirm_due_on",
                table: "repair_orders",
                columns: new[] { "state", "confirm_due_on" });

            migrationBuilder.CreateIndex(
                name: "ix_repair_orders_state_id",
                table: "repair_orders",
                columns: new[] { "state", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_repair_orders_state_start_due_at",
                table: "repair_orders",
                columns: new[] { "state", "start_due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_repair_orders_warranty_pending_leader_pending",
                table: "repair_orders",
                columns: new[] { "warranty_pending", "leader_pending" },
                filter: "warranty_pending OR leader_pending");

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
                name: "ix_return_cases_advance_deadline",
                table: "return_cases",
                column: "advance_deadline",
                filter: "advance_deadline IS NOT NULL AND closed_on IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_return_cases_customer_id_id",
                table: "return_cases",
                columns: new[] { "customer_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_return_cases_held_since",
                table: "return_cases",
                column: "held_since",
                filter: "held_since IS NOT NULL AND closed_on IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_return_cases_number",
                table: "return_cases",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_return_cases_open_serial_key",
                table: "return_cases",
                column: "open_serial_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_return_cases_serial_id",
                table: "return_cases",
                column: "serial_id");

            migrationBuilder.CreateIndex(
                name: "ix_return_cases_slip_held_since",
                table: "return_cases",
                column: "slip_held_since",
                filter: "slip_held_since IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_return_cases_state_id",
                table: "return_cases",
                columns: new[] { "state", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_rma_units_customer_id_id",
                table: "rma_units",
                columns: new[] { "customer_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_rma_units_ended_on",
                table: "rma_units",
                column: "ended_on");

            migrationBuilder.CreateIndex(
                name: "ix_rma_units_id_held_since",
                table: "rma_units",
                columns: new[] { "id", "held_since" },
                filter: "held_since IS NOT NULL AND ended_on IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_rma_units_number",
                table: "rma_units",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_rma_units_offer_valid_through",
                table: "rma_units",
                column: "offer_valid_through",
                filter: "state = 'Offered'");

            migrationBuilder.CreateIndex(
                name: "ix_rma_units_open_serial_key",
                table: "rma_units",
                column: "open_serial_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_rma_units_received_on",
                table: "rma_units",
                column: "received_on");

            migrationBuilder.CreateIndex(
                name: "ix_rma_units_rma_id_id",
                table: "rma_units",
                columns: new[] { "rma_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_rma_units_serial_key_id",
                table: "rma_units",
                columns: new[] { "serial_key", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_rma_units_settled_on",
                table: "rma_units",
                column: "settled_on");

            migrationBuilder.CreateIndex(
                name: "ix_rma_units_shipment_id",
                table: "rma_units",
                column: "shipment_id");

            migrationBuilder.CreateIndex(
                name: "ix_rma_units_state_id",
                table: "rma_units",
                columns: new[] { "state", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_rmas_customer_id_id",
                table: "rmas",
                columns: new[] { "customer_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_rmas_number",
                table: "rmas",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_rmas_serial_keys",
                table: "rmas",
                column: "serial_keys")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "ix_rmas_source_source_id",
                table: "rmas",
                columns: new[] { "source", "source_id" },
                unique: true,
                filter: "source_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_rmas_state_id",
                table: "rmas",
                columns: new[] { "state", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_sales_customer_id_id",
                table: "sales",
                columns: new[] { "customer_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_sales_number",
                table: "sales",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_serial_links_secret_hash",
                table: "serial_links",
                column: "secret_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_serial_links_serial_id",
                table: "serial_links",
                column: "serial_id");

            migrationBuilder.CreateIndex(
                name: "ix_shipments_customer_id_id",
                table: "shipments",
                columns: new[] { "customer_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_shipments_number",
                table: "shipments",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_shipments_state_shipped_on",
                table: "shipments",
                columns: new[] { "state", "shipped_on" });

            migrationBuilder.CreateIndex(
                name: "ix_terms_editions_effective_from",
                table: "terms_editions",
                column: "effective_from");

            migrationBuilder.CreateIndex(
                name: "ix_terms_editions_number",
                table: "terms_editions",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_trips_number",
                table: "trips",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_trips_project_id_state",
                table: "trips",
                columns: new[] { "project_id", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_trips_unit_id_day",
                table: "trips",
                columns: new[] { "unit_id", "day" });

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
                name: "ix_work_links_repair_order_id",
                table: "work_links",
                column: "repair_order_id");

            migrationBuilder.CreateIndex(
                name: "ix_work_links_secret_hash",
                table: "work_links",
                column: "secret_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_work_links_unit_id",
                table: "work_links",
                column: "unit_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "accounts");

            migrationBuilder.DropTable(
                name: "appointments");

            migrationBuilder.DropTable(
                name: "audit_trail");

            migrationBuilder.DropTable(
                name: "charge_backs");

            migrationBuilder.DropTable(
                name: "customer_links");

            migrationBuilder.DropTable(
                name: "department_copies");

            migrationBuilder.DropTable(
                name: "fault_groups");

            migrationBuilder.DropTable(
                name: "form_numbers");

            migrationBuilder.DropTable(
                name: "found_faults");

            migrationBuilder.DropTable(
                name: "idempotency_records");

            migrationBuilder.DropTable(
                name: "inbox_entries");

            migrationBuilder.DropTable(
                name: "maker_claims");

            migrationBuilder.DropTable(
                name: "monthly_reports");

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
                name: "product_models");

            migrationBuilder.DropTable(
                name: "product_serials");

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
                name: "repair_orders");

            migrationBuilder.DropTable(
                name: "retention_entries");

            migrationBuilder.DropTable(
                name: "return_cases");

            migrationBuilder.DropTable(
                name: "rma_units");

            migrationBuilder.DropTable(
                name: "rmas");

            migrationBuilder.DropTable(
                name: "sales");

            migrationBuilder.DropTable(
                name: "serial_links");

            migrationBuilder.DropTable(
                name: "shipments");

            migrationBuilder.DropTable(
                name: "site_places");

            migrationBuilder.DropTable(
                name: "terms_editions");

            migrationBuilder.DropTable(
                name: "trips");

            migrationBuilder.DropTable(
                name: "work_items");

            migrationBuilder.DropTable(
                name: "work_links");

            migrationBuilder.DropTable(
                name: "work_snoozes");
        }
    }
}
