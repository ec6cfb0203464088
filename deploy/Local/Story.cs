using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerService.Client;

namespace CustomerService.Local;

/// <summary>
/// One customer's story through all five services: a handed-over building, a revisit that finds a leak, the repair, the
/// survey, the complaint, the corrective action, the reports. Each person signs in and acts through the gateway by the
/// generated client. It stops at the first step that does not come out right.
/// </summary>
internal sealed partial class Story(Uri gateway, Secrets secrets, Bus bus, Screen screen)
{
    private readonly JsonNode _texts = JsonNode.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Seed", "story.json"))
    )!;
    private readonly Dictionary<string, DemoPerson> _persons = DemoAccounts
        .Read()
        .People.ToDictionary(person => person.UserName);
    private readonly DateOnly _today = Seed.Today();
    private People _people = null!;
    private CancellationToken _cancellation;
    private int _step;

    /// <summary>Trace of the step in which the revisit was held: it runs through gateway, Projects, broker, Repairs and
    /// back to Projects by gRPC.</summary>
    public string? TraceId { get; private set; }

    public async Task PlayAsync(CancellationToken cancellation)
    {
        using var people = new People(gateway, secrets);
        (_people, _cancellation) = (people, cancellation);
        var company = new Company(people, _today);
        await company.RegisterAsync();
        bus.News();

        var projectId = await BuildAsync(company);
        var revisitId = await PlanAsync(projectId);
        var findingId = await VisitAsync(company, revisitId);
        var orderId = await RepairAsync(company, findingId);
        var responseId = await SurveyAsync(orderId);
        await ComplainAsync(responseId);
        await CloseRevisitAsync(revisitId, findingId);
        await ReportAsync(projectId, orderId);
        await GoodsAsync(company);
        await WorkAsync();
        screen.Plain(string.Create(CultureInfo.InvariantCulture, $"\nThe story came out right: {_step} steps."));
    }

    private async Task<Guid> BuildAsync(Company company)
    {
        var handedOver = _today.AddMonths(-3);
        var accepted = handedOver.AddDays(-12);
        var contract = $"BC-STORY-{_today:yyyyMMdd}-{DemoClient.NewKey()[^6..]}";
        var registered = await DoneAsync(
            "wang.jianguo",
            "registers the project with its warranty table",
            api =>
                api.Projects.RegisterProjectAsync(
                    company.ProjectBody(
                        new JsonObject
                        {
                            ["contractNumber"] = contract,
                            ["name"] = T("project.name"),
                            ["owner"] = "heping",
                            ["city"] = "beijing",
                            ["siteAddress"] = T("project.siteAddress"),
                            ["latitude"] = 39.9586,
                            ["longitude"] = 116.4211,
                            ["buildingAreaSquareMetres"] = 12480.5m,
                            ["structureType"] = "frame-shear-wall",
                            ["qualityGrade"] = T("project.qualityGrade"),
                            ["manager"] = "li",
                            ["designLifeYears"] = 50,
                            ["packages"] = new JsonArray(
                                new JsonObject
                                {
                                    ["subcontractor"] = "gu-an",
                                    ["parts"] = new JsonArray("roof"),
                                    ["scope"] = T("project.scope"),
                                }
                            ),
                            ["commitments"] = new JsonArray(new JsonObject { ["part"] = "roof", ["years"] = 8 }),
                        }
                    ),
                    DemoClient.NewKey()
                ),
            "projects.project.registered.v1"
        );
        var id = registered.Id;
        Task<ProjectView> Do(
            string what,
            Func<ProjectsClient, string?, Task<ApiResponse<ProjectView>>> act,
            params string[] events
        ) =>
            DoneAsync(
                "chen.zhenghao",
                what,
                async api => await act(api.Projects, await VersionAsync(api.Projects.GetProjectAsync(id))),
                events
            );

        await Do(
            $"records completion acceptance on {accepted:yyyy-MM-dd}",
            (api, version) =>
                api.AcceptProjectAsync(id, new AcceptProjectRequest { On = accepted }, version, DemoClient.NewKey()),
            "projects.project.accepted.v1"
        );
        await Do(
            "records that the site was cleared and the land returned (P1)",
            (api, version) =>
                api.ClearSiteAsync(
                    id,
                    new ClearSiteRequest
                    {
                        On = accepted.AddDays(9),
                        LandReturned = true,
                        Retained =
                        [
                            new()
                            {
                                Kind = RetainedKind.Staff,
                                What = T("stay.what"),
                                Why = T("stay.why"),
                            },
                        ],
                        Restoration = new()
                        {
                            What = T("restoration"),
                            Word = new() { By = T("ownerRepresentative"), On = accepted.AddDays(9) },
                        },
                    },
                    version,
                    DemoClient.NewKey()
                ),
            "projects.project.site-cleared.v1"
        );
        await Do(
            $"hands the building over on {handedOver:yyyy-MM-dd}; the revisit plan appears (P2.1.1)",
            (api, version) =>
                api.HandOverProjectAsync(
                    id,
                    new HandOverProjectRequest { On = handedOver },
                    version,
                    DemoClient.NewKey()
                ),
            "projects.project.handed-over.v1",
            "projects.revisit.planned.v1"
        );
        return id;
    }

    private async Task<Guid> PlanAsync(Guid projectId)
    {
        var planner = _people["huang.shufen"].Api.Projects;
        var plan = (await planner.ListRevisitsAsync(projectId: projectId)).Result.Items.OrderBy(r => r.DueOn).ToList();
        Note(
            $"plan: {string.Join(", ", plan.Select(r => r.DueOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)))}"
        );
        Check(
            plan.Count > 5 && plan[0].DueOn == _today.AddMonths(-3).AddMonths(3),
            "the first revisit is planned three months after the handover"
        );
        var id = plan[0].Id;
        await RevisitAsync(
            "huang.shufen",
            "opens the revisit's file and fixes the date (P2.1.2)",
            id,
            (api, version) =>
                api.OpenRevisitAsync(
                    id,
                    new OpenRevisitRequest { On = _today, Reason = T("revisitDate") },
                    version,
                    DemoClient.NewKey()
                )
        );
        return id;
    }

    private async Task<Guid> VisitAsync(Company company, Guid revisitId)
    {
        HoldRevisitAttendeeRequest Seated(Seat seat, string person) =>
            new() { Seat = seat, PersonId = company.Persons[person] };
        HoldRevisitRequest AttendedBy(params HoldRevisitAttendeeRequest[] attendees) =>
            new()
            {
                On = _today,
                Form = RevisitForm.Visit,
                Attendees = attendees,
                Findings =
                [
                    new()
                    {
                        Part = "roof",
                        Location = T("finding.location"),
                        Description = T("finding.description"),
                        Severity = FindingSeverity.Major,
                        RepairWanted = true,
                        Explanation = T("finding.explanation"),
                        ProposedSolution = T("finding.solution"),
                    },
                ],
                OwnerRepresentative = new() { Name = T("signature.printedName"), Phone = "138-0000-2101" },
                OwnerOpinion = T("ownerOpinion"),
            };
        await RefusedAsync(
            "wang.jianguo",
            "tries to record the revisit without its lead",
            async api =>
                await api.Projects.HoldRevisitAsync(
                    revisitId,
                    AttendedBy(Seated(Seat.ChiefEngineer, "gu")),
                    await VersionAsync(api.Projects.GetRevisitAsync(revisitId)),
                    DemoClient.NewKey()
                )
        );
        var record = AttendedBy(
            Seated(Seat.Lead, "zhou"),
            Seated(Seat.ChiefEngineer, "gu"),
            Seated(Seat.TechnicalHead, "ye"),
            Seated(Seat.EngineeringHead, "chen"),
            Seated(Seat.QualityHead, "qiu")
        );
        using var activity = new Activity("story: the revisit is held").SetIdFormat(ActivityIdFormat.W3C).Start();
        activity.ActivityTraceFlags = ActivityTraceFlags.Recorded;
        TraceId = activity.TraceId.ToString();
        var held = await RevisitAsync(
            "wang.jianguo",
            "records the revisit as held; it found a leaking roof (P2.2.1, P2.2.2)",
            revisitId,
            (api, version) => api.HoldRevisitAsync(revisitId, record, version, DemoClient.NewKey()),
            "projects.revisit.held.v1",
            "projects.revisit.finding-recorded.v1"
        );
        return held.Findings[0].Id;
    }

    private async Task<Guid> RepairAsync(Company company, Guid findingId)
    {
        var opened = await bus.ExpectAsync(
            "repairs.repair-order.opened.v1",
            e => (string?)e["sourceId"] == findingId.ToString(),
            _cancellation
        );
        var id = Guid.Parse((string)opened.Body["repairOrderId"]!);
        var repairs = _people["lin.yating"].Api.Repairs;
        var order = await repairs.GetRepairOrderAsync(id);
        if (order.Result.Warranty.Covered == WarrantyCover.Unknown)
        {
            // Projects did not answer within the deadline (a machine under load): the order was opened all the same.
            Note($"Projects did not answer in time ({order.Result.Warranty.Problem}); it is asked again");
            order = await repairs.AskWarrantyAsync(id, order.ETag, DemoClient.NewKey());
        }

        var warranty = order.Result.Warranty;
        Step(
            "system",
            $"Repairs opened {order.Result.Number} by event and asked Projects by gRPC: under warranty "
                + $"{warranty.Covered} until {warranty.Until:yyyy-MM-dd}, unit {warranty.ResponsibleUnitName}"
        );
        Check(
            warranty.Covered == WarrantyCover.Yes && warranty.ResponsibleUnitId == company.Organisations["gu-an"],
            "the leak is under warranty, and the subcontractor of the part repairs it"
        );

        Task<RepairOrderView> Do(
            string who,
            string what,
            Func<RepairsClient, string?, Task<ApiResponse<RepairOrderView>>> act,
            params string[] events
        ) =>
            DoneAsync(
                who,
                what,
                async api => await act(api.Repairs, await VersionAsync(api.Repairs.GetRepairOrderAsync(id))),
                events
            );
        Task Refused(string who, string what, Func<RepairsClient, string?, Task<ApiResponse<RepairOrderView>>> act) =>
            RefusedAsync(
                who,
                what,
                async api => await act(api.Repairs, await VersionAsync(api.Repairs.GetRepairOrderAsync(id)))
            );

        await Do(
            "lin.yating",
            "confirms the defect with the owner on site (P3.2.1)",
            (api, version) =>
                api.ConfirmDefectAsync(
                    id,
                    new ConfirmDefectRequest
                    {
                        Method = ConfirmationMethod.OnSite,
                        On = _today,
                        OwnerRepresentative = T("signature.printedName"),
                        ReworkAgreed = T("confirm.rework"),
                    },
                    version,
                    DemoClient.NewKey()
                ),
            "repairs.repair-order.confirmed.v1"
        );
        await Do(
            "wang.jianguo",
            "writes the repair record: facts, causes, measures",
            (api, version) =>
                api.AnalyseDefectAsync(
                    id,
                    new AnalyseDefectRequest
                    {
                        Facts = T("analysis.facts"),
                        Causes = T("analysis.causes"),
                        MainCause = T("analysis.mainCause"),
                        Measures = Ts("analysis.measures"),
                    },
                    version,
                    DemoClient.NewKey()
                )
        );
        await Do(
            "chen.zhenghao",
            "reviews it as department head",
            (api, version) =>
                api.ReviewRepairOrderAsync(
                    id,
                    new ReviewRepairOrderRequest { Opinion = T("review") },
                    version,
                    DemoClient.NewKey()
                )
        );
        await Do(
            "feng.ruilin",
            "approves it as the unit's leader",
            (api, version) =>
                api.ApproveRepairOrderAsync(
                    id,
                    new ApproveRepairOrderRequest { Opinion = T("approval") },
                    version,
                    DemoClient.NewKey()
                ),
            "repairs.repair-order.approved.v1"
        );
        await Do(
            "huang.shufen",
            "fixes the days of the repair (P2.1.2)",
            (api, version) =>
                api.PlanRepairDaysAsync(
                    id,
                    new PlanRepairDaysRequest { From = _today, To = _today.AddDays(2) },
                    version,
                    DemoClient.NewKey()
                )
        );
        var proposal = (await _people["wang.jianguo"].Api.Repairs.GetLeaderProposalAsync(id)).Result.Proposed!;
        Note($"proposed leader: {proposal.PersonName} ({proposal.Basis}): {proposal.Reason}");
        Check(proposal.Basis == LeaderBasis.OriginalManager, "the project's original manager is proposed (P3.2.2)");
        await Do(
            "wang.jianguo",
            "issues the record to the subcontractor (P3.1.1, P3.2.2)",
            (api, version) =>
                api.DispatchRepairOrderAsync(
                    id,
                    new DispatchRepairOrderRequest
                    {
                        Leader = new() { Basis = LeaderBasis.OriginalManager, PersonId = proposal.PersonId!.Value },
                        ChargeBack = true,
                    },
                    version,
                    DemoClient.NewKey()
                ),
            "repairs.repair-order.dispatched.v1"
        );
        await Refused(
            "zhao.fangshui",
            "tries to start before the briefing",
            (api, version) => api.StartRepairAsync(id, version, DemoClient.NewKey())
        );
        await Do(
            "chen.zhenghao",
            "briefs leader and crew (P3.2.2)",
            (api, version) =>
                api.BriefRepairCrewAsync(
                    id,
                    new BriefRepairCrewRequest
                    {
                        On = _today,
                        Content = T("briefing"),
                        Participants =
                        [
                            new() { Name = proposal.PersonName!, Role = BriefingRole.Leader },
                            new() { Name = Ts("work.crew")[0], Role = BriefingRole.Crew },
                        ],
                        ServicePrinciples = true,
                        CooperateWithOwner = true,
                        SatisfyReasonableWishes = true,
                        NeverQuarrel = true,
                    },
                    version,
                    DemoClient.NewKey()
                )
        );
        await Do(
            "zhao.fangshui",
            "starts the repair",
            (api, version) => api.StartRepairAsync(id, version, DemoClient.NewKey()),
            "repairs.repair-order.started.v1"
        );
        await PhotographAsync(id);
        await Do(
            "zhao.fangshui",
            "reports it done",
            (api, version) =>
                api.FinishRepairAsync(
                    id,
                    new FinishRepairRequest
                    {
                        WorkDone = T("work.done"),
                        Materials = T("work.materials"),
                        TaskSheet = T("work.taskSheet"),
                        Crew = Ts("work.crew"),
                        FinishedOn = _today,
                    },
                    version,
                    DemoClient.NewKey()
                )
        );
        var acceptance = new RespondToRepairRequest
        {
            Opinion = T("acceptance"),
            PrintedName = T("signature.printedName"),
        };
        await Refused(
            "liu.yezhu",
            "the owner tries to accept before quality has inspected",
            (api, version) => api.AcceptRepairAsync(id, acceptance, version, DemoClient.NewKey())
        );
        await Do(
            "he.xiaofeng",
            "inspects and passes it (P3.2.3)",
            (api, version) =>
                api.PassInspectionAsync(
                    id,
                    new InspectRepairRequest { Opinion = T("inspection") },
                    version,
                    DemoClient.NewKey()
                ),
            "repairs.repair-order.inspected.v1"
        );
        await Do(
            "liu.yezhu",
            "the owner accepts and signs",
            (api, version) => api.AcceptRepairAsync(id, acceptance, version, DemoClient.NewKey()),
            "repairs.repair-order.owner-responded.v1"
        );
        await Do(
            "zhao.fangshui",
            "returns the record to engineering",
            (api, version) =>
                api.ReturnRepairRecordAsync(
                    id,
                    new ReturnRepairRecordRequest { Remark = T("returned") },
                    version,
                    DemoClient.NewKey()
                ),
            "repairs.repair-order.returned.v1"
        );
        return id;
    }

    private async Task<Guid> SurveyAsync(Guid orderId)
    {
        var invited = await bus.ExpectAsync(
            "surveys.invitation.sent.v1",
            e => (string?)e["sourceId"] == orderId.ToString(),
            _cancellation
        );
        var token = new Uri((string)invited.Body["link"]!).Segments[^1];
        Step("system", "Surveys invites the owner by event (C5.8.2 B); the link is single-use");
        using var anybody = new HttpClient { BaseAddress = gateway };
        var surveys = new CustomerServiceClient(anybody).Surveys;
        var form = (await surveys.ShowFormAsync(token)).Result;
        Note($"questionnaire {form.Questionnaire.Form}: {form.Questionnaire.Dimensions.Count} dimensions");
        var filled = new FilledForm
        {
            Overall = "fairly-satisfied",
            Items =
            [
                new() { Item = "E.result", Grade = "very-satisfied" },
                new() { Item = "E.attitude", Grade = "satisfied" },
                new()
                {
                    Item = "E.speed",
                    Grade = "dissatisfied",
                    Comment = T("survey.comment"),
                },
            ],
            Suggestions = T("survey.suggestions"),
            Respondent = T("survey.respondent"),
        };
        var id = (await surveys.AnswerFormAsync(token, filled, DemoClient.NewKey())).Result.Id;
        await bus.ExpectAsync(
            "surveys.response.received.v1",
            e => (string?)e["responseId"] == id.ToString(),
            _cancellation
        );
        await bus.ExpectAsync(
            "surveys.response.dissatisfied.v1",
            e => (string?)e["responseId"] == id.ToString(),
            _cancellation
        );
        Step("owner", "fills in the form: one item is graded dissatisfied (C5.8.3)");
        var again = await RefusalOf(surveys.AnswerFormAsync(token, filled, DemoClient.NewKey()));
        Check(again.StatusCode == 410, "the link works once");
        return id;
    }

    private async Task RemedyAsync(
        Guid complaintId,
        Func<
            string,
            string,
            Func<ComplaintsClient, string?, Task<ApiResponse<ComplaintView>>>,
            string[],
            Task<ComplaintView>
        > change
    )
    {
        await change(
            "luo.yongqiang",
            "receives quality's notice by name (C5.3.1)",
            (api, version) => api.ReceiveNoticeOfComplaintAsync(complaintId, version, DemoClient.NewKey()),
            ["complaints.complaint.notice-received.v1"]
        );
        var planned = await change(
            "he.xiaofeng",
            "plans the remedy (C5.3.1)",
            (api, version) =>
                api.PlanRemedyOfComplaintAsync(
                    complaintId,
                    new()
                    {
                        What = T("remedy.what"),
                        Department = "production",
                        DueOn = _today.AddDays(3),
                    },
                    version,
                    DemoClient.NewKey()
                ),
            ["complaints.action-item.issued.v1"]
        );
        var item = planned.ActionItems!.Last().Id;
        Task Act(string who, string what, Func<ComplaintsClient, string?, Task<ApiResponse<ActionItemView>>> act) =>
            DoneAsync(
                who,
                what,
                async api => await act(api.Complaints, await VersionAsync(api.Complaints.GetActionItemAsync(item)))
            );

        await Act(
            "luo.yongqiang",
            "receives it",
            (api, version) => api.ReceiveActionItemAsync(item, version, DemoClient.NewKey())
        );
        await Act(
            "luo.yongqiang",
            "carries it out, with evidence",
            (api, version) =>
                api.CompleteActionItemAsync(
                    item,
                    new() { Report = T("remedy.report"), Evidence = T("remedy.evidence") },
                    version,
                    DemoClient.NewKey()
                )
        );
        await Act(
            "he.xiaofeng",
            "supervised it and settles it",
            (api, version) => api.AcceptActionItemAsync(item, new(), version, DemoClient.NewKey())
        );
    }

    private async Task ComplainAsync(Guid responseId)
    {
        var registered = await bus.ExpectAsync(
            "complaints.complaint.registered.v1",
            e => (string?)e["sourceId"] == responseId.ToString(),
            _cancellation
        );
        var id = Guid.Parse((string)registered.Body["complaintId"]!);
        Step("system", $"Complaints registers {(string)registered.Body["number"]!} from the form (C5.9)");

        Task<ComplaintView> Do(
            string who,
            string what,
            Func<ComplaintsClient, string?, Task<ApiResponse<ComplaintView>>> act,
            params string[] events
        ) =>
            DoneAsync(
                who,
                what,
                async api => await act(api.Complaints, await VersionAsync(api.Complaints.GetComplaintAsync(id))),
                events
            );

        await Do(
            "lin.yating",
            "gives the first answer (C1)",
            (api, version) =>
                api.RespondToComplaintAsync(id, new() { Message = T("response") }, version, DemoClient.NewKey()),
            "complaints.complaint.responded.v1"
        );
        await Do(
            "lin.yating",
            "sends it to quality; form FM004 is made out (C5.2)",
            (api, version) => api.SendComplaintToQcAsync(id, new() { Note = T("toQc") }, version, DemoClient.NewKey()),
            "complaints.complaint.triaged.v1"
        );
        await Do(
            "he.xiaofeng",
            "decides liability: ours, production (C5.3.1)",
            (api, version) =>
                api.DecideOursAsync(
                    id,
                    new()
                    {
                        ResponsibleDepartment = "production",
                        CauseCode = T("ruling.cause"),
                        Findings = T("ruling.findings"),
                    },
                    version,
                    DemoClient.NewKey()
                ),
            "complaints.complaint.liability-decided.v1"
        );
        var capa = await DoneAsync(
            "he.xiaofeng",
            "opens a corrective action",
            async api =>
                await api.Complaints.OpenCapaAsync(
                    id,
                    new()
                    {
                        Department = "production",
                        DueOn = _today.AddDays(14),
                        Description = T("action.description"),
                    },
                    await VersionAsync(api.Complaints.GetComplaintAsync(id)),
                    DemoClient.NewKey()
                ),
            "complaints.capa.opened.v1"
        );

        Task<CapaView> DoCapa(
            string who,
            string what,
            Func<ComplaintsClient, string?, Task<ApiResponse<CapaView>>> act,
            params string[] events
        ) =>
            DoneAsync(
                who,
                what,
                async api => await act(api.Complaints, await VersionAsync(api.Complaints.GetCapaAsync(capa.Id))),
                events
            );

        await DoCapa(
            "luo.yongqiang",
            "proposes disposition, cause, corrective and preventive action (C5.4)",
            (api, version) =>
                api.ProposeCapaAsync(
                    capa.Id,
                    new()
                    {
                        Disposition = T("proposal.disposition"),
                        Cause = T("proposal.cause"),
                        CorrectiveAction = T("proposal.corrective"),
                        PreventiveAction = T("proposal.preventive"),
                        Actions = [],
                        Whys = [],
                        Fishbone = [],
                    },
                    version,
                    DemoClient.NewKey()
                ),
            "complaints.capa.analysed.v1"
        );
        var execution = new ExecuteCapaRequest { Record = T("execution"), ExecutedOn = _today };
        await RefusedAsync(
            "luo.yongqiang",
            "tries to execute before the review",
            async api =>
                await api.Complaints.ExecuteCapaAsync(
                    capa.Id,
                    execution,
                    await VersionAsync(api.Complaints.GetCapaAsync(capa.Id)),
                    DemoClient.NewKey()
                )
        );
        await DoCapa(
            "shen.huimin",
            "reviews it as management representative",
            (api, version) =>
                api.ApproveCapaAsync(capa.Id, new() { Opinion = T("representative") }, version, DemoClient.NewKey()),
            "complaints.capa.reviewed.v1"
        );
        await DoCapa(
            "luo.yongqiang",
            "executes it as head of the department (C5.6.2)",
            (api, version) => api.ExecuteCapaAsync(capa.Id, execution, version, DemoClient.NewKey()),
            "complaints.capa.executed.v1"
        );
        await RemedyAsync(id, (who, what, act, events) => Do(who, what, act, events));
        await Do(
            "he.xiaofeng",
            "releases what the customer may be told (C5.6.1)",
            (api, version) =>
                api.ReleaseConclusionOfComplaintAsync(
                    id,
                    new()
                    {
                        Cause = T("answer.cause"),
                        Traceability = T("answer.traceability"),
                        Conclusion = T("answer.conclusion"),
                    },
                    version,
                    DemoClient.NewKey()
                ),
            "complaints.complaint.conclusion-released.v1"
        );
        await Do(
            "lin.yating",
            "answers the customer with the released words (C5.6.1)",
            (api, version) => api.AnswerComplaintAsync(id, new() { Translations = [] }, version, DemoClient.NewKey()),
            "complaints.complaint.answered.v1"
        );
        await Do(
            "liu.yezhu",
            "the owner confirms the conclusion",
            (api, version) =>
                api.ConfirmConclusionAsync(id, new() { Opinion = T("confirmation") }, version, DemoClient.NewKey())
        );
        await RefusedAsync(
            "lin.yating",
            "tries to close with the action open",
            async api =>
                await api.Complaints.CloseComplaintAsync(
                    id,
                    new(),
                    await VersionAsync(api.Complaints.GetComplaintAsync(id)),
                    DemoClient.NewKey()
                )
        );
        await DoCapa(
            "he.xiaofeng",
            "verifies the effect for quality (C5.6.2)",
            (api, version) =>
                api.VerifyEffectiveAsync(capa.Id, new() { Evidence = T("verification") }, version, DemoClient.NewKey()),
            "complaints.capa.side-verified.v1"
        );
        await DoCapa(
            "lin.yating",
            "verifies it for customer service; now it is effective (C5.6.2)",
            (api, version) =>
                api.VerifyEffectiveAsync(
                    capa.Id,
                    new() { Evidence = T("serviceVerification") },
                    version,
                    DemoClient.NewKey()
                ),
            "complaints.capa.verified.v1"
        );
        await Do(
            "lin.yating",
            "closes the complaint",
            (api, version) => api.CloseComplaintAsync(id, new(), version, DemoClient.NewKey()),
            "complaints.complaint.closed.v1"
        );
        Check(
            bus.All("complaints.complaint.registered.v1", e => (string?)e["sourceId"] == responseId.ToString()).Count
                == 1,
            "exactly one complaint came of the form"
        );
    }

    private async Task CloseRevisitAsync(Guid id, Guid findingId)
    {
        await RevisitAsync(
            "he.xiaofeng",
            "decides cause and liability of the finding (P2.2.3)",
            id,
            (api, version) =>
                api.AssessLiabilityAsync(
                    id,
                    new()
                    {
                        Findings =
                        [
                            new()
                            {
                                FindingId = findingId,
                                Liability = ProjectsLiability.Subcontractor,
                                Cause = T("judgement.cause"),
                                CauseCode = CauseCode.Jointing,
                                ResponsibleUnit = T("judgement.unit"),
                            },
                        ],
                        Remarks = T("judgement.remarks"),
                    },
                    version,
                    DemoClient.NewKey()
                )
        );
        await RevisitAsync(
            "chen.zhenghao",
            "enters engineering's disposition",
            id,
            (api, version) =>
                api.SetDispositionAsync(id, new() { Text = T("disposition") }, version, DemoClient.NewKey())
        );
        await RevisitAsync(
            "wang.jianguo",
            "draws the lesson and sets the measures, so that the fault does not recur (P2.2.3)",
            id,
            (api, version) =>
                api.FollowUpFindingAsync(
                    id,
                    new()
                    {
                        FindingId = findingId,
                        Lesson = T("judgement.lesson"),
                        CorrectiveMeasure = T("judgement.correctiveMeasure"),
                        Countermeasure = T("judgement.countermeasure"),
                    },
                    version,
                    DemoClient.NewKey()
                )
        );
        await RevisitAsync(
            "liu.yezhu",
            "the owner signs the revisit record (form 3.3.1)",
            id,
            (api, version) =>
                api.SignRevisitAsync(
                    id,
                    new() { PrintedName = T("signature.printedName"), Opinion = T("signature.opinion") },
                    version,
                    DemoClient.NewKey()
                )
        );
        await RevisitAsync(
            "wang.jianguo",
            "closes the revisit's file (P3.3)",
            id,
            (api, version) => api.CloseRevisitAsync(id, version, DemoClient.NewKey()),
            "projects.revisit.closed.v1"
        );
        await EventuallyAsync(
            "the finding shows its repair order as done",
            async () =>
                (await _people["wang.jianguo"].Api.Projects.GetRevisitAsync(id)).Result.Findings[0].RepairOrder
                    is { Done: true }
        );
    }

    private async Task ReportAsync(Guid projectId, Guid orderId)
    {
        var reports = _people["guo.mingda"].Api.Reporting;
        Step("guo.mingda", "reads the reports");
        var month = _today.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        var repairs = await ReachedAsync(
            "repairs of the month (C3.1.3)",
            async () => (await reports.MonthlyRepairReportAsync(month)).Result,
            r => r.Returned >= 1
        );
        await ReachedAsync(
            "repair orders of the month (C3.1.3)",
            async () => (await reports.ListReportedRepairOrdersAsync(month: month)).Result,
            r => r.Items.Any(o => o.Id == orderId && o.State == "returned")
        );
        Note(
            Figures(
                "repairs of the month (C3.1.3)",
                ("opened", repairs.Opened),
                ("returned", repairs.Returned),
                ("confirmed in time %", repairs.ConfirmedInTimePercent),
                ("average turnaround, days", repairs.AverageTurnaroundDays)
            )
        );
        var complaints = await ReachedAsync(
            "complaints of the year (C5.7)",
            async () => (await reports.AnnualComplaintReportAsync(_today.Year)).Result,
            r => r.Closed >= 1 && r.Capas.VerifiedEffective >= 1
        );
        Note(
            Figures(
                "complaints of the year (C5.7)",
                ("registered", complaints.Registered),
                ("closed", complaints.Closed),
                ("responded in time %", complaints.RespondedInTimePercent)
            )
        );
        var satisfaction = await ReachedAsync(
            "satisfaction rate (C5.10)",
            async () => (await reports.SatisfactionReportAsync(_today, _today)).Result,
            r => r.Received >= 1 && r.Dissatisfied >= 1
        );
        Note(
            Figures(
                "satisfaction rate (C5.10)",
                ("sent", satisfaction.Sent),
                ("received", satisfaction.Received),
                ("percent", satisfaction.Percent),
                ("goal", satisfaction.Goal),
                ("outcome", satisfaction.Outcome)
            )
        );
        var compliance = await ReachedAsync(
            "revisit compliance (P2.1.1)",
            async () =>
                (await reports.RevisitComplianceReportAsync(_today.AddDays(-1), _today.AddDays(1), projectId)).Result,
            r => r is { HeldInTime: 1, Findings: 1 }
        );
        Note(
            Figures(
                "revisit compliance (P2.1.1)",
                ("due", compliance.Due),
                ("held in time", compliance.HeldInTime),
                ("held late", compliance.HeldLate),
                ("compliance %", compliance.CompliancePercent),
                ("findings", compliance.Findings)
            )
        );
    }

    private static string Figures(string what, params (string Name, object? Value)[] figures)
    {
        var texts = figures.Select(f => $"{f.Name} {Convert.ToString(f.Value, CultureInfo.InvariantCulture) ?? "n/a"}");
        return $"{what}: {string.Join(", ", texts)}";
    }

    private static void Check(bool holds, string what)
    {
        if (!holds)
        {
            throw new StartException($"The story does not come out right: not true that {what}.");
        }
    }

    private static async Task<string?> VersionAsync<T>(Task<ApiResponse<T>> read) => (await read).ETag;

    private static async Task<ApiException> RefusalOf<T>(Task<ApiResponse<T>> call)
    {
        try
        {
            var answer = await call;
            throw new StartException($"Answered {answer.StatusCode}, expected a refusal: {Describe(answer.Result)}");
        }
        catch (ApiException refused)
        {
            return refused;
        }
    }

    private static string Describe<T>(T result)
    {
        var node = JsonSerializer.SerializeToNode(result, ApiClient.Options)!;
        var name = node["number"] ?? node["contractNumber"] ?? node["fileNumber"] ?? node["fileName"] ?? node["name"];
        return $"{name} {node["state"]}".Trim();
    }

    private async Task EventuallyAsync(string what, Func<Task<bool>> holds)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            Check(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(30), what);
            await Task.Delay(100, _cancellation);
        }
    }

    private async Task<T> ReachedAsync<T>(string what, Func<Task<T>> read, Func<T, bool> shows)
    {
        T? last = default;
        await EventuallyAsync($"the report shows the story: {what}", async () => shows(last = await read()));
        return last!;
    }

    private Task<RevisitView> RevisitAsync(
        string who,
        string what,
        Guid id,
        Func<ProjectsClient, string?, Task<ApiResponse<RevisitView>>> act,
        params string[] events
    ) =>
        DoneAsync(
            who,
            what,
            async api => await act(api.Projects, await VersionAsync(api.Projects.GetRevisitAsync(id))),
            events
        );

    private async Task<T> DoneAsync<T>(
        string userName,
        string what,
        Func<CustomerServiceClient, Task<ApiResponse<T>>> act,
        params string[] events
    )
    {
        T result;
        try
        {
            result = (await act(_people[userName].Api)).Result;
        }
        catch (ApiException refused)
        {
            throw new StartException($"{userName} {what}: {refused.Message} {refused.Response}");
        }

        var id = (string?)JsonSerializer.SerializeToNode(result, ApiClient.Options)!["id"];
        foreach (var type in events)
        {
            // The record is the event's subject: its id stands among the event's members.
            await bus.ExpectAsync(
                type,
                body =>
                    body.AsObject()
                        .Any(member =>
                            member.Value is JsonValue value && value.TryGetValue<string>(out var text) && text == id
                        ),
                _cancellation
            );
        }

        Step(userName, what, Describe(result));
        return result;
    }

    private async Task RefusedAsync<T>(
        string userName,
        string what,
        Func<CustomerServiceClient, Task<ApiResponse<T>>> act
    )
    {
        var refused = await RefusalOf(act(_people[userName].Api));
        Check(refused is { StatusCode: 409, Problem: not null }, $"{what} is refused by a rule: {refused.Response}");
        var problem = refused.Problem!;
        Step(userName, what, $"refused by {problem.Rule}: {problem.Title} {problem.Detail}");
    }

    private string T(string path) => (string)Text(path)!;

    private List<string> Ts(string path) => [.. Text(path).AsArray().Select(line => (string)line!)];

    private JsonNode Text(string path) => path.Split('.').Aggregate(_texts, (node, name) => node[name]!);

    private void ShowMoves(JsonNode work)
    {
        var what = $"{(string)work["recordKind"]!} {(string)work["number"]!}".TrimEnd();
        var items = work["items"]!.AsArray();
        if (items.Count == 0)
        {
            screen.Plain($"       ◇ {what}: nobody has to do anything more");
        }

        foreach (var item in items)
        {
            var takers = item!["takers"]!.AsArray().Select(taker => ((string)taker!).Split('@', '#', '!')[0]);
            var due = (string?)item["dueAt"] is { } at ? $", due {at[..10]}" : "";
            var waits = item["waitsFor"]!.AsArray().Select(role => (string)role!).ToList();
            screen.Plain(
                waits.Count > 0
                    ? $"       ◇ {what}: {item["action"]} waits for {string.Join(", ", waits)}{due}"
                    : $"       ◇ {what}: {item["action"]} by {string.Join(", ", takers.Distinct())}{due}"
            );
        }
    }

    private void Step(string userName, string what, string? outcome = null)
    {
        var who = _persons.TryGetValue(userName, out var person)
            ? $"{person.DisplayName} ({string.Join(", ", person.Roles)})"
            : userName;
        screen.Plain(string.Create(CultureInfo.InvariantCulture, $"{++_step, 3}. {who} {what}"));
        if (outcome is { Length: > 0 })
        {
            Note(outcome);
        }

        var news = bus.News();
        // Whose move it is now, of each record that changed (S1): the last word of each.
        foreach (
            var work in news.Where(e => e.Type.EndsWith(".work.changed.v1", StringComparison.Ordinal))
                .SelectMany(e => e.Body["records"]!.AsArray())
                .GroupBy(record => (string)record!["recordId"]!)
                .Select(changes => changes.MaxBy(record => (long)record!["version"]!)!)
        )
        {
            ShowMoves(work);
        }

        foreach (
            var happened in news.Where(e => !e.Type.EndsWith(".work.changed.v1", StringComparison.Ordinal))
                .GroupBy(e => e.Type)
        )
        {
            screen.Plain($"       ~ {happened.Key}{(happened.Count() > 1 ? $" × {happened.Count()}" : "")}");
        }
    }

    private void Note(string text) => screen.Plain($"       → {text}");
}
