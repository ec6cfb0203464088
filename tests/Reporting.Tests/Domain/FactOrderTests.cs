using System.Text.Json;
using CsCheck;
using CustomerService.Contracts;
using CustomerService.Contracts.Complaints.V1;
using CustomerService.Contracts.Projects.V1;
using CustomerService.Contracts.Repairs.V1;
using CustomerService.Contracts.Work;
using CustomerService.Reporting.Facts;

namespace CustomerService.Reporting.Tests.Domain;

/// <summary>The same events give the same facts, whatever the order in which they arrive.</summary>
public sealed class FactOrderTests
{
    private static readonly Guid Subject = Guid.CreateVersion7();
    private static readonly Guid Other = Guid.CreateVersion7();

    [Fact]
    [Trait("Rule", "C5.7")]
    public void A_complaint() =>
        InAnyOrder<ComplaintFact>(moves =>
            Numbered(
                moves,
                (move, v, _) =>
                    v == 1
                        ? new ComplaintRegistered(
                            Subject,
                            v,
                            "FM004-2026-0001",
                            Other,
                            "customer",
                            "phone",
                            null,
                            "leak",
                            Pick(move, "minor", "major", "critical"),
                            Day(move),
                            At(move),
                            At(move + 1)
                        )
                        : (move % 10) switch
                        {
                            9 => new ComplaintCustomerRenamed(Subject, v, Other, Pick(move / 6, "one", "another")),
                            6 => new ComplaintPaused(Subject, v, Other, "waiting-for-sample", At(move)),
                            7 => new ComplaintResumed(Subject, v, Other, At(move), At(move + 3)),
                            8 => new ComplaintObjected(Subject, v, Other, "no", Day(move), At(move + 4)),
                            0 => new ComplaintReclassified(
                                Subject,
                                v,
                                Other,
                                "minor",
                                Pick(move / 6, "minor", "major", "critical"),
                                At(move),
                                move % 4 == 0 ? null : At(move + 1),
                                Day(move)
                            ),
                            1 => new ComplaintResponded(Subject, v, Other, At(move), move % 4 == 1),
                            2 => new ComplaintTriaged(
                                Subject,
                                v,
                                Other,
                                Pick(move / 6, "explained", "solved", "to-qc"),
                                Day(move)
                            ),
                            3 => new ComplaintLiabilityDecided(
                                Subject,
                                v,
                                Other,
                                Pick(move / 6, "ours", "not-ours", "unclear"),
                                move % 4 == 1 ? "production" : null,
                                Pick(move / 6, "W-01", "W-02"),
                                Day(move)
                            ),
                            4 => new ComplaintClosed(Subject, v, Other, Day(0), Day(move), move % 4 == 0),
                            _ => move % 4 == 1
                                ? new ComplaintReopened(Subject, v, Other, "again", Day(move))
                                : new ComplaintReopened(
                                    Subject,
                                    v,
                                    Other,
                                    "again",
                                    Day(move),
                                    Pick(move / 6, "minor", "major", "critical"),
                                    At(move),
                                    At(move + 1)
                                ),
                        }
            )
        );

    [Fact]
    [Trait("Rule", "C5.7")]
    public void A_capa() =>
        InAnyOrder<CapaFact>(moves =>
            Numbered(
                moves,
                (move, v, _) =>
                    v == 1
                        ? new CapaOpened(Subject, v, "CAPA-2026-0001", "complaint", Other, null, Day(move), null)
                        : (move % 7) switch
                        {
                            6 => new CapaCaseJoined(Subject, v, "CAPA-2026-0001", "complaint", Other, Day(move)),
                            0 => new CapaAssigned(
                                Subject,
                                v,
                                Other,
                                Pick(move / 6, "production", "engineering"),
                                Day(move),
                                Day(0)
                            ),
                            1 => new CapaAnalysed(Subject, v, Other, Day(move)),
                            2 => new CapaReviewed(Subject, v, Other, move % 4 == 0, Day(move)),
                            3 => new CapaExecuted(Subject, v, Other, Day(move), move % 4 == 1),
                            4 => new CapaVerified(
                                Subject,
                                v,
                                Other,
                                move % 4 == 0,
                                Day(move),
                                move % 4 == 0 || move % 5 == 0 ? null : Day(move + 7)
                            ),
                            _ => new CapaReopened(
                                Subject,
                                v,
                                Other,
                                "again",
                                Day(move),
                                move % 4 == 1 ? null : Day(move + 7)
                            ),
                        }
            )
        );

