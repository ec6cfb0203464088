using CustomerService.Contracts.Projects.V1;
using CustomerService.Projects.Revisits.Domain;
using CustomerService.Rules;

namespace CustomerService.Projects.Projects.Domain;

/// <summary>
/// Works that the contractor builds, hands over and answers for. Terms follow from <see cref="WarrantyTerms"/>, the
/// plan from <see cref="RevisitPlanning"/>. Revisits are aggregates of their own; the project counts them, so that two
/// cancellations at once cannot both take the last but one.
/// </summary>
internal sealed class Project : Aggregate<Project, ProjectState, ProjectAction>, IUnderPolicy
{
    protected override Flow<Project, ProjectState, ProjectAction> Table => ProjectFlow.Table;

    public override string Kind => "project";

    public override WorkSubject WorkSubject => new(ContractNumber, Name);

    protected override DateTimeOffset? DueOf(ProjectAction action, CommandContext context) =>
        action switch
        {
            ProjectAction.Accept when PlannedAcceptanceOn is { } day => context.Zone.EndOf(day),
            ProjectAction.ClearSite when ClearanceDueOn is { } day => context.Zone.EndOf(day),
            ProjectAction.EndWarranty when WarrantyEndsOn is { } day => context.Zone.EndOf(day),
            _ => null,
        };

    public override Guid? OutsideOrganisation(string role) => role == Roles.Customer ? OwnerId : null;

    public string ContractNumber { get; private set; } = "";

    /// <summary>The number as it is compared: no two projects have the same.</summary>
    public string ContractKey { get; private set; } = "";

    public string Name { get; private set; } = "";

    public Guid OwnerId { get; private set; }

    public string OwnerName { get; private set; } = "";

    public string City { get; private set; } = "";

    public string SiteAddress { get; private set; } = "";

    public double Latitude { get; private set; }

    public double Longitude { get; private set; }

    public decimal BuildingAreaSquareMetres { get; private set; }

    public string StructureType { get; private set; } = "";

    public string QualityGrade { get; private set; } = "";

    public ProjectTeam Team { get; private set; } = null!;

    /// <summary>The people of the team, for finding the projects of a person.</summary>
    public Guid[] TeamIds { get; private set; } = [];

    /// <summary>Service life of the structure by the design document; must be known by handover.</summary>
    public int? DesignLifeYears { get; private set; }

    /// <summary>Users (用戶) beside the owner.</summary>
    public IReadOnlyList<ProjectUser> Users { get; private set; } = [];

    /// <summary>保修合同 (P3).</summary>
    public WarrantyContract? WarrantyContract { get; private set; }

    public IReadOnlyList<SubcontractPackage> Packages { get; private set; } = [];

    public IReadOnlyList<Commitment> Commitments { get; private set; } = [];

    /// <summary>The policies under which it was registered.</summary>
    public int PolicyVersion { get; private set; }

    /// <summary>The day for which completion acceptance is planned (P1).</summary>
    public DateOnly? PlannedAcceptanceOn { get; private set; }

    public DateOnly? AcceptedOn { get; private set; }

    public DateOnly? ClearanceDueOn { get; private set; }

    public SiteClearance? Clearance { get; private set; }

    public DateOnly? ClearanceMarkedOverdueOn { get; private set; }

    /// <summary>The day of the last reminder that the site is to be cleared.</summary>
    public DateOnly? ClearanceRemindedOn { get; private set; }

    public DateOnly? HandedOverOn { get; private set; }

    /// <summary>Last day of the revisit plan: the end of the longest finite part (P2.1.1).</summary>
    public DateOnly? HorizonEndsOn { get; private set; }

    /// <summary>Last day of the last term of all, the design life among them.</summary>
    public DateOnly? WarrantyEndsOn { get; private set; }

    /// <summary>Terms by part, with goodwill, for the views of what expires.</summary>
    public List<PartTerm> Terms { get; private set; } = [];

    public IReadOnlyList<Goodwill> GoodwillGrants { get; private set; } = [];

    /// <summary>Revisits that are not cancelled, held or to be held.</summary>
    public int ActiveRevisits { get; private set; }

    public int HeldRevisits { get; private set; }

    /// <summary>Number of the last revisit that was planned; numbers are not used twice.</summary>
    public int LastRevisitNumber { get; private set; }

    public DateOnly? BreachMarkedOn { get; private set; }

