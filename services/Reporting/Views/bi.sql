-- What BI tools read, see docs/bi.md: views of the facts in words that stay, without columns that serve only the order of events. Made with
-- each migration from nothing, so that the tables below them can change. Schema bi_all has every row, for the service itself; accounts of BI
-- tools read schema bi, which accounts.sql makes of it.
CREATE SCHEMA bi_all;
CREATE SCHEMA bi;
COMMENT ON SCHEMA bi IS 'Facts and dimensions for BI tools. Dates are days in the company''s time zone, instants are UTC.';

-- company_zone is put in by the command migrate, from the setting Company:TimeZone.
CREATE FUNCTION bi.day_of(instant timestamptz) RETURNS date LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT (instant AT TIME ZONE 'company_zone')::date $$;
COMMENT ON FUNCTION bi.day_of(timestamptz) IS 'The day of an instant in the company''s time zone.';

CREATE FUNCTION bi.today() RETURNS date LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT (now() AT TIME ZONE 'company_zone')::date $$;
COMMENT ON FUNCTION bi.today() IS 'The present day in the company''s time zone.';

CREATE VIEW bi_all.customers AS
SELECT o.id AS customer_id, o.name AS customer_name, o.kind, o.code, coalesce(s.region, o.region) AS region,
       o.merged_into IS NOT NULL AS is_merged, coalesce(o.merged_into, o.id) AS survivor_id, o.changed_at
FROM dim_organisation o LEFT JOIN dim_organisation s ON s.id = o.merged_into;
-- What may name a person is marked so: PersonalData masks it in the API, accounts.sql by SQL.
COMMENT ON COLUMN bi_all.customers.customer_name IS 'personal';
COMMENT ON VIEW bi_all.customers IS 'Owners, product customers and subcontractors. survivor_id is the record that goes on after a merge (S4).';

CREATE VIEW bi_all.projects AS
SELECT p.id AS project_id, p.contract_number, p.name AS project_name, c.survivor_id AS owner_id, p.city, p.structure_type,
       p.building_area_square_metres, p.state, p.accepted_on, p.handed_over_on, p.warranty_ends_on, p.clearance_due_on, p.cleared_on,
       p.clearance_overdue_since, p.clearance_missed_on, p.revisit_breached_on, c.region, p.changed_at
FROM dim_project p LEFT JOIN bi_all.customers c ON c.customer_id = p.owner_id;
COMMENT ON VIEW bi_all.projects IS 'Construction projects (P1, P3).';

CREATE VIEW bi_all.revisits AS
SELECT r.id AS revisit_id, r.project_id, r.number AS ordinal, r.state, r.planned_on, r.due_on, r.held_on, r.closed_on, r.cancelled,
       r.overdue, r.finding_count, r.held_on <= r.due_on AS held_in_time, p.region, r.changed_at
FROM fact_revisit r LEFT JOIN bi_all.projects p ON p.project_id = r.project_id;
COMMENT ON VIEW bi_all.revisits IS 'Revisits of projects (P2.1.1), one row each.';

CREATE VIEW bi_all.repair_orders AS
SELECT r.id AS repair_order_id, r.number, r.project_id, c.survivor_id AS owner_id, r.part_code, r.severity, r.source, r.source_id,
       r.repair_unit_id, r.repair_unit_name, r.under_warranty, r.state, r.notified_on, r.confirm_due_on, r.confirmed_on,
       r.confirmed_in_time, r.approved_on, r.dispatched_on, r.started_on, r.passed_on, r.accepted_on, r.returned_on, r.withdrawn_on,
       r.failed_inspections, r.owner_refusals, r.returned_on - r.notified_on AS turnaround_days, r.received_in_time, r.receipt_missed,
       r.start_due_at, r.start_missed, r.finish_due_at, r.completion_missed, r.finished_on, r.cost_total, r.recurred_on,
       r.receipt_missed_by_name AS receipt_missed_by, r.start_missed_by_name AS start_missed_by,
       r.completion_missed_by_name AS completion_missed_by,
       r.attempts, r.pauses, r.paused_seconds, r.fault_liability, r.fault_cause, r.fault_systemic, r.lessons_on, c.region,
       r.changed_at
FROM fact_repair_order r LEFT JOIN bi_all.customers c ON c.customer_id = r.owner_id;
COMMENT ON VIEW bi_all.repair_orders IS 'Construction repair orders (P3.2.1 to P3.2.3), one row each.';

