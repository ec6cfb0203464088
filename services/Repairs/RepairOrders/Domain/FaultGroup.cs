using CustomerService.Contracts.Repairs.V1;
using CustomerService.Rules;

namespace CustomerService.Repairs.RepairOrders.Domain;

/// <summary>By what faults are put together (P3.3.2).</summary>
internal enum FaultGroupBy
{
    /// <summary>Part of Table 3.1.</summary>
    Part,
    Cause,

    /// <summary>The unit at whose cost it was repaired, else the one that repaired; of a finding without an order, the
    /// subcontractor whose part it is.</summary>
    Subcontractor,

    /// <summary>Floor of a project's building.</summary>
    Floor,
}

/// <summary>Faults that are in a group now: orders, and findings of revisits that no order was opened for.</summary>
internal sealed record Faults(IReadOnlyList<RepairOrder> Orders, IReadOnlyList<FoundFault> Findings)
{
    public int Count => Orders.Count + Findings.Count;

    /// <summary>Those that no CAPA was asked for yet.</summary>
    public Faults WithoutCapa =>
        new(
            [.. Orders.Where(order => order.CapaRequestedOn is null)],
            [.. Findings.Where(finding => finding.CapaRequestedOn is null)]
        );

    public IEnumerable<GroupedFault> Listed =>
        [
            .. Orders.Select(order => new GroupedFault(
                "repair-order",
                order.Id,
                order.Number,
                order.RevisitId,
                order.RevisitId is null ? null : order.SourceId
            )),
            .. Findings.Select(finding => new GroupedFault(
                "finding",
                finding.Id,
                finding.ContractNumber,
                finding.RevisitId,
                finding.Id
            )),
        ];

    public string Numbers => string.Join('、', Listed.Select(fault => fault.Number).Distinct());
}

/// <summary>Faults with something in common, for which one CAPA opens (P2.2.3).</summary>
internal sealed class FaultGroup : Aggregate
{
    private const int Least = 2;

    private FaultGroup() { }

    public override string Kind => "fault-group";

    /// <summary>What they have in common.</summary>
    public string Subject { get; private set; } = "";

    /// <summary>What quality says, with the numbers.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Those that no CAPA had been asked for.</summary>
    public IReadOnlyList<GroupedFault> Faults { get; private set; } = [];

    public Stamp RequestedBy { get; private set; } = null!;

    /// <summary>
    /// Asks for one CAPA for all faults of the group that have none yet. Where that leaves none, the CAPA was asked for
    /// already: a second click opens no second one.
    /// </summary>
    /// <param name="context">Who asks.</param>
    /// <param name="faults">The group as it is now.</param>
    /// <param name="contextOf">What each of them is judged by.</param>
    /// <param name="subject">What they have in common.</param>
    /// <param name="text">What quality says.</param>
    public static Result<FaultGroup> RequestCapa(
        CommandContext context,
        Faults faults,
        Func<Aggregate, CommandContext> contextOf,
        string subject,
        string text
    )
    {
        if (!context.Actor.HasAny(RepairOrderFlow.Inspectors))
        {
            return Refusal.RoleMissing("P2.2.3", RepairOrderFlow.Inspectors).With("action", "request-capa");
        }

        var fresh = faults.WithoutCapa;
        if (fresh.Count == 0 && faults.Count > 0)
        {
            return Refusal
                .ByRule("capa-requested-already", "P2.2.3", ["faults-without-capa"], RepairOrderFlow.Inspectors)
                .With("faults", faults.Numbers);
        }

        if (fresh.Count < Least)
        {
            return Refusal.ByRule("fault-group-too-small", "P2.2.3", ["two-faults"], RepairOrderFlow.Inspectors);
        }

        var group = new FaultGroup
        {
            Id = Guid.CreateVersion7(context.Now),
            Subject = subject,
            Text = $"{text}（{fresh.Numbers}）",
            Faults = [.. fresh.Listed],
            RequestedBy = Stamp.Of(context),
        };
        group.Record(context, "request-capa", null, group.StateName, text);
        var (project, name) = fresh.Orders is [var first, ..]
            ? (first.ProjectId, first.ProjectName)
            : (fresh.Findings[0].ProjectId, fresh.Findings[0].ProjectName);
        group.Raise(
            new FaultGroupCapaRequested(
                group.Id,
                group.Version,
                project,
                name,
                subject,
                group.Text,
                group.Faults,
                context.Today
            )
        );
        foreach (var order in fresh.Orders)
        {
            order.JoinFaultGroup(contextOf(order), subject);
        }

        foreach (var finding in fresh.Findings)
        {
            finding.RequestCapa(contextOf(finding), context.Today, subject);
        }

        return group;
    }
}