    /// <summary>What it is found by, as <see cref="Rules.SearchText"/> spells it.</summary>
    public string SearchText { get; private set; } = "";

    /// <summary>Pieces of that text, for the index.</summary>
    public string[] SearchGrams { get; private set; } = [];

    public GeoPoint Site => new(Latitude, Longitude);

    /// <summary>What its warranty follows from.</summary>
    public WarrantyBasis Basis =>
        new(
            OwnerId,
            PolicyVersion,
            City,
            DesignLifeYears,
            AcceptedOn,
            HandedOverOn,
            Packages,
            Commitments,
            GoodwillGrants
        );

    /// <summary>Last day to which goodwill may reach: as far as the longest design life that a contract can
    /// have (P3.1.2).</summary>
    public DateOnly? LatestGoodwill => HandedOverOn?.AddYears(WarrantyLength.LongestYears);

    public static Result<Project> Register(CommandContext context, ProjectDetails details)
    {
        var project = new Project { Id = Guid.CreateVersion7(context.Now), PolicyVersion = context.Policy.Version };
        if (
            (
                project.Start(context, ProjectAction.Register)
                ?? CheckDetails(context, details)
                ?? project.CheckUsers(details)
            ) is
            { } refusal
        )
        {
            return refusal;
        }

        project.SetDetails(context, details);
        project.Raise(
            new ProjectRegistered(
                project.Id,
                project.Version,
                details.ContractNumber,
                details.Name,
                details.OwnerId,
                details.OwnerName,
                details.City,
                details.BuildingAreaSquareMetres,
                details.StructureType,
                details.Site.Latitude,
                details.Site.Longitude
            )
        );
        return project;
    }

    /// <summary>Whether the actor may register projects at all.</summary>
    public static Refusal? CheckRegisterRole(CommandContext context) =>
        ProjectFlow.Table.CheckStart(ProjectAction.Register, context);

    /// <summary>Whether the actor may have plans generated at all.</summary>
    public static Refusal? CheckRegenerateRole(CommandContext context) =>
        ProjectFlow.Table.CheckRole(ProjectState.HandedOver, ProjectAction.RegeneratePlan, context);

    public Refusal? Revise(CommandContext context, ProjectDetails details) =>
        Check(context, ProjectAction.Revise, details)
        ?? CheckDetails(context, details)
        ?? CheckUsers(details)
        ?? Transition(
            context,
            ProjectAction.Revise,
            details,
            change: () =>
            {
                SetDetails(context, details);
                Raise(Announcement());
            }
        );

    public Refusal? Withdraw(CommandContext context, string reason) =>
        Transition(
            context,
            ProjectAction.Withdraw,
            why: reason,
            change: () => Raise(new ProjectWithdrawn(Id, Version, OwnerId, reason))
        );

    /// <summary>Completion acceptance: the days for clearing the site begin (P1).</summary>
    public Refusal? Accept(CommandContext context, DateOnly on) =>
        Transition(
            context,
            ProjectAction.Accept,
            new DateInput(on),
            change: () =>
            {
                SetAcceptance(context, on);
                Raise(new ProjectAccepted(Id, Version, OwnerId, on, ClearanceDueOn!.Value));
            }
        );

    /// <summary>The site was cleared (P1).</summary>
    /// <param name="context">Who and when.</param>
    /// <param name="clearance">What was done.</param>
    /// <param name="pictures">The pictures that are attached to the project.</param>
    public Refusal? ClearSite(CommandContext context, SiteClearance clearance, IReadOnlySet<Guid> pictures) =>
        CheckRole(context, ProjectAction.ClearSite)
        ?? CheckPhotos(clearance, pictures)
        ?? Transition(
            context,
            ProjectAction.ClearSite,
            clearance,
            clearance.Remarks,
            () =>
            {
                Clearance = clearance;
                Raise(new SiteCleared(Id, Version, OwnerId, clearance.On, ClearanceDueOn!.Value));
            }
        );

    /// <summary>Handover: the warranty begins (P3) and its revisits are planned (P2.1.1).</summary>
    /// <returns>The plan; its revisits are to be stored.</returns>
    public Result<PlanChange> HandOver(CommandContext context, DateOnly on)
    {
        var input = new DateInput(on);
        if (Check(context, ProjectAction.HandOver, input) is { } refusal)
        {
            return refusal;
        }

        if (TermsFrom(context, AcceptedOn!.Value, on).Failed(out var wrong, out var table))
        {
            return wrong;
        }

        Transition(
            context,
            ProjectAction.HandOver,
            input,
            change: () =>
            {
                HandedOverOn = on;
                SetTerms(context, table);
                Raise(
                    new ProjectHandedOver(
                        Id,
                        Version,
                        Name,
                        OwnerId,
                        OwnerName,
                        AcceptedOn.Value,
                        on,
                        HorizonEndsOn!.Value
                    )
                );
            }
        );
        return RevisitPlanning.Plan(context, this);
    }