CREATE VIEW bi_all.complaints AS
SELECT f.id AS complaint_id, f.number, c.survivor_id AS customer_id, f.channel, f.source_id, f.severity, f.state, f.triage, f.liability,
       f.department, f.cause_code, f.registered_on, f.response_due_at, f.responded_at, f.responded_in_time, f.resolution_due_at,
       f.closed_on, f.customer_confirmed, f.reopened AS times_reopened, c.region, f.changed_at
FROM fact_complaint f LEFT JOIN bi_all.customers c ON c.customer_id = f.customer_id;
COMMENT ON VIEW bi_all.complaints IS 'Complaints (C5.2 to C5.7), one row each.';

CREATE VIEW bi_all.capas AS
SELECT f.id AS capa_id, f.number, f.source, f.source_id, f.department, f.state, f.opened_on, f.due_on, f.analysed_on, f.reviewed_on,
       f.executed_on, f.executed_in_time, f.verified_on, f.effective, f.ineffective_rounds, f.recurrences,
       f.joined_cases, c.region, f.changed_at
FROM fact_capa f LEFT JOIN fact_complaint o ON o.id = f.source_id LEFT JOIN fact_response r ON r.id = f.source_id
     LEFT JOIN bi_all.customers c ON c.customer_id = coalesce(o.customer_id, r.customer_id);
COMMENT ON VIEW bi_all.capas IS 'Corrective and preventive actions (C5.4, C5.6.2), one row each.';

CREATE VIEW bi_all.survey_invitations AS
SELECT f.id AS invitation_id, f.survey_kind, c.survivor_id AS customer_id, f.source, f.source_id, f.department, f.state, f.sent_on,
       c.region, f.changed_at
FROM fact_invitation f LEFT JOIN bi_all.customers c ON c.customer_id = f.customer_id;
COMMENT ON VIEW bi_all.survey_invitations IS 'Satisfaction surveys that were sent (C5.8.2), one row each.';

-- A row would be a single answer of an anonymous campaign, so their forms are in no set: Surveys counts them, from five on (C5.8).
CREATE VIEW bi_all.survey_responses AS
SELECT f.id AS response_id, f.invitation_id, f.survey_kind, c.survivor_id AS customer_id, f.department, f.overall, f.received_on,
       f.dissatisfied, f.overall IN ('very-satisfied', 'satisfied', 'fairly-satisfied') AS is_satisfied, c.region, f.changed_at
FROM fact_response f LEFT JOIN bi_all.customers c ON c.customer_id = f.customer_id
WHERE f.mode IS DISTINCT FROM 'anonymous';
COMMENT ON VIEW bi_all.survey_responses IS 'Survey forms that came back, without the anonymous ones; is_satisfied counts for the rate of C5.10.';

CREATE VIEW bi_all.survey_answers AS
SELECT i.response_id, i.item, i.grade, f.received_on, f.department, f.survey_kind, c.region, f.changed_at
FROM fact_response_item i JOIN fact_response f ON f.id = i.response_id LEFT JOIN bi_all.customers c ON c.customer_id = f.customer_id
WHERE f.mode IS DISTINCT FROM 'anonymous';
COMMENT ON VIEW bi_all.survey_answers IS 'Grades item by item, without the comments, which may name people, and without anonymous forms.';

CREATE VIEW bi_all.rma_units AS
SELECT f.id AS rma_unit_id, f.number, f.rma_id, c.survivor_id AS customer_id, f.model_code, f.quantity, f.fault_code,
       f.main_component_damaged, f.under_warranty, f.state, f.received_on, f.diagnosed_on, f.offer_number, f.offered_sum, f.consented,
       f.charged_sum, f.currency, f.failed_inspections, f.inspected_on, f.passed, f.result, f.ended_on,
       f.ended_on - f.received_on AS turnaround_days, c.region, f.changed_at
FROM fact_rma_unit f LEFT JOIN bi_all.customers c ON c.customer_id = f.customer_id;
COMMENT ON VIEW bi_all.rma_units IS 'Machines that came back for repair (C5.1.1, C5.1.2), one row each from their diagnosis on; quantity counts a lot.';

