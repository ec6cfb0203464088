using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace CustomerService.Projects.Data.Migrations
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
                name: "calendar_feeds",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: true),
                    department = table.Column<string>(type: "text", nullable: true),
                    title = table.Column<string>(type: "text", nullable: false),
                    secret_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    created_by = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    revoked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    audit_sequence = table.Column<long>(type: "bigint", nullable: false),
                    audit_head = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    assignee = table.Column<string>(type: "jsonb", nullable: true),
                    work_actions = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_calendar_feeds", x => x.id);
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
                name: "known_faults",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    revisit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    project_id = table.Column<Guid>(type: "uuid", nullable: false),
                    part = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    cause = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    found_on = table.Column<DateOnly>(type: "date", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_known_faults", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "linked_cases",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    source_id = table.Column<Guid>(type: "uuid", nullable: true),
                    number = table.Column<string>(type: "text", nullable: true),
                    project_id = table.Column<Guid>(type: "uuid", nullable: true),
                    state = table.Column<string>(type: "text", nullable: false),
                    seen_version = table.Column<long>(type: "bigint", nullable: false),
                    state_on = table.Column<DateOnly>(type: "date", nullable: true),
                    is_done = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_linked_cases", x => new { x.kind, x.id });
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
                name: "organisations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    name_key = table.Column<string>(type: "text", nullable: false),
                    organisation_kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    code = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    code_key = table.Column<string>(type: "text", nullable: true),
                    search_text = table.Column<string>(type: "text", nullable: false),
                    address = table.Column<string>(type: "text", nullable: true),
                    tax_number = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    trade = table.Column<string>(type: "jsonb", nullable: false),
                    core_name = table.Column<string>(type: "text", nullable: false),
                    phone_keys = table.Column<string[]>(type: "text[]", nullable: false),
                    tax_key = table.Column<string>(type: "text", nullable: true),
                    address_key = table.Column<string>(type: "text", nullable: true),
                    merged_into = table.Column<Guid>(type: "uuid", nullable: true),
                    merged = table.Column<string>(type: "jsonb", nullable: true),
                    contacts = table.Column<string>(type: "jsonb", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    audit_sequence = table.Column<long>(type: "bigint", nullable: false),
                    audit_head = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    assignee = table.Column<string>(type: "jsonb", nullable: true),
                    work_actions = table.Column<string>(type: "text", nullable: false)
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
                name: "people",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    name_key = table.Column<string>(type: "text", nullable: false),
                    role_title = table.Column<string>(type: "text", nullable: false),
                    department = table.Column<string>(type: "text", nullable: true),
                    phone = table.Column<string>(type: "text", nullable: true),
                    email = table.Column<string>(type: "text", nullable: true),
                    staff_number = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    staff_key = table.Column<string>(type: "text", nullable: true),
                    search_text = table.Column<string>(type: "text", nullable: false),
                    core_name = table.Column<string>(type: "text", nullable: false),
                    phone_key = table.Column<string>(type: "text", nullable: true),
                    merged_into = table.Column<Guid>(type: "uuid", nullable: true),
                    merged = table.Column<string>(type: "jsonb", nullable: true),
                    assignments = table.Column<string>(type: "jsonb", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    audit_sequence = table.Column<long>(type: "bigint", nullable: false),
                    audit_head = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    assignee = table.Column<string>(type: "jsonb", nullable: true),
                    work_actions = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_people", x => x.id);
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
                name: "plan_sheets",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    project_id = table.Column<Guid>(type: "uuid", nullable: false),
                    project_name = table.Column<string>(type: "text", nullable: false),
                    number = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    revisions = table.Column<string>(type: "jsonb", nullable: false),
                    pins = table.Column<string>(type: "jsonb", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    audit_sequence = table.Column<long>(type: "bigint", nullable: false),
                    audit_head = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    assignee = table.Column<string>(type: "jsonb", nullable: true),
                    work_actions = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_plan_sheets", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "projects",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    contract_number = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    contract_key = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner_name = table.Column<string>(type: "text", nullable: false),
                    city = table.Column<string>(type: "text", nullable: false),
                    site_address = table.Column<string>(type: "text", nullable: false),
                    latitude = table.Column<double>(type: "double precision", nullable: false),
                    longitude = table.Column<double>(type: "double precision", nullable: false),
                    building_area_square_metres = table.Column<decimal>(type: "numeric", nullable: false),
                    structure_type = table.Column<string>(type: "text", nullable: false),
                    quality_grade = table.Column<string>(type: "text", nullable: false),
                    team = table.Column<string>(type: "jsonb", nullable: false),
                    team_ids = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    design_life_years = table.Column<int>(type: "integer", nullable: true),
                    users = table.Column<string>(type: "jsonb", nullable: false),
                    warranty_contract = table.Column<string>(type: "jsonb", nullable: true),
                    packages = table.Column<string>(type: "jsonb", nullable: false),
                    commitments = table.Column<string>(type: "jsonb", nullable: false),
                    policy_version = table.Column<int>(type: "integer", nullable: false),
                    planned_acceptance_on = table.Column<DateOnly>(type: "date", nullable: true),
                    accepted_on = table.Column<DateOnly>(type: "date", nullable: true),
                    clearance_due_on = table.Column<DateOnly>(type: "date", nullable: true),
                    clearance = table.Column<string>(type: "jsonb", nullable: true),
                    clearance_marked_overdue_on = table.Column<DateOnly>(type: "date", nullable: true),
                    clearance_reminded_on = table.Column<DateOnly>(type: "date", nullable: true),
                    handed_over_on = table.Column<DateOnly>(type: "date", nullable: true),
                    horizon_ends_on = table.Column<DateOnly>(type: "date", nullable: true),
                    warranty_ends_on = table.Column<DateOnly>(type: "date", nullable: true),
                    goodwill_grants = table.Column<string>(type: "jsonb", nullable: false),
                    active_revisits = table.Column<int>(type: "integer", nullable: false),
                    held_revisits = table.Column<int>(type: "integer", nullable: false),
                    last_revisit_number = table.Column<int>(type: "integer", nullable: false),
                    breach_marked_on = table.Column<DateOnly>(type: "date", nullable: true),
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
                    table.PrimaryKey("pk_projects", x => x.id);
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
                name: "served_cases",
                columns: table => new
                {
                    capa_id = table.Column<Guid>(type: "uuid", nullable: false),
                    case_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_served_cases", x => new { x.case_id, x.capa_id });
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
                name: "project_terms",
                columns: table => new
                {
                    part = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    season = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    project_id = table.Column<Guid>(type: "uuid", nullable: false),
                    through = table.Column<DateOnly>(type: "date", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_project_terms", x => new { x.project_id, x.part, x.season });
                    table.ForeignKey(
                        name: "fk_project_terms_projects_project_id",
                        column: x => x.project_id,
                        principalTable: "projects",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "revisits",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    project_id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    project_number = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    project_name = table.Column<string>(type: "text", nullable: false),
                    ordinal = table.Column<int>(type: "integer", nullable: false),
                    due_on = table.Column<DateOnly>(type: "date", nullable: false),
                    plan_date = table.Column<DateOnly>(type: "date", nullable: true),
                    plan_slot = table.Column<int>(type: "integer", nullable: true),
                    is_cancelled_by_plan = table.Column<bool>(type: "boolean", nullable: false),
                    is_moved_by_hand = table.Column<bool>(type: "boolean", nullable: false),
                    policy_version = table.Column<int>(type: "integer", nullable: false),
                    file_number = table.Column<string>(type: "text", nullable: true),
                    purpose = table.Column<string>(type: "text", nullable: true),
                    extra_kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    extra_reason = table.Column<string>(type: "text", nullable: true),
                    marked_overdue_for = table.Column<DateOnly>(type: "date", nullable: true),
                    reminded_on = table.Column<DateOnly>(type: "date", nullable: true),
                    held_on = table.Column<DateOnly>(type: "date", nullable: true),
                    form = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    attendees = table.Column<string>(type: "jsonb", nullable: false),
                    findings = table.Column<string>(type: "jsonb", nullable: false),
                    owner_representative = table.Column<string>(type: "jsonb", nullable: true),
                    owner_opinion = table.Column<string>(type: "text", nullable: true),
                    opinion_of = table.Column<string>(type: "jsonb", nullable: true),
                    owner_signature = table.Column<string>(type: "jsonb", nullable: true),
                    opinion_record = table.Column<string>(type: "jsonb", nullable: true),
                    heading = table.Column<string>(type: "jsonb", nullable: true),
                    assessment = table.Column<string>(type: "jsonb", nullable: true),
                    disposition = table.Column<string>(type: "jsonb", nullable: true),
                    closed_on = table.Column<DateOnly>(type: "date", nullable: true),
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
                    table.PrimaryKey("pk_revisits", x => x.id);
                    table.ForeignKey(
                        name: "fk_revisits_projects_project_id",
                        column: x => x.project_id,
                        principalTable: "projects",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
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
                name: "ix_audit_trail_actor_id_aggregate_id",
                table: "audit_trail",
                columns: new[] { "actor_id", "aggregate_id" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_trail_at",
                table: "audit_trail",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_calendar_feeds_created_by",
                table: "calendar_feeds",
                column: "created_by");

            migrationBuilder.CreateIndex(
                name: "ix_calendar_feeds_secret_hash",
                table: "calendar_feeds",
                column: "secret_hash",
                unique: true);

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
                name: "ix_known_faults_part_cause_found_on",
                table: "known_faults",
                columns: new[] { "part", "cause", "found_on" })
                .Annotation("Npgsql:IndexInclude", new[] { "project_id" });

            migrationBuilder.CreateIndex(
                name: "ix_known_faults_project_id_part_cause",
                table: "known_faults",
                columns: new[] { "project_id", "part", "cause" });

            migrationBuilder.CreateIndex(
                name: "ix_known_faults_revisit_id",
                table: "known_faults",
                column: "revisit_id");

            migrationBuilder.CreateIndex(
                name: "ix_linked_cases_source_id",
                table: "linked_cases",
                column: "source_id");

            migrationBuilder.CreateIndex(
                name: "ix_organisations_address_key",
                table: "organisations",
                column: "address_key");

            migrationBuilder.CreateIndex(
                name: "ix_organisations_code_key",
                table: "organisations",
                column: "code_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_organisations_core_name",
                table: "organisations",
                column: "core_name")
                .Annotation("Npgsql:IndexOperators", new[] { "text_pattern_ops" });

            migrationBuilder.CreateIndex(
                name: "ix_organisations_merged_into",
                table: "organisations",
                column: "merged_into");

            migrationBuilder.CreateIndex(
                name: "ix_organisations_name_key",
                table: "organisations",
                column: "name_key");

            migrationBuilder.CreateIndex(
                name: "ix_organisations_phone_keys",
                table: "organisations",
                column: "phone_keys")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "ix_organisations_tax_key",
                table: "organisations",
                column: "tax_key");

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
                name: "ix_people_core_name",
                table: "people",
                column: "core_name")
                .Annotation("Npgsql:IndexOperators", new[] { "text_pattern_ops" });

            migrationBuilder.CreateIndex(
                name: "ix_people_merged_into",
                table: "people",
                column: "merged_into");

            migrationBuilder.CreateIndex(
                name: "ix_people_name_key",
                table: "people",
                column: "name_key");

            migrationBuilder.CreateIndex(
                name: "ix_people_phone_key",
                table: "people",
                column: "phone_key");

            migrationBuilder.CreateIndex(
                name: "ix_people_staff_key",
                table: "people",
                column: "staff_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_plan_sheets_project_id_number",
                table: "plan_sheets",
                columns: new[] { "project_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_project_terms_through",
                table: "project_terms",
                column: "through");

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
                name: "ix_projects_clearance_open",
                table: "projects",
                column: "clearance_due_on",
                filter: "clearance is null and clearance_marked_overdue_on is null and clearance_due_on is not null");

            migrationBuilder.CreateIndex(
                name: "ix_projects_contract_key",
                table: "projects",
                column: "contract_key",
                unique: true,
                filter: "state <> 'Withdrawn'");

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
                name: "ix_projects_search_grams",
                table: "projects",
                column: "search_grams")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "ix_projects_state_id",
                table: "projects",
                columns: new[] { "state", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_projects_state_latitude",
                table: "projects",
                columns: new[] { "state", "latitude" });

            migrationBuilder.CreateIndex(
                name: "ix_projects_team_ids",
                table: "projects",
                column: "team_ids")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "ix_projects_unvisited",
                table: "projects",
                column: "horizon_ends_on",
                filter: "held_revisits = 0 and breach_marked_on is null and horizon_ends_on is not null");

            migrationBuilder.CreateIndex(
                name: "ix_projects_warranty_ends_on",
                table: "projects",
                column: "warranty_ends_on");

            migrationBuilder.CreateIndex(
                name: "ix_projects_without_revisit",
                table: "projects",
                column: "id",
                filter: "held_revisits = 0 and horizon_ends_on is not null")
                .Annotation("Npgsql:IndexInclude", new[] { "horizon_ends_on" });

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
                name: "ix_revisits_due_on_id",
                table: "revisits",
                columns: new[] { "due_on", "id" });

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
                name: "ix_revisits_project_id_ordinal",
                table: "revisits",
                columns: new[] { "project_id", "ordinal" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_revisits_state_due_on_id",
                table: "revisits",
                columns: new[] { "state", "due_on", "id" });

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
                name: "audit_trail");

            migrationBuilder.DropTable(
                name: "calendar_feeds");

            migrationBuilder.DropTable(
                name: "form_numbers");

            migrationBuilder.DropTable(
                name: "idempotency_records");

            migrationBuilder.DropTable(
                name: "inbox_entries");

            migrationBuilder.DropTable(
                name: "known_faults");

            migrationBuilder.DropTable(
                name: "linked_cases");

            migrationBuilder.DropTable(
                name: "moved_references");

            migrationBuilder.DropTable(
                name: "organisations");

            migrationBuilder.DropTable(
                name: "outbox_messages");

            migrationBuilder.DropTable(
                name: "outbox_partitions");

            migrationBuilder.DropTable(
                name: "outgoing_mails");

            migrationBuilder.DropTable(
                name: "people");

            migrationBuilder.DropTable(
                name: "personal_data_exports");

            migrationBuilder.DropTable(
                name: "plan_sheets");

            migrationBuilder.DropTable(
                name: "project_terms");

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
                name: "revisits");

            migrationBuilder.DropTable(
                name: "served_cases");

            migrationBuilder.DropTable(
                name: "work_items");

            migrationBuilder.DropTable(
                name: "work_snoozes");

            migrationBuilder.DropTable(
                name: "projects");
        }
    }
}
