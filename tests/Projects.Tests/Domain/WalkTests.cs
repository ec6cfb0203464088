using System.Text.Json;
using CsCheck;
using CustomerService.Projects.Projects.Domain;
using CustomerService.Projects.Revisits.Domain;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Projects.Tests.Domain;

/// <summary>A project and its revisits under whatever is tried, in whatever order, while years go by.</summary>
public sealed class WalkTests
{
    // Few revisits, so that a walk comes to the last one.
    private static readonly Policy Policy = PolicyCatalogue.BuiltIn.ByVersion(1) with
    {
        Revisits = PolicyCatalogue.BuiltIn.ByVersion(1).Revisits with { FirstMonths = [3], ThenEveryMonths = 30 },
    };

    private static readonly RevisitState[] Recorded =
    [
        RevisitState.Held,
        RevisitState.Assessed,
        RevisitState.DispositionDecided,
        RevisitState.Closed,
    ];

    // Mostly at once or within days; at times the sweep's days, a season, or longer than any building stands.
    private static readonly int[] Steps = [0, 0, 0, 1, 3, 14, 30, 90, 180, 700, 30_000];

    private static readonly string[] ProjectRows = [.. Rows(ProjectFlow.Table)];

    private static readonly string[] RevisitRows = [.. Rows(RevisitFlow.Table)];

    private static readonly Gen<Move> AnyMove = Gen.Select(
        Gen.Int[0, Walk.Actions - 1],
        Gen.Int[0, 11],
        Gen.Int[0, 59],
        Gen.Int[0, 6],
        Gen.Int[-40, 400],
        (action, actor, days, which, offset) => new Move(action, actor, days, which, offset)
    );

    private sealed record Move(int Action, int Actor, int Days, int Which, int Offset);

    [Fact, Trait("Rule", "P2.1.1"), Trait("Rule", "P2.2.1"), Trait("Rule", "P2.2.3"), Trait("Rule", "P3.3")]
    [Trait("Rule", "S1")]
    public void Whatever_is_tried_in_whatever_order_only_the_tables_change_anything_and_what_was_recorded_stays()
    {
        var (projects, revisits) = (new HashSet<ProjectState>(), new HashSet<RevisitState>());
        var (projectActions, revisitActions) = (new HashSet<string>(), new HashSet<string>());
        var gate = new Lock();
        var ways = Gen.Select(
            Gen.Bool,
            AnyMove.Array[0, 80],
            (handedOver, moves) => (HandedOver: handedOver, Moves: moves)
        );
        // Walks that do not come everywhere, and do not do everything at least once, prove nothing; chance may need more of
        // them.
        if (FewWalks.Of(ways, way => Take(way.HandedOver, way.Moves)))
        {
            return;
        }

        for (var round = 0; round == 0 || (round < 8 && Missed().Any()); round++)
        {
            Walks();
        }

        projects.ShouldBe(Enum.GetValues<ProjectState>(), ignoreOrder: true);
        revisits.ShouldBe(Enum.GetValues<RevisitState>(), ignoreOrder: true);
        Missed().ShouldBeEmpty();

        IEnumerable<string> Missed() =>
            Actions(ProjectRows)
                .Except(Actions(projectActions))
                .Concat(Actions(RevisitRows).Except(Actions(revisitActions)));

        // Half of the walks begin with the registration, half with a project that is handed over and are about
        // its revisits.
        void Walks() => ways.Sample(way => Take(way.HandedOver, way.Moves), iter: 1_200);

        void Take(bool handedOver, Move[] moves)
        {
            var walk = new Walk(handedOver);
            foreach (var move in moves)
            {
                walk.Try(
                    handedOver && move.Action < Walk.FirstOfRevisit
                        ? move with
                        {
                            Action = Walk.FirstOfRevisit + (move.Action % (Walk.Actions - Walk.FirstOfRevisit)),
                        }
                        : move
                );
            }

            lock (gate)
            {
                projects.UnionWith(walk.ProjectStates);
                revisits.UnionWith(walk.RevisitStates);
                projectActions.UnionWith(walk.ProjectActions);
                revisitActions.UnionWith(walk.RevisitActions);
            }
        }
    }