    /// <summary>Acceptance or handover were entered wrongly: clearance date and, after handover, terms and plan
    /// follow.</summary>
    /// <param name="context">Who and when.</param>
    /// <param name="dates">As they should have been.</param>
    /// <param name="reason">Why.</param>
    /// <param name="revisits">All revisits of the project; those that are open follow the new plan.</param>
    /// <returns>What changed of the plan; the added revisits are to be stored.</returns>
    public Result<PlanChange> CorrectDates(
        CommandContext context,
        CorrectedDates dates,
        string reason,
        IReadOnlyList<Revisit> revisits
    )
    {
        var correction = new DateCorrection(dates, HeldOn(revisits));
        if (Check(context, ProjectAction.CorrectDates, correction) is { } refusal)
        {
            return refusal;
        }

        if (dates.Handover is not { } handover)
        {
            Transition(
                context,
                ProjectAction.CorrectDates,
                correction,
                reason,
                () =>
                {
                    SetAcceptance(context, dates.Acceptance);
                    Raise(new ProjectAccepted(Id, Version, OwnerId, dates.Acceptance, ClearanceDueOn!.Value));
                }
            );
            return PlanChange.None;
        }

        if (TermsFrom(context, dates.Acceptance, handover).Failed(out var wrong, out var table))
        {
            return wrong;
        }

        // Only now the end of the plan is known, and whether what was held lies before it.
        correction = correction with
        {
            Horizon = RevisitPlanning.Horizon(table, handover, context.Policy.Revisits),
        };
        var refused = Transition(
            context,
            ProjectAction.CorrectDates,
            correction,
            reason,
            () =>
            {
                SetAcceptance(context, dates.Acceptance);
                HandedOverOn = handover;
                SetTerms(context, table);
                AnnounceTerms(context, reason);
            }
        );
        return refused is null ? RevisitPlanning.Replan(context, this, revisits, reason) : refused;
    }

    /// <summary>The contract's terms, the design life or the city changed: terms and plan follow (P3.1.2,
    /// P2.1.1).</summary>
    /// <returns>What changed of the plan; the added revisits are to be stored.</returns>
    public Result<PlanChange> ChangeCommitments(
        CommandContext context,
        CommittedTerms to,
        string reason,
        IReadOnlyList<Revisit> revisits
    )
    {
        var change = new CommitmentChange(HeldOn(revisits));
        if (
            (
                Check(context, ProjectAction.ChangeCommitments, change)
                ?? WarrantyTerms.CheckParts(to.BlankParts, context.Policy.Warranty)
            ) is
            { } refusal
        )
        {
            return refusal;
        }

        var facts = new WarrantyFacts(AcceptedOn!.Value, HandedOverOn!.Value, to.City, to.DesignLifeYears);
        if (WarrantyTerms.Table(to.Commitments, facts, context.Policy.Warranty).Failed(out var wrong, out var table))
        {
            return wrong;
        }

        change = change with { Horizon = RevisitPlanning.Horizon(table, HandedOverOn.Value, context.Policy.Revisits) };
        var refused = Transition(
            context,
            ProjectAction.ChangeCommitments,
            change,
            reason,
            () =>
            {
                (City, DesignLifeYears, Commitments) = (to.City, to.DesignLifeYears, to.Commitments);
                SetTerms(context, table);
                AnnounceTerms(context, reason);
            }
        );
        return refused is null ? RevisitPlanning.Replan(context, this, revisits, reason) : refused;
    }

