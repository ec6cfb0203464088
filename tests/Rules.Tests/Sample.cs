using CustomerService.Contracts;
using static CustomerService.Rules.Tests.ErrandAction;
using static CustomerService.Rules.Tests.ErrandState;

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
    Remark,
    Inspect,
    SendBack,
    Close,
    Withdraw,
}

internal sealed record ErrandInspected(Guid SubjectId, long Version, bool Passed) : IIntegrationEvent;

/// <summary>A small record of its own, with everything that a flow table can have: a start, loops, several states in
/// a row, guards of both kinds, ends.</summary>
internal sealed class Errand : Aggregate<Errand, ErrandState, ErrandAction>
{
    private static readonly string[] Drafters = [Roles.Production, Roles.System];
    private static readonly string[] Repairers = [Roles.Repair];
    private static readonly string[] Inspectors = [Roles.Qc];
    private static readonly string[] Closers = [Roles.Engineering, Roles.EngineeringHead];

    private static readonly Guard<Errand> AnotherInspector = Guard<Errand>.RequirePeople(
        (errand, _) => new() { ExceptIds = errand.StartedBy is { } repairer ? [repairer] : [] },
        code: "no-quality-fault",
        rule: "P3.2.3",
        missing: ["another-inspector"],
        suppliedBy: Inspectors
    );

    private static readonly Guard<Errand> HasFinding = Guard<Errand>.RequireInput<bool>(
        (_, _, _) => true,
        code: "return-window-passed",
        rule: "P3.2.3",
        missing: ["finding"],
        suppliedBy: Inspectors
    );

    private static readonly Guard<Errand> HasPassed = Guard<Errand>.Require(
        (errand, _) => errand.Passed,
        code: "case-still-open",
        rule: "P3.2.3",
        missing: ["passed-inspection"],
        suppliedBy: Inspectors
    );

    // csharpier-ignore
    public static readonly Flow<Errand, ErrandState, ErrandAction> Flow = Flow<Errand, ErrandState, ErrandAction>
        .Named("errand")
        .Start(Draft, Drafted, "P2.1.2", Drafters)

        .From(Drafted)          .On(ErrandAction.Start, InWork, "P3.2.2", Repairers)
                                .On(Withdraw, Withdrawn, "P2.1.2", Drafters)
        .From(InWork)           .On(Inspect, Inspected, "P3.2.3", Inspectors, AnotherInspector, HasFinding)
        .From(Inspected)        .On(SendBack, InWork, "P3.2.3", Inspectors)
                                .On(Close, Closed, "P3.2.3", Closers, HasPassed)
        .In(InWork, Inspected)  .Stay(Remark, "P3.3", Repairers)

        .Ends(Closed)
        .Abandons(Withdrawn)
        .Build();

    public override string Kind => "errand";

    public string? StartedBy { get; private set; }

    public bool Passed { get; private set; }

    public int Inspections { get; private set; }

    protected override Flow<Errand, ErrandState, ErrandAction> Table => Flow;

    public static Result<Errand> New(CommandContext context)
    {
        var errand = new Errand { Id = Guid.CreateVersion7() };
        return errand.Start(context, Draft, "to be done") is { } refusal ? refusal : errand;
    }

    public Refusal? Do(CommandContext context, ErrandAction action, object? input = null) =>
        Transition(
            context,
            action,
            input,
            $"why {action}",
            () =>
            {
                switch (action)
                {
                    case ErrandAction.Start:
                        StartedBy = context.Actor.Id;
                        break;
                    case Inspect:
                        Passed = (bool)input!;
                        Inspections++;
                        Raise(new ErrandInspected(Id, Version, Passed));
                        break;
                }
            }
        );

    /// <summary>A mistake on purpose: it changes something and refuses all the same.</summary>
    public Refusal ChangeAndRefuse()
    {
        Inspections++;
        return Refusal.Invalid("no-quality-fault", "P3.2.3");
    }

    /// <summary>A mistake on purpose: it leads somewhere without the table.</summary>
    public Refusal? NoteOnly(CommandContext context)
    {
        Record(context, "note", "inspected", "inspected", null);
        return null;
    }
}
