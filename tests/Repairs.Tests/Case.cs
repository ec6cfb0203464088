using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerService.Contracts.Projects.Grpc.V1;
using CustomerService.Contracts.Projects.V1;
using CustomerService.Registry;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Repairs.RepairOrders.Features;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;
using Microsoft.Extensions.DependencyInjection;
using WireCandidate = CustomerService.Contracts.Projects.Grpc.V1.LeaderCandidate;

namespace CustomerService.Repairs.Tests;

/// <summary>One order with its people, driven through the API as far as a test needs it.</summary>
internal sealed class Case
{
    private readonly RunningService _service;
    private readonly DateOnly _today;

    private Case(RunningService service, DateOnly today) => (_service, _today) = (service, today);

    public Guid ProjectId { get; } = Guid.CreateVersion7();

    public Guid OwnerId { get; } = Guid.CreateVersion7();

    public Guid UnitId { get; } = Guid.CreateVersion7();

    public Guid ManagerId { get; } = Guid.CreateVersion7();

    public Guid NeighbourId { get; } = Guid.CreateVersion7();

    public Guid Id { get; private set; }

    public string Record => $"/v1/repair-orders/{Id}";

    public ApiClient Service => _service.As("客服小陳", [Roles.CustomerService]);

    public ApiClient Engineer => _service.As("工程師老吳", [Roles.Engineering]);

    public ApiClient Head => _service.As("工程部長", [Roles.EngineeringHead]);

    public ApiClient Production => _service.As("生產計劃員", [Roles.Production]);

    public ApiClient OwnRepairer => _service.As("馬師傅", [Roles.Repair]);

    public ApiClient Leader => _service.As("單位負責人", [Roles.UnitLeader]);

    public ApiClient Qc => _service.As("質檢員", [Roles.Qc]);

    public ApiClient Unit => _service.As("維修班長", [Roles.RepairUnit], organisation: UnitId);

    /// <summary>Where mails to the owner go.</summary>
    public string OwnerMail => $"owner-{OwnerId:N}@binjiang.example";

    public ApiClient Owner => _service.As("王先生", [Roles.Customer], organisation: OwnerId);

    public ApiClient Stranger => _service.As("別的業主", [Roles.Customer], organisation: Guid.CreateVersion7());

    public ApiClient Finance => _service.As("財務", [Roles.Finance]);

    /// <summary>A project of its own that the other side knows: waterproofing is a subcontractor's and under
    /// warranty.</summary>
    /// <param name="fixture">The servers.</param>
    /// <param name="service">The service, where it is not the fixture's own.</param>
    /// <param name="announced">Whether the registry has announced project, owner, unit and people.</param>
    public static Case Of(RepairsFixture fixture, RunningService? service = null, bool announced = true)
    {
        var made = new Case(service ?? fixture.Service, fixture.Today);
        fixture.Projects.Projects[made.ProjectId] = new ProjectAnswers
        {
            Warranty = (_, _) => Task.FromResult(made.Covered()),
            Leader = (_, _) => Task.FromResult(made.Proposal()),
        };
        if (announced)
        {
            made.Announce();
        }

        return made;
    }

    // As the consumers would keep it: a message for each would make every test wait.
    private void Announce()
    {
        var project = new ProjectCopy { Id = ProjectId };
        project.Apply(
            new ProjectRegistered(
                ProjectId,
                1,
                "HT-2024-018",
                "濱江花園",
                OwnerId,
                "濱江業主委員會",
                "beijing",
                1m,
                "frame"
            )
        );
        var owner = new OrganisationCopy { Id = OwnerId };
        owner.Apply(
            new OrganisationRegistered(OwnerId, 1, "濱江業主委員會", "owner", null, null, "王先生", "021-5555")
            {
                Email = OwnerMail,
            }
        );
        var unit = new OrganisationCopy { Id = UnitId };
        unit.Apply(new OrganisationRegistered(UnitId, 1, "宏達防水分包", "subcontractor", null, null, null, null));
        var manager = new PersonCopy { Id = ManagerId };
        manager.Apply(new PersonRegistered(ManagerId, 1, "張經理", "project manager", null));
        using var scope = _service.Services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<RepairsDb>();
        db.AddRange(project, owner, unit, manager);
        db.SaveChanges();
    }

    /// <summary>The same case around an order that is there already.</summary>
    public Case Around(Guid id)
    {
        Id = id;
        return this;
    }

    public WarrantyAnswer Covered() =>
        new()
        {
            Covered = true,
            Until = "2030-12-31",
            Rule = "P3.1.2",
            PolicyVersion = 1,
            Basis = "prescribed",
            ResponsibleUnitId = UnitId.ToString(),
            ResponsibleUnitName = "宏達防水分包",
        };

