using CustomerService.Contracts.Identity.V1;
using CustomerService.Rules;

namespace CustomerService.Identity.Users.Domain;

/// <summary>
/// A person who may sign in. The audit chain holds what administrators do to it and lock-outs; it does not hold what
/// each sign-in changes (failed attempts, re-hashing).
/// </summary>
internal sealed class User : Aggregate
{
    private User() { }

    public override string Kind => "user";

    public string UserName { get; internal set; } = "";

    /// <summary>As names are compared, see <see cref="UserNames.Fold"/>; unique.</summary>
    public string NormalizedUserName { get; internal set; } = "";

    public string DisplayName { get; private set; } = "";

    public string? Email { get; private set; }

    /// <summary>Sorted, without duplicates.</summary>
    public IReadOnlyList<string> Roles { get; private set; } = [];

    public string? Department { get; private set; }

    public Guid? OrganisationId { get; private set; }

    /// <summary>Codes of the sales regions of a salesperson; sorted, without duplicates.</summary>
    public IReadOnlyList<string> Regions { get; private set; } = [];

    /// <summary>
    /// Access tokens issued before it no longer count, in every service: the account was deactivated, or what it may do
    /// changed. A whole second, because that is how exactly a token says when it was issued. Only ever moves forward.
    /// </summary>
    public DateTimeOffset? TokensValidFrom { get; private set; }

    public bool Active { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public string? PasswordHash { get; internal set; }

    /// <summary>Changes with everything that must end the sessions that are open.</summary>
    public string SecurityStamp { get; internal set; } = "";

    /// <summary>Until when the last lock-out that was noted lasts: of this name, for one address.</summary>
    public DateTimeOffset? LockoutEnd { get; private set; }

    public static User Create(
        CommandContext context,
        string userName,
        string displayName,
        string? email,
        Assignment assignment
    )
    {
        var user = new User
        {
            Id = Guid.CreateVersion7(context.Now),
            UserName = userName,
            NormalizedUserName = UserNames.Fold(userName),
            DisplayName = displayName,
            Email = email,
            Active = true,
            CreatedAt = context.Now,
            SecurityStamp = NewStamp(context),
        };
        user.SetAssignment(assignment);
        user.Record(context, "create", null, "active", assignment.Describe());
        user.Raise(user.Changed());
        return user;
    }

    /// <summary>How the account is now, as the other services hear of it.</summary>
    public UserChanged Changed() =>
        new(Id, Version, DisplayName, Roles, Regions, Department, OrganisationId, Active, TokensValidFrom, Email);

    public Refusal? ChangeProfile(CommandContext context, string displayName, string? email)
    {
        DisplayName = displayName;
        Email = email;
        Record(context, "change-profile", Standing, Standing, null);
        Raise(Changed());
        return null;
    }

    /// <summary>Roles, department, organisation and regions. Withdraws the tokens that are out; every refresh reads
    /// them again.</summary>
    public Refusal? Assign(CommandContext context, Assignment assignment, string? why)
    {
        NoteAssignment(context, assignment, why);
        Raise(Changed());
        return null;
    }

    private void NoteAssignment(CommandContext context, Assignment assignment, string? why)
    {
        var before = new Assignment(Roles, Department, OrganisationId, Regions).Describe();
        SetAssignment(assignment);
        WithdrawTokens(context);
        Record(
            context,
            "assign",
            Standing,
            Standing,
            $"{before} -> {assignment.Describe()}{(why is null ? "" : ": " + why)}"
        );
    }

    public Refusal? Deactivate(CommandContext context, string? why)
    {
        if (!Active)
        {
            return Refusal.ByRule("user-not-active", UserRules.Rule, ["active"], Rules.Roles.Administrator);
        }

        Active = false;
        SecurityStamp = NewStamp(context);
        WithdrawTokens(context);
        Record(context, "deactivate", "active", "inactive", why);
        Raise(Changed());
        return null;
    }

    public Refusal? Activate(CommandContext context, string? why)
    {
        if (Active)
        {
            return Refusal.ByRule("user-already-active", UserRules.Rule, ["inactive"], Rules.Roles.Administrator);
        }

        NoteActivation(context, why);
        Raise(Changed());
        return null;
    }

    /// <summary>A new password, by an administrator or by the person. Ends open sessions, tokens and a lock-out.</summary>
    public Refusal? ChangePassword(CommandContext context, string passwordHash, bool byAdministrator)
    {
        NotePassword(context, passwordHash, byAdministrator);
        Raise(Changed());
        return null;
    }

    /// <summary>The way back in, where no administrator is left: assigned, active and with a new password in one
    /// step, which is announced once.</summary>
    public void Restore(CommandContext context, Assignment assignment, string passwordHash, string why)
    {
        NoteAssignment(context, assignment, why);
        if (!Active)
        {
            NoteActivation(context, why);
        }

        NotePassword(context, passwordHash, byAdministrator: true);
        Raise(Changed());
    }

    private void NoteActivation(CommandContext context, string? why)
    {
        Active = true;
        Record(context, "activate", "inactive", "active", why);
    }

    private void NotePassword(CommandContext context, string passwordHash, bool byAdministrator)
    {
        PasswordHash = passwordHash;
        SecurityStamp = NewStamp(context);
        LockoutEnd = null;
        WithdrawTokens(context);
        Record(context, byAdministrator ? "reset-password" : "change-password", Standing, Standing, null);
    }

    /// <summary>Notes that too many wrong passwords have locked the name for an address for a while.</summary>
    public void NoteLockOut(CommandContext context, DateTimeOffset until)
    {
        LockoutEnd = until;
        Record(context, "lock-out", Standing, Standing, null);
    }

    private string Standing => Active ? "active" : "inactive";

    private void SetAssignment(Assignment assignment)
    {
        Roles = assignment.Roles.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        Department = assignment.Department;
        OrganisationId = assignment.OrganisationId;
        Regions = assignment.Regions.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
    }

    // Up to the next whole second: a token of this second may be from before the change.
    private void WithdrawTokens(CommandContext context)
    {
        var second = new DateTimeOffset(
            context.Now.UtcTicks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond,
            default
        );
        var from = second.AddSeconds(1);
        TokensValidFrom = TokensValidFrom > from ? TokensValidFrom : from;
    }

    private static string NewStamp(CommandContext context) => Guid.CreateVersion7(context.Now).ToString("N");
}

/// <summary>What decides what a person may see and do.</summary>
internal sealed record Assignment(
    IReadOnlyList<string> Roles,
    string? Department,
    Guid? OrganisationId,
    IReadOnlyList<string> Regions
)
{
    public string Describe() =>
        $"roles={string.Join(',', Roles.Order(StringComparer.Ordinal))};department={Department ?? "-"};"
        + $"org={OrganisationId?.ToString() ?? "-"}"
        + (Regions.Count == 0 ? "" : $";regions={string.Join(',', Regions.Order(StringComparer.Ordinal))}");
}