CREATE VIEW bi_all.returns AS
SELECT f.id AS return_id, f.number, f.kind, c.survivor_id AS customer_id, f.model_code, f.quantity, f.state, f.requested_on,
       f.quality_doubted, f.quality_fault, f.liability, f.accepted, f.clause, f.by_exception, f.decided_on, f.exchange_shipped_on,
       f.in_advance, f.advance_overdue, f.closed_on, c.region, f.changed_at
FROM fact_return f LEFT JOIN bi_all.customers c ON c.customer_id = f.customer_id;
COMMENT ON VIEW bi_all.returns IS 'Returns and exchanges (C5.1.3 to C5.1.5), one row each.';

CREATE VIEW bi_all.charge_backs AS
SELECT f.id AS charge_back_id, f.number, f.repair_order_id, f.project_id, f.part_code, f.repair_unit_id, f.repair_unit_name, f.state,
       f.proposed_amount, f.proposed_on, f.answer, f.answered_on, f.amount, f.outcome, f.ended_on, p.region,
       f.changed_at
FROM fact_charge_back f LEFT JOIN bi_all.projects p ON p.project_id = f.project_id;
COMMENT ON VIEW bi_all.charge_backs IS 'What subcontractors are charged for repairs that others did (P3.2.3), one row each.';

CREATE VIEW bi_all.action_items AS
SELECT f.id AS action_item_id, f.number, f.purpose, f.source_kind, f.source_id, f.department, f.state, f.due_on, f.received_on, f.done_on,
       f.done_in_time, f.settled_on, f.accepted, f.escalations, f.changed_at
FROM fact_action_item f;
COMMENT ON VIEW bi_all.action_items IS 'Slips, remedies, actions of CAPAs and decisions of meetings (C3.1.4, C5.3.1, C5.4, C5.5), one row each.';

CREATE VIEW bi_all.meetings AS
SELECT f.id AS meeting_id, f.number, f.complaint_id, f.rule, f.state, f.called_for, f.held_on, f.cancelled, f.changed_at
FROM fact_meeting f;
COMMENT ON VIEW bi_all.meetings IS 'Review meetings on complaints (C5.5), one row each.';

CREATE VIEW bi_all.assessments AS
SELECT f.id AS assessment_id, f.number, f.point_id, f.point_name, f.mystery, f.percent, f.passed, f.failed_items, f.held_on, f.changed_at
FROM fact_assessment f;
COMMENT ON VIEW bi_all.assessments IS 'Service points assessed against T1 to T3, one row each.';

-- The order of a finding is looked up one by one, and only where it is asked for.
CREATE VIEW bi_all.findings AS
SELECT f.finding_id, r.id AS revisit_id, r.project_id, p.owner_id, f.part_code, f.severity, f.found_on, f.liability, f.cause_code,
       f.responsible_unit, f.systemic, f.assessed_on,
       (SELECT o.number FROM fact_repair_order o WHERE o.source_id = f.finding_id ORDER BY o.id LIMIT 1) AS repair_order_number,
       (SELECT o.state FROM fact_repair_order o WHERE o.source_id = f.finding_id ORDER BY o.id LIMIT 1) AS repair_state,
       p.region, r.changed_at
FROM fact_finding f JOIN fact_revisit r ON r.id = f.revisit_id LEFT JOIN bi_all.projects p ON p.project_id = r.project_id
WHERE f.found_on IS NOT NULL;
COMMENT ON VIEW bi_all.findings IS 'Quality problems and hazards that revisits found (P2.2.2, P3.3.2), one row each.';

CREATE VIEW bi_all.repair_waits AS
SELECT w.repair_order_id, w.party, w.seconds, r.number, r.project_id, r.part_code, r.repair_unit_name, r.severity, r.returned_on,
       c.region, r.changed_at
FROM fact_repair_wait w JOIN fact_repair_order r ON r.id = w.repair_order_id
     LEFT JOIN bi_all.customers c ON c.customer_id = r.owner_id;
COMMENT ON VIEW bi_all.repair_waits IS 'How long repair orders waited, by whom they waited for (P3.2.2), one row for each order and party.';

CREATE VIEW bi_all.trips AS
SELECT f.id AS trip_id, f.number, f.project_id, f.repair_unit_id, f.repair_unit_name, f.state, f.day, f.orders, f."end" AS outcome, f.cost,
       f.ended_on, p.region, f.changed_at
FROM fact_trip f LEFT JOIN bi_all.projects p ON p.project_id = f.project_id;
COMMENT ON VIEW bi_all.trips IS 'Trips of units for several orders at once (P3.2.2), one row each.';

