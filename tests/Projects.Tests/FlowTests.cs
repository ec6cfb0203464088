using CustomerService.Projects.Domain;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Projects.Tests;

/// <summary>The domain without I/O.</summary>
public sealed class FlowTests
{
    [Fact, Trait("Rule", "P2.1.1"), Trait("Rule", "P3.3")]
    public void The_flow_tables_are_sound_and_every_refusal_has_its_texts()
    {
        FlowChecks.Problems(ProjectFlow.Table, ProjectsService.Texts, ServiceDefaults.Texts.Common).ShouldBeEmpty();
        FlowChecks.Problems(RevisitFlow.Table, ProjectsService.Texts, ServiceDefaults.Texts.Common).ShouldBeEmpty();
    }

    [Fact, Trait("Rule", "P3.3")]
    public void A_follow_up_takes_only_what_is_newer_and_keeps_where_it_comes_from()
    {
        var order = new FollowUp { Kind = FollowUp.RepairOrder, Id = Guid.CreateVersion7() };
        var finding = Guid.CreateVersion7();
        order.Take(5, "dispatched", new(2026, 5, 5));
        order.Take(1, "opened", new(2026, 5, 1));
        order.Identify(finding, "WX-2026-0001");
        order.Identify(null, null);
        order.State.ShouldBe("dispatched");
        order.SourceId.ShouldBe(finding);
        order.Take(9, "returned", new(2026, 5, 9), done: true);
        order.Take(8, "owner-accepted", new(2026, 5, 8));
        order.State.ShouldBe("returned");
        order.IsDone.ShouldBeTrue();
    }

    [Fact, Trait("Rule", "P3.2.2")]
    public void Only_live_projects_inside_the_radius_whose_managers_are_there_are_near()
    {
        var project = Sample.Project();
        Neighbour At(double latitude, bool managing = true) =>
            new(
                Guid.CreateVersion7(),
                "鄰",
                new GeoPoint(latitude, 121.4737),
                new PersonRef(Guid.CreateVersion7(), "甲"),
                managing
            );
        var (near, nearer, gone, far) = (At(31.5), At(31.4), At(31.25, managing: false), At(32.3));

        var proposal = Leaders.Propose(project, originalIsThere: false, [near, nearer, gone, far], radiusKm: 50);

        proposal.Proposed.ProjectId.ShouldBe(nearer.ProjectId);
        proposal.Alternatives.Select(a => a.ProjectId).ShouldBe([near.ProjectId, null]);
        Leaders
            .Propose(project, false, [near, nearer], radiusKm: 0)
            .Proposed.Basis.ShouldBe(LeaderCandidate.SpecialDispatch);
        Leaders.Propose(project, true, [nearer], radiusKm: 50).Proposed.Basis.ShouldBe(LeaderCandidate.OriginalManager);
    }

    [Fact, Trait("Rule", "P2.1.1")]
    public void A_refused_step_changes_nothing()
    {
        var project = Sample.Project();
        var (version, head) = (project.Version, project.AuditHead);
        project
            .HandOver(new(2024, 1, 31), PolicyCatalogue.BuiltIn.Version(1), Sample.By(Roles.Engineering), out var plan)!
            .Code.ShouldBe("not-in-this-state");
        plan.ShouldBeEmpty();
        project
            .Accept(
                new(2024, 1, 31),
                PolicyCatalogue.BuiltIn.Version(1),
                PolicyCatalogue.BuiltIn.Calendars,
                Sample.By(Roles.Qc)
            )!
            .Kind.ShouldBe(RefusalKind.Forbidden);
        (project.Version, project.AuditHead, project.AcceptedOn, project.State).ShouldBe(
            (version, head, null, ProjectState.Registered)
        );
    }
}

/// <summary>Records to begin with.</summary>
internal static class Sample
{
    public static readonly DateOnly Today = new(2026, 11, 24);

    public static FlowContext By(params string[] roles) =>
        new(
            new Actor("test", "測試", roles.ToHashSet()),
            new DateTimeOffset(Today, new TimeOnly(1, 0), TimeSpan.Zero),
            Today
        );

    public static ProjectDetails Details(
        int? designLife = 50,
        string city = "shanghai",
        params Commitment[] commitments
    )
    {
        PersonRef Person(string name) => new(Guid.CreateVersion7(), name);
        return new(
            "JC-2024-001",
            "濱江花園",
            Guid.CreateVersion7(),
            "濱江置業",
            city,
            "濱江路 88 號",
            new GeoPoint(31.2304, 121.4737),
            23500.5m,
            "frame-shear-wall",
            "合格",
            new ProjectTeam(Person("李"), Person("趙"), Person("錢"), Person("孫"), Person("周"), Person("吳")),
            designLife,
            [],
            commitments
        );
    }

    /// <summary>Everybody whom P2.2.1 asks for.</summary>
    public static List<Attendee> Attendees(Project project) =>
        [
            .. Enum.GetValues<Seat>()
                .Where(seat => seat != Seat.Other)
                .Select(seat => new Attendee(seat, project.Team.InSeat(seat).Id, "x")),
        ];

    public static Project Project(ProjectDetails? details = null)
    {
        Domain
            .Project.Register(
                details ?? Details(),
                PolicyCatalogue.BuiltIn.Version(1),
                By(Roles.Engineering),
                out var project
            )
            .ShouldBeNull();
        return project;
    }
}
