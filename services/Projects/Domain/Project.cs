using CustomerService.Contracts.Projects.V1;
using CustomerService.Rules;

namespace CustomerService.Projects.Domain;

/// <summary>
/// Works that the contractor builds, hands over and answers for. Holds what its warranty and its revisit plan
/// are worked out
/// from; the revisits are aggregates of their own, and are counted here so that the last one cannot be
/// cancelled twice at once.
/// </summary>
internal sealed class Project : Aggregate<Project, ProjectState, ProjectAction>
{
    protected override Flow<Project, ProjectState, ProjectAction> Table => ProjectFlow.Table;

    public override string Kind => "project";

    public string ContractNumber { get; private set; } = "";

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

    public IReadOnlyList<SubcontractPackage> Packages { get; private set; } = [];

    public IReadOnlyList<Commitment> Commitments { get; private set; } = [];

    /// <summary>The policies under which it was registered.</summary>
    public int PolicyVersion { get; private set; }

    public DateOnly? AcceptedOn { get; private set; }

    public DateOnly? ClearanceDueOn { get; private set; }

    public SiteClearance? Clearance { get; private set; }

    public DateOnly? ClearanceOverdueNotedOn { get; private set; }

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
    public int StandingRevisits { get; private set; }

    public int HeldRevisits { get; private set; }

    /// <summary>Number of the last revisit that was planned; numbers are not used twice.</summary>
    public int LastRevisitNumber { get; private set; }

    public DateOnly? BreachNotedOn { get; private set; }

    /// <summary>What it is found by, as <see cref="ProjectSearch"/> spells it.</summary>
    public string SearchText { get; private set; } = "";

    /// <summary>Pieces of that text, for the index.</summary>
    public string[] SearchGrams { get; private set; } = [];

    public GeoPoint Site => new(Latitude, Longitude);

    public FlowContext At(FlowContext context) => context with { PolicyVersion = PolicyVersion };