    private static IEnumerable<string> Rows<T, TState, TAction>(Flow<T, TState, TAction> table)
        where TState : struct, Enum
        where TAction : struct, Enum =>
        table
            .Starts.Select(s => Row(null, s.Action.ToString(), s.To.ToString()))
            .Concat(
                table.Rows.SelectMany(r =>
                    r.From.Select(from => Row(from.ToString(), r.Action.ToString(), (r.To ?? from).ToString()))
                )
            );

    private static IEnumerable<string> Actions(IEnumerable<string> rows) => rows.Select(row => row.Split(' ')[1]);

    private static string Row(string? from, string action, string to) =>
        $"{(from is null ? "" : Spelling.Kebab(from))} {Spelling.Kebab(action)} {Spelling.Kebab(to)}";

    private sealed class Walk
    {
        public const int Actions = 35;

        public const int FirstOfRevisit = Add;

        private const int Add = 18;

        private const int RemindOfClearance = 12;

        private const int Remind = 23;

        // The project's own trail also tells of what happened to its revisits and of new names; no state
        // changes by it.
        private static readonly string[] Notes =
        [
            "revisit-planned",
            "revisit-held",
            "revisit-cancelled",
            "owner-renamed",
            "person-renamed",
        ];

        private static readonly Restoration Restored = new("復原", [], new("業主", new(2020, 1, 1)));

        private static readonly int[] Outsiders = [9, 10];

        private static readonly string[] Words = ["", "r", "a longer reason"];

        private readonly ProjectDetails _details;
        private readonly Project _project;
        private readonly List<Revisit> _revisits = [];
        private readonly Dictionary<Guid, string> _held = [];
        private readonly Dictionary<Guid, Signature> _signed = [];
        private DateOnly _today = new(2020, 3, 1);
        private DateTimeOffset _now = new(2020, 3, 1, 1, 0, 0, TimeSpan.Zero);

        public Walk(bool handedOver)
        {
            var sub = new SubcontractPackage(Guid.CreateVersion7(), "幕牆公司", ["roof"]);
            _details = Sample.Details() with { Packages = [sub] };
            var project = Project.Register(By(Roles.Engineering), _details).Required();
            _project = project;
            ProjectActions.Add(Row(null, nameof(ProjectAction.Register), nameof(ProjectState.Registered)));
            ProjectStates.Add(project.State);
            project.MarkSaved();
            if (handedOver)
            {
                Try(new(2, 0, 59, 1, 10));
                Try(new(5, 0, 59, 1, 3));
            }
        }

        public HashSet<ProjectState> ProjectStates { get; } = [];

        public HashSet<RevisitState> RevisitStates { get; } = [];

        public HashSet<string> ProjectActions { get; } = [];

        public HashSet<string> RevisitActions { get; } = [];

        public void Try(Move move)
        {
            // A long step comes seldom, the longest hardly ever.
            var step = Steps[
                move.Days < Steps.Length - 1 ? move.Days
                : move.Days == 59 && move.Which < 3 ? ^1
                : 0
            ];
            _today = _today.AddDays(step);
            _now = _now.AddDays(step).AddMinutes(1);
            if (step is > 0 and < 30)
            {
                // As the sweep does every day.
                Attempt(move with { Action = RemindOfClearance, Actor = 0 });
                Attempt(move with { Action = Remind, Actor = 0 });
            }

            Attempt(move);
            WorkChecks
                .Problem(
                    _project,
                    _project.State is not (ProjectState.Withdrawn or ProjectState.WarrantyEnded),
                    Of,
                    [Someone.WithEveryRole()]
                )
                .ShouldBeNull();
            foreach (var revisit in _revisits)
            {
                WorkChecks
                    .Problem(
                        revisit,
                        revisit.State is not (RevisitState.Closed or RevisitState.Cancelled),
                        Of,
                        [Someone.WithEveryRole()]
                    )
                    .ShouldBeNull();
            }

            CommandContext Of(Actor actor) => A.Context(actor, _now, Policy);
        }

