using System.Text.Json.Serialization;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.RepairOrders.Features;

/// <summary>A repair order as the API shows it.</summary>
internal sealed record RepairOrderView
{
    public required Guid Id { get; init; }

    public required string Number { get; init; }

    public required RepairOrderState State { get; init; }

    public required long Version { get; init; }

    /// <summary>What the caller can do now; each is the last part of the route under which it is called.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    public required OrderSource Source { get; init; }

    /// <summary>The finding or complaint that it comes from.</summary>
    public Guid? SourceId { get; init; }

    public Guid? RevisitId { get; init; }

    public required Guid ProjectId { get; init; }

    public required string ProjectName { get; init; }

    public required string ContractNumber { get; init; }

    public required Guid OwnerId { get; init; }

    public required string OwnerName { get; init; }

    /// <summary>The person whom the company calls for the owner.</summary>
    public required string Contact { get; init; }

    public required string Phone { get; init; }

    /// <summary>The person to be met where the defect is, where it is another.</summary>
    public SiteContactView? SiteContact { get; init; }

    /// <summary>Part of Table 3.1.</summary>
    public required string PartCode { get; init; }

    public required string Location { get; init; }

    public required string Description { get; init; }

    public required DefectSeverity Severity { get; init; }

    /// <summary>Why it is an emergency; null where it is none, or the revisit did not say.</summary>
    public EmergencyReason? EmergencyReason { get; init; }

    public required DateOnly NotifiedOn { get; init; }

    public required DateOnly OpenedOn { get; init; }

    /// <summary>Name of the person, or of the service whose event opened it.</summary>
    public required string OpenedBy { get; init; }

    /// <summary>Last day to confirm the defect with the owner (P3.2.1).</summary>
    public required DateOnly ConfirmDueOn { get; init; }

    /// <summary>Not confirmed with the owner, and the due day is over (P3.2.1).</summary>
    public required bool ConfirmationOverdue { get; init; }

    /// <summary>Day on which that was marked; stays when it is confirmed late.</summary>
    public DateOnly? ConfirmationOverdueOn { get; init; }

    public required int PolicyVersion { get; init; }

    public required WarrantyView Warranty { get; init; }

    public ConfirmationView? Confirmation { get; init; }

    /// <summary>The revision in force; for others than staff from the approval on.</summary>
    public AnalysisView? Analysis { get; init; }

    /// <summary>Every revision. For staff.</summary>
    public IReadOnlyList<AnalysisView> Revisions { get; init; } = [];

    /// <summary>For staff.</summary>
    public OpinionView? Review { get; init; }

    /// <summary>For staff.</summary>
    public OpinionView? Approval { get; init; }

    /// <summary>Each time that the record was sent back. For staff.</summary>
    public IReadOnlyList<RejectionView> Rejections { get; init; } = [];

    /// <summary>The days on which production plans the repair (P2.1.2).</summary>
    public PlanView? Plan { get; init; }

    public DispatchView? Dispatch { get; init; }

    /// <summary>For staff and the repair unit.</summary>
    public BriefingView? Briefing { get; init; }

    public DateOnly? StartedOn { get; init; }

    public string? StartedBy { get; init; }

    /// <summary>1 for the first repair, one more after each return to repair.</summary>
    public required int Round { get; init; }

    public required IReadOnlyList<WorkReportView> WorkReports { get; init; }

    /// <summary>For the owner those that passed.</summary>
    public required IReadOnlyList<InspectionView> Inspections { get; init; }

    public required IReadOnlyList<OwnerResponseView> OwnerResponses { get; init; }

    public required int FailedInspections { get; init; }

    public required int OwnerRefusals { get; init; }

    public ReturnView? Returned { get; init; }

    /// <summary>For staff.</summary>
    public string? WithdrawalReason { get; init; }

    /// <summary>The accepted order whose defect came back (P2.2.3). For staff.</summary>
    public EarlierOrder? RecurrenceOf { get; init; }

    /// <summary>For staff.</summary>
    public RecurrenceJudgementView? RecurrenceJudgement { get; init; }

    /// <summary>Receipt, objections, notice and targets of the unit that repairs. For staff and that unit.</summary>
    public AssignmentView? Assignment { get; init; }

    /// <summary>Units that were assigned before. For staff.</summary>
    public IReadOnlyList<EarlierAssignmentView> EarlierAssignments { get; init; } = [];

    /// <summary>Times in which nobody was there.</summary>
    public IReadOnlyList<AttemptView> Attempts { get; init; } = [];

    /// <summary>For whom the order waits now, and how long it waited for each. For staff.</summary>
    public WaitingView? Waiting { get; init; }

    /// <summary>Steps that were told later than they were done. For staff and the repair unit.</summary>
    public IReadOnlyList<FieldStep> FieldSteps { get; init; } = [];

    /// <summary>What the repair cost. For staff and the repair unit.</summary>
    public CostsView? Costs { get; init; }

    /// <summary>The four texts of P2.2.3 with liability and cause. For staff.</summary>
    public LessonsView? Lessons { get; init; }