    public static Refusal? Register(ProjectDetails details, Policy policy, FlowContext context, out Project project)
    {
        project = new Project { Id = Guid.CreateVersion7(context.Now), PolicyVersion = policy.Version };
        if (project.Begin(ProjectAction.Register, project.At(context)) is { } refusal)
        {
            return refusal;
        }

        if (CheckDetails(details, policy) is { } wrong)
        {
            return wrong;
        }

        project.Take(details);
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
                details.StructureType
            )
        );
        return null;
    }

    /// <summary>Whether the actor may register projects at all.</summary>
    public static Refusal? CheckRole(FlowContext context) =>
        new Project { Id = Guid.Empty }.Begin(ProjectAction.Register, context);

    /// <summary>Whether the terms may be committed and the parts are known, before there are dates
    /// (P3.1.2).</summary>
    public static Refusal? CheckDetails(ProjectDetails details, Policy policy)
    {
        if (
            Warranty.CheckParts(
                details
                    .Packages.SelectMany(p => p.Parts)
                    .Concat(details.Commitments.Select(c => c.Part))
                    .Concat(details.BlankParts),
                policy.Warranty
            ) is
            { } unknown
        )
        {
            return unknown;
        }

        return details
            .Commitments.Select(c =>
                Warranty.CheckCommitment(
                    policy.Warranty.Part(c.Part)!,
                    c.Length,
                    details.DesignLifeYears,
                    policy.Warranty,
                    details.City
                )
            )
            .FirstOrDefault(refusal => refusal is not null);
    }

    public Refusal? Revise(ProjectDetails details, Policy policy, FlowContext context)
    {
        if (Table.Check(this, State, ProjectAction.Revise, At(context), details, out _) is { } refusal)
        {
            return refusal;
        }

        return CheckDetails(details, policy) is { } wrong
            ? wrong
            : Apply(
                ProjectAction.Revise,
                At(context),
                details,
                change: () =>
                {
                    Take(details);
                    RaiseRevised();
                }
            );
    }

    public Refusal? Withdraw(string reason, FlowContext context) =>
        Apply(
            ProjectAction.Withdraw,
            At(context),
            why: reason,
            change: () => Raise(new ProjectWithdrawn(Id, Version, OwnerId, reason))
        );

    /// <summary>Completion acceptance: the days for clearing the site begin (P1).</summary>
    public Refusal? Accept(DateOnly on, Policy policy, WorkCalendars calendars, FlowContext context) =>
        Apply(
            ProjectAction.Accept,
            At(context),
            new Happened(on, policy.Warranty.EarliestAcceptance),
            change: () =>
            {
                AcceptedOn = on;
                ClearanceDueOn = Deadlines.Due(on, policy.Clearance.Due, calendars);
                Raise(new ProjectAccepted(Id, Version, OwnerId, on, ClearanceDueOn.Value));
            }
        );

    public Refusal? ClearSite(SiteClearance clearance, FlowContext context) =>
        Apply(
            ProjectAction.ClearSite,
            At(context),
            clearance,
            clearance.Remarks,
            () =>
            {
                Clearance = clearance;
                Raise(new SiteCleared(Id, Version, OwnerId, clearance.On, ClearanceDueOn!.Value));
            }
        );

    /// <summary>Handover: the warranty begins (P3) and its revisits are planned (P2.1.1).</summary>
    public Refusal? HandOver(DateOnly on, Policy policy, FlowContext context, out IReadOnlyList<Revisit> plan)
    {
        plan = [];
        if (Table.Check(this, State, ProjectAction.HandOver, At(context), new Happened(on), out _) is { } refusal)
        {
            return refusal;
        }

        if (Work(AcceptedOn!.Value, on, policy, out var terms) is { } wrong)
        {
            return wrong;
        }

        Apply(
            ProjectAction.HandOver,
            At(context),
            new Happened(on),
            change: () =>
            {
                HandedOverOn = on;
                TakeTerms(terms, policy);
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
        plan = RevisitPlan
            .Dates(on, HorizonEndsOn!.Value, policy.Revisits)
            .Select((due, index) => Revisit.Generate(this, index + 1, due, context))
            .ToList();
        return null;
    }

    /// <summary>Acceptance or handover were entered wrongly: clearance date and, after handover, terms and plan
    /// are worked out anew.</summary>
    /// <param name="dates">As they should have been.</param>
    /// <param name="reason">Why.</param>
    /// <param name="policy">The project's policies.</param>
    /// <param name="calendars">Calendars of the policies.</param>
    /// <param name="revisits">All revisits of the project; those that are open follow the new plan.</param>
    /// <param name="context">Who, when.</param>
    /// <param name="added">Revisits that the new plan adds.</param>
    public Refusal? CorrectDates(
        CorrectedDates dates,
        string reason,
        Policy policy,
        WorkCalendars calendars,
        IReadOnlyList<Revisit> revisits,
        FlowContext context,
        out IReadOnlyList<Revisit> added
    )
    {
        added = [];
        var correction = new DateCorrection(dates, policy.Warranty.EarliestAcceptance, HeldOn(revisits));
        if (Table.Check(this, State, ProjectAction.CorrectDates, At(context), correction, out _) is { } refusal)
        {
            return refusal;
        }

        if (dates.Handover is not { } handover)
        {
            return Apply(
                ProjectAction.CorrectDates,
                At(context),
                correction,
                reason,
                () =>
                {
                    CorrectAcceptance(dates.Acceptance, policy, calendars);
                    Raise(new ProjectAccepted(Id, Version, OwnerId, dates.Acceptance, ClearanceDueOn!.Value));
                }
            );
        }

        if (Work(dates.Acceptance, handover, policy, out var terms) is { } wrong)
        {
            return wrong;
        }

        // Only now the end of the plan is known, and whether what was held lies before it.
        var refused = Apply(
            ProjectAction.CorrectDates,
            At(context),
            correction with
            {
                Horizon = RevisitPlan.Horizon(terms, handover, policy.Revisits),
            },
            reason,
            () =>
            {
                CorrectAcceptance(dates.Acceptance, policy, calendars);
                HandedOverOn = handover;
                ChangeTerms(terms, reason, policy, context);
            }
        );
        if (refused is null)
        {
            added = Replan.Follow(this, revisits, policy.Revisits, reason, context).Added;
        }

        return refused;
    }

    /// <summary>The contract's terms, the design life or the city were changed: terms and plan are worked out
    /// anew (P3.1.2, P2.1.1).</summary>
    public Refusal? ChangeCommitments(
        CommittedTerms to,
        string reason,
        Policy policy,
        IReadOnlyList<Revisit> revisits,
        FlowContext context,
        out IReadOnlyList<Revisit> added
    )
    {
        var (city, designLifeYears, commitments, blankParts) = to;
        added = [];
        var change = new CommitmentChange(HeldOn(revisits));
        if (Table.Check(this, State, ProjectAction.ChangeCommitments, At(context), change, out _) is { } refusal)
        {
            return refusal;
        }

        if (Warranty.CheckParts(commitments.Select(c => c.Part).Concat(blankParts), policy.Warranty) is { } unknown)
        {
            return unknown;
        }

        var facts = new WarrantyFacts(AcceptedOn!.Value, HandedOverOn!.Value, city, designLifeYears);
        if (
            Warranty.Table(
                commitments.ToDictionary(c => c.Part, c => (WarrantyLength?)c.Length),
                facts,
                policy.Warranty,
                out var terms
            ) is
            { } wrong
        )
        {
            return wrong;
        }

        var refused = Apply(
            ProjectAction.ChangeCommitments,
            At(context),
            change with
            {
                Horizon = RevisitPlan.Horizon(terms, HandedOverOn!.Value, policy.Revisits),
            },
            reason,
            () =>
            {
                (City, DesignLifeYears, Commitments) = (city, designLifeYears, commitments);
                ChangeTerms(terms, reason, policy, context);
            }
        );
        if (refused is null)
        {
            added = Replan.Follow(this, revisits, policy.Revisits, reason, context).Added;
        }

        return refused;
    }

    /// <summary>
    /// Terms and plan are worked out anew from what the project itself says, because the seasons of its city,
    /// its policies or the way in which it came into the
    /// store have changed (P2.1.1, P3.1.2). Where that makes no difference nothing is written.
    /// </summary>
    /// <param name="reason">Why.</param>
    /// <param name="policy">The project's policies: it keeps the version that it was registered under.</param>
    /// <param name="revisits">All revisits of the project; those that are open follow the plan.</param>
    /// <param name="context">Who, when.</param>
    /// <param name="outcome">What has changed; the added revisits are to be stored.</param>
    public Refusal? RegeneratePlan(
        string reason,
        Policy policy,
        IReadOnlyList<Revisit> revisits,
        FlowContext context,
        out Replanned outcome
    )
    {
        outcome = Replanned.Nothing;
        if (Table.Check(this, State, ProjectAction.RegeneratePlan, At(context), null, out _) is { } refusal)
        {
            return refusal;
        }

        if (Work(AcceptedOn!.Value, HandedOverOn!.Value, policy, out var terms) is { } wrong)
        {
            return wrong;
        }

        var termsChanged = TakeTerms(terms, policy);
        outcome = Replan.Follow(this, revisits, policy.Revisits, reason, context) with { TermsChanged = termsChanged };
        return !outcome.IsChange
            ? null
            : Apply(
                ProjectAction.RegeneratePlan,
                At(context),
                why: reason,
                change: () =>
                {
                    if (termsChanged)
                    {
                        AnnounceTerms(reason, context);
                    }
                }
            );
    }

    /// <summary>Whether the actor may have plans generated at all.</summary>
    public static Refusal? CheckRegenerateRole(FlowContext context) =>
        ProjectFlow.Table.Check(
            new Project(),
            ProjectState.HandedOver,
            ProjectAction.RegeneratePlan,
            context,
            null,
            out _
        );

    /// <summary>Protects a part beyond its term. The revisit plan does not grow by it: it runs with the
    /// warranty, not with a favour.</summary>
    public Refusal? GrantGoodwill(Goodwill grant, FlowContext context) =>
        Apply(
            ProjectAction.GrantGoodwill,
            At(context),
            grant,
            grant.Reason,
            () =>
            {
                GoodwillGrants = [.. GoodwillGrants, grant];
                foreach (var term in Terms.Where(t => t.Part == grant.Part))
                {
                    term.Through = grant.Through;
                }

                WarrantyEndsOn = Terms.Max(t => t.Through);
                Raise(new GoodwillGranted(Id, Version, OwnerId, grant.Part, grant.Through, grant.Reason));
            }
        );

    /// <summary>The owner is called otherwise now: what it is shown and found by follows, here and in the other
    /// services.</summary>
    public void FollowOwner(string name, FlowContext context)
    {
        OwnerName = name;
        TakeSearch();
        Note("owner-renamed", context, name);
        RaiseRevised();
    }

    /// <summary>Somebody of the team is called otherwise now.</summary>
    public void FollowPerson(Guid personId, string name, FlowContext context)
    {
        Team = Team.Renamed(personId, name);
        Note("person-renamed", context, name);
    }

    /// <summary>Gives the next revisit its number and counts it.</summary>
    public int CountPlanned(FlowContext context, bool record)
    {
        StandingRevisits++;
        LastRevisitNumber++;
        if (record)
        {
            Note("revisit-planned", context, null);
        }

        return LastRevisitNumber;
    }

    public void CountHeld(FlowContext context)
    {
        HeldRevisits++;
        Note("revisit-held", context, null);
    }

    public void CountCancelled(FlowContext context, string reason)
    {
        StandingRevisits--;
        Note("revisit-cancelled", context, reason);
    }

    /// <summary>The people concerned are reminded that the site is to be cleared; once for each of the policy's
    /// days, and anew after the date was corrected.</summary>
    public Refusal? RemindOfClearance(ClearancePolicy policy, FlowContext context) =>
        Apply(
            ProjectAction.RemindOfClearance,
            At(context),
            policy,
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

    /// <summary>Whether a reminder day has come for which nobody was reminded yet (P1).</summary>
    public bool IsClearanceReminderDue(ClearancePolicy policy, DateOnly today) =>
        Clearance is null
        && ClearanceDueOn is { } due
        && Deadlines.IsReminderDue(due, policy.ReminderDays, ClearanceRemindedOn, today);

    public Refusal? NoteClearanceOverdue(FlowContext context) =>
        Apply(
            ProjectAction.NoteClearanceOverdue,
            At(context),
            change: () =>
            {
                ClearanceOverdueNotedOn = context.Today;
                Raise(new ClearanceOverdue(Id, Version, OwnerId, ClearanceDueOn!.Value));
            }
        );

    public Refusal? NoteBreach(FlowContext context) =>
        Apply(
            ProjectAction.NoteBreach,
            At(context),
            change: () =>
            {
                BreachNotedOn = context.Today;
                Raise(new RevisitBreached(Id, Version, OwnerId, HorizonEndsOn!.Value));
            }
        );

    public Refusal? EndWarranty(FlowContext context) =>
        Apply(
            ProjectAction.EndWarranty,
            At(context),
            change: () => Raise(new WarrantyEnded(Id, Version, OwnerId, WarrantyEndsOn!.Value))
        );

    /// <summary>Whether a change leaves alone what the warranty terms were worked out from.</summary>
    public bool HasSameWarrantyBasis(ProjectDetails details) =>
        details.City == City
        && details.DesignLifeYears == DesignLifeYears
        && details
            .Commitments.OrderBy(c => c.Part, StringComparer.Ordinal)
            .SequenceEqual(Commitments.OrderBy(c => c.Part, StringComparer.Ordinal));

    /// <summary>Last day of a part's term with goodwill; before handover there is none.</summary>
    public DateOnly? ThroughOf(string part) => Terms.Where(t => t.Part == part).Max(t => (DateOnly?)t.Through);

    /// <summary>Whether no revisit was held although the plan's horizon has ended (P2.1.1).</summary>
    public bool IsInBreach(DateOnly today) =>
        HorizonEndsOn is { } end && RevisitPlan.IsInBreach(end, HeldRevisits, today);

    /// <summary>What its warranty is worked out from.</summary>
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
    public DateOnly? LatestGoodwill => HandedOverOn?.AddYears(Warranty.LongestYears);

    /// <summary>The grant that reaches furthest for a part.</summary>
    public Goodwill? GoodwillOf(string part) => Basis.GoodwillOf(part);

    private static List<DateOnly> HeldOn(IReadOnlyList<Revisit> revisits) =>
        [.. revisits.Select(r => r.HeldOn).OfType<DateOnly>()];

    private Refusal? Work(
        DateOnly acceptance,
        DateOnly handover,
        Policy policy,
        out IReadOnlyList<WarrantyTerm> terms
    ) =>
        Warranty.Table(
            Commitments.ToDictionary(c => c.Part, c => (WarrantyLength?)c.Length),
            new WarrantyFacts(acceptance, handover, City, DesignLifeYears),
            policy.Warranty,
            out terms
        );

    private void ChangeTerms(IReadOnlyList<WarrantyTerm> terms, string reason, Policy policy, FlowContext context)
    {
        TakeTerms(terms, policy);
        AnnounceTerms(reason, context);
    }

    private void AnnounceTerms(string reason, FlowContext context)
    {
        if (!IsInBreach(context.Today))
        {
            BreachNotedOn = null;
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

    private void CorrectAcceptance(DateOnly acceptance, Policy policy, WorkCalendars calendars)
    {
        AcceptedOn = acceptance;
        var due = Deadlines.Due(acceptance, policy.Clearance.Due, calendars);
        if (due == ClearanceDueOn)
        {
            return;
        }

        // Another day: what was said of the one before is said anew of this one.
        (ClearanceDueOn, ClearanceRemindedOn, ClearanceOverdueNotedOn) = (due, null, null);
    }

    private bool TakeTerms(IReadOnlyList<WarrantyTerm> terms, Policy policy)
    {
        var before = HorizonEndsOn;
        var changed = false;
        foreach (var term in terms)
        {
            var goodwill = GoodwillOf(term.Part)?.Through;
            var ends =
                term.Seasons.Count == 0
                    ? [("", term.Through)]
                    : term.Seasons.Select(s => (Season: Spelling.Kebab(s.Kind.ToString()), s.Through)).ToList();
            // The city, and with it the seasons that it has, may have been another.
            changed |= Terms.RemoveAll(t => t.Part == term.Part && !ends.Exists(e => e.Item1 == t.Season)) > 0;
            foreach (var (season, end) in ends)
            {
                var through = goodwill > end ? goodwill.Value : end;
                if (Terms.Find(t => t.Part == term.Part && t.Season == season) is { } known)
                {
                    changed |= known.Through != through || known.IsFinite != term.IsFinite;
                    (known.Through, known.IsFinite) = (through, term.IsFinite);
                }
                else
                {
                    changed = true;
                    Terms.Add(
                        new PartTerm
                        {
                            Part = term.Part,
                            Season = season,
                            Through = through,
                            IsFinite = term.IsFinite,
                        }
                    );
                }
            }
        }

        WarrantyEndsOn = Terms.Max(t => t.Through);
        HorizonEndsOn = RevisitPlan.Horizon(terms, HandedOverOn!.Value, policy.Revisits) ?? WarrantyEndsOn;
        return changed || HorizonEndsOn != before;
    }

    private void Take(ProjectDetails details)
    {
        ContractNumber = details.ContractNumber;
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
        Packages = details.Packages;
        Commitments = details.Commitments;
        TakeSearch();
    }

    private void TakeSearch()
    {
        SearchText = ProjectSearch.Text(ContractNumber, Name, OwnerName, SiteAddress);
        SearchGrams = ProjectSearch.Grams(SearchText);
    }

    private void RaiseRevised() =>
        Raise(
            new ProjectRevised(
                Id,
                Version,
                ContractNumber,
                Name,
                OwnerId,
                OwnerName,
                City,
                BuildingAreaSquareMetres,
                StructureType
            )
        );

    private void Note(string action, FlowContext context, string? why)
    {
        var state = Spelling.Kebab(State.ToString());
        Record(action, state, state, At(context), why);
    }
}