    [Fact]
    [Trait("Rule", "C3.1.3")]
    public void A_repair_order() =>
        InAnyOrder<RepairOrderFact>(moves =>
            Numbered(
                moves,
                (move, v, before) =>
                {
                    var failed = before.OfType<RepairOrderInspected>().Count(e => !e.Passed);
                    var refused = before.OfType<RepairOrderOwnerResponded>().Count(e => !e.Accepted);
                    return v switch
                    {
                        1 => new RepairOrderOpened(
                            Subject,
                            v,
                            "WX-2026-0001",
                            Other,
                            "works",
                            Other,
                            "roof",
                            "major",
                            "notice",
                            null,
                            null,
                            Day(move),
                            Day(move + 2)
                        ),
                        2 => new RepairOrderConfirmed(Subject, v, Other, Day(move), move % 2 == 0),
                        // An emergency is issued at once, and approved while the work goes on.
                        3 when move % 2 == 0 => new RepairOrderApproved(Subject, v, Other, Day(move)),
                        3 or 4 when !before.OfType<RepairOrderDispatched>().Any() => new RepairOrderDispatched(
                            Subject,
                            v,
                            Other,
                            Other,
                            "unit",
                            "leader",
                            "unknown",
                            Day(move)
                        ),
                        // A start that was in time and is told late takes it back.
                        4 when move % 4 < 2 => new RepairOrderStartOverdue(
                            Subject,
                            v,
                            "WX-2026-0001",
                            Other,
                            Other,
                            "unit",
                            At(move)
                        ),
                        4 or 5 when !before.OfType<RepairOrderStarted>().Any() => new RepairOrderStarted(
                            Subject,
                            v,
                            Other,
                            Other,
                            Day(move),
                            StartMissed: move % 4 == 0
                        ),
                        13 when !before.OfType<RepairOrderApproved>().Any() => new RepairOrderApproved(
                            Subject,
                            v,
                            Other,
                            Day(move),
                            Ratified: true
                        ),
                        15 => new RepairOrderReturned(
                            Subject,
                            v,
                            "WX-2026-0001",
                            Other,
                            "works",
                            Other,
                            "owner",
                            "contact",
                            "1",
                            "roof",
                            Other,
                            "unit",
                            Pick(move, "yes", "no"),
                            Day(0),
                            Day(move),
                            failed,
                            refused
                        ),
                        _ => (move % 3) switch
                        {
                            0 => new RepairOrderInspected(
                                Subject,
                                v,
                                Other,
                                Other,
                                false,
                                1 + failed + refused,
                                Day(move),
                                failed + 1
                            ),
                            1 => new RepairOrderInspected(
                                Subject,
                                v,
                                Other,
                                Other,
                                true,
                                1 + failed + refused,
                                Day(move),
                                failed
                            ),
                            // An order is accepted once; before that it may be refused any number of times.
                            _ => new RepairOrderOwnerResponded(Subject, v, Other, Other, v == 14, "opinion", Day(move)),
                        },
                    };
                }
            )
        );

    [Fact]
    [Trait("Rule", "P2.1.1")]
    public void A_revisit() =>
        InAnyOrder<RevisitFact>(moves =>
            Numbered(
                moves,
                (move, v, _) =>
                    v switch
                    {
                        1 => new RevisitPlanned(Subject, v, Other, Other, 3, Day(move)),
                        14 => new RevisitHeld(Subject, v, Other, Other, 3, Day(move), Day(move + 1), 2),
                        15 => new RevisitClosed(Subject, v, Other, Other, Day(move)),
                        _ when move % 5 == 0 => new RevisitOverdue(Subject, v, Other, Other, Day(move)),
                        _ when move % 5 == 1 => Found(v, move % 4),
                        _ when move % 5 == 2 => Assessed(v, move % 4, move),
                        _ => new RevisitMoved(Subject, v, Other, Other, Day(move - 1), Day(move), "weather"),
                    }
            )
        );