    /// <summary>
    /// Works out terms and plan again from what the project itself says, because the seasons of its city, its policies
    /// or the way in which it came into the store have changed (P2.1.1, P3.1.2). Writes nothing where that makes no
    /// difference.
    /// </summary>
    /// <param name="context">Who and when, under the project's policy version.</param>
    /// <param name="reason">Why.</param>
    /// <param name="revisits">All revisits of the project; those that are open follow the plan.</param>
    /// <returns>What changed; the added revisits are to be stored.</returns>
    public Result<PlanChange> RegeneratePlan(CommandContext context, string reason, IReadOnlyList<Revisit> revisits)
    {
        if (Check(context, ProjectAction.RegeneratePlan, null) is { } refusal)
        {
            return refusal;
        }

        if (TermsFrom(context, AcceptedOn!.Value, HandedOverOn!.Value).Failed(out var wrong, out var table))
        {
            return wrong;
        }

        var termsChanged = SetTerms(context, table);
        var change = RevisitPlanning.Replan(context, this, revisits, reason) with { TermsChanged = termsChanged };
        if (change.IsChange)
        {
            Transition(
                context,
                ProjectAction.RegeneratePlan,
                why: reason,
                change: () =>
                {
                    if (termsChanged)
                    {
                        AnnounceTerms(context, reason);
                    }
                }
            );
        }

        return change;
    }

    /// <summary>Protects a part beyond its term. The revisit plan does not grow by it: it runs with the
    /// warranty, not with a favour.</summary>
    public Refusal? GrantGoodwill(CommandContext context, string part, DateOnly through, string reason)
    {
        var grant = new Goodwill(part, through, reason, Stamp.Of(context));
        return CheckRole(context, ProjectAction.GrantGoodwill)
            ?? WarrantyTerms.CheckParts([part], context.Policy.Warranty)
            ?? Transition(
                context,
                ProjectAction.GrantGoodwill,
                grant,
                reason,
                () =>
                {
                    GoodwillGrants = [.. GoodwillGrants, grant];
                    foreach (var term in Terms.Where(t => t.Part == part))
                    {
                        term.Through = through;
                    }

                    WarrantyEndsOn = Terms.Max(t => t.Through);
                    Raise(new GoodwillGranted(Id, Version, OwnerId, part, through, reason));
                }
            );
    }

    /// <summary>How it is now, for other services.</summary>
    public ProjectRevised Announcement() =>
        new(
            Id,
            Version,
            ContractNumber,
            Name,
            OwnerId,
            OwnerName,
            City,
            BuildingAreaSquareMetres,
            StructureType,
            Latitude,
            Longitude
        );

    /// <summary>The warranty contract is on record (P3).</summary>
    public Refusal? RecordContract(CommandContext context, ContractInput input) =>
        Transition(
            context,
            ProjectAction.RecordContract,
            input,
            input.Contract.Number,
            () => WarrantyContract = input.Contract
        );

    /// <summary>The user of this identity; null where none is named.</summary>
    public ProjectUser? User(Guid? id) => Users.FirstOrDefault(user => user.Id == id);

    /// <summary>Whether the named user is one of the project's.</summary>
    public Refusal? CheckUser(Guid? id) => id is null || User(id) is not null ? null : UserUnknown.With("user", id);

    /// <summary>What is to be seen to, though nothing refuses it: warranty service runs under a contract (P3).</summary>
    public IReadOnlyList<string> Warnings =>
        State is ProjectState.HandedOver or ProjectState.WarrantyEnded && WarrantyContract is null
            ? ["warranty-contract-missing"]
            : [];

    /// <summary>The owner has another name: what the project shows and is found by follows, here and in the other
    /// services.</summary>
    public void FollowOwner(CommandContext context, string name)
    {
        OwnerName = name;
        SetSearch();
        RecordNote(context, "owner-renamed", name);
        Raise(Announcement());
    }

    /// <summary>The same of a subcontractor: what asks for the warranty later hears the new name (S3).</summary>
    public void FollowSubcontractor(CommandContext context, Guid subcontractor, string name)
    {
        NameSubcontractor(subcontractor, subcontractor, name);
        RecordNote(context, "subcontractor-renamed", name);
    }

    /// <summary>The owner turned out to be another organisation that is known, or not to be it after all (S4). A project
    /// whose warranty has ended keeps the name that it had.</summary>
    public void MoveOwner(CommandContext context, Guid ownerId, string name)
    {
        OwnerId = ownerId;
        if (State is not (ProjectState.WarrantyEnded or ProjectState.Withdrawn))
        {
            OwnerName = name;
            SetSearch();
        }

        RecordNote(context, "owner-merged", name);
        Raise(Announcement());
    }

    /// <summary>The same of a subcontractor.</summary>
    public void MoveSubcontractor(CommandContext context, Guid from, Guid to, string name)
    {
        NameSubcontractor(from, to, name);
        RecordNote(context, "subcontractor-merged", name);
    }

