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

    /// <summary>Upper-case invariant, as ASP.NET Identity looks it up; unique.</summary>
    public string NormalizedUserName { get; internal set; } = "";

    public string DisplayName { get; private set; } = "";

    public string? Email { get; private set; }

    /// <summary>Sorted, without duplicates.</summary>
    public IReadOnlyList<string> Roles { get; private set; } = [];

    public string? Department { get; private set; }

    public Guid? OrganisationId { get; private set; }

    public bool Active { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public string? PasswordHash { get; internal set; }

    /// <summary>Changes with everything that must end the sessions that are open.</summary>
    public string SecurityStamp { get; internal set; } = "";

    public int AccessFailedCount { get; internal set; }

    public DateTimeOffset? LockoutEnd { get; internal set; }

    /// <summary>The last wrong password. After a day the count starts again, as it does for names without an
    /// account.</summary>
    public DateTimeOffset? LastFailedAt { get; internal set; }

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
            NormalizedUserName = userName.Normalize().ToUpperInvariant(),
            DisplayName = displayName,
            Email = email,
            Active = true,
            CreatedAt = context.Now,
            SecurityStamp = NewStamp(context),
        };
        user.SetAssignment(assignment);
        user.Record(context, "create", null, "active", assignment.Describe());
        return user;
    }

    public Refusal? ChangeProfile(CommandContext context, string displayName, string? email)
    {
        DisplayName = displayName;
        Email = email;
        Record(context, "change-profile", Standing, Standing, null);
        return null;
    }

    /// <summary>Roles, department and organisation. Takes effect with the next access token: every refresh
    /// reads them again.</summary>
    public Refusal? Assign(CommandContext context, Assignment assignment, string? why)
    {
        var before = new Assignment(Roles, Department, OrganisationId).Describe();
        SetAssignment(assignment);
        Record(
            context,
            "assign",
            Standing,
            Standing,
            $"{before} -> {assignment.Describe()}{(why is null ? "" : ": " + why)}"
        );
        return null;
    }

    public Refusal? Deactivate(CommandContext context, string? why)
    {
        if (!Active)
        {
            return Refusal.ByRule("user-not-active", UserRules.Rule, ["active"], Rules.Roles.Administrator);
        }

        Active = false;
        SecurityStamp = NewStamp(context);
        Record(context, "deactivate", "active", "inactive", why);
        return null;
    }

    public Refusal? Activate(CommandContext context, string? why)
    {
        if (Active)
        {
            return Refusal.ByRule("user-already-active", UserRules.Rule, ["inactive"], Rules.Roles.Administrator);
        }

        Active = true;
        Record(context, "activate", "inactive", "active", why);
        return null;
    }

    /// <summary>A new password, by an administrator or by the person. Ends open sessions and a lock-out.</summary>
    public Refusal? ChangePassword(CommandContext context, string passwordHash, bool byAdministrator)
    {
        PasswordHash = passwordHash;
        SecurityStamp = NewStamp(context);
        LockoutEnd = null;
        AccessFailedCount = 0;
        Record(context, byAdministrator ? "reset-password" : "change-password", Standing, Standing, null);
        return null;
    }

    /// <summary>Notes that too many wrong passwords have locked the account for a while.</summary>
    public void NoteLockOut(CommandContext context) => Record(context, "lock-out", Standing, Standing, null);

    private string Standing => Active ? "active" : "inactive";

    private void SetAssignment(Assignment assignment)
    {
        Roles = assignment.Roles.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        Department = assignment.Department;
        OrganisationId = assignment.OrganisationId;
    }

    private static string NewStamp(CommandContext context) => Guid.CreateVersion7(context.Now).ToString("N");
}

/// <summary>What decides what a person may see and do.</summary>
internal sealed record Assignment(IReadOnlyList<string> Roles, string? Department, Guid? OrganisationId)
{
    public string Describe() =>
        $"roles={string.Join(',', Roles.Order(StringComparer.Ordinal))};department={Department ?? "-"};org={OrganisationId?.ToString() ?? "-"}";
}