    [Fact]
    [Trait("Rule", "P3")]
    public void A_project() =>
        InAnyOrder<ProjectFact>(moves =>
            Numbered(
                moves,
                (move, v, _) =>
                    v switch
                    {
                        1 => new ProjectRegistered(
                            Subject,
                            v,
                            "HT-1",
                            "works",
                            Other,
                            "owner",
                            "beijing",
                            100m,
                            "frame"
                        ),
                        2 => new ProjectAccepted(Subject, v, Other, Day(move), Day(move + 10)),
                        3 => new ProjectHandedOver(
                            Subject,
                            v,
                            "works",
                            Other,
                            "owner",
                            Day(move),
                            Day(move + 1),
                            Day(move + 700)
                        ),
                        4 => new SiteCleared(Subject, v, Other, Day(move), Day(move)),
                        15 => new WarrantyEnded(Subject, v, Other, Day(move)),
                        _ => (move % 6) switch
                        {
                            0 => new ProjectRevised(
                                Subject,
                                v,
                                "HT-1",
                                $"works {move}",
                                Other,
                                "owner",
                                "beijing",
                                move,
                                "frame"
                            ),
                            1 => new ProjectAccepted(Subject, v, Other, Day(move), Day(move + 10)),
                            2 => new ClearanceOverdue(Subject, v, Other, Day(move % 4)),
                            3 => new RevisitBreached(Subject, v, Other, Day(move)),
                            _ => new WarrantyChanged(
                                Subject,
                                v,
                                Other,
                                Day(move),
                                Day(move + 1),
                                Day(move + 700),
                                "put right",
                                move % 6 == 4 ? null : Day(move % 4)
                            ),
                        },
                    }
            )
        );

    [Fact]
    [Trait("Rule", "P3.3")]
    public void A_project_entered_by_mistake() =>
        InAnyOrder<ProjectFact>(moves =>
            Numbered(
                moves,
                (move, v, _) =>
                    v switch
                    {
                        1 => new ProjectRegistered(
                            Subject,
                            v,
                            "HT-1",
                            "works",
                            Other,
                            "owner",
                            "beijing",
                            100m,
                            "frame"
                        ),
                        15 => new ProjectWithdrawn(Subject, v, Other, "mistake"),
                        _ => new ProjectRevised(
                            Subject,
                            v,
                            "HT-1",
                            $"works {move}",
                            Other,
                            "owner",
                            "beijing",
                            move,
                            "frame"
                        ),
                    }
            )
        );

    [Fact]
    [Trait("Rule", "C5.1.2")]
    public void A_machine_that_came_back() => OfAnyEvents<RmaUnitFact>();

    [Fact]
    [Trait("Rule", "C5.1.5")]
    public void A_return() => OfAnyEvents<ReturnFact>();

    [Fact]
    [Trait("Rule", "P3.2.3")]
    public void A_charge_back() => OfAnyEvents<ChargeBackFact>();

    [Fact]
    [Trait("Rule", "C3.1.4")]
    public void An_action_item() => OfAnyEvents<ActionItemFact>();

    [Fact]
    [Trait("Rule", "C5.5.1")]
    public void A_meeting() => OfAnyEvents<MeetingFact>();

    [Fact]
    [Trait("Rule", "T1")]
    public void An_assessment() => OfAnyEvents<AssessmentFact>();

    [Fact]
    [Trait("Rule", "C5.10")]
    public void An_evaluation() => OfAnyEvents<EvaluationFact>();

    [Fact]
    [Trait("Rule", "C5.6.1")]
    public void A_letter() => OfAnyEvents<LetterFact>();

    [Fact]
    [Trait("Rule", "P3.2.2")]
    public void A_trip() => OfAnyEvents<TripFact>();

    [Fact]
    [Trait("Rule", "C3.1.1")]
    public void A_claim_on_a_maker() => OfAnyEvents<MakerClaimFact>();

    [Fact]
    [Trait("Rule", "S1")]
    public void What_must_be_done_on_a_record() =>
        InAnyOrder<WorkFact>(moves =>
            Numbered(
                moves,
                (move, v, _) =>
                    new RepairsWorkChanged(
                        Guid.CreateVersion7(),
                        [
                            new WorkOfRecord(
                                Subject,
                                v,
                                "repair-order",
                                "WX-1",
                                "leak",
                                Pick(move, "minor", "major"),
                                Pick(move, "opened", "confirmed"),
                                move % 3 == 0 ? null : new WorkAssignee("p", "p", "qc"),
                                [
                                    .. Enumerable
                                        .Range(0, move % 4)
                                        .Select(i => new WorkItem(
                                            Pick(move + i, "review", "approve"),
                                            [],
                                            "P3.2.1",
                                            ["qc#quality", "qc!person", "sales"],
                                            [],
                                            [],
                                            i == 0 ? ["sales"] : [],
                                            i % 2 == 0 ? null : At(move)
                                        )),
                                ]
                            ),
                        ]
                    )
            )
        );