        private void Attempt(Move move)
        {
            var context = Who(move.Actor);
            var revisit =
                _revisits.Count == 0 ? null : _revisits[(move.Which < 5 ? 0 : move.Which - 4) % _revisits.Count];
            var before = Digest(revisit);
            var (versions, heads) = (
                All().ToDictionary(a => a.Id, a => a.Version),
                All().ToDictionary(a => a.Id, a => a.AuditHead)
            );

            var added = new List<Revisit>();
            var refusal = Do(move, context, revisit, added);

            if (refusal is not null)
            {
                (Digest(revisit) == before).ShouldBeTrue($"refused by {refusal.Code}, and changed something");
                added.ShouldBeEmpty();
                All().ShouldAllBe(a => a.PendingEntries.Count == 0 && a.PendingEvents.Count == 0);
                return;
            }

            _revisits.AddRange(added);
            if (Outsiders.Contains(move.Actor))
            {
                (Digest(revisit) == before).ShouldBeTrue("an outsider changed something");
            }

            Follows(_project, versions, heads, ProjectRows, ProjectActions, Notes);
            foreach (var each in _revisits)
            {
                Follows(each, versions, heads, RevisitRows, RevisitActions, []);
            }

            ProjectStates.Add(_project.State);
            RevisitStates.UnionWith(_revisits.Select(r => r.State));
            ProjectHolds();
            foreach (var each in _revisits)
            {
                RevisitHolds(each);
            }

            foreach (var each in All())
            {
                each.MarkSaved();
            }
        }

        private IEnumerable<Aggregate> All() => [_project, .. _revisits];

        // One save is one version; the trail goes on where it ended, and every entry of it is a row of the table.
        private static void Follows<T, TState, TAction>(
            Aggregate<T, TState, TAction> aggregate,
            Dictionary<Guid, long> versions,
            Dictionary<Guid, string> heads,
            string[] rows,
            HashSet<string> seen,
            string[] notes
        )
            where T : Aggregate<T, TState, TAction>
            where TState : struct, Enum
            where TAction : struct, Enum
        {
            var head = heads.GetValueOrDefault(aggregate.Id, AuditEntry.Genesis);
            foreach (var entry in aggregate.PendingEntries)
            {
                entry.PreviousHash.ShouldBe(head);
                head = entry.Hash;
                if (notes.Contains(entry.Action))
                {
                    entry.From.ShouldBe(entry.To);
                    continue;
                }

                var row = $"{entry.From} {entry.Action} {entry.To}";
                rows.ShouldContain(row);
                seen.Add(row);
            }

            aggregate.AuditHead.ShouldBe(head);
            aggregate.Version.ShouldBe(
                versions.GetValueOrDefault(aggregate.Id) + (aggregate.PendingEntries.Count > 0 ? 1 : 0)
            );
            if (aggregate.PendingEntries.Count > 0)
            {
                aggregate.State.ToKebab().ShouldBe(aggregate.PendingEntries[^1].To);
            }
        }

