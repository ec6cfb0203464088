using CustomerService.Rules;

namespace CustomerService.Repairs.RepairOrders.Domain;

/// <summary>
/// What of an order is released to a reader: view and form show nothing else of these parts. The company's people have
/// all of it; an owner has the record once it is approved, what passed inspection and their own words; the repair unit
/// has besides what it needs for the work.
/// </summary>
internal sealed class RepairOrderRelease
{
    private static readonly RepairOrderAction[] ForOwners =
    [
        RepairOrderAction.Open,
        RepairOrderAction.Confirm,
        RepairOrderAction.Plan,
        RepairOrderAction.Dispatch,
        RepairOrderAction.Arrive,
        RepairOrderAction.Attempt,
        RepairOrderAction.Start,
        RepairOrderAction.Finish,
        RepairOrderAction.PassInspection,
        RepairOrderAction.Accept,
        RepairOrderAction.Refuse,
        RepairOrderAction.Return,
        RepairOrderAction.Withdraw,
    ];

    private static readonly RepairOrderAction[] ForUnits =
    [
        .. ForOwners,
        RepairOrderAction.Receive,
        RepairOrderAction.Object,
        RepairOrderAction.Overrule,
        RepairOrderAction.Pause,
        RepairOrderAction.Resume,
        RepairOrderAction.Brief,
        RepairOrderAction.FailInspection,
    ];

    private RepairOrderRelease(
        Analysis? analysis,
        Briefing? briefing,
        IReadOnlyList<Inspection> inspections,
        string? returnRemark,
        bool seesWork,
        IReadOnlyList<RepairOrderAction> steps
    ) =>
        (Analysis, Briefing, Inspections, ReturnRemark, SeesWork, Steps) = (
            analysis,
            briefing,
            inspections,
            returnRemark,
            seesWork,
            [.. steps.Select(step => step.ToKebab())]
        );

    /// <summary>The revision in force.</summary>
    public Analysis? Analysis { get; }

    public Briefing? Briefing { get; }

    public IReadOnlyList<Inspection> Inspections { get; }

    public string? ReturnRemark { get; }

    /// <summary>Receipt, targets, cost: what is between the company and the unit that repairs.</summary>
    public bool SeesWork { get; }

    /// <summary>The steps of the history, spelled as in the audit trail.</summary>
    public IReadOnlyList<string> Steps { get; }

    public static RepairOrderRelease To(Actor actor, RepairOrder order)
    {
        if (actor.IsStaff())
        {
            return new(
                order.Analysis,
                order.Briefing,
                order.Inspections,
                order.Returned?.Remark,
                true,
                Enum.GetValues<RepairOrderAction>()
            );
        }

        // A draft, and one that was sent back, is nobody's outside; approval is what releases it.
        var analysis = order.Approval is null ? null : order.Analysis;
        return order.IsRepairedBy(actor)
            ? new(analysis, order.Briefing, order.Inspections, order.Returned?.Remark, true, ForUnits)
            : new(
                analysis,
                null,
                [.. order.Inspections.Where(inspection => inspection.Passed)],
                null,
                false,
                ForOwners
            );
    }
}