    /// <summary>The order that goes on for this one.</summary>
    public Guid? MergedIntoId { get; init; }

    public string? MergedIntoNumber { get; init; }

    /// <summary>Orders that were merged into this one. For staff.</summary>
    public IReadOnlyList<MergedOrderView> MergedOrders { get; init; } = [];

    /// <summary>Photos that say that they were taken far from the site (P3.2.3); where one order is read by
    /// staff.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FarPhoto>? FarPhotos { get; init; }

    /// <summary>Every step so far; where one order is read, not in the answer to a command.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<HistoryEntry>? History { get; init; }

    public static RepairOrderView From(RepairOrder order, Caller caller) =>
        caller.IsStaff
            ? ForStaff(order, caller)
            : ForOutsiders(order, RepairOrderRelease.To(caller.Actor, order), caller);

    /// <summary>What owner and repair unit see: nothing of what is between contractor and subcontractor, no opinions
    /// of the house, and of the record what is released to them.</summary>
    private static RepairOrderView ForOutsiders(RepairOrder order, RepairOrderRelease release, Caller caller) =>
        new()
        {
            Id = order.Id,
            Number = order.Number,
            State = order.State,
            Version = order.Version,
            Actions = order.AllowedActions(caller.Context(order)),
            Source = order.Source,
            SourceId = order.SourceId,
            RevisitId = order.RevisitId,
            ProjectId = order.ProjectId,
            ProjectName = order.ProjectName,
            ContractNumber = order.ContractNumber,
            OwnerId = order.OwnerId,
            OwnerName = order.OwnerName,
            Contact = order.Contact,
            Phone = order.Phone,
            SiteContact = SiteContactView.From(order.SiteContact),
            PartCode = order.PartCode,
            Location = order.Location,
            Description = order.Description,
            Severity = order.Severity,
            EmergencyReason = order.EmergencyReason,
            NotifiedOn = order.NotifiedOn,
            OpenedOn = order.OpenedOn,
            OpenedBy = order.OpenedBy.Name,
            ConfirmDueOn = order.ConfirmDueOn,
            ConfirmationOverdue = RepairOrderDeadlines.IsConfirmationOverdue(order, caller.Today),
            ConfirmationOverdueOn = order.ConfirmationOverdueOn,
            PolicyVersion = order.PolicyVersion,
            Warranty = WarrantyView.ForOutsiders(order.Warranty),
            Confirmation = ConfirmationView.From(order.Confirmation),
            Analysis = AnalysisView.From(release.Analysis),
            Plan = PlanView.Of(order.Plan),
            Dispatch = release.SeesWork ? DispatchView.ForUnit(order) : DispatchView.ForOutsiders(order),
            Briefing = BriefingView.From(release.Briefing),
            StartedOn = order.StartedOn,
            StartedBy = order.StartedBy?.Name,
            Round = order.Round,
            WorkReports = [.. order.WorkReports.Select(WorkReportView.From)],
            Inspections = [.. release.Inspections.Select(InspectionView.From)],
            OwnerResponses = [.. order.OwnerResponses.Select(OwnerResponseView.From)],
            FailedInspections = order.FailedInspections,
            OwnerRefusals = order.OwnerRefusals,
            Returned = ReturnView.From(order.Returned, release.ReturnRemark),
            Attempts = [.. order.Attempts.Select(AttemptView.ForOutsiders)],
            Assignment = release.SeesWork ? AssignmentView.ForUnit(order, caller) : null,
            FieldSteps = release.SeesWork ? order.FieldSteps : [],
            Costs = release.SeesWork ? CostsView.ForUnit(order) : null,
            MergedIntoId = order.MergedIntoId,
            MergedIntoNumber = order.MergedIntoNumber,
        };

    private static RepairOrderView ForStaff(RepairOrder order, Caller caller) =>
        ForOutsiders(order, RepairOrderRelease.To(caller.Actor, order), caller) with
        {
            Warranty = WarrantyView.ForStaff(order.Warranty),
            Revisions = [.. order.Analyses.Select(a => AnalysisView.From(a)!)],
            Rejections = [.. order.Rejections.Select(RejectionView.From)],
            Review = OpinionView.From(order.ReviewOpinion),
            Approval = OpinionView.From(order.Approval),
            Dispatch = DispatchView.ForStaff(order),
            WithdrawalReason = order.WithdrawalReason,
            RecurrenceOf = order.RecurrenceOf,
            RecurrenceJudgement = RecurrenceJudgementView.From(order.RecurrenceJudgement),
            EarlierAssignments = [.. order.EarlierAssignments.Select(EarlierAssignmentView.From)],
            Attempts = [.. order.Attempts.Select(AttemptView.ForStaff)],
            Assignment = AssignmentView.ForStaff(order, caller),
            Waiting = WaitingView.From(order, caller),
            Costs = CostsView.ForStaff(order),
            Lessons = LessonsView.From(order),
            MergedOrders = [.. order.MergedOrders.Select(m => new MergedOrderView(m.Id, m.Number, ByView.From(m.By)))],
        };
}
