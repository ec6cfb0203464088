using CustomerService.Projects.Organisations.Domain;
using CustomerService.Projects.Projects.Domain;
using CustomerService.Projects.Revisits.Domain;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Projects.Tests.Domain;

/// <summary>The records of this service, in the state that a test needs.</summary>
internal static class Records
{
    extension(A)
    {
        /// <summary>Accepted on 31 January 2024 and handed over on the same day, where it comes that far.</summary>
        public static ProjectBuilder Project(ProjectDetails? details = null) => new(details ?? Sample.Details());

        /// <summary>The first revisit of a project that was handed over, with these findings.</summary>
        public static RevisitBuilder Revisit(params Finding[] findings) => new(findings);

        /// <summary>A leak of the roof; a construction fault is not explained unless it says so.</summary>
        public static Finding Leak(bool repair = false, bool capa = false, bool explained = false) =>
            new(
                Guid.CreateVersion7(),
                "roof",
                "屋面東南角",
                "滲漏",
                FindingSeverity.Major,
                repair,
                capa,
                explained ? "泛水高度不足" : null,
                explained ? "重做泛水" : null
            );
    }
}

internal sealed class ProjectBuilder(ProjectDetails details) : RecordBuilder<Project, ProjectState, ProjectAction>
{
    public static readonly DateOnly Accepted = new(2024, 1, 31);

    /// <summary>Its revisits, from handover on.</summary>
    public List<Revisit> Plan { get; } = [];

    protected override Project Start() => Project.Register(Sample.By(Roles.Engineering), details).Required();

    protected override Refusal? Next(Project project, ProjectState towards) =>
        (project.State, towards) switch
        {
            (ProjectState.Registered, ProjectState.Withdrawn) => project.Withdraw(
                Sample.By(Roles.EngineeringHead),
                "r"
            ),
            (ProjectState.Registered, _) => project.Accept(Sample.By(Roles.Engineering), Accepted),
            (ProjectState.Accepted, _) => HandOver(project),
            (ProjectState.HandedOver, _) => project.EndWarranty(
                A.Context(Someone.System("projects"), project.WarrantyEndsOn!.Value.AddDays(1))
            ),
            _ => throw new InvalidOperationException($"No way out of {project.State}."),
        };

    private Refusal? HandOver(Project project)
    {
        var result = project.HandOver(Sample.By(Roles.Engineering), Accepted);
        Plan.AddRange(result.Required().Added);
        return result.Refusal;
    }
}

internal sealed class RevisitBuilder(Finding[] findings) : RecordBuilder<Revisit, RevisitState, RevisitAction>
{
    private readonly ProjectBuilder _project = new(Sample.Details());

    /// <summary>Its project, from the start on.</summary>
    public Project Project { get; private set; } = null!;

    /// <summary>All revisits of the project.</summary>
    public IReadOnlyList<Revisit> Plan => _project.Plan;

    protected override Revisit Start()
    {
        Project = _project.At(ProjectState.HandedOver);
        return _project.Plan[0];
    }

    protected override Refusal? Next(Revisit revisit, RevisitState towards) =>
        (revisit.State, towards) switch
        {
            (RevisitState.Planned, RevisitState.Cancelled) => revisit.Cancel(Sample.By(Roles.Production), "r", Project),
            (RevisitState.Planned, _) => revisit.Open(Sample.By(Roles.Production), null, null, null, Project),
            (RevisitState.Opened, _) => revisit.Hold(
                Sample.By(Roles.Engineering),
                Sample.Held(Project, revisit.DueOn, findings),
                Project,
                null
            ),
            (RevisitState.Held, RevisitState.Closed) when findings.Length == 0 => Sample.Signed(revisit, Project)
                ?? revisit.Close(Sample.By(Roles.Engineering)),
            (RevisitState.Held, _) => revisit.AssessLiability(
                Sample.By(Roles.Qc),
                Sample.Decided(revisit, Liability.Owner),
                null,
                Project,
                []
            ),
            (RevisitState.Assessed, _) => revisit.SetDisposition(Sample.By(Roles.EngineeringHead), "返修"),
            (RevisitState.DispositionDecided, _) => Sample.Signed(revisit, Project)
                ?? revisit.Close(Sample.By(Roles.Engineering)),
            _ => throw new InvalidOperationException($"No way out of {revisit.State}."),
        };
}