    private void NameSubcontractor(Guid from, Guid to, string name) =>
        Packages = [
            .. Packages.Select(p =>
                p.SubcontractorId == from ? p with { SubcontractorId = to, SubcontractorName = name } : p
            ),
        ];

    /// <summary>The same of a person in some seats of the team.</summary>
    public void MovePerson(CommandContext context, IReadOnlySet<TeamSeat> seats, PersonRef person)
    {
        Team = Team.With(seats, person);
        TeamIds = Team.Ids;
        RecordNote(context, "person-merged", person.Name);
    }

    /// <summary>A person of the team has another name.</summary>
    public void FollowPerson(CommandContext context, Guid personId, string name)
    {
        Team = Team.Renamed(personId, name);
        RecordNote(context, "person-renamed", name);
    }

    /// <summary>Gives the next revisit its number and counts it.</summary>
    public int CountPlanned()
    {
        ActiveRevisits++;
        return ++LastRevisitNumber;
    }

    /// <summary>The same for a revisit that a person adds.</summary>
    public int CountAdded(CommandContext context)
    {
        RecordNote(context, "revisit-planned", null);
        return CountPlanned();
    }

    public void CountHeld(CommandContext context)
    {
        HeldRevisits++;
        RecordNote(context, "revisit-held", null);
    }

    public void CountCancelled(CommandContext context, string reason)
    {
        ActiveRevisits--;
        RecordNote(context, "revisit-cancelled", reason);
    }

    /// <summary>Reminds the people concerned that the site is to be cleared; once for each of the policy's days, and
    /// again after the date was corrected.</summary>
    public Refusal? RemindOfClearance(CommandContext context) =>
        Transition(
            context,
            ProjectAction.RemindOfClearance,
            change: () =>
            {
                ClearanceRemindedOn = context.Today;
                Raise(
                    new ClearanceReminderDue(
                        Id,
                        Version,
                        OwnerId,
                        ClearanceDueOn!.Value,
                        ClearanceDueOn.Value.DayNumber - context.Today.DayNumber
                    )
                );
            }
        );

    public Refusal? MarkClearanceOverdue(CommandContext context) =>
        Transition(
            context,
            ProjectAction.MarkClearanceOverdue,
            change: () =>
            {
                ClearanceMarkedOverdueOn = context.Today;
                Raise(new ClearanceOverdue(Id, Version, OwnerId, ClearanceDueOn!.Value));
            }
        );

    public Refusal? MarkBreach(CommandContext context) =>
        Transition(
            context,
            ProjectAction.MarkBreach,
            change: () =>
            {
                BreachMarkedOn = context.Today;
                Raise(new RevisitBreached(Id, Version, OwnerId, HorizonEndsOn!.Value));
            }
        );

    public Refusal? EndWarranty(CommandContext context) =>
        Transition(
            context,
            ProjectAction.EndWarranty,
            change: () => Raise(new WarrantyEnded(Id, Version, OwnerId, WarrantyEndsOn!.Value))
        );

    /// <summary>Whether a change leaves alone what the warranty terms follow from.</summary>
    public bool HasSameWarrantyBasis(ProjectDetails details) =>
        details.City == City
        && details.DesignLifeYears == DesignLifeYears
        && details
            .Commitments.OrderBy(c => c.Part, StringComparer.Ordinal)
            .SequenceEqual(Commitments.OrderBy(c => c.Part, StringComparer.Ordinal));

    /// <summary>Last day of a part's term with goodwill; before handover there is none.</summary>
    public DateOnly? ThroughOf(string part) => Terms.Where(t => t.Part == part).Max(t => (DateOnly?)t.Through);

    // Whether the terms may be committed and the parts are known, before there are dates (P3.1.2).
    private static Refusal? CheckDetails(CommandContext context, ProjectDetails details)
    {
        var policy = context.Policy.Warranty;
        var parts = details
            .Packages.SelectMany(p => p.Parts)
            .Concat(details.Commitments.Select(c => c.Part))
            .Concat(details.BlankParts);
        return WarrantyTerms.CheckParts(parts, policy)
            ?? details
                .Commitments.Select(c =>
                    WarrantyTerms.CheckCommitment(
                        policy.Part(c.Part)!,
                        c.Length,
                        details.DesignLifeYears,
                        policy,
                        details.City
                    )
                )
                .FirstOrDefault(refusal => refusal is not null);
    }

