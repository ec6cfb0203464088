using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace CustomerService.Reporting.Data.Migrations
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
                name: "changed_facts",
                columns: table => new
                {
                    fact = table.Column<string>(type: "text", nullable: false),
                    month = table.Column<DateOnly>(type: "date", nullable: false),
                    changed_in = table.Column<ulong>(type: "xid8", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_changed_facts", x => new { x.fact, x.month, x.changed_in });
                });

            migrationBuilder.CreateTable(
                name: "department_accounts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    patterns = table.Column<string>(type: "jsonb", nullable: false),
                    reads_stream = table.Column<bool>(type: "boolean", nullable: false),
                    created_by = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    audit_sequence = table.Column<long>(type: "bigint", nullable: false),
                    audit_head = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    assignee = table.Column<string>(type: "jsonb", nullable: true),
                    work_actions = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_department_accounts", x => x.id);
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
                name: "dim_organisation",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: true),
                    kind = table.Column<string>(type: "text", nullable: true),
                    code = table.Column<string>(type: "text", nullable: true),
                    region = table.Column<string>(type: "text", nullable: true),
                    merged_into = table.Column<Guid>(type: "uuid", nullable: true),
                    merged_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    described_version = table.Column<long>(type: "bigint", nullable: false),
                    merged_version = table.Column<long>(type: "bigint", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    state_version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dim_organisation", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "dim_project",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    contract_number = table.Column<string>(type: "text", nullable: true),
                    name = table.Column<string>(type: "text", nullable: true),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: true),
                    owner_name = table.Column<string>(type: "text", nullable: true),
                    city = table.Column<string>(type: "text", nullable: true),
                    building_area_square_metres = table.Column<decimal>(type: "numeric", nullable: true),
                    structure_type = table.Column<string>(type: "text", nullable: true),
                    accepted_on = table.Column<DateOnly>(type: "date", nullable: true),
                    handed_over_on = table.Column<DateOnly>(type: "date", nullable: true),
                    warranty_ends_on = table.Column<DateOnly>(type: "date", nullable: true),
                    clearance_due_on = table.Column<DateOnly>(type: "date", nullable: true),
                    cleared_on = table.Column<DateOnly>(type: "date", nullable: true),
                    clearance_overdue_since = table.Column<DateOnly>(type: "date", nullable: true),
                    clearance_missed_on = table.Column<DateOnly>(type: "date", nullable: true),
                    revisit_breached_on = table.Column<DateOnly>(type: "date", nullable: true),
                    described_version = table.Column<long>(type: "bigint", nullable: false),
                    accepted_version = table.Column<long>(type: "bigint", nullable: false),
                    warranty_version = table.Column<long>(type: "bigint", nullable: false),
                    clearance_version = table.Column<long>(type: "bigint", nullable: false),
                    breached_version = table.Column<long>(type: "bigint", nullable: false),
                    clearance_missed_version = table.Column<long>(type: "bigint", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    state_version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dim_project", x => x.id);
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
                name: "event_archive",
                columns: table => new
                {
                    message_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    body = table.Column<string>(type: "jsonb", nullable: false),
                    occurred_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    archived_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_event_archive", x => x.message_id);
                });

            migrationBuilder.CreateTable(
                name: "fact_action_item",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "text", nullable: true),
                    purpose = table.Column<string>(type: "text", nullable: true),
                    source_kind = table.Column<string>(type: "text", nullable: true),
                    source_id = table.Column<Guid>(type: "uuid", nullable: true),
                    department = table.Column<string>(type: "text", nullable: true),
                    due_on = table.Column<DateOnly>(type: "date", nullable: true),
                    received_on = table.Column<DateOnly>(type: "date", nullable: true),
                    done_on = table.Column<DateOnly>(type: "date", nullable: true),
                    done_in_time = table.Column<bool>(type: "boolean", nullable: true),
                    settled_on = table.Column<DateOnly>(type: "date", nullable: true),
                    accepted = table.Column<bool>(type: "boolean", nullable: true),
                    escalations = table.Column<int>(type: "integer", nullable: false),
                    issued_version = table.Column<long>(type: "bigint", nullable: false),
                    due_version = table.Column<long>(type: "bigint", nullable: false),
                    received_version = table.Column<long>(type: "bigint", nullable: false),
                    done_version = table.Column<long>(type: "bigint", nullable: false),
                    settled_version = table.Column<long>(type: "bigint", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    state_version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fact_action_item", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "fact_assessment",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "text", nullable: true),
                    point_id = table.Column<Guid>(type: "uuid", nullable: true),
                    point_name = table.Column<string>(type: "text", nullable: true),
                    mystery = table.Column<bool>(type: "boolean", nullable: true),
                    percent = table.Column<decimal>(type: "numeric", nullable: true),
                    passed = table.Column<bool>(type: "boolean", nullable: true),
                    failed_items = table.Column<int>(type: "integer", nullable: false),
                    failed_codes = table.Column<string[]>(type: "text[]", nullable: false),
                    held_on = table.Column<DateOnly>(type: "date", nullable: true),
                    assessed_version = table.Column<long>(type: "bigint", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    state_version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fact_assessment", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "fact_capa",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "text", nullable: true),
                    source = table.Column<string>(type: "text", nullable: true),
                    source_id = table.Column<Guid>(type: "uuid", nullable: true),
                    department = table.Column<string>(type: "text", nullable: true),
                    opened_on = table.Column<DateOnly>(type: "date", nullable: true),
                    due_on = table.Column<DateOnly>(type: "date", nullable: true),
                    assigned_version = table.Column<long>(type: "bigint", nullable: false),
                    due_version = table.Column<long>(type: "bigint", nullable: false),
                    analysed_on = table.Column<DateOnly>(type: "date", nullable: true),
                    reviewed_on = table.Column<DateOnly>(type: "date", nullable: true),
                    executed_on = table.Column<DateOnly>(type: "date", nullable: true),
                    executed_in_time = table.Column<bool>(type: "boolean", nullable: true),
                    verified_on = table.Column<DateOnly>(type: "date", nullable: true),
                    effective = table.Column<bool>(type: "boolean", nullable: true),
                    verified_version = table.Column<long>(type: "bigint", nullable: false),
                    ineffective_rounds = table.Column<int>(type: "integer", nullable: false),
                    recurrences = table.Column<int>(type: "integer", nullable: false),
                    joined_cases = table.Column<int>(type: "integer", nullable: false),
                    analysed_version = table.Column<long>(type: "bigint", nullable: false),
                    reviewed_version = table.Column<long>(type: "bigint", nullable: false),
                    executed_version = table.Column<long>(type: "bigint", nullable: false),
                    effective_version = table.Column<long>(type: "bigint", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    state_version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fact_capa", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "fact_charge_back",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "text", nullable: true),
                    repair_order_id = table.Column<Guid>(type: "uuid", nullable: true),
                    project_id = table.Column<Guid>(type: "uuid", nullable: true),
                    part_code = table.Column<string>(type: "text", nullable: true),
                    repair_unit_id = table.Column<Guid>(type: "uuid", nullable: true),
                    repair_unit_name = table.Column<string>(type: "text", nullable: true),
                    proposed_amount = table.Column<decimal>(type: "numeric", nullable: true),
                    proposed_on = table.Column<DateOnly>(type: "date", nullable: true),
                    answer = table.Column<string>(type: "text", nullable: true),
                    answered_on = table.Column<DateOnly>(type: "date", nullable: true),
                    amount = table.Column<decimal>(type: "numeric", nullable: true),
                    outcome = table.Column<string>(type: "text", nullable: true),
                    ended_on = table.Column<DateOnly>(type: "date", nullable: true),
                    proposed_version = table.Column<long>(type: "bigint", nullable: false),
                    amount_version = table.Column<long>(type: "bigint", nullable: false),
                    answered_version = table.Column<long>(type: "bigint", nullable: false),
                    ended_version = table.Column<long>(type: "bigint", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    state_version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fact_charge_back", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "fact_complaint",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "text", nullable: true),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: true),
                    customer_name = table.Column<string>(type: "text", nullable: true),
                    channel = table.Column<string>(type: "text", nullable: true),
                    source_id = table.Column<Guid>(type: "uuid", nullable: true),
                    subject = table.Column<string>(type: "text", nullable: true),
                    severity = table.Column<string>(type: "text", nullable: true),
                    registered_on = table.Column<DateOnly>(type: "date", nullable: true),
                    response_due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    resolution_due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    responded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    responded_in_time = table.Column<bool>(type: "boolean", nullable: true),
                    triage = table.Column<string>(type: "text", nullable: true),
                    liability = table.Column<string>(type: "text", nullable: true),
                    department = table.Column<string>(type: "text", nullable: true),
                    cause_code = table.Column<string>(type: "text", nullable: true),
                    closed_on = table.Column<DateOnly>(type: "date", nullable: true),
                    closed_version = table.Column<long>(type: "bigint", nullable: false),
                    customer_confirmed = table.Column<bool>(type: "boolean", nullable: true),
                    reopened = table.Column<int>(type: "integer", nullable: false),
                    customer_version = table.Column<long>(type: "bigint", nullable: false),
                    targets_version = table.Column<long>(type: "bigint", nullable: false),
                    resolution_version = table.Column<long>(type: "bigint", nullable: false),
                    responded_version = table.Column<long>(type: "bigint", nullable: false),
                    triage_version = table.Column<long>(type: "bigint", nullable: false),
                    liability_version = table.Column<long>(type: "bigint", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    state_version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fact_complaint", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "fact_evaluation",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    department = table.Column<string>(type: "text", nullable: true),
                    from_on = table.Column<DateOnly>(type: "date", nullable: true),
                    to_on = table.Column<DateOnly>(type: "date", nullable: true),
                    goal_percent = table.Column<decimal>(type: "numeric", nullable: true),
                    recovered = table.Column<int>(type: "integer", nullable: true),
                    satisfied = table.Column<int>(type: "integer", nullable: true),
                    percent = table.Column<decimal>(type: "numeric", nullable: true),
                    outcome = table.Column<string>(type: "text", nullable: true),
                    evaluated_on = table.Column<DateOnly>(type: "date", nullable: true),
                    rewarded_on = table.Column<DateOnly>(type: "date", nullable: true),
                    ordered_on = table.Column<DateOnly>(type: "date", nullable: true),
                    due_on = table.Column<DateOnly>(type: "date", nullable: true),
                    measured_again_on = table.Column<DateOnly>(type: "date", nullable: true),
                    reached_again = table.Column<bool>(type: "boolean", nullable: true),
                    department_version = table.Column<long>(type: "bigint", nullable: false),
                    evaluated_version = table.Column<long>(type: "bigint", nullable: false),
                    rewarded_version = table.Column<long>(type: "bigint", nullable: false),
                    ordered_version = table.Column<long>(type: "bigint", nullable: false),
                    measured_version = table.Column<long>(type: "bigint", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    state_version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fact_evaluation", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "fact_invitation",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    survey_kind = table.Column<string>(type: "text", nullable: true),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: true),
                    customer_name = table.Column<string>(type: "text", nullable: true),
                    source = table.Column<string>(type: "text", nullable: true),
                    source_id = table.Column<Guid>(type: "uuid", nullable: true),
                    department = table.Column<string>(type: "text", nullable: true),
                    sent_on = table.Column<DateOnly>(type: "date", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    state_version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fact_invitation", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "fact_letter",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    complaint_id = table.Column<Guid>(type: "uuid", nullable: true),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: true),
                    answer_due_on = table.Column<DateOnly>(type: "date", nullable: true),
                    sent_on = table.Column<DateOnly>(type: "date", nullable: true),
                    reminders = table.Column<int>(type: "integer", nullable: false),
                    sent_version = table.Column<long>(type: "bigint", nullable: false),
                    due_version = table.Column<long>(type: "bigint", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    state_version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fact_letter", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "fact_maker_claim",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "text", nullable: true),
                    maker = table.Column<string>(type: "text", nullable: true),
                    rma_id = table.Column<Guid>(type: "uuid", nullable: true),
                    rma_unit_id = table.Column<Guid>(type: "uuid", nullable: true),
                    component_code = table.Column<string>(type: "text", nullable: true),
                    quantity = table.Column<int>(type: "integer", nullable: true),
                    sent_on = table.Column<DateOnly>(type: "date", nullable: true),
                    expected_on = table.Column<DateOnly>(type: "date", nullable: true),
                    overdue = table.Column<bool>(type: "boolean", nullable: false),
                    answer = table.Column<string>(type: "text", nullable: true),
                    back = table.Column<int>(type: "integer", nullable: true),
                    answered_on = table.Column<DateOnly>(type: "date", nullable: true),
                    claimed = table.Column<decimal>(type: "numeric", nullable: true),
                    recovered = table.Column<decimal>(type: "numeric", nullable: true),
                    currency = table.Column<string>(type: "text", nullable: true),
                    settled_on = table.Column<DateOnly>(type: "date", nullable: true),
                    described_version = table.Column<long>(type: "bigint", nullable: false),
                    sent_version = table.Column<long>(type: "bigint", nullable: false),
                    expected_version = table.Column<long>(type: "bigint", nullable: false),
                    answered_version = table.Column<long>(type: "bigint", nullable: false),
                    settled_version = table.Column<long>(type: "bigint", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    state_version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fact_maker_claim", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "fact_meeting",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "text", nullable: true),
                    complaint_id = table.Column<Guid>(type: "uuid", nullable: true),
                    rule = table.Column<string>(type: "text", nullable: true),
                    called_for = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    held_on = table.Column<DateOnly>(type: "date", nullable: true),
                    cancelled = table.Column<bool>(type: "boolean", nullable: false),
                    called_version = table.Column<long>(type: "bigint", nullable: false),
                    cancelled_version = table.Column<long>(type: "bigint", nullable: false),
                    signed_version = table.Column<long>(type: "bigint", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    state_version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fact_meeting", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "fact_repair_order",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "text", nullable: true),
                    project_id = table.Column<Guid>(type: "uuid", nullable: true),
                    project_name = table.Column<string>(type: "text", nullable: true),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: true),
                    part_code = table.Column<string>(type: "text", nullable: true),
                    severity = table.Column<string>(type: "text", nullable: true),
                    source = table.Column<string>(type: "text", nullable: true),
                    source_id = table.Column<Guid>(type: "uuid", nullable: true),
                    repair_unit_id = table.Column<Guid>(type: "uuid", nullable: true),
                    repair_unit_name = table.Column<string>(type: "text", nullable: true),
                    under_warranty = table.Column<string>(type: "text", nullable: true),
                    notified_on = table.Column<DateOnly>(type: "date", nullable: true),
                    confirm_due_on = table.Column<DateOnly>(type: "date", nullable: true),
                    confirmed_on = table.Column<DateOnly>(type: "date", nullable: true),
                    confirmed_in_time = table.Column<bool>(type: "boolean", nullable: true),
                    approved_on = table.Column<DateOnly>(type: "date", nullable: true),
                    dispatched_on = table.Column<DateOnly>(type: "date", nullable: true),
                    started_on = table.Column<DateOnly>(type: "date", nullable: true),
                    passed_on = table.Column<DateOnly>(type: "date", nullable: true),
                    accepted_on = table.Column<DateOnly>(type: "date", nullable: true),
                    returned_on = table.Column<DateOnly>(type: "date", nullable: true),
                    withdrawn_on = table.Column<DateOnly>(type: "date", nullable: true),
                    failed_inspections = table.Column<int>(type: "integer", nullable: false),
                    owner_refusals = table.Column<int>(type: "integer", nullable: false),
                    received_in_time = table.Column<bool>(type: "boolean", nullable: true),
                    receipt_missed = table.Column<bool>(type: "boolean", nullable: false),
                    start_missed = table.Column<bool>(type: "boolean", nullable: false),
                    completion_missed = table.Column<bool>(type: "boolean", nullable: false),
                    receipt_missed_by_name = table.Column<string>(type: "text", nullable: true),
                    start_missed_by_name = table.Column<string>(type: "text", nullable: true),
                    completion_missed_by_name = table.Column<string>(type: "text", nullable: true),
                    clock_words = table.Column<string>(type: "jsonb", nullable: false),
                    replaced = table.Column<string>(type: "jsonb", nullable: false),
                    start_due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    finish_due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    finished_on = table.Column<DateOnly>(type: "date", nullable: true),
                    cost_total = table.Column<decimal>(type: "numeric", nullable: true),
                    recurred_on = table.Column<DateOnly>(type: "date", nullable: true),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    pauses = table.Column<int>(type: "integer", nullable: false),
                    paused_seconds = table.Column<long>(type: "bigint", nullable: false),
                    fault_liability = table.Column<string>(type: "text", nullable: true),
                    fault_cause = table.Column<string>(type: "text", nullable: true),
                    fault_systemic = table.Column<bool>(type: "boolean", nullable: true),
                    lessons_on = table.Column<DateOnly>(type: "date", nullable: true),
                    unit_version = table.Column<long>(type: "bigint", nullable: false),
                    passed_version = table.Column<long>(type: "bigint", nullable: false),
                    failed_version = table.Column<long>(type: "bigint", nullable: false),
                    targets_version = table.Column<long>(type: "bigint", nullable: false),
                    received_version = table.Column<long>(type: "bigint", nullable: false),
                    finished_version = table.Column<long>(type: "bigint", nullable: false),
                    cost_version = table.Column<long>(type: "bigint", nullable: false),
                    recurred_version = table.Column<long>(type: "bigint", nullable: false),
                    waits_version = table.Column<long>(type: "bigint", nullable: false),
                    lessons_version = table.Column<long>(type: "bigint", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    state_version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fact_repair_order", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "fact_response",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    invitation_id = table.Column<Guid>(type: "uuid", nullable: true),
                    survey_kind = table.Column<string>(type: "text", nullable: true),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: true),
                    customer_name = table.Column<string>(type: "text", nullable: true),
                    department = table.Column<string>(type: "text", nullable: true),
                    overall = table.Column<string>(type: "text", nullable: true),
                    departments = table.Column<string[]>(type: "text[]", nullable: false),
                    mode = table.Column<string>(type: "text", nullable: true),
                    received_on = table.Column<DateOnly>(type: "date", nullable: true),
                    dissatisfied = table.Column<bool>(type: "boolean", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    state_version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fact_response", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "fact_retention",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    service = table.Column<string>(type: "text", nullable: false),
                    record_kind = table.Column<string>(type: "text", nullable: false),
                    number = table.Column<string>(type: "text", nullable: true),
                    department = table.Column<string>(type: "text", nullable: true),
                    closed_on = table.Column<DateOnly>(type: "date", nullable: true),
                    keep_through = table.Column<DateOnly>(type: "date", nullable: true),
                    held = table.Column<bool>(type: "boolean", nullable: false),
                    hold_through = table.Column<DateOnly>(type: "date", nullable: true),
                    asked_by = table.Column<string>(type: "text", nullable: true),
                    erased_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    erased_by = table.Column<string>(type: "text", nullable: true),
                    erased_because = table.Column<string>(type: "text", nullable: true),
                    sha256 = table.Column<string>(type: "text", nullable: true),
                    kept_version = table.Column<long>(type: "bigint", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    state_version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fact_retention", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "fact_return",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "text", nullable: true),
                    kind = table.Column<string>(type: "text", nullable: true),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: true),
                    model_code = table.Column<string>(type: "text", nullable: true),
                    quantity = table.Column<int>(type: "integer", nullable: true),
                    requested_on = table.Column<DateOnly>(type: "date", nullable: true),
                    quality_doubted = table.Column<bool>(type: "boolean", nullable: false),
                    quality_fault = table.Column<bool>(type: "boolean", nullable: true),
                    liability = table.Column<string>(type: "text", nullable: true),
                    accepted = table.Column<bool>(type: "boolean", nullable: true),
                    clause = table.Column<string>(type: "text", nullable: true),
                    by_exception = table.Column<bool>(type: "boolean", nullable: true),
                    decided_on = table.Column<DateOnly>(type: "date", nullable: true),
                    exchange_shipped_on = table.Column<DateOnly>(type: "date", nullable: true),
                    in_advance = table.Column<bool>(type: "boolean", nullable: true),
                    advance_overdue = table.Column<bool>(type: "boolean", nullable: false),
                    closed_on = table.Column<DateOnly>(type: "date", nullable: true),
                    described_version = table.Column<long>(type: "bigint", nullable: false),
                    requested_version = table.Column<long>(type: "bigint", nullable: false),
                    inspected_version = table.Column<long>(type: "bigint", nullable: false),
                    decided_version = table.Column<long>(type: "bigint", nullable: false),
                    shipped_version = table.Column<long>(type: "bigint", nullable: false),
                    closed_version = table.Column<long>(type: "bigint", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    state_version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fact_return", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "fact_revisit",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    project_id = table.Column<Guid>(type: "uuid", nullable: true),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: true),
                    number = table.Column<int>(type: "integer", nullable: true),
                    planned_on = table.Column<DateOnly>(type: "date", nullable: true),
                    due_on = table.Column<DateOnly>(type: "date", nullable: true),
                    due_version = table.Column<long>(type: "bigint", nullable: false),
                    held_on = table.Column<DateOnly>(type: "date", nullable: true),
                    closed_on = table.Column<DateOnly>(type: "date", nullable: true),
                    cancelled = table.Column<bool>(type: "boolean", nullable: false),
                    overdue = table.Column<bool>(type: "boolean", nullable: false),
                    finding_count = table.Column<int>(type: "integer", nullable: true),
                    finding_ids = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    state_version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fact_revisit", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "fact_rma_unit",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "text", nullable: true),
                    rma_id = table.Column<Guid>(type: "uuid", nullable: true),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: true),
                    model_code = table.Column<string>(type: "text", nullable: true),
                    quantity = table.Column<int>(type: "integer", nullable: false),
                    fault_code = table.Column<string>(type: "text", nullable: true),
                    main_component_damaged = table.Column<bool>(type: "boolean", nullable: true),
                    under_warranty = table.Column<bool>(type: "boolean", nullable: true),
                    received_on = table.Column<DateOnly>(type: "date", nullable: true),
                    diagnosed_on = table.Column<DateOnly>(type: "date", nullable: true),
                    offer_number = table.Column<string>(type: "text", nullable: true),
                    offered_sum = table.Column<decimal>(type: "numeric", nullable: true),
                    consented = table.Column<bool>(type: "boolean", nullable: true),
                    charged_sum = table.Column<decimal>(type: "numeric", nullable: true),
                    currency = table.Column<string>(type: "text", nullable: true),
                    failed_inspections = table.Column<int>(type: "integer", nullable: false),
                    inspected_on = table.Column<DateOnly>(type: "date", nullable: true),
                    passed = table.Column<bool>(type: "boolean", nullable: true),
                    result = table.Column<string>(type: "text", nullable: true),
                    ended_on = table.Column<DateOnly>(type: "date", nullable: true),
                    described_version = table.Column<long>(type: "bigint", nullable: false),
                    received_version = table.Column<long>(type: "bigint", nullable: false),
                    diagnosed_version = table.Column<long>(type: "bigint", nullable: false),
                    offered_version = table.Column<long>(type: "bigint", nullable: false),
                    answered_version = table.Column<long>(type: "bigint", nullable: false),
                    charged_version = table.Column<long>(type: "bigint", nullable: false),
                    currency_version = table.Column<long>(type: "bigint", nullable: false),
                    inspected_version = table.Column<long>(type: "bigint", nullable: false),
                    ended_version = table.Column<long>(type: "bigint", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    state_version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fact_rma_unit", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "fact_trip",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "text", nullable: true),
                    project_id = table.Column<Guid>(type: "uuid", nullable: true),
                    repair_unit_id = table.Column<Guid>(type: "uuid", nullable: true),
                    repair_unit_name = table.Column<string>(type: "text", nullable: true),
                    day = table.Column<DateOnly>(type: "date", nullable: true),
                    orders = table.Column<int>(type: "integer", nullable: false),
                    end = table.Column<string>(type: "text", nullable: true),
                    cost = table.Column<decimal>(type: "numeric", nullable: true),
                    ended_on = table.Column<DateOnly>(type: "date", nullable: true),
                    described_version = table.Column<long>(type: "bigint", nullable: false),
                    planned_version = table.Column<long>(type: "bigint", nullable: false),
                    orders_version = table.Column<long>(type: "bigint", nullable: false),
                    ended_version = table.Column<long>(type: "bigint", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    state_version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fact_trip", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "fact_work",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    record_kind = table.Column<string>(type: "text", nullable: true),
                    number = table.Column<string>(type: "text", nullable: true),
                    severity = table.Column<string>(type: "text", nullable: true),
                    department = table.Column<string>(type: "text", nullable: true),
                    work_version = table.Column<long>(type: "bigint", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    state_version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fact_work", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "figure_months",
                columns: table => new
                {
                    figure = table.Column<string>(type: "text", nullable: false),
                    month = table.Column<DateOnly>(type: "date", nullable: false),
                    summed_in = table.Column<string>(type: "text", nullable: true),
                    summed_on = table.Column<DateOnly>(type: "date", nullable: true),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_figure_months", x => new { x.figure, x.month });
                });

            migrationBuilder.CreateTable(
                name: "figure_snapshots",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    figure = table.Column<string>(type: "jsonb", nullable: false),
                    figure_code = table.Column<string>(type: "text", nullable: false),
                    cases = table.Column<string>(type: "jsonb", nullable: false),
                    count = table.Column<int>(type: "integer", nullable: false),
                    total = table.Column<decimal>(type: "numeric", nullable: false),
                    hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    frozen_by = table.Column<string>(type: "text", nullable: false),
                    frozen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    audit_sequence = table.Column<long>(type: "bigint", nullable: false),
                    audit_head = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    assignee = table.Column<string>(type: "jsonb", nullable: true),
                    work_actions = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_figure_snapshots", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "figure_sums",
                columns: table => new
                {
                    figure = table.Column<string>(type: "text", nullable: false),
                    month = table.Column<DateOnly>(type: "date", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    first = table.Column<string>(type: "text", nullable: false),
                    second = table.Column<string>(type: "text", nullable: false),
                    cases = table.Column<int>(type: "integer", nullable: false),
                    total = table.Column<decimal>(type: "numeric", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_figure_sums", x => new { x.figure, x.month, x.by, x.first, x.second });
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
                name: "report_deliveries",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    subscription_id = table.Column<Guid>(type: "uuid", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    next_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    rows = table.Column<int>(type: "integer", nullable: true),
                    error = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_report_deliveries", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "subscriptions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    settings = table.Column<string>(type: "jsonb", nullable: false),
                    owner_id = table.Column<string>(type: "text", nullable: false),
                    owner = table.Column<string>(type: "text", nullable: false),
                    next_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_hash = table.Column<string>(type: "text", nullable: true),
                    last_sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    audit_sequence = table.Column<long>(type: "bigint", nullable: false),
                    audit_head = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    assignee = table.Column<string>(type: "jsonb", nullable: true),
                    work_actions = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_subscriptions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "webhook_deliveries",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    webhook_id = table.Column<Guid>(type: "uuid", nullable: false),
                    event_id = table.Column<Guid>(type: "uuid", nullable: false),
                    event_name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    body = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    next_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    tries = table.Column<string>(type: "jsonb", nullable: false),
                    delivered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_webhook_deliveries", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "webhooks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    address = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    patterns = table.Column<string>(type: "jsonb", nullable: false),
                    secret = table.Column<string>(type: "text", nullable: false),
                    former_secret = table.Column<string>(type: "text", nullable: true),
                    former_secret_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    suspended_because = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    created_by = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    audit_sequence = table.Column<long>(type: "bigint", nullable: false),
                    audit_head = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    assignee = table.Column<string>(type: "jsonb", nullable: true),
                    work_actions = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_webhooks", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "fact_repair_wait",
                columns: table => new
                {
                    party = table.Column<string>(type: "text", nullable: false),
                    repair_order_id = table.Column<Guid>(type: "uuid", nullable: false),
                    seconds = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fact_repair_wait", x => new { x.repair_order_id, x.party });
                    table.ForeignKey(
                        name: "fk_fact_repair_wait_fact_repair_order_repair_order_id",
                        column: x => x.repair_order_id,
                        principalTable: "fact_repair_order",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "fact_response_item",
                columns: table => new
                {
                    item = table.Column<string>(type: "text", nullable: false),
                    response_id = table.Column<Guid>(type: "uuid", nullable: false),
                    grade = table.Column<string>(type: "text", nullable: false),
                    comment = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fact_response_item", x => new { x.response_id, x.item });
                    table.ForeignKey(
                        name: "fk_fact_response_item_fact_response_response_id",
                        column: x => x.response_id,
                        principalTable: "fact_response",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "fact_finding",
                columns: table => new
                {
                    finding_id = table.Column<Guid>(type: "uuid", nullable: false),
                    revisit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    part_code = table.Column<string>(type: "text", nullable: false),
                    severity = table.Column<string>(type: "text", nullable: true),
                    found_on = table.Column<DateOnly>(type: "date", nullable: true),
                    liability = table.Column<string>(type: "text", nullable: true),
                    cause_code = table.Column<string>(type: "text", nullable: true),
                    responsible_unit = table.Column<string>(type: "text", nullable: true),
                    systemic = table.Column<bool>(type: "boolean", nullable: true),
                    assessed_on = table.Column<DateOnly>(type: "date", nullable: true),
                    assessed_version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fact_finding", x => new { x.revisit_id, x.finding_id });
                    table.ForeignKey(
                        name: "fk_fact_finding_fact_revisit_revisit_id",
                        column: x => x.revisit_id,
                        principalTable: "fact_revisit",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "fact_work_item",
                columns: table => new
                {
                    ordinal = table.Column<int>(type: "integer", nullable: false),
                    record_id = table.Column<Guid>(type: "uuid", nullable: false),
                    action = table.Column<string>(type: "text", nullable: false),
                    rule = table.Column<string>(type: "text", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    roles = table.Column<string[]>(type: "text[]", nullable: false),
                    waits_for = table.Column<string[]>(type: "text[]", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fact_work_item", x => new { x.record_id, x.ordinal });
                    table.ForeignKey(
                        name: "fk_fact_work_item_fact_work_record_id",
                        column: x => x.record_id,
                        principalTable: "fact_work",
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
                name: "ix_audit_trail_actor_id_aggregate_id",
                table: "audit_trail",
                columns: new[] { "actor_id", "aggregate_id" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_trail_at",
                table: "audit_trail",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_department_accounts_name",
                table: "department_accounts",
                column: "name",
                unique: true,
                filter: "state = 'Active'");

            migrationBuilder.CreateIndex(
                name: "ix_department_copies_code",
                table: "department_copies",
                column: "code");

            migrationBuilder.CreateIndex(
                name: "ix_dim_organisation_changed_at",
                table: "dim_organisation",
                column: "changed_at");

            migrationBuilder.CreateIndex(
                name: "ix_dim_organisation_merged_into",
                table: "dim_organisation",
                column: "merged_into");

            migrationBuilder.CreateIndex(
                name: "ix_dim_project_changed_at",
                table: "dim_project",
                column: "changed_at");

            migrationBuilder.CreateIndex(
                name: "ix_event_archive_archived_at",
                table: "event_archive",
                column: "archived_at");

            migrationBuilder.CreateIndex(
                name: "ix_event_archive_sequence",
                table: "event_archive",
                column: "sequence",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_event_archive_subject_id",
                table: "event_archive",
                column: "subject_id");

            migrationBuilder.CreateIndex(
                name: "ix_fact_action_item_changed_at",
                table: "fact_action_item",
                column: "changed_at");

            migrationBuilder.CreateIndex(
                name: "ix_fact_action_item_due_on",
                table: "fact_action_item",
                column: "due_on");

            migrationBuilder.CreateIndex(
                name: "ix_fact_action_item_source_id",
                table: "fact_action_item",
                column: "source_id");

            migrationBuilder.CreateIndex(
                name: "ix_fact_assessment_changed_at",
                table: "fact_assessment",
                column: "changed_at");

            migrationBuilder.CreateIndex(
                name: "ix_fact_assessment_held_on",
                table: "fact_assessment",
                column: "held_on");

            migrationBuilder.CreateIndex(
                name: "ix_fact_capa_changed_at",
                table: "fact_capa",
                column: "changed_at");

            migrationBuilder.CreateIndex(
                name: "ix_fact_capa_opened_on",
                table: "fact_capa",
                column: "opened_on");

            migrationBuilder.CreateIndex(
                name: "ix_fact_capa_source_id",
                table: "fact_capa",
                column: "source_id");

            migrationBuilder.CreateIndex(
                name: "ix_fact_charge_back_changed_at",
                table: "fact_charge_back",
                column: "changed_at");

            migrationBuilder.CreateIndex(
                name: "ix_fact_charge_back_repair_order_id",
                table: "fact_charge_back",
                column: "repair_order_id");

            migrationBuilder.CreateIndex(
                name: "ix_fact_complaint_changed_at",
                table: "fact_complaint",
                column: "changed_at");

            migrationBuilder.CreateIndex(
                name: "ix_fact_complaint_closed_on",
                table: "fact_complaint",
                column: "closed_on");

            migrationBuilder.CreateIndex(
                name: "ix_fact_complaint_registered_on",
                table: "fact_complaint",
                column: "registered_on");

            migrationBuilder.CreateIndex(
                name: "ix_fact_evaluation_changed_at",
                table: "fact_evaluation",
                column: "changed_at");

            migrationBuilder.CreateIndex(
                name: "ix_fact_evaluation_to_on",
                table: "fact_evaluation",
                column: "to_on");

            migrationBuilder.CreateIndex(
                name: "ix_fact_finding_found_on",
                table: "fact_finding",
                column: "found_on");

            migrationBuilder.CreateIndex(
                name: "ix_fact_invitation_changed_at",
                table: "fact_invitation",
                column: "changed_at");

            migrationBuilder.CreateIndex(
                name: "ix_fact_invitation_sent_on",
                table: "fact_invitation",
                column: "sent_on");

            migrationBuilder.CreateIndex(
                name: "ix_fact_letter_changed_at",
                table: "fact_letter",
                column: "changed_at");

            migrationBuilder.CreateIndex(
                name: "ix_fact_letter_complaint_id",
                table: "fact_letter",
                column: "complaint_id");

            migrationBuilder.CreateIndex(
                name: "ix_fact_maker_claim_changed_at",
                table: "fact_maker_claim",
                column: "changed_at");

            migrationBuilder.CreateIndex(
                name: "ix_fact_maker_claim_sent_on",
                table: "fact_maker_claim",
                column: "sent_on");

            migrationBuilder.CreateIndex(
                name: "ix_fact_meeting_changed_at",
                table: "fact_meeting",
                column: "changed_at");

            migrationBuilder.CreateIndex(
                name: "ix_fact_meeting_complaint_id",
                table: "fact_meeting",
                column: "complaint_id");

            migrationBuilder.CreateIndex(
                name: "ix_fact_repair_order_changed_at",
                table: "fact_repair_order",
                column: "changed_at");

            migrationBuilder.CreateIndex(
                name: "ix_fact_repair_order_dispatched_on",
                table: "fact_repair_order",
                column: "dispatched_on");

            migrationBuilder.CreateIndex(
                name: "ix_fact_repair_order_notified_on",
                table: "fact_repair_order",
                column: "notified_on");

            migrationBuilder.CreateIndex(
                name: "ix_fact_repair_order_recurred_on",
                table: "fact_repair_order",
                column: "recurred_on");

            migrationBuilder.CreateIndex(
                name: "ix_fact_repair_order_returned_on",
                table: "fact_repair_order",
                column: "returned_on");

            migrationBuilder.CreateIndex(
                name: "ix_fact_repair_order_source_id",
                table: "fact_repair_order",
                column: "source_id");

            migrationBuilder.CreateIndex(
                name: "ix_fact_repair_order_withdrawn_on",
                table: "fact_repair_order",
                column: "withdrawn_on");

            migrationBuilder.CreateIndex(
                name: "ix_fact_response_changed_at",
                table: "fact_response",
                column: "changed_at");

            migrationBuilder.CreateIndex(
                name: "ix_fact_response_invitation_id",
                table: "fact_response",
                column: "invitation_id");

            migrationBuilder.CreateIndex(
                name: "ix_fact_response_received_on",
                table: "fact_response",
                column: "received_on");

            migrationBuilder.CreateIndex(
                name: "ix_fact_response_item_item_grade",
                table: "fact_response_item",
                columns: new[] { "item", "grade" });

            migrationBuilder.CreateIndex(
                name: "ix_fact_retention_changed_at",
                table: "fact_retention",
                column: "changed_at");

            migrationBuilder.CreateIndex(
                name: "ix_fact_retention_keep_through",
                table: "fact_retention",
                column: "keep_through");

            migrationBuilder.CreateIndex(
                name: "ix_fact_retention_number",
                table: "fact_retention",
                column: "number");

            migrationBuilder.CreateIndex(
                name: "ix_fact_return_changed_at",
                table: "fact_return",
                column: "changed_at");

            migrationBuilder.CreateIndex(
                name: "ix_fact_return_requested_on",
                table: "fact_return",
                column: "requested_on");

            migrationBuilder.CreateIndex(
                name: "ix_fact_revisit_changed_at",
                table: "fact_revisit",
                column: "changed_at");

            migrationBuilder.CreateIndex(
                name: "ix_fact_revisit_due_on",
                table: "fact_revisit",
                column: "due_on");

            migrationBuilder.CreateIndex(
                name: "ix_fact_revisit_held_on",
                table: "fact_revisit",
                column: "held_on");

            migrationBuilder.CreateIndex(
                name: "ix_fact_revisit_project_id",
                table: "fact_revisit",
                column: "project_id");

            migrationBuilder.CreateIndex(
                name: "ix_fact_rma_unit_changed_at",
                table: "fact_rma_unit",
                column: "changed_at");

            migrationBuilder.CreateIndex(
                name: "ix_fact_rma_unit_ended_on",
                table: "fact_rma_unit",
                column: "ended_on");

            migrationBuilder.CreateIndex(
                name: "ix_fact_rma_unit_received_on",
                table: "fact_rma_unit",
                column: "received_on");

            migrationBuilder.CreateIndex(
                name: "ix_fact_trip_changed_at",
                table: "fact_trip",
                column: "changed_at");

            migrationBuilder.CreateIndex(
                name: "ix_fact_trip_day",
                table: "fact_trip",
                column: "day");

            migrationBuilder.CreateIndex(
                name: "ix_fact_work_changed_at",
                table: "fact_work",
                column: "changed_at");

            migrationBuilder.CreateIndex(
                name: "ix_fact_work_item_due_at",
                table: "fact_work_item",
                column: "due_at");

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
                name: "ix_report_deliveries_next_at",
                table: "report_deliveries",
                column: "next_at",
                filter: "state = 'Waiting'");

            migrationBuilder.CreateIndex(
                name: "ix_report_deliveries_subscription_id_due_at",
                table: "report_deliveries",
                columns: new[] { "subscription_id", "due_at" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_subscriptions_next_at",
                table: "subscriptions",
                column: "next_at",
                filter: "next_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_subscriptions_owner_id",
                table: "subscriptions",
                column: "owner_id");

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_at",
                table: "webhook_deliveries",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_next_at",
                table: "webhook_deliveries",
                column: "next_at",
                filter: "state = 'Waiting'");

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_webhook_id_event_id",
                table: "webhook_deliveries",
                columns: new[] { "webhook_id", "event_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_webhook_id_id",
                table: "webhook_deliveries",
                columns: new[] { "webhook_id", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "accounts");

            migrationBuilder.DropTable(
                name: "audit_trail");

            migrationBuilder.DropTable(
                name: "changed_facts");

            migrationBuilder.DropTable(
                name: "department_accounts");

            migrationBuilder.DropTable(
                name: "department_copies");

            migrationBuilder.DropTable(
                name: "dim_organisation");

            migrationBuilder.DropTable(
                name: "dim_project");

            migrationBuilder.DropTable(
                name: "erased_subjects");

            migrationBuilder.DropTable(
                name: "event_archive");

            migrationBuilder.DropTable(
                name: "fact_action_item");

            migrationBuilder.DropTable(
                name: "fact_assessment");

            migrationBuilder.DropTable(
                name: "fact_capa");

            migrationBuilder.DropTable(
                name: "fact_charge_back");

            migrationBuilder.DropTable(
                name: "fact_complaint");

            migrationBuilder.DropTable(
                name: "fact_evaluation");

            migrationBuilder.DropTable(
                name: "fact_finding");

            migrationBuilder.DropTable(
                name: "fact_invitation");

            migrationBuilder.DropTable(
                name: "fact_letter");

            migrationBuilder.DropTable(
                name: "fact_maker_claim");

            migrationBuilder.DropTable(
                name: "fact_meeting");

            migrationBuilder.DropTable(
                name: "fact_repair_wait");

            migrationBuilder.DropTable(
                name: "fact_response_item");

            migrationBuilder.DropTable(
                name: "fact_retention");

            migrationBuilder.DropTable(
                name: "fact_return");

            migrationBuilder.DropTable(
                name: "fact_rma_unit");

            migrationBuilder.DropTable(
                name: "fact_trip");

            migrationBuilder.DropTable(
                name: "fact_work_item");

            migrationBuilder.DropTable(
                name: "figure_months");

            migrationBuilder.DropTable(
                name: "figure_snapshots");

            migrationBuilder.DropTable(
                name: "figure_sums");

            migrationBuilder.DropTable(
                name: "form_numbers");

            migrationBuilder.DropTable(
                name: "idempotency_records");

            migrationBuilder.DropTable(
                name: "inbox_entries");

            migrationBuilder.DropTable(
                name: "outbox_messages");

            migrationBuilder.DropTable(
                name: "outbox_partitions");

            migrationBuilder.DropTable(
                name: "personal_data_exports");

            migrationBuilder.DropTable(
                name: "record_numbers");

            migrationBuilder.DropTable(
                name: "report_deliveries");

            migrationBuilder.DropTable(
                name: "subscriptions");

            migrationBuilder.DropTable(
                name: "webhook_deliveries");

            migrationBuilder.DropTable(
                name: "webhooks");

            migrationBuilder.DropTable(
                name: "fact_revisit");

            migrationBuilder.DropTable(
                name: "fact_repair_order");

            migrationBuilder.DropTable(
                name: "fact_response");

            migrationBuilder.DropTable(
                name: "fact_work");
        }
    }
}