    /// <summary>Events of all types that the fact applies, with whatever values.</summary>
    private static void OfAnyEvents<TFact>()
        where TFact : Fact, new()
    {
        var types = Projections.EventsOf(typeof(TFact)).OrderBy(type => type.Name, StringComparer.Ordinal).ToArray();
        InAnyOrder<TFact>(moves =>
            Numbered(moves, (move, version, _) => Make(types[move % types.Length], version, move / types.Length))
        );
    }

    private static IIntegrationEvent Make(Type type, long version, int move)
    {
        var parameters = type.GetConstructors().Single(c => c.GetParameters().Length > 1).GetParameters();
        return (IIntegrationEvent)
            Activator.CreateInstance(
                type,
                [
                    .. parameters.Select(
                        (parameter, i) =>
                            i == 0 ? Subject
                            : parameter.Name == "Version" ? version
                            : ValueOf(parameter.ParameterType, move + i)
                    ),
                ]
            )!;
    }

    private static object? ValueOf(Type type, int move) =>
        Nullable.GetUnderlyingType(type) is { } inner
            ? (move % 3 == 0 ? null : ValueOf(inner, move))
            : type.Name switch
            {
                nameof(String) => Pick(move, "one", "two", "three"),
                nameof(Guid) => new Guid(move, 0, 0, new byte[8]),
                nameof(Int32) => move,
                nameof(Boolean) => move % 2 == 0,
                nameof(Decimal) => move / 4m,
                nameof(DateOnly) => Day(move),
                nameof(DateTimeOffset) => At(move),
                _ when type.IsAssignableFrom(typeof(List<Guid>)) => Enumerable.Repeat(Subject, move % 4).ToList(),
                _ => Enumerable.Repeat("item", move % 4).ToList(),
            };

    private static void InAnyOrder<TFact>(Func<int[], IReadOnlyList<IIntegrationEvent>> history)
        where TFact : Fact, new() =>
        Gen.Select(Gen.Int[0, 300].Array[1, 15], Gen.Int.Array[15])
            .Sample(
                (moves, ranks) =>
                {
                    var events = history(moves);
                    Read<TFact>(events.Zip(ranks).OrderBy(pair => pair.Second).Select(pair => pair.First))
                        .ShouldBe(Read<TFact>(events));
                },
                iter: 2_000
            );

    private static IReadOnlyList<IIntegrationEvent> Numbered(
        int[] moves,
        Func<int, long, IReadOnlyList<IIntegrationEvent>, IIntegrationEvent> make
    )
    {
        var events = new List<IIntegrationEvent>();
        foreach (var move in moves)
        {
            events.Add(make(move, events.Count + 1, events));
        }

        return events;
    }

    private static string Read<TFact>(IEnumerable<IIntegrationEvent> events)
        where TFact : Fact, new()
    {
        var fact = new TFact { Id = Subject };
        foreach (var happened in events)
        {
            typeof(TFact)
                .GetMethod("Apply", [happened.GetType()])
                .ShouldNotBeNull(happened.GetType().Name)
                .Invoke(fact, [happened]);
        }

        return JsonSerializer.Serialize(fact);
    }

    private static FindingRecorded Found(long version, int finding) =>
        new(
            Subject,
            version,
            new Guid(finding, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]),
            Other,
            "works",
            Other,
            "roof",
            "roof",
            "leak",
            "major",
            Day(0)
        );

    private static FindingAssessed Assessed(long version, int finding, int move) =>
        new(
            Subject,
            version,
            new Guid(finding, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]),
            Other,
            Other,
            "roof",
            Pick(move, "contractor", "subcontractor"),
            "jointing",
            "Waterproof Ltd",
            Other,
            move % 2 == 0,
            Day(move)
        );

    private static string Pick(int move, params string[] from) => from[move % from.Length];

    private static DateOnly Day(int move) => new DateOnly(2026, 1, 1).AddDays(move);

    private static DateTimeOffset At(int move) => DateTimeOffset.UnixEpoch.AddHours(move);
}