        private void ProjectHolds()
        {
            (_project.AcceptedOn is null).ShouldBe(_project.State is ProjectState.Registered or ProjectState.Withdrawn);
            (_project.ClearanceDueOn is null).ShouldBe(_project.AcceptedOn is null);
            (_project.HandedOverOn is null).ShouldBe(
                _project.State is not (ProjectState.HandedOver or ProjectState.WarrantyEnded)
            );
            if (_project.Clearance is { } clearance)
            {
                clearance.On.ShouldBeGreaterThanOrEqualTo(_project.AcceptedOn!.Value);
            }

            _project.ActiveRevisits.ShouldBe(_revisits.Count(r => r.State != RevisitState.Cancelled));
            _project.HeldRevisits.ShouldBe(_revisits.Count(r => Recorded.Contains(r.State)));
            if (_project.HandedOverOn is not { } handover)
            {
                _revisits.ShouldBeEmpty();
                return;
            }

            handover.ShouldBeGreaterThanOrEqualTo(_project.AcceptedOn!.Value);
            _project.ActiveRevisits.ShouldBeGreaterThan(0, "the last one is never cancelled");
            _revisits.Select(r => r.Ordinal).ShouldBeUnique();
            _project.Terms.ShouldNotBeEmpty();
            _project.WarrantyEndsOn.ShouldBe(_project.Terms.Max(t => t.Through));
            _project.WarrantyEndsOn!.Value.ShouldBeGreaterThanOrEqualTo(_project.HorizonEndsOn!.Value);
            foreach (var grant in _project.GoodwillGrants)
            {
                _project.ThroughOf(grant.Part)!.Value.ShouldBeGreaterThanOrEqualTo(grant.Through);
            }

            foreach (var date in _revisits.Select(r => r.HeldOn ?? (r.IsOpen ? r.DueOn : null)).OfType<DateOnly>())
            {
                date.ShouldBeInRange(handover, _project.HorizonEndsOn.Value);
            }
        }

        private void RevisitHolds(Revisit revisit)
        {
            (revisit.HeldOn is not null).ShouldBe(Recorded.Contains(revisit.State));
            if (revisit.HeldOn is not null)
            {
                revisit.FileNumber.ShouldNotBeNull();
                Enum.GetValues<Seat>()
                    .Where(seat => seat != Seat.Other)
                    .ShouldAllBe(seat => revisit.Attendees.Any(a => a.Seat == seat));
                // What was recorded on the day stays; findings are only added or explained.
                var record = JsonSerializer.Serialize(
                    new
                    {
                        revisit.HeldOn,
                        revisit.Form,
                        revisit.Attendees,
                        revisit.OwnerRepresentative,
                    }
                );
                _held.TryAdd(revisit.Id, record);
                record.ShouldBe(_held[revisit.Id]);
            }

            if (revisit.State is RevisitState.Assessed or RevisitState.DispositionDecided)
            {
                revisit
                    .Assessment!.Findings.Select(j => j.FindingId)
                    .ShouldBe(revisit.Findings.Select(f => f.Id), ignoreOrder: true);
            }

            if (revisit.OwnerSignature is not null)
            {
                _signed.TryAdd(revisit.Id, revisit.OwnerSignature);
                revisit.OwnerOpinion.ShouldNotBeNullOrWhiteSpace();
            }

            (revisit.Heading is not null).ShouldBe(revisit.IsConfirmed);
            (revisit.OwnerSignature is not null && revisit.OpinionRecord is not null).ShouldBeFalse();
            revisit.OwnerSignature.ShouldBe(
                _signed.GetValueOrDefault(revisit.Id),
                "a signature is neither taken back nor written over"
            );
            (revisit.ClosedOn is not null).ShouldBe(revisit.State == RevisitState.Closed);
            if (revisit.State == RevisitState.Closed)
            {
                revisit.IsConfirmed.ShouldBeTrue();
                revisit.WithoutTexts.ShouldBeEmpty();
                revisit.WithoutCapa.ShouldBeEmpty();
                (revisit.Disposition is not null).ShouldBe(revisit.Findings.Count > 0);
                revisit.AreFaultsAnswered.ShouldBeTrue();
            }

            (revisit.CancelReason is not null).ShouldBe(revisit.State == RevisitState.Cancelled);
        }