/// <summary>What records are made from.</summary>
internal static class Sample
{
    public static readonly DateOnly Today = new(2026, 11, 24);

    public static CommandContext By(params string[] roles) =>
        A.Context(Someone.With("test", "engineering", roles), Today);

    public static CommandContext On(DateOnly day, params string[] roles) =>
        A.Context(Someone.With("test", "engineering", roles), day);

    public static ProjectDetails Details(
        int? designLife = 50,
        string city = "shanghai",
        params Commitment[] commitments
    )
    {
        PersonRef Person(string name) => new(Guid.CreateVersion7(), name);
        return new()
        {
            ContractNumber = "JC-2024-001",
            Name = "濱江花園",
            OwnerId = Guid.CreateVersion7(),
            OwnerName = "濱江置業",
            City = city,
            SiteAddress = "濱江路 88 號",
            Site = new GeoPoint(31.2304, 121.4737),
            BuildingAreaSquareMetres = 23500.5m,
            StructureType = "frame-shear-wall",
            QualityGrade = "合格",
            Team = new(Person("李"), Person("趙"), Person("錢"), Person("孫"), Person("周"), Person("吳")),
            DesignLifeYears = designLife,
            Packages = [new(Subcontractor, "安固防水", ["roof"])],
            Commitments = commitments,
        };
    }

    /// <summary>What a project is entered as now.</summary>
    public static ProjectDetails DetailsOf(Project project) =>
        new()
        {
            ContractNumber = project.ContractNumber,
            Name = project.Name,
            OwnerId = project.OwnerId,
            OwnerName = project.OwnerName,
            City = project.City,
            SiteAddress = project.SiteAddress,
            Site = project.Site,
            BuildingAreaSquareMetres = project.BuildingAreaSquareMetres,
            StructureType = project.StructureType,
            QualityGrade = project.QualityGrade,
            Team = project.Team,
            DesignLifeYears = project.DesignLifeYears,
            PlannedAcceptanceOn = project.PlannedAcceptanceOn,
            Users = project.Users,
            Packages = project.Packages,
            Commitments = project.Commitments,
        };

    public static readonly Guid Subcontractor = Guid.CreateVersion7();

    public static readonly Contact Contact = new("王經理", "021-5555 0101");

    /// <summary>Everyone whom P2.2.1 asks for.</summary>
    public static List<Attendee> Attendees(Project project) =>
        [
            .. Enum.GetValues<Seat>()
                .Where(seat => seat != Seat.Other)
                .Select(seat => new Attendee(seat, project.Team.InSeat(seat).Id, "x")),
        ];

    public static HeldRecord Held(Project project, DateOnly on, params Finding[] findings) =>
        new(on, RevisitForm.Visit, Attendees(project), findings, null, "請儘快修復");

    public static IReadOnlyList<FindingLiability> Decided(Revisit revisit, Liability liability, Guid? unit = null) =>
        [.. revisit.Findings.Select(f => new FindingLiability(f.Id, liability, "施工", "u", unit))];

    public static Refusal? Signed(Revisit revisit, Project project) =>
        revisit.Sign(By(Roles.Engineering), new SignInput("滿意", "王建國", Guid.CreateVersion7(), true), project);

    /// <summary>The ground was restored, by the owner's word (P1).</summary>
    public static readonly Restoration Restored = new("綠地復原", [], new OwnerWord("王建國", new(2024, 2, 1)));

    /// <summary>What a construction fault needs before the file closes (P2.2.3).</summary>
    public static Refusal? WithTexts(Revisit revisit, Project project) =>
        revisit
            .Findings.Select(f =>
                revisit.FollowUp(
                    By(Roles.Engineering),
                    new(f.Id, null, null, "泛水高度不足", "重做泛水", "逐處驗收", "全部返工", "列入清單"),
                    project,
                    null
                )
            )
            .FirstOrDefault(refusal => refusal is not null);

    public static Project Project(ProjectDetails? details = null) => new ProjectBuilder(details ?? Details()).Build();
}