    // A user keeps its identity, by which revisits name it.
    private Refusal? CheckUsers(ProjectDetails details) =>
        details
            .Users.Where(user => user.Id != Guid.Empty)
            .Select(user => CheckUser(user.Id))
            .FirstOrDefault(r => r is not null);

    private static Refusal? CheckPhotos(SiteClearance clearance, IReadOnlySet<Guid> pictures) =>
        clearance
            .Photos.Concat(clearance.Restoration?.Photos ?? [])
            .Where(photo => !pictures.Contains(photo))
            .Cast<Guid?>()
            .FirstOrDefault()
            is { } unknown
            ? Refusal.ByRule("photo-unknown", "P1", ["photo"], FileSuppliers.All).With("photo", unknown)
            : null;

    private static List<DateOnly> HeldOn(IReadOnlyList<Revisit> revisits) =>
        [.. revisits.Select(r => r.HeldOn).OfType<DateOnly>()];

    private Refusal? Check(CommandContext context, ProjectAction action, object? input) =>
        Table.Check(this, State, action, context, input);

    private Result<WarrantyTable> TermsFrom(CommandContext context, DateOnly acceptance, DateOnly handover) =>
        WarrantyTerms.Table(
            Commitments,
            new WarrantyFacts(acceptance, handover, City, DesignLifeYears),
            context.Policy.Warranty
        );

    private void AnnounceTerms(CommandContext context, string reason)
    {
        if (!ProjectDeadlines.IsInBreach(this, context.Today))
        {
            BreachMarkedOn = null;
        }

        Raise(
            new WarrantyChanged(
                Id,
                Version,
                OwnerId,
                AcceptedOn!.Value,
                HandedOverOn!.Value,
                HorizonEndsOn!.Value,
                reason,
                ClearanceDueOn
            )
        );
    }

    private void SetAcceptance(CommandContext context, DateOnly acceptance)
    {
        AcceptedOn = acceptance;
        var due = Deadlines.Due(acceptance, context.Policy.Clearance.Due, context.Calendars);
        if (due != ClearanceDueOn)
        {
            // Another day: reminder and overdue mark of the one before do not count for it.
            (ClearanceDueOn, ClearanceRemindedOn, ClearanceMarkedOverdueOn) = (due, null, null);
        }
    }

    private bool SetTerms(CommandContext context, WarrantyTable table)
    {
        var before = HorizonEndsOn;
        var changed = PartTerm.Update(Terms, table, Basis);
        WarrantyEndsOn = Terms.Max(t => t.Through);
        HorizonEndsOn = RevisitPlanning.Horizon(table, HandedOverOn!.Value, context.Policy.Revisits) ?? WarrantyEndsOn;
        return changed || HorizonEndsOn != before;
    }

    private static Refusal UserUnknown =>
        Refusal.ByRule("user-unknown", "Form3.3.1", ["user"], Roles.Engineering, Roles.Production);

    private void SetDetails(CommandContext context, ProjectDetails details)
    {
        ContractNumber = details.ContractNumber;
        ContractKey = TextFolding.Key(details.ContractNumber);
        Name = details.Name;
        OwnerId = details.OwnerId;
        OwnerName = details.OwnerName;
        City = details.City;
        SiteAddress = details.SiteAddress;
        Latitude = details.Site.Latitude;
        Longitude = details.Site.Longitude;
        BuildingAreaSquareMetres = details.BuildingAreaSquareMetres;
        StructureType = details.StructureType;
        QualityGrade = details.QualityGrade;
        Team = details.Team;
        TeamIds = details.Team.Ids;
        DesignLifeYears = details.DesignLifeYears;
        PlannedAcceptanceOn = details.PlannedAcceptanceOn;
        Users =
        [
            .. details.Users.Select(user =>
                user.Id == Guid.Empty ? user with { Id = Guid.CreateVersion7(context.Now) } : user
            ),
        ];
        Packages = details.Packages;
        Commitments = details.Commitments;
        SetSearch();
    }

    private void SetSearch()
    {
        SearchText = Rules.SearchText.Of(ContractNumber, Name, OwnerName, SiteAddress);
        SearchGrams = Rules.SearchText.Grams(SearchText);
    }

    private void RecordNote(CommandContext context, string action, string? why)
    {
        var state = State.ToKebab();
        Record(context, action, state, state, why);
    }
}