        private Refusal? Do(Move move, CommandContext context, Revisit? revisit, List<Revisit> added)
        {
            var reason = Words[1 + (move.Which % 2)];
            var date = _today.AddDays(-move.Offset);
            if (move.Action > Add && revisit is null)
            {
                return Refusal.Invalid("none-yet", "P2.1.1", "revisit");
            }

            Refusal? Planned(Result<PlanChange> result)
            {
                if (!result.Failed(out var refusal, out var change))
                {
                    added.AddRange(change.Added);
                }

                return refusal;
            }

            switch (move.Action)
            {
                case 0:
                    return _project.Revise(
                        context,
                        move.Which == 0
                            ? _details with
                            {
                                OwnerId = Guid.CreateVersion7(),
                            }
                            : _details with
                            {
                                Name = "n" + move.Offset,
                            }
                    );
                case 1:
                    return move.Which > 0 ? Refusal.Invalid("seldom", "P3.3", "x") : _project.Withdraw(context, reason);
                case 2 or 3:
                    return _project.Accept(context, move.Action == 2 ? date : _today.AddDays(-(move.Offset % 9)));
                case 4:
                    return _project.ClearSite(
                        context,
                        new(date, move.Which != 0, [], reason, [], move.Which == 1 ? null : Restored),
                        new HashSet<Guid>()
                    );
                case 5 or 6 or 7:
                    return Planned(
                        _project.HandOver(
                            context,
                            _project.AcceptedOn?.AddDays(move.Action == 5 ? move.Offset : move.Offset % 9) ?? date
                        )
                    );
                case 8:
                    return Planned(
                        _project.CorrectDates(
                            context,
                            new(date, move.Which % 2 == 0 ? null : date.AddDays(move.Which)),
                            reason,
                            _revisits
                        )
                    );
                case 9:
                    return Planned(
                        _project.ChangeCommitments(
                            context,
                            new(
                                move.Which % 2 == 0 ? "shanghai" : "guangzhou",
                                50,
                                [new("roof", WarrantyLength.Months(50 + Math.Abs(move.Offset)))],
                                []
                            ),
                            reason,
                            _revisits
                        )
                    );
                case 10:
                    var policy = Policy with
                    {
                        Revisits = Policy.Revisits with { ThenEveryMonths = 12 + (6 * move.Which) },
                    };
                    return Planned(_project.RegeneratePlan(context with { Policy = policy }, reason, _revisits));
                case 11:
                    var longer = (_project.ThroughOf("roof") ?? _today).AddDays(move.Offset);
                    return _project.GrantGoodwill(context, "roof", longer, reason);
                case RemindOfClearance:
                    return _project.RemindOfClearance(context);
                case 13:
                    return _project.MarkClearanceOverdue(context);
                case 14:
                    return _project.MarkBreach(context);
                case 15:
                    return _project.EndWarranty(context);
                case 16:
                    if (!context.Actor.Has(Roles.System))
                    {
                        return Refusal.Invalid("only-by-event", "P3.3", "x");
                    }

                    _project.FollowOwner(context, "業主" + move.Offset);
                    return null;
                case 17:
                    return _project.RecordContract(
                        context,
                        new(new("BX", date, Guid.CreateVersion7(), reason, []), FileIsKnown: move.Which != 0)
                    );
                case Add:
                    var one = Revisit.Add(context, _project, _today.AddDays(move.Offset), ExtraVisit.OnRequest, reason);
                    if (!one.Failed(out var refused, out var another))
                    {
                        added.Add(another);
                    }

                    return refused;
                case 19:
                    return revisit!.Move(context, _today.AddDays(move.Offset), reason, _project);
                case 20:
                    return move.Which is 0 or 1
                        ? Refusal.Invalid("seldom", "P2.1.1", "x")
                        : revisit!.Cancel(context, reason, _project);
                case 21 or 22:
                    return revisit!.Open(
                        context,
                        revisit.DueOn < _today ? revisit.DueOn : _today,
                        Words[move.Which % 2],
                        Words[move.Which % 2],
                        _project
                    );
                case Remind:
                    return revisit!.Remind(context);
                case 24:
                    return revisit!.MarkOverdue(context);
                case 25 or 26:
                    return revisit!.Hold(context, Record(move, revisit), _project, null);
                case 27:
                    return revisit!.RecordFinding(context, Finding(move), _project, null);
                case 28:
                    return revisit!.FollowUp(
                        context,
                        new(
                            revisit.Findings.Count > 0 ? revisit.Findings[0].Id : Guid.Empty,
                            move.Offset % 2 == 0,
                            move.Which % 2 == 0,
                            Words[move.Which % 3],
                            Words[move.Which % 3],
                            Words[move.Which % 3],
                            Words[move.Which % 3],
                            Words[move.Which % 3]
                        ),
                        _project,
                        null
                    );
                case 29 or 30:
                    return revisit!.Sign(
                        context,
                        new(
                            Words[move.Which % 3],
                            "業主代表",
                            move.Offset % 3 == 0 ? null : Guid.CreateVersion7(),
                            move.Offset % 5 != 0
                        ),
                        _project
                    );
                case 31:
                    return revisit!.AssessLiability(context, Decided(move, revisit), null, _project, []);
                case 32:
                    return revisit!.SetDisposition(context, "修");
                case 33:
                    return revisit!.RecordOpinion(
                        context,
                        new(Words[move.Which % 3], "業主", OpinionMethod.OnSite, date, Words[move.Which % 2]),
                        _project
                    );
                default:
                    return revisit!.Close(context);
            }
        }

