using CustomerService.Rules;

namespace CustomerService.Reporting.DepartmentAccounts.Domain;

/// <summary>
/// An account at the broker for a department's own system (C3.1.4): it reads its own queue and can do nothing else. Its
/// password is the broker's alone.
/// </summary>
internal sealed class DepartmentAccount : Aggregate<DepartmentAccount, DepartmentAccountState, DepartmentAccountAction>
{
    protected override Flow<DepartmentAccount, DepartmentAccountState, DepartmentAccountAction> Table =>
        DepartmentAccountFlow.Table;

    public override string Kind => "department-account";

    /// <summary>Small letters, digits and hyphens; no two accounts that are active have the same.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Which events come into its queue.</summary>
    public IReadOnlyList<string> Patterns { get; private set; } = [];

    /// <summary>Whether it may also read the stream, which has every event of 30 days.</summary>
    public bool ReadsStream { get; private set; }

    public string CreatedBy { get; private set; } = "";

    /// <summary>User name at the broker.</summary>
    public string User => "department-" + Name;

    /// <summary>Its queue.</summary>
    public string Queue => "department." + Name;

    public static Result<DepartmentAccount> Register(
        CommandContext context,
        string name,
        IReadOnlyList<string> patterns,
        bool readsStream
    )
    {
        ArgumentNullException.ThrowIfNull(context);
        var account = new DepartmentAccount
        {
            Id = Guid.CreateVersion7(context.Now),
            Name = name,
            Patterns = patterns,
            ReadsStream = readsStream,
            CreatedBy = context.Actor.Name,
        };
        return account.Start(context, DepartmentAccountAction.Register, why: name) is { } refusal ? refusal : account;
    }

    /// <summary>Other events; what lies in the queue stays.</summary>
    public Refusal? Revise(CommandContext context, IReadOnlyList<string> patterns, bool readsStream) =>
        Transition(
            context,
            DepartmentAccountAction.Revise,
            why: string.Join(' ', patterns),
            change: () => (Patterns, ReadsStream) = (patterns, readsStream)
        );

    public Refusal? RenewPassword(CommandContext context) => Transition(context, DepartmentAccountAction.RenewPassword);

    /// <summary>Account and queue end, with what lies in it.</summary>
    public Refusal? Remove(CommandContext context) => Transition(context, DepartmentAccountAction.Remove);

    /// <summary>Account and queue are made again as they were; what lay in the queue is gone.</summary>
    /// <param name="context">Who restores it.</param>
    /// <param name="isNameFree">No other account that is active has its name.</param>
    public Refusal? Restore(CommandContext context, bool isNameFree) =>
        Transition(context, DepartmentAccountAction.Restore, isNameFree);
}
