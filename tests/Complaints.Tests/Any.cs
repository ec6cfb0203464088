using CustomerService.Complaints.Domain;
using CustomerService.Rules;

namespace CustomerService.Complaints.Tests;

/// <summary>People and records for tests without I/O.</summary>
internal static class Any
{
    public static DateTimeOffset Now { get; } = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);

    public static DateOnly Today { get; } = new(2026, 3, 2);

    public static Actor Service { get; } = Person("service", "customer-service", Roles.CustomerService);

    public static Actor Maker { get; } = Person("maker", "production", Roles.ResponsibleDepartment);

    public static IReadOnlyList<Actor> People { get; } =
    [
        Service,
        Maker,
        Person("seller", "sales", Roles.Sales),
        Person("sales-manager", "sales", Roles.SalesManager),
        Person("qc", "quality", Roles.Qc),
        Person("qc-head", "quality", Roles.QcHead),
        Person("representative", null, Roles.ManagementRepresentative),
        Person("other-maker", "purchasing", Roles.ResponsibleDepartment),
        // Somebody with too many hats: the rules on persons must hold whatever the roles.
        Person(
            "many-hats",
            "production",
            Roles.ResponsibleDepartment,
            Roles.ManagementRepresentative,
            Roles.Qc,
            Roles.CustomerService
        ),
        Person("two-hats", null, Roles.ResponsibleDepartment, Roles.ManagementRepresentative, Roles.Qc),
        Person("customer", null, Roles.Customer),
    ];

    public static Actor Person(string id, string? department, params string[] roles) =>
        new(id, id, roles.ToHashSet(), department);

    public static FlowContext Flow(Actor actor, DateTimeOffset? now = null) =>
        new CompanyClock(new Still(now ?? Now)).Context(actor, 1);

    public static Intake Intake(DateTimeOffset at) =>
        new(
            Guid.CreateVersion7(),
            "customer",
            "contact",
            "010",
            Channel.Phone,
            "subject",
            "description",
            Severity.Major,
            new(null, null, null, null, null),
            null,
            at
        );

    public static CorrectiveAction FindingAction() =>
        CorrectiveAction
            .OpenFor(
                new Finding(
                    Guid.CreateVersion7(),
                    Guid.CreateVersion7(),
                    "works",
                    "C-1",
                    "waterproofing",
                    "roof",
                    "leaks"
                ),
                Flow(Actor.System("projects")),
                "CAPA-2026-0001"
            )
            .Action!;

    public static void CarryThrough(CorrectiveAction action, DateTimeOffset now)
    {
        FlowContext As(int who) => Flow(People[who], now);
        action.Propose(As(1), "rework", "cause", "correct", "prevent").ShouldBeNull();
        action.Approve(As(6), "good").ShouldBeNull();
        action.Execute(As(1), "done", As(1).Today).ShouldBeNull();
        action.VerifyEffective(As(4), "seen").ShouldBeNull();
    }

    private sealed class Still(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