        private HeldRecord Record(Move move, Revisit revisit)
        {
            var seats = Sample.Attendees(_project);
            if (move.Which == 1)
            {
                seats.RemoveAt(Math.Abs(move.Offset) % seats.Count);
            }

            if (move.Which == 2)
            {
                seats[0] = seats[0] with
                {
                    PersonId = Guid.CreateVersion7(),
                    SubstituteReason = Words[Math.Abs(move.Offset) % 2],
                };
            }

            var on =
                move.Offset % 5 == 0 ? _today.AddDays(1)
                : revisit.DueOn < _today ? revisit.DueOn
                : _today;
            return new(
                on,
                RevisitForm.Visit,
                seats,
                move.Offset % 2 == 0 ? [] : [Finding(move)],
                null,
                Words[move.Which % 3]
            );
        }

        private static Finding Finding(Move move) =>
            new(
                Guid.CreateVersion7(),
                "roof",
                "屋面",
                "滲漏",
                FindingSeverity.Major,
                RepairWanted: move.Which % 2 == 0,
                CapaWanted: move.Which % 3 == 0,
                Words[move.Which % 3],
                Words[move.Which % 3]
            );

        private List<FindingLiability> Decided(Move move, Revisit revisit)
        {
            var liability = (Liability)(move.Which % 4);
            var unit =
                liability != Liability.Subcontractor ? null
                : move.Offset % 2 == 0 ? (Guid?)Guid.CreateVersion7()
                : _project.Packages[0].SubcontractorId;
            var all = revisit.Findings.Select(f => new FindingLiability(f.Id, liability, "c", "u", unit)).ToList();
            return move.Offset % 7 == 0 ? [.. all.Skip(1)] : all;
        }

        // All of the project and of the revisit that is tried, and of the others what every change of theirs
        // would change.
        private string Digest(Revisit? revisit) =>
            JsonSerializer.Serialize(
                new
                {
                    _project,
                    revisit,
                    Others = _revisits.Select(r => new
                    {
                        r.Id,
                        r.State,
                        r.Version,
                        r.AuditHead,
                        r.DueOn,
                    }),
                }
            );

        // Half of the tries are by an actor with every role; the others by some roles, by outsiders, or by the owner.
        private CommandContext Who(int actor) =>
            actor switch
            {
                < 6 => By([.. Roles.All, Roles.System]),
                6 => By(Roles.Engineering),
                7 => By(Roles.Production, Roles.Qc),
                8 => By(Roles.EngineeringHead, Roles.QcHead),
                9 or 10 => By(Roles.BiReader, Roles.Finance, Roles.Repair),
                _ => By(_project.OwnerId, Roles.Customer),
            };

        private CommandContext By(params string[] roles) => By(null, roles);

        private CommandContext By(Guid? organisation, params string[] roles) =>
            A.Context(new Actor("test", "測試", roles.ToHashSet(), OrganisationId: organisation), _now, Policy);
    }
}
