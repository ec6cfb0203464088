using CustomerService.Reporting.Facts;
using CustomerService.Reporting.Retention;
using static CustomerService.Reporting.Figures.FigureKind;

namespace CustomerService.Reporting.Figures;

/// <summary>All figures, each once.</summary>
internal static class FigureCatalogue
{
    private const string Cases = "cases";
    private const string Percent = "percent";
    private const string Days = "days";
    private const string Money = "money";
    private const string Pieces = "pieces";

    // csharpier-ignore-start
    private static readonly CaseSet RepairOrders = CaseSet.Of<RepairOrderFact>("repair_orders", "repair-order", "repair_order_id", "number",
        "projectId=project_id", "customerId=owner_id", "region=region", "part=part_code", "severity=severity", "unit=repair_unit_name",
        "source=source", "state=state", "warranty=under_warranty");
    private static readonly CaseSet RepairWaits = CaseSet.Of<RepairOrderFact>("repair_waits", "repair-order", "repair_order_id", "number",
        "projectId=project_id", "region=region", "part=part_code", "severity=severity", "unit=repair_unit_name", "party=party") with { Line = "party" };
    private static readonly CaseSet ChargeBacks = CaseSet.Of<ChargeBackFact>("charge_backs", "charge-back", "charge_back_id", "number",
        "projectId=project_id", "region=region", "part=part_code", "unit=repair_unit_name", "state=state", "result=outcome");
    private static readonly CaseSet Trips = CaseSet.Of<TripFact>("trips", "trip", "trip_id", "number",
        "projectId=project_id", "region=region", "unit=repair_unit_name", "state=state", "result=outcome");
    private static readonly CaseSet Revisits = CaseSet.Of<RevisitFact>("revisits", "revisit", "revisit_id", "ordinal",
        "projectId=project_id", "region=region", "state=state",
        "result=CASE WHEN held_on <= due_on THEN 'held-in-time' WHEN held_on > due_on THEN 'held-late' "
            + "WHEN due_on < bi.today() THEN 'not-held' ELSE 'ahead' END");
    private static readonly CaseSet Findings = CaseSet.Of<RevisitFact>("findings", "finding", "finding_id", "NULL",
        "projectId=project_id", "customerId=owner_id", "region=region", "part=part_code", "severity=severity", "liability=liability",
        "cause=cause_code", "unit=responsible_unit", "state=repair_state") with
        {
            Facts = [typeof(RevisitFact), typeof(RepairOrderFact)],
            OfOthers = ["region", "projectId", "customerId", "state"],
        };
    private static readonly CaseSet Projects = CaseSet.Of<ProjectFact>("projects", "project", "project_id", "contract_number",
        "projectId=project_id", "customerId=owner_id", "region=region", "state=state");
    private static readonly CaseSet Complaints = CaseSet.Of<ComplaintFact>("complaints", "complaint", "complaint_id", "number",
        "customerId=customer_id", "region=region", "department=department", "severity=severity", "cause=cause_code", "liability=liability",
        "channel=channel", "state=state", "result=CASE WHEN closed_on IS NULL THEN 'open' ELSE 'closed' END");
    private static readonly CaseSet Capas = CaseSet.Of<CapaFact>("capas", "capa", "capa_id", "number",
        "department=department", "region=region", "source=source", "state=state",
        "result=CASE WHEN effective THEN 'effective' WHEN NOT effective THEN 'ineffective' END");
    private static readonly CaseSet ActionItems = CaseSet.Of<ActionItemFact>("action_items", "action-item", "action_item_id", "number",
        "department=department", "source=source_kind", "item=purpose", "state=state");
    private static readonly CaseSet Meetings = CaseSet.Of<MeetingFact>("meetings", "meeting", "meeting_id", "number", "source=rule", "state=state");
    private static readonly CaseSet Letters = CaseSet.Of<LetterFact>("letters", "letter", "letter_id", "NULL",
        "customerId=customer_id", "region=region", "state=state");
    private static readonly CaseSet Invitations = CaseSet.Of<InvitationFact>("survey_invitations", "invitation", "invitation_id", "NULL",
        "customerId=customer_id", "region=region", "department=department", "survey=survey_kind", "source=source");
    private static readonly CaseSet Responses = CaseSet.Of<ResponseFact>("survey_responses", "response", "response_id", "NULL",
        "customerId=customer_id", "region=region", "department=department", "survey=survey_kind", "grade=overall");
    private static readonly CaseSet Judged = CaseSet.Of<ResponseFact>("survey_departments", "response", "response_id", "NULL",
        "region=region", "department=department", "survey=survey_kind", "grade=overall") with { Line = "department" };
    private static readonly CaseSet Answers = CaseSet.Of<ResponseFact>("survey_answers", "response", "response_id", "NULL",
        "region=region", "department=department", "survey=survey_kind", "item=item", "grade=grade") with { Line = "item" };
    private static readonly CaseSet Evaluations = CaseSet.Of<EvaluationFact>("evaluations", "evaluation", "evaluation_id", "NULL",
        "department=department", "result=outcome", "state=state");
    private static readonly CaseSet Assessments = CaseSet.Of<AssessmentFact>("assessments", "assessment", "assessment_id", "number",
        "source=CASE WHEN mystery THEN 'mystery' ELSE 'assessor' END", "party=point_name", "result=CASE WHEN passed THEN 'passed' ELSE 'failed' END");
    private static readonly CaseSet Failures = CaseSet.Of<AssessmentFact>("assessment_failures", "assessment", "assessment_id", "number",
        "part=element", "item=item", "party=point_name") with { Line = "item" };
    private static readonly CaseSet RmaUnits = CaseSet.Of<RmaUnitFact>("rma_units", "rma-unit", "rma_unit_id", "number",
        "customerId=customer_id", "region=region", "product=model_code", "fault=fault_code", "state=state", "result=result", "currency=currency",
        "warranty=CASE WHEN under_warranty THEN 'yes' WHEN NOT under_warranty THEN 'no' END");
    private static readonly CaseSet Returns = CaseSet.Of<ReturnFact>("returns", "return", "return_id", "number",
        "customerId=customer_id", "region=region", "product=model_code", "source=kind", "liability=liability", "state=state",
        "result=CASE WHEN accepted THEN 'accepted' WHEN NOT accepted THEN 'declined' END");
    private static readonly CaseSet MakerClaims = CaseSet.Of<MakerClaimFact>("maker_claims", "maker-claim", "maker_claim_id", "number",
        "party=maker", "item=component_code", "state=state", "result=answer", "currency=currency");
    private static readonly CaseSet WorkItems = CaseSet.Of<WorkFact>("work_items", "work-item", "record_id", "number",
        "department=department", "severity=severity", "source=record_kind", "item=action", "state=state") with { Line = "ordinal" };
    private static readonly CaseSet Kept = CaseSet.Of<RetentionFact>("retention_records", "record", "record_id", "number",
        "department=department", "source=service", "item=record_kind", "state=state");