CREATE VIEW bi_all.maker_claims AS
SELECT f.id AS maker_claim_id, f.number, f.maker, f.rma_id, f.rma_unit_id, f.component_code, f.quantity, f.state, f.sent_on, f.expected_on,
       f.overdue, f.answer, f.back, f.answered_on, f.claimed, f.recovered, f.currency, f.settled_on, f.changed_at
FROM fact_maker_claim f;
COMMENT ON VIEW bi_all.maker_claims IS 'Components sent to their makers and what came of it (C3.1.1), one row each.';

CREATE VIEW bi_all.survey_departments AS
SELECT f.id AS response_id, d.department, f.survey_kind, f.overall, f.received_on,
       f.overall IN ('very-satisfied', 'satisfied', 'fairly-satisfied') AS is_satisfied, c.region, f.changed_at
FROM fact_response f CROSS JOIN LATERAL unnest(f.departments) AS d(department) LEFT JOIN bi_all.customers c ON c.customer_id = f.customer_id
WHERE f.mode IS DISTINCT FROM 'anonymous';
COMMENT ON VIEW bi_all.survey_departments IS 'Survey forms by the departments that they count for (C5.10), without anonymous ones, one row for each form and department.';

CREATE VIEW bi_all.evaluations AS
SELECT f.id AS evaluation_id, f.department, f.from_on, f.to_on, f.goal_percent, f.recovered, f.satisfied, f.percent, f.outcome, f.state,
       f.evaluated_on, f.rewarded_on, f.ordered_on, f.due_on, f.measured_again_on, f.reached_again, f.changed_at
FROM fact_evaluation f;
COMMENT ON VIEW bi_all.evaluations IS 'Departments measured against their quality goals (C5.10), one row each.';

CREATE VIEW bi_all.letters AS
SELECT f.id AS letter_id, f.complaint_id, c.survivor_id AS customer_id, f.state, f.sent_on, f.answer_due_on, f.reminders, c.region, f.changed_at
FROM fact_letter f LEFT JOIN bi_all.customers c ON c.customer_id = f.customer_id;
COMMENT ON VIEW bi_all.letters IS 'Letters to customers whose goods are affected (C5.6.1), one row each.';

CREATE VIEW bi_all.assessment_failures AS
SELECT f.id AS assessment_id, i.item, split_part(i.item, '.', 1) AS element, f.number, f.point_id, f.point_name, f.held_on, f.changed_at
FROM fact_assessment f CROSS JOIN LATERAL unnest(f.failed_codes) AS i(item);
COMMENT ON VIEW bi_all.assessment_failures IS 'Items of T1 to T3 below their goal, one row for each assessment and item.';

CREATE VIEW bi_all.work_items AS
SELECT i.record_id, i.ordinal, w.record_kind, w.number, w.severity, w.state, w.department, i.action, i.rule, i.due_at,
       bi.day_of(i.due_at) AS due_on, array_to_string(i.roles, ',') AS roles, array_to_string(i.waits_for, ',') AS waits_for, w.changed_at
FROM fact_work_item i JOIN fact_work w ON w.id = i.record_id;
COMMENT ON VIEW bi_all.work_items IS 'Steps that somebody must take now, of all services (S1), one row each. department is of the person whose record it is.';

CREATE VIEW bi_all.retention_records AS
SELECT f.id AS record_id, f.service, f.record_kind, f.number, f.department, f.state, f.closed_on, f.keep_through, f.held, f.hold_through,
       f.asked_by AS asked_by_department, bi.day_of(f.erased_at) AS erased_on, f.changed_at
FROM fact_retention f;
COMMENT ON VIEW bi_all.retention_records IS 'The retention register (C8): closed records of all services, how long they are kept, and what was erased, one row each.';

CREATE VIEW bi_all.dates AS
SELECT d::date AS day, extract(year FROM d)::int AS year, extract(quarter FROM d)::int AS quarter, extract(month FROM d)::int AS month,
       to_char(d, 'YYYY-MM') AS year_month, extract(isodow FROM d)::int AS iso_weekday
FROM generate_series('2015-01-01'::timestamp, '2040-12-31', '1 day') d;
COMMENT ON VIEW bi_all.dates IS 'Calendar for joins on days, 2015 to 2040.';