    public LeaderProposal Proposal() =>
        new()
        {
            Proposed = new WireCandidate
            {
                Basis = "original-manager",
                PersonId = ManagerId.ToString(),
                PersonName = "張經理",
                ProjectId = ProjectId.ToString(),
                ProjectName = "濱江花園",
                Reason = "original manager",
            },
            Alternatives =
            {
                new WireCandidate
                {
                    Basis = "nearest-project",
                    PersonId = NeighbourId.ToString(),
                    PersonName = "李經理",
                    ProjectId = Guid.CreateVersion7().ToString(),
                    ProjectName = "城南廣場",
                    DistanceKm = 12.34,
                    Reason = "near",
                },
                new WireCandidate { Basis = "special-dispatch", Reason = "special" },
            },
        };

    public OpenRepairOrder.Request Notice(
        DefectSeverity severity = DefectSeverity.Major,
        DateOnly? notifiedOn = null
    ) =>
        new()
        {
            ProjectId = ProjectId,
            PartCode = "roof",
            Location = "3 號樓屋面",
            Description = "屋面滲漏",
            Severity = severity,
            EmergencyReason = severity == DefectSeverity.Emergency ? EmergencyReason.EssentialFunction : null,
            NotifiedOn = notifiedOn ?? _today,
        };

    /// <summary>The same as JSON, to be spoiled.</summary>
    public JsonObject NoticeJson() => Spoilable(Notice());

    public static JsonObject Spoilable(object request) =>
        JsonSerializer.SerializeToNode(request, request.GetType(), Json.Options)!.AsObject();

    public Task<ApiAnswer> OpenAsync(object? notice = null) =>
        Service.PostAsync("/v1/repair-orders", notice ?? Notice());

    public async Task<Case> OpenedAsync(DefectSeverity severity = DefectSeverity.Major, DateOnly? notifiedOn = null) =>
        Around((await OpenAsync(Notice(severity, notifiedOn))).Ok().Id);

    public Task<ApiAnswer> ReadAsync() => Service.GetAsync(Record);

    public ConfirmDefect.Request Confirming(DateOnly? on = null) =>
        new()
        {
            Method = ConfirmationMethod.OnSite,
            On = on ?? _today,
            OwnerRepresentative = "王先生",
            ReworkAgreed = "拆除重做防水層",
        };

    public static AnalyseDefect.Request Analysing() =>
        new("女兒牆根部滲水", "收口開裂", "附加層漏做", ["鏟除重做附加層", "閉水試驗 24 小時"]);

    public static DrawLessons.Request Lessons() =>
        new()
        {
            Liability = FaultLiability.Subcontractor,
            CauseCode = FaultCause.Jointing,
            Cause = "收頭未壓條",
            Lesson = "節點隱蔽前未驗收",
            CorrectiveMeasure = "加壓條並補做附加層",
            Countermeasure = "節點列為停止點",
        };

    public DispatchRepairOrder.Request Dispatching(
        Guid? leader = null,
        string? reason = null,
        bool chargeBack = true
    ) =>
        new()
        {
            Leader = new(LeaderBasis.OriginalManager, leader ?? ManagerId),
            LeaderReason = reason,
            ChargeBack = chargeBack,
        };

    public BriefRepairCrew.Request Briefing() =>
        new()
        {
            On = _today,
            Content = "工藝要求與成品保護",
            Participants = [new("張經理", BriefingRole.Leader, "zhang"), new("維修班長", BriefingRole.Crew)],
            ServicePrinciples = true,
            CooperateWithOwner = true,
            SatisfyReasonableWishes = true,
            NeverQuarrel = true,
        };

    public FinishRepair.Request Finishing() =>
        new()
        {
            WorkDone = "重做附加層，閉水試驗合格",
            Materials = "SBS 卷材 12 m²",
            TaskSheet = "RW-7",
            Crew = ["維修班長", "小李"],
            FinishedOn = _today,
        };

    /// <summary>New photos of the round, one before the work and one after it.</summary>
    public async Task PhotographAsync(ApiClient by)
    {
        foreach (var purpose in (string[])["before", "after"])
        {
            await PhotoAsync(by, purpose);
        }
    }

    /// <summary>A new photo of the order.</summary>
    public async Task<Guid> PhotoAsync(ApiClient by, string purpose) =>
        (
            await by.PostAsync(
                $"{Record}/files?purpose={purpose}",
                TestPictures.Form(TestPictures.NewPng(), purpose + ".png")
            )
        )
            .Ok()
            .Id;

    public static RespondToRepair.Request Responding() => new("滿意", "王先生");

