using CustomerService.Rules;

namespace CustomerService.Identity.Domain;

/// <summary>
/// A person who may sign in. Whatever an administrator does to it is in its audit chain; what happens by itself
/// at each
/// sign-in (failed attempts, re-hashing) is not, except that a lock-out is.
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

    /// <summary>The last wrong password. After a day the count begins anew, as it does for names that no
    /// account has.</summary>
    public DateTimeOffset? LastFailedAt { get; internal set; }

    public static User Create(
        string userName,
        string displayName,
        string? email,
        Assignment assignment,
        FlowContext context
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
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(context.Now.ToUnixTimeMilliseconds()),
            SecurityStamp = NewStamp(context),
        };
        user.Take(assignment);
        user.Record("create", null, "active", context, assignment.Describe());
        return user;
    }

    public void ChangeProfile(string displayName, string? email, FlowContext context)
    {
        DisplayName = displayName;
        Email = email;
        Record("change-profile", Standing, Standing, context, null);
    }

    /// <summary>Roles, department and organisation. Takes effect with the next access token: every refresh
    /// reads them anew.</summary>
    public void Assign(Assignment assignment, string? why, FlowContext context)
    {
        var before = new Assignment(Roles, Department, OrganisationId).Describe();
        Take(assignment);
        Record(
            "assign",
            Standing,
            Standing,
            context,
            $"{before} -> {assignment.Describe()}{(why is null ? "" : ": " + why)}"
        );
    }

    public Refusal? Deactivate(string? why, FlowContext context)
    {
        if (!Active)
        {
            return Refusal.ByRule("user-not-active", UserRules.Rule, ["active"], Rules.Roles.Administrator);
        }

        Active = false;
        SecurityStamp = NewStamp(context);
        Record("deactivate", "active", "inactive", context, why);
        return null;
    }

    public Refusal? Activate(string? why, FlowContext context)
    {
        if (Active)
        {
            return Refusal.ByRule("user-already-active", UserRules.Rule, ["inactive"], Rules.Roles.Administrator);
        }

        Active = true;
        Record("activate", "inactive", "active", context, why);
        return null;
    }

    /// <summary>A new password, by an administrator or by the person. Ends open sessions and a lock-out.</summary>
    public void ChangePassword(string passwordHash, bool byAdministrator, FlowContext context)
    {
        PasswordHash = passwordHash;
        SecurityStamp = NewStamp(context);
        LockoutEnd = null;
        AccessFailedCount = 0;
        Record(byAdministrator ? "reset-password" : "change-password", Standing, Standing, context, null);
    }

    /// <summary>Notes that too many wrong passwords have locked the account for a while.</summary>
    public void NoteLockOut(FlowContext context) => Record("lock-out", Standing, Standing, context, null);

    private string Standing => Active ? "active" : "inactive";

    private void Take(Assignment assignment)
    {
        Roles = assignment.Roles.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        Department = assignment.Department;
        OrganisationId = assignment.OrganisationId;
    }

    private static string NewStamp(FlowContext context) => Guid.CreateVersion7(context.Now).ToString("N");
}

/// <summary>What decides what a person may see and do.</summary>
internal sealed record Assignment(IReadOnlyList<string> Roles, string? Department, Guid? OrganisationId)
{
    public string Describe() =>
        $"roles={string.Join(',', Roles.Order(StringComparer.Ordinal))};department={Department ?? "-"};org={OrganisationId?.ToString() ?? "-"}";
}

/// <summary>A department of the company.</summary>
internal sealed class Department : Aggregate
{
    private Department() { }

    public override string Kind => "department";

    /// <summary>Stable short name, the <c>department</c> claim; unique.</summary>
    public string Code { get; private set; } = "";

    public string NameEn { get; private set; } = "";

    public string NameZhHant { get; private set; } = "";

    public string NameZhHans { get; private set; } = "";

    public bool Active { get; private set; }

    public static Department Create(string code, DepartmentNames names, FlowContext context)
    {
        var department = new Department
        {
            Id = Guid.CreateVersion7(context.Now),
            Code = code,
            Active = true,
        };
        department.Take(names);
        department.Record("create", null, "active", context, null);
        return department;
    }

    public void Change(DepartmentNames names, bool active, FlowContext context)
    {
        var from = Active ? "active" : "inactive";
        Take(names);
        Active = active;
        Record("change", from, Active ? "active" : "inactive", context, null);
    }

    private void Take(DepartmentNames names) =>
        (NameEn, NameZhHant, NameZhHans) = (names.En, names.ZhHant, names.ZhHans);
}

/// <summary>A department's name in the three languages.</summary>
internal sealed record DepartmentNames(string En, string ZhHant, string ZhHans);
