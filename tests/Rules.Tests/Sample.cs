using CustomerService.Contracts;

namespace CustomerService.Rules.Tests;

internal enum ErrandState
{
    Drafted,
    InWork,
    Inspected,
    Closed,
    Withdrawn,
}

internal enum ErrandAction
{
    Draft,
    Start,
    Inspect,
    SendBack,
    Close,
    Withdraw,
}

internal sealed record ErrandInspected(Guid SubjectId, long Version, bool Passed) : IIntegrationEvent;

/// <summary>A small aggregate of its own, with everything that a flow table can have: starts, loops, guards of
/// both kinds, ends.</summary>
internal sealed class Errand : Aggregate<Errand, ErrandState, ErrandAction>
{
    public static readonly Flow<Errand, ErrandState, ErrandAction> Flow = Flow<Errand, ErrandState, ErrandAction>
        .Named("errand")
        .Begins(ErrandAction.Draft, ErrandState.Drafted, "P2.1.2", Roles.Production, Roles.System)
        .On(ErrandState.Drafted, ErrandAction.Start, ErrandState.InWork, "P3.2.2", Roles.RepairUnit)
        .On(ErrandState.InWork, ErrandAction.Inspect, ErrandState.Inspected, "P3.2.3", Roles.Qc)
        .When(
            (errand, context) => errand.StartedBy != context.Actor.Id,
            "no-quality-fault",
            "P3.2.3",
            ["another-inspector"],
            Roles.Qc
        )
        .Given<bool>((_, _, _) => true, "return-window-passed", "P3.2.3", ["finding"], Roles.Qc)
        .On(ErrandState.Inspected, ErrandAction.SendBack, ErrandState.InWork, "P3.2.3", Roles.Qc)
        .On(
            ErrandState.Inspected,
            ErrandAction.Close,
            ErrandState.Closed,
            "P3.2.3",
            Roles.Engineering,
            Roles.EngineeringHead
        )
        .When((errand, _) => errand.Passed, "last-revisit", "P3.2.3", ["passed-inspection"], Roles.Qc)
        .On(ErrandState.Drafted, ErrandAction.Withdraw, ErrandState.Withdrawn, "P2.1.2", Roles.Production)
        .EndsIn(ErrandState.Closed, ErrandState.Withdrawn)
        .Build();

    public override string Kind => "errand";

    public string? StartedBy { get; private set; }

    public bool Passed { get; private set; }

    public int Inspections { get; private set; }

    protected override Flow<Errand, ErrandState, ErrandAction> Table => Flow;

    public static (Refusal? Refusal, Errand Errand) Draft(FlowContext context)
    {
        var errand = new Errand { Id = Guid.CreateVersion7() };
        return (errand.Begin(ErrandAction.Draft, context, "to be done"), errand);
    }

    public Refusal? Do(ErrandAction action, FlowContext context, object? input = null) =>
        Apply(
            action,
            context,
            input,
            $"why {action}",
            () =>
            {
                switch (action)
                {
                    case ErrandAction.Start:
                        StartedBy = context.Actor.Id;
                        break;
                    case ErrandAction.Inspect:
                        Passed = (bool)input!;
                        Inspections++;
                        Raise(new ErrandInspected(Id, Version, Passed));
                        break;
                }
            }
        );

    /// <summary>Everything there is to see of it, for comparing before and after.</summary>
    public string Snapshot() =>
        $"{Id} {State} v{Version} {AuditSequence} {AuditHead} {StartedBy} {Passed} {Inspections} {PendingEntries.Count} {PendingEvents.Count}";

    public static FlowContext As(string id, params string[] roles) =>
        new(
            new Actor(id, id.ToUpperInvariant(), roles.ToHashSet()),
            Build.At("2025-03-04 10:00"),
            Build.Day("2025-03-04"),
            1
        );
}