    /// <summary>What each action is called with, and by whom.</summary>
    public (ApiClient By, object? Body) CallOf(string action) =>
        action switch
        {
            "ask-warranty" => (Service, null),
            "confirm" => (Service, Confirming()),
            "analyse" => (Engineer, Analysing()),
            "review" => (Head, new ReviewRepairOrder.Request("同意")),
            "send-back" => (Head, new SendBackRepairOrder.Request("原因不清")),
            "approve" => (Leader, new ApproveRepairOrder.Request("批准")),
            "ratify" => (Leader, new RatifyRepairOrder.Request("補批")),
            "plan" => (Production, new PlanRepairDays.Request { From = _today, To = _today.AddDays(3) }),
            "dispatch" => (Engineer, Dispatching()),
            "brief" => (Head, Briefing()),
            "receive" => (Unit, new ReceiveRepairOrder.Request()),
            "object" => (Unit, new ObjectToAssignment.Request("該部位由另一分包施工")),
            "overrule" => (Engineer, new OverruleObjection.Request("合同範圍包括該部位")),
            "reassign" => (Engineer, Dispatching()),
            "give-notice" => (
                Head,
                new GiveUnitNotice.Request
                {
                    Channel = NoticeChannel.RegisteredLetter,
                    Text = "逾期未簽收，我司將另行安排維修，費用由貴司承擔。",
                    Recipient = "李經理",
                }
            ),
            "step-in" => (Head, Dispatching() with { RepairUnitId = RepairsFixture.OwnUnit }),
            "arrive" => (Unit, new ArriveOnSite.Request()),
            "attempt" => (Unit, new RecordAttempt.Request { Note = "敲門無人應" }),
            "pause" => (Unit, new PauseRepair.Request { Reason = RepairPauseReason.Weather, Note = "連日大雨" }),
            "resume" => (Unit, null),
            "add-cost" => (
                Engineer,
                new AddRepairCost.Request
                {
                    Kind = CostKind.Labour,
                    Text = "防水工",
                    Amount = 1200m,
                }
            ),
            "strike-cost" => (Engineer, new StrikeRepairCost.Request(Guid.CreateVersion7(), "重複登記")),
            "charge-back" => (Head, new ProposeChargeBack.Request("逾期未簽收，由他方代修")),
            "draw-lessons" => (Engineer, Lessons()),
            "judge-recurrence" => (Qc, new JudgeRecurrence.Request(true, "附加層仍未做到位")),
            "merge" => (Service, new MergeRepairOrder.Request(Guid.CreateVersion7())),
            "unmerge" => (Service, null),
            "start" => (Unit, null),
            "finish" => (Unit, Finishing()),
            "pass-inspection" => (Qc, new InspectRepair.Request("符合要求")),
            "fail-inspection" => (Qc, new InspectRepair.Request("收口不嚴")),
            "accept" or "refuse" => (Owner, Responding()),
            "return" => (Unit, new ReturnRepairRecord.Request("資料齊全")),
            "withdraw" => (Service, new WithdrawRepairOrder.Request("重複報修")),
            _ => throw new ArgumentOutOfRangeException(nameof(action), action, "No such action."),
        };

    /// <summary>Takes the action, as the person who usually does.</summary>
    public async Task<ApiAnswer> DoAsync(string action)
    {
        var (by, body) = CallOf(action);
        if (action == "finish")
        {
            await PhotographAsync(by);
        }

        return await by.ChangeAsync(Record, action, body);
    }

    /// <summary>Goes the normal way as far as the state.</summary>
    public async Task<Case> ToAsync(string state, DefectSeverity severity = DefectSeverity.Major)
    {
        (string State, string Action)[] way =
        [
            ("confirmed", "confirm"),
            ("analysed", "analyse"),
            ("reviewed", "review"),
            ("approved", "approve"),
            ("dispatched", "dispatch"),
            ("briefed", "brief"),
            ("in-repair", "start"),
            ("done", "finish"),
            ("inspected", "pass-inspection"),
            ("accepted", "accept"),
            ("closed", "return"),
        ];
        if (Id == Guid.Empty)
        {
            await OpenedAsync(severity);
        }

        var reached = (await ReadAsync()).State;
        var rest = reached == "opened" ? way : way.SkipWhile(step => step.State != reached).Skip(1);
        foreach (var (next, action) in rest)
        {
            if (reached == state)
            {
                break;
            }

            if (action == "approve")
            {
                (await DoAsync("plan")).Ok();
            }

            if (action == "accept")
            {
                (await DoAsync("draw-lessons")).Ok();
            }

            reached = (await DoAsync(action)).Ok().State;
            reached.ShouldBe(next);
        }

        reached.ShouldBe(state);
        return this;
    }
}
