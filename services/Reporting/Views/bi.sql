-- What BI tools read, see docs/bi.md: views of the facts in words that stay, without columns that serve only the order of events, and
-- without personal data. Made with each migration from nothing, so that the tables below them can change.
CREATE SCHEMA bi;
COMMENT ON SCHEMA bi IS 'Facts and dimensions for BI tools. Dates are days in the company''s time zone, instants are UTC.';

CREATE VIEW bi.customers AS
SELECT o.id AS customer_id, o.name AS customer_name, o.kind, o.code, o.merged_into IS NOT NULL AS is_merged,
       coalesce(o.merged_into, o.id) AS survivor_id
FROM dim_organisation o;
COMMENT ON VIEW bi.customers IS 'Owners, product customers and subcontractors. survivor_id is the record that goes on after a merge (S4).';

CREATE VIEW bi.projects AS
SELECT p.id AS project_id, p.contract_number, p.name AS project_name, c.survivor_id AS owner_id, p.city, p.structure_type,
       p.building_area_square_metres, p.state, p.accepted_on, p.handed_over_on, p.warranty_ends_on, p.clearance_due_on, p.cleared_on,
       p.clearance_overdue_since, p.clearance_missed_on, p.revisit_breached_on
FROM dim_project p LEFT JOIN bi.customers c ON c.customer_id = p.owner_id;
COMMENT ON VIEW bi.projects IS 'Construction projects (P1, P3).';

CREATE VIEW bi.revisits AS
SELECT r.id AS revisit_id, r.project_id, r.number AS ordinal, r.state, r.planned_on, r.due_on, r.held_on, r.closed_on, r.cancelled,
       r.overdue, r.finding_count, r.held_on <= r.due_on AS held_in_time
FROM fact_revisit r;
COMMENT ON VIEW bi.revisits IS 'Revisits of projects (P2.1.1), one row each.';

CREATE VIEW bi.repair_orders AS
SELECT r.id AS repair_order_id, r.number, r.project_id, c.survivor_id AS owner_id, r.part_code, r.severity, r.source, r.source_id,
       r.repair_unit_id, r.repair_unit_name, r.under_warranty, r.state, r.notified_on, r.confirm_due_on, r.confirmed_on,
       r.confirmed_in_time, r.approved_on, r.dispatched_on, r.started_on, r.passed_on, r.accepted_on, r.returned_on, r.withdrawn_on,
       r.failed_inspections, r.owner_refusals, r.returned_on - r.notified_on AS turnaround_days
FROM fact_repair_order r LEFT JOIN bi.customers c ON c.customer_id = r.owner_id;
COMMENT ON VIEW bi.repair_orders IS 'Construction repair orders (P3.2.1 to P3.2.3), one row each.';

CREATE VIEW bi.complaints AS
SELECT f.id AS complaint_id, f.number, c.survivor_id AS customer_id, f.channel, f.source_id, f.severity, f.state, f.triage, f.liability,
       f.department, f.cause_code, f.registered_on, f.response_due_at, f.responded_at, f.responded_in_time, f.resolution_due_at,
       f.closed_on, f.customer_confirmed, f.reopened AS times_reopened
FROM fact_complaint f LEFT JOIN bi.customers c ON c.customer_id = f.customer_id;
COMMENT ON VIEW bi.complaints IS 'Complaints (C5.2 to C5.7), one row each.';

CREATE VIEW bi.capas AS
SELECT f.id AS capa_id, f.number, f.source, f.source_id, f.department, f.state, f.opened_on, f.due_on, f.analysed_on, f.reviewed_on,
       f.executed_on, f.executed_in_time, f.verified_on, f.effective, f.ineffective_rounds, f.recurrences
FROM fact_capa f;
COMMENT ON VIEW bi.capas IS 'Corrective and preventive actions (C5.4, C5.6.2), one row each.';

CREATE VIEW bi.survey_invitations AS
SELECT f.id AS invitation_id, f.survey_kind, c.survivor_id AS customer_id, f.source, f.source_id, f.department, f.state, f.sent_on
FROM fact_invitation f LEFT JOIN bi.customers c ON c.customer_id = f.customer_id;
COMMENT ON VIEW bi.survey_invitations IS 'Satisfaction surveys that were sent (C5.8.2), one row each.';

CREATE VIEW bi.survey_responses AS
SELECT f.id AS response_id, f.invitation_id, f.survey_kind, c.survivor_id AS customer_id, f.department, f.overall, f.received_on,
       f.dissatisfied, f.overall IN ('very-satisfied', 'satisfied', 'fairly-satisfied') AS is_satisfied