    /// <summary>All, in the order of the rules' documents.</summary>
    public static IReadOnlyList<Figure> All { get; } =
    [
        // Projects, revisits
        F("clearance-in-time", Share, "P1", Percent, Projects, "clearance_due_on", Is("cleared_on <= clearance_due_on"),
            "state <> 'withdrawn' AND (cleared_on IS NOT NULL OR clearance_due_on < bi.today())"),
        F("clearances-overdue", Count, "P1", Cases, Projects, "clearance_due_on", "1",
            "state <> 'withdrawn' AND cleared_on IS NULL AND clearance_due_on < bi.today()"),
        F("revisits-due", Count, "P2.1.1", Cases, Revisits, "due_on", "1", "NOT cancelled"),
        F("revisits-cancelled", Count, "P2.1.1", Cases, Revisits, "due_on", "1", "cancelled"),
        F("revisits-moved", Count, "P2.1.1", Cases, Revisits, "due_on", "1", "due_on IS DISTINCT FROM planned_on"),
        F("revisits-in-time", Share, "P2.1.1", Percent, Revisits, "due_on", Is("held_on <= due_on"),
            "NOT cancelled AND (held_on IS NOT NULL OR due_on < bi.today())"),
        F("revisit-breaches", Count, "P2.1.1", Cases, Projects, "coalesce(warranty_ends_on, revisit_breached_on)", "1",
            "revisit_breached_on IS NOT NULL AND coalesce(warranty_ends_on, revisit_breached_on) < bi.today() AND NOT EXISTS "
                + "(SELECT FROM bi_all.revisits v WHERE v.project_id = s.project_id AND v.held_on IS NOT NULL)"),
        F("revisit-findings", Sum, "P2.2.2", Cases, Revisits, "held_on", "coalesce(finding_count, 0)"),
        F("quality-problems", Count, "P3.3.2", Cases, Findings, "found_on"),
        F("recurrences", Count, "P2.2.3", Cases, RepairOrders, "recurred_on"),

        // Construction repairs
        F("repair-orders-notified", Count, "C3.1.3", Cases, RepairOrders, "notified_on"),
        F("repair-orders-returned", Count, "C3.1.3", Cases, RepairOrders, "returned_on"),
        F("repair-orders-withdrawn", Count, "C3.1.3", Cases, RepairOrders, "withdrawn_on"),
        F("repair-orders-open", Stock, "C3.1.3", Cases, RepairOrders, "notified_on", ends: "least(returned_on, withdrawn_on)"),
        F("defects-confirmed-in-time", Share, "P3.2.1", Percent, RepairOrders, "notified_on", Is("confirmed_in_time"),
            "confirmed_in_time IS NOT NULL OR confirm_due_on < coalesce(withdrawn_on, bi.today())"),
        F("repairs-received-in-time", Share, "P3.1.1", Percent, ByUnitOf("receipt_missed_by"), "dispatched_on", Is("received_in_time AND NOT receipt_missed"),
            "received_in_time IS NOT NULL OR receipt_missed"),
        F("repairs-started-in-time", Share, "P3.2.2", Percent, ByUnitOf("start_missed_by"), "dispatched_on", Is("NOT start_missed"),
            "started_on IS NOT NULL OR start_missed"),
        F("repairs-finished-in-time", Share, "P3.2.2", Percent, ByUnitOf("completion_missed_by"), "dispatched_on", Is("NOT completion_missed"),
            "finished_on IS NOT NULL OR returned_on IS NOT NULL OR completion_missed"),
        F("repair-waiting-days", Sum, "P3.2.2", Days, RepairWaits, "returned_on", "round(seconds / 86400.0, 2)"),
        F("repair-attempts", Sum, "P3.2.1", Cases, RepairOrders, "returned_on", "attempts"),
        F("repair-paused-days", Sum, "P3.2.2", Days, RepairOrders, "returned_on", "round(paused_seconds / 86400.0, 2)"),
        F("repair-turnaround", Average, "C3.1.3", Days, RepairOrders, "returned_on", "turnaround_days", "turnaround_days IS NOT NULL"),
        F("repair-first-pass", Share, "P3.2.3", Percent, RepairOrders, "returned_on", Is("failed_inspections = 0")),
        F("repair-failed-inspections", Sum, "P3.2.3", Cases, RepairOrders, "returned_on", "failed_inspections"),
        F("repair-owner-refusals", Sum, "P3.2.3", Cases, RepairOrders, "returned_on", "owner_refusals"),
        F("repair-cost", Sum, "P3.1.1", Money, RepairOrders, "coalesce(returned_on, notified_on)", "cost_total", "cost_total IS NOT NULL"),
        F("charge-backs", Sum, "P3.1.1", Money, ChargeBacks, "proposed_on", "coalesce(amount, proposed_amount)", "outcome IS DISTINCT FROM 'withdrawn'"),
        new("warranty-cost", Sum, "P3.1.1", Money,
        [
            new(RepairOrders, "coalesce(returned_on, notified_on)", "cost_total", "cost_total IS NOT NULL AND under_warranty IS DISTINCT FROM 'no'"),
            new(ChargeBacks, "proposed_on", "-coalesce(amount, proposed_amount)", "outcome IS DISTINCT FROM 'withdrawn'"),
        ]),
        F("trips-made", Count, "P3.2.2", Cases, Trips, "ended_on", "1", "outcome = 'made'"),
        F("trip-cost", Sum, "P3.2.2", Money, Trips, "ended_on", "cost", "outcome = 'made' AND cost IS NOT NULL"),

        // Machines
        F("rma-units-ended", Sum, "C3.1.3", Pieces, RmaUnits, "ended_on", "quantity"),
        F("rma-turnaround", Average, "C3.1.3", Days, RmaUnits, "ended_on", "turnaround_days", "turnaround_days IS NOT NULL"),
        F("rma-first-pass", Share, "C5.1.2", Percent, RmaUnits, "inspected_on", Is("failed_inspections = 0")),
        F("rma-charged", Sum, "C5.1.1.1", Money, RmaUnits, "coalesce(ended_on, diagnosed_on)", "charged_sum", "charged_sum IS NOT NULL"),
        F("maker-claims-sent", Count, "C3.1.1", Cases, MakerClaims, "sent_on"),
        F("maker-recovered", Sum, "C3.1.1", Money, MakerClaims, "settled_on", "recovered", "recovered IS NOT NULL"),
        F("returns-requested", Count, "C5.1.3", Cases, Returns, "requested_on"),
        F("returns-accepted", Share, "C5.1.4", Percent, Returns, "decided_on", Is("accepted"), "accepted IS NOT NULL"),
        F("advance-exchanges-overdue", Count, "C5.1.5", Cases, Returns, "exchange_shipped_on", "1", "advance_overdue"),

        // Complaints and what follows
        F("complaints-registered", Count, "C5.7", Cases, Complaints, "registered_on"),
        F("complaints-closed", Count, "C5.7", Cases, Complaints, "closed_on"),
        F("complaints-open", Stock, "C5.7", Cases, Complaints, "registered_on", ends: "closed_on"),
        F("complaints-reopened", Count, "C5.6.2", Cases, Complaints, "registered_on", "1", "times_reopened > 0"),
        F("complaints-responded-in-time", Share, "C1", Percent, Complaints, "registered_on", Is("responded_in_time"), "responded_in_time IS NOT NULL"),
        F("complaint-days", Average, "C1", Days, Complaints, "closed_on", "closed_on - registered_on", "registered_on IS NOT NULL"),
        F("complaints-confirmed", Share, "C5.6.1", Percent, Complaints, "closed_on", Is("customer_confirmed")),
        F("action-items-in-time", Share, "C3.1.4", Percent, ActionItems, "due_on", Is("done_in_time"), "done_in_time IS NOT NULL OR due_on < bi.today()"),
        F("capas-opened", Count, "C5.4", Cases, Capas, "opened_on"),
        F("capas-executed-in-time", Share, "C5.6.2", Percent, Capas, "opened_on", Is("executed_in_time"), "executed_in_time IS NOT NULL"),
        F("capas-effective", Share, "C5.6.2", Percent, Capas, "verified_on", Is("effective"), "effective IS NOT NULL"),
        F("capa-ineffective-rounds", Sum, "C5.6.2", Cases, Capas, "opened_on", "ineffective_rounds"),
        F("capa-recurrences", Sum, "C5.6.2", Cases, Capas, "opened_on", "recurrences"),
        F("capa-joined-cases", Sum, "C5.4", Cases, Capas, "opened_on", "joined_cases"),
        F("review-meetings-held", Count, "C5.5.1", Cases, Meetings, "held_on", "1", "NOT cancelled"),
        F("affected-letters-sent", Count, "C5.6.1", Cases, Letters, "sent_on"),

        // Satisfaction and service quality
        F("surveys-sent", Count, "C5.8.2", Cases, Invitations, "sent_on"),
        F("surveys-received", Count, "C5.8.3", Cases, Responses, "received_on"),
        F("surveys-dissatisfied", Count, "C5.9", Cases, Responses, "received_on", "1", "dissatisfied"),
        F("survey-items-graded", Count, "C5.8.3", Cases, Answers, "received_on"),
        F("satisfaction", Share, "C5.10", Percent, Responses, "received_on", Is("is_satisfied"), "overall IS NOT NULL"),
        F("satisfaction-of-departments", Share, "C5.10", Percent, Judged, "received_on", Is("is_satisfied"), "overall IS NOT NULL"),
        F("goals-reached", Share, "C5.10", Percent, Evaluations, "to_on", Is("outcome = 'reward'"), "outcome IN ('reward', 'corrective-order')"),
        F("assessments-held", Count, "T1", Cases, Assessments, "held_on"),
        F("assessments-passed", Share, "T1", Percent, Assessments, "held_on", Is("passed")),
        F("assessment-score", Average, "T1", Percent, Assessments, "held_on", "percent", "percent IS NOT NULL"),
        F("assessment-failures", Count, "T1", Cases, Failures, "held_on"),

        // Keeping and erasing
        F("records-kept", Stock, "C8", Cases, Kept, "closed_on", ends: "erased_on"),
        F("records-to-erase", Count, "C8", Cases, Kept, "keep_through", "1", "state = 'kept' AND keep_through < bi.today()"),
        F("records-held", Count, "C8", Cases, Kept, "closed_on", "1", "held AND erased_on IS NULL"),
        F("records-erased", Count, "C8", Cases, Kept, "erased_on"),

        // Work
        F("work-due", Count, "S1", Cases, WorkItems, "due_on"),
        F("work-overdue", Count, "S1", Cases, WorkItems, "due_on", "1", "due_at < now()"),
    ];
    // csharpier-ignore-end

    public static Figure? Find(string code) => All.FirstOrDefault(figure => figure.Code == code);

    private static Figure F(
        string code,
        FigureKind kind,
        string rule,
        string unit,
        CaseSet set,
        string day,
        string value = "1",
        string? where = null,
        string? ends = null
    ) => new(code, kind, rule, unit, [new(set, day, value, where, ends)]);

    // By the unit whose clock it is, though another has the order now.
    private static CaseSet ByUnitOf(string missedBy) =>
        RepairOrders with
        {
            Dimensions = new Dictionary<string, string>(RepairOrders.Dimensions, StringComparer.Ordinal)
            {
                ["unit"] = $"coalesce({missedBy}, repair_unit_name)",
            },
        };

    private static string Is(string condition) => $"CASE WHEN {condition} THEN 1 ELSE 0 END";
}