FROM fact_response f LEFT JOIN bi.customers c ON c.customer_id = f.customer_id;
COMMENT ON VIEW bi.survey_responses IS 'Survey forms that came back; is_satisfied counts for the rate of C5.10.';

CREATE VIEW bi.survey_answers AS
SELECT i.response_id, i.item, i.grade, f.received_on, f.department, f.survey_kind
FROM fact_response_item i JOIN fact_response f ON f.id = i.response_id;
COMMENT ON VIEW bi.survey_answers IS 'Grades item by item, without the comments: these may name people.';

CREATE VIEW bi.rma_units AS
SELECT f.id AS rma_unit_id, f.number, f.rma_id, c.survivor_id AS customer_id, f.model_code, f.quantity, f.fault_code,
       f.main_component_damaged, f.under_warranty, f.state, f.received_on, f.diagnosed_on, f.offer_number, f.offered_sum, f.consented,
       f.charged_sum, f.currency, f.failed_inspections, f.inspected_on, f.passed, f.result, f.ended_on,
       f.ended_on - f.received_on AS turnaround_days
FROM fact_rma_unit f LEFT JOIN bi.customers c ON c.customer_id = f.customer_id;
COMMENT ON VIEW bi.rma_units IS 'Machines that came back for repair (C5.1.1, C5.1.2), one row each from their diagnosis on; quantity counts a lot.';

CREATE VIEW bi.returns AS
SELECT f.id AS return_id, f.number, f.kind, c.survivor_id AS customer_id, f.model_code, f.quantity, f.state, f.requested_on,
       f.quality_doubted, f.quality_fault, f.liability, f.accepted, f.clause, f.by_exception, f.decided_on, f.exchange_shipped_on,
       f.in_advance, f.advance_overdue, f.closed_on
FROM fact_return f LEFT JOIN bi.customers c ON c.customer_id = f.customer_id;
COMMENT ON VIEW bi.returns IS 'Returns and exchanges (C5.1.3 to C5.1.5), one row each.';

CREATE VIEW bi.charge_backs AS
SELECT f.id AS charge_back_id, f.number, f.repair_order_id, f.project_id, f.part_code, f.repair_unit_id, f.repair_unit_name, f.state,
       f.proposed_amount, f.proposed_on, f.answer, f.answered_on, f.amount, f.outcome, f.ended_on
FROM fact_charge_back f;
COMMENT ON VIEW bi.charge_backs IS 'What subcontractors are charged for repairs that others did (P3.2.3), one row each.';

CREATE VIEW bi.action_items AS
SELECT f.id AS action_item_id, f.number, f.purpose, f.source_kind, f.source_id, f.department, f.state, f.due_on, f.received_on, f.done_on,
       f.done_in_time, f.settled_on, f.accepted, f.escalations
FROM fact_action_item f;
COMMENT ON VIEW bi.action_items IS 'Slips, remedies, actions of CAPAs and decisions of meetings (C3.1.4, C5.3.1, C5.4, C5.5), one row each.';

CREATE VIEW bi.meetings AS
SELECT f.id AS meeting_id, f.number, f.complaint_id, f.rule, f.state, f.called_for, f.held_on, f.cancelled
FROM fact_meeting f;
COMMENT ON VIEW bi.meetings IS 'Review meetings on complaints (C5.5), one row each.';

CREATE VIEW bi.assessments AS
SELECT f.id AS assessment_id, f.number, f.point_id, f.point_name, f.mystery, f.percent, f.passed, f.failed_items, f.held_on
FROM fact_assessment f;
COMMENT ON VIEW bi.assessments IS 'Service points assessed against T1 to T3, one row each.';

CREATE VIEW bi.dates AS
SELECT d::date AS day, extract(year FROM d)::int AS year, extract(quarter FROM d)::int AS quarter, extract(month FROM d)::int AS month,
       to_char(d, 'YYYY-MM') AS year_month, extract(isodow FROM d)::int AS iso_weekday
FROM generate_series('2015-01-01'::timestamp, '2040-12-31', '1 day') d;
COMMENT ON VIEW bi.dates IS 'Calendar for joins on days, 2015 to 2040.';

-- The group of the accounts for BI tools, see deploy/bi-account.sh. It may not be there.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'customer_service_bi') THEN
    GRANT USAGE ON SCHEMA bi TO customer_service_bi;
    GRANT SELECT ON ALL TABLES IN SCHEMA bi TO customer_service_bi;
  END IF;
END $$;
