using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CustomerService.Local;

/// <summary>
/// One customer's story through all five services: a handed-over building, a revisit that finds a leak, the
/// repair, the survey, the complaint, the
/// corrective action, the reports. Each person signs in and acts through the gateway. It stops at the first
/// step that does not come out right.
/// </summary>
internal sealed class Story(Uri gateway, Secrets secrets, Bus bus, Screen screen)
{
    private const string Projects = "/api/projects/v1";
    private const string Repairs = "/api/repairs/v1";
    private const string Complaints = "/api/complaints/v1";
    private const string Reports = "/api/reporting/v1";

    private readonly JsonNode _texts = JsonNode.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Seed", "story.json"))
    )!;
    private readonly Dictionary<string, DemoPerson> _persons = DemoAccounts
        .Read()
        .People.ToDictionary(person => person.UserName);
    private readonly DateOnly _today = Seed.Today();
    private int _step;

    /// <summary>Trace of the step in which the revisit was held: it runs through gateway, Projects, broker,
    /// Repairs and back to Projects by gRPC.</summary>
    public string? TraceId { get; private set; }

    public async Task PlayAsync(CancellationToken cancellation)
    {
        using var people = new People(gateway, secrets);
        var company = new Company(people, _today);
        await company.RegisterAsync(cancellation);
        bus.News();

        // ── The building
        // ────────────────────────────────────────────────────────────────────────────────────────────
        var handedOver = _today.AddMonths(-3);
        var accepted = handedOver.AddDays(-12);
        var contract = $"BC-STORY-{_today:yyyyMMdd}-{Guid.CreateVersion7().ToString("N")[^6..]}";
        var project = Record(
            Projects + "/projects",
            await DoneAsync(
                people,
                "wang.jianguo",
                "registers the project with its warranty table",
                HttpStatusCode.Created,
                who =>
                    who.PostAsync(
                        Projects + "/projects",
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
                                        ["parts"] = new JsonArray("waterproofing"),
                                        ["scope"] = T("project.scope"),
                                    }
                                ),
                                ["commitments"] = new JsonArray(
                                    new JsonObject { ["part"] = "waterproofing", ["years"] = 8 }
                                ),
                            }
                        ),
                        cancellation: cancellation
                    ),
                cancellation,
                "projects.project.registered.v1"
            )
        );
        await DoneAsync(
            people,
            "chen.zhenghao",
            $"records completion acceptance on {accepted:yyyy-MM-dd}",
            HttpStatusCode.OK,
            who => who.DoAsync(project, "accept", new { on = accepted }, cancellation),
            cancellation,
            "projects.project.accepted.v1"
        );
        await DoneAsync(
            people,
            "chen.zhenghao",
            "records that the site was cleared and the land returned (P1)",
            HttpStatusCode.OK,
            who =>
                who.DoAsync(
                    project,
                    "clear-site",
                    new
                    {
                        on = accepted.AddDays(9),
                        landReturned = true,
                        stays = new[]
                        {
                            new
                            {
                                kind = "staff",
                                what = T("stay.what"),
                                why = T("stay.why"),
                            },
                        },
                    },
                    cancellation
                ),
            cancellation,
            "projects.project.site-cleared.v1"
        );
        var handover = await DoneAsync(
            people,
            "chen.zhenghao",
            $"hands the building over on {handedOver:yyyy-MM-dd}; the revisit plan appears (P2.1.1)",
            HttpStatusCode.OK,
            who => who.DoAsync(project, "hand-over", new { on = handedOver }, cancellation),
            cancellation,
            "projects.project.handed-over.v1",
            "projects.revisit.planned.v1"
        );
        var projectId = handover["id"]!;
        var planned = (
            await people["huang.shufen"].GetAsync($"{Projects}/revisits?project={projectId}&limit=50", cancellation)
        ).MustBe(HttpStatusCode.OK);
        var plan = planned.Body!["items"]!
            .AsArray()
            .OrderBy(r => (string)r!["dueOn"]!, StringComparer.Ordinal)
            .ToList();
        Note($"plan: {string.Join(", ", plan.Select(r => (string)r!["dueOn"]!))}");
        Check(
            plan.Count > 5 && (string)plan[0]!["dueOn"]! == Months(handedOver, 3),
            "the first revisit is planned three months after the handover"
        );

        // ── The revisit
        // ─────────────────────────────────────────────────────────────────────────────────────────────
        var revisit = $"{Projects}/revisits/{(string)plan[0]!["id"]!}";
        await DoneAsync(
            people,
            "huang.shufen",
            "opens the revisit's file and fixes the date (P2.1.2)",
            HttpStatusCode.OK,
            who => who.DoAsync(revisit, "open", new { on = _today, reason = T("revisitDate") }, cancellation),
            cancellation
        );
        object Seat(string seat, string person) => new { seat, personId = company.Persons[person] };
        object finding = new
        {
            part = "waterproofing",
            location = T("finding.location"),
            description = T("finding.description"),
            severity = "major",
            repairWanted = true,
            correctiveActionWanted = false,
            explanation = T("finding.explanation"),
            proposedSolution = T("finding.solution"),
        };
        await DoneAsync(
            people,
            "wang.jianguo",
            "tries to record the revisit without its lead",
            HttpStatusCode.Conflict,
            who =>
                who.DoAsync(
                    revisit,
                    "hold",
                    new
                    {
                        on = _today,
                        form = "visit",
                        attendees = new[] { Seat("chief-engineer", "gu") },
                        findings = new[] { finding },
                    },
                    cancellation
                ),
            cancellation
        );
        Answer held;
        using (var activity = new Activity("story: the revisit is held").SetIdFormat(ActivityIdFormat.W3C).Start())
        {
            activity.ActivityTraceFlags = ActivityTraceFlags.Recorded;
            TraceId = activity.TraceId.ToString();
            held = await DoneAsync(
                people,
                "wang.jianguo",
                "records the revisit as held; it found a leaking roof (P2.2.1, P2.2.2)",
                HttpStatusCode.OK,
                who =>
                    who.DoAsync(
                        revisit,
                        "hold",
                        new
                        {
                            on = _today,
                            form = "visit",
                            attendees = new[]
                            {
                                Seat("lead", "zhou"),
                                Seat("chief-engineer", "gu"),
                                Seat("technical-head", "ye"),
                                Seat("engineering-head", "chen"),
                                Seat("quality-head", "qiu"),
                            },
                            findings = new[] { finding },
                            ownerRepresentative = new { name = T("signature.printedName"), phone = "138-0000-2101" },
                            ownerOpinion = T("ownerOpinion"),
                        },
                        cancellation
                    ),
                cancellation,
                "projects.revisit.held.v1",
                "projects.revisit.finding-recorded.v1"
            );
        }

        var findingId = held["findings.0.id"]!;

        // ── The repair
        // ──────────────────────────────────────────────────────────────────────────────────────────────
        var opened = await bus.ExpectAsync(
            "repairs.repair-order.opened.v1",
            e => (string?)e["sourceId"] == findingId,
            cancellation
        );
        var order = $"{Repairs}/repair-orders/{(string)opened.Body["repairOrderId"]!}";
        var seen = (await people["lin.yating"].GetAsync(order, cancellation)).MustBe(HttpStatusCode.OK);
        if (seen["warranty.covered"] == "unknown")
        {
            // Nobody answered within the deadline (a machine under load): the order was opened all the same,
            // and is asked again.
            Note($"Projects did not answer in time ({seen["warranty.problem"]}); it is asked again");
            seen = (await people["lin.yating"].DoAsync(order, "ask-warranty", null, cancellation)).MustBe(
                HttpStatusCode.OK
            );
        }

        Step(
            "system",
            $"Repairs opened {seen["number"]} by event and asked Projects by gRPC: under warranty {seen["warranty.covered"]} until {seen["warranty.until"]}, unit {seen["warranty.responsibleUnitName"]}"
        );
        Check(
            seen["warranty.covered"] == "yes"
                && seen["warranty.responsibleUnitId"] == company.Organisations["gu-an"].ToString(),
            "the leak is under warranty, and the subcontractor of the part repairs it"
        );
        await DoneAsync(
            people,
            "lin.yating",
            "confirms the defect with the owner on site (P3.2.1)",
            HttpStatusCode.OK,
            who =>
                who.DoAsync(
                    order,
                    "confirm",
                    new
                    {
                        way = "on-site",
                        on = _today,
                        ownerRepresentative = T("signature.printedName"),
                        reworkAgreed = T("confirm.rework"),
                    },
                    cancellation
                ),
            cancellation,
            "repairs.repair-order.confirmed.v1"
        );
        await DoneAsync(
            people,
            "wang.jianguo",
            "writes the repair record: facts, causes, measures",
            HttpStatusCode.OK,
            who =>
                who.DoAsync(
                    order,
                    "analyse",
                    new
                    {
                        facts = T("analysis.facts"),
                        causes = T("analysis.causes"),
                        mainCause = T("analysis.mainCause"),
                        measures = _texts["analysis"]!["measures"],
                    },
                    cancellation
                ),
            cancellation
        );
        await DoneAsync(
            people,
            "chen.zhenghao",
            "reviews it as department head",
            HttpStatusCode.OK,
            who => who.DoAsync(order, "review", new { opinion = T("review") }, cancellation),
            cancellation
        );
        await DoneAsync(
            people,
            "feng.ruilin",
            "approves it as the unit's leader",
            HttpStatusCode.OK,
            who => who.DoAsync(order, "approve", new { opinion = T("approval") }, cancellation),
            cancellation,
            "repairs.repair-order.approved.v1"
        );
        var proposal = (await people["wang.jianguo"].GetAsync(order + "/leader-proposal", cancellation)).MustBe(
            HttpStatusCode.OK
        );
        Note(
            $"proposed leader: {proposal["proposed.personName"]} ({proposal["proposed.basis"]}): {proposal["proposed.reason"]}"
        );
        Check(proposal["proposed.basis"] == "original-manager", "the project's original manager is proposed (P3.2.2)");
        await DoneAsync(
            people,
            "wang.jianguo",
            "issues the record to the subcontractor (P3.1.1, P3.2.2)",
            HttpStatusCode.OK,
            who =>
                who.DoAsync(
                    order,
                    "dispatch",
                    new
                    {
                        leader = new
                        {
                            basis = "original-manager",
                            personId = proposal["proposed.personId"],
                            personName = proposal["proposed.personName"],
                        },
                        chargeBack = true,
                    },
                    cancellation
                ),
            cancellation,
            "repairs.repair-order.dispatched.v1"
        );
        await DoneAsync(
            people,
            "zhao.fangshui",
            "tries to start before the briefing",
            HttpStatusCode.Conflict,
            who => who.DoAsync(order, "start", null, cancellation),
            cancellation
        );
        await DoneAsync(
            people,
            "chen.zhenghao",
            "briefs leader and crew (P3.2.2)",
            HttpStatusCode.OK,
            who =>
                who.DoAsync(
                    order,
                    "brief",
                    new
                    {
                        on = _today,
                        content = T("briefing"),
                        participants = new[]
                        {
                            new { name = proposal["proposed.personName"]!, part = "leader" },
                            new { name = (string)_texts["work"]!["crew"]![0]!, part = "crew" },
                        },
                        servicePrinciples = true,
                        cooperateWithOwner = true,
                        satisfyReasonableWishes = true,
                        neverQuarrel = true,
                    },
                    cancellation
                ),
            cancellation
        );
        await DoneAsync(
            people,
            "zhao.fangshui",
            "starts the repair",
            HttpStatusCode.OK,
            who => who.DoAsync(order, "start", null, cancellation),
            cancellation,
            "repairs.repair-order.started.v1"
        );
        await DoneAsync(
            people,
            "zhao.fangshui",
            "reports it done",
            HttpStatusCode.OK,
            who =>
                who.DoAsync(
                    order,
                    "finish",
                    new
                    {
                        workDone = T("work.done"),
                        materials = T("work.materials"),
                        taskSheet = T("work.taskSheet"),
                        crew = _texts["work"]!["crew"],
                        finishedOn = _today,
                    },
                    cancellation
                ),
            cancellation
        );
        object signature = new { opinion = T("acceptance"), printedName = T("signature.printedName") };
        await DoneAsync(
            people,
            "liu.yezhu",
            "the owner tries to accept before quality has inspected",
            HttpStatusCode.Conflict,
            who => who.DoAsync(order, "accept", signature, cancellation),
            cancellation
        );
        await DoneAsync(
            people,
            "he.xiaofeng",
            "inspects and passes it (P3.2.3)",
            HttpStatusCode.OK,
            who => who.DoAsync(order, "inspect", new { passed = true, opinion = T("inspection") }, cancellation),
            cancellation,
            "repairs.repair-order.inspected.v1"
        );
        await DoneAsync(
            people,
            "liu.yezhu",
            "the owner accepts and signs",
            HttpStatusCode.OK,
            who => who.DoAsync(order, "accept", signature, cancellation),
            cancellation,
            "repairs.repair-order.owner-responded.v1"
        );
        await DoneAsync(
            people,
            "zhao.fangshui",
            "returns the record to engineering",
            HttpStatusCode.OK,
            who => who.DoAsync(order, "return", new { remark = T("returned") }, cancellation),
            cancellation,
            "repairs.repair-order.returned.v1"
        );

        // ── The survey
        // ──────────────────────────────────────────────────────────────────────────────────────────────
        var orderId = (string)opened.Body["repairOrderId"]!;
        var invited = await bus.ExpectAsync(
            "surveys.invitation.sent.v1",
            e => (string?)e["sourceId"] == orderId,
            cancellation
        );
        var form = new Uri((string)invited.Body["link"]!).AbsolutePath;
        Step("system", "Surveys invites the owner by event (C5.8.2 B); the link is single-use");
        using var anybody = new HttpClient { BaseAddress = gateway };
        var questionnaire = JsonNode.Parse(
            await anybody.GetStringAsync(new Uri(form, UriKind.Relative), cancellation)
        )!;
        Note(
            $"questionnaire {(string?)questionnaire["questionnaire"]!["form"]}: {questionnaire["questionnaire"]!["dimensions"]!.AsArray().Count} dimensions"
        );
        var filled = new
        {
            overall = "fairly-satisfied",
            items = new object[]
            {
                new { item = "E.result", grade = "very-satisfied" },
                new { item = "E.attitude", grade = "satisfied" },
                new
                {
                    item = "E.speed",
                    grade = "dissatisfied",
                    comment = T("survey.comment"),
                },
            },
            suggestions = T("survey.suggestions"),
            respondent = T("survey.respondent"),
        };
        var answered = await PostAnonymouslyAsync(anybody, form, filled, "story-answer", cancellation);
        Check(answered.Status == HttpStatusCode.Created, $"the answer is taken: {answered.Status} {answered.Body}");
        var formId = (string)answered.Body["id"]!;
        await bus.ExpectAsync("surveys.form.recovered.v1", e => (string?)e["formId"] == formId, cancellation);
        await bus.ExpectAsync("surveys.form.dissatisfied.v1", e => (string?)e["formId"] == formId, cancellation);
        Step("owner", "fills in the form: one item is graded dissatisfied (C5.8.3)");
        var again = await PostAnonymouslyAsync(anybody, form, filled, "story-second-answer", cancellation);
        Check(again.Status == HttpStatusCode.Conflict, "the link works once");

        // ── The complaint
        // ───────────────────────────────────────────────────────────────────────────────────────────
        var registered = await bus.ExpectAsync(
            "complaints.complaint.registered.v1",
            e => (string?)e["sourceId"] == formId,
            cancellation
        );
        var complaintId = (string)registered.Body["complaintId"]!;
        var complaint = $"{Complaints}/complaints/{complaintId}";
        Step("system", $"Complaints registers {(string)registered.Body["number"]!} from the form (C5.9)");
        await DoneAsync(
            people,
            "lin.yating",
            "gives the first answer (C1)",
            HttpStatusCode.OK,
            who => who.DoAsync(complaint, "respond", new { message = T("response") }, cancellation),
            cancellation,
            "complaints.complaint.responded.v1"
        );
        await DoneAsync(
            people,
            "lin.yating",
            "sends it to quality (C5.2)",
            HttpStatusCode.OK,
            who => who.DoAsync(complaint, "send-to-qc", new { note = T("toQc") }, cancellation),
            cancellation,
            "complaints.complaint.triaged.v1"
        );
        await DoneAsync(
            people,
            "he.xiaofeng",
            "decides liability: ours, production (C5.3.1)",
            HttpStatusCode.OK,
            who =>
                who.DoAsync(
                    complaint,
                    "decide-ours",
                    new
                    {
                        responsibleDepartment = "production",
                        causeCode = T("ruling.cause"),
                        findings = T("ruling.findings"),
                    },
                    cancellation
                ),
            cancellation,
            "complaints.complaint.liability-decided.v1"
        );
        var capa = await DoneAsync(
            people,
            "he.xiaofeng",
            "opens a corrective action",
            HttpStatusCode.Created,
            who =>
                who.DoAsync(
                    complaint,
                    "corrective-actions",
                    new
                    {
                        department = "production",
                        dueOn = _today.AddDays(14),
                        description = T("action.description"),
                    },
                    cancellation
                ),
            cancellation,
            "complaints.corrective-action.opened.v1"
        );
        var action = $"{Complaints}/corrective-actions/{capa["id"]}";
        await DoneAsync(
            people,
            "luo.yongqiang",
            "proposes disposition, cause, corrective and preventive action (C5.4)",
            HttpStatusCode.OK,
            who =>
                who.DoAsync(
                    action,
                    "propose",
                    new
                    {
                        disposition = T("proposal.disposition"),
                        cause = T("proposal.cause"),
                        correctiveAction = T("proposal.corrective"),
                        preventiveAction = T("proposal.preventive"),
                    },
                    cancellation
                ),
            cancellation,
            "complaints.corrective-action.analysed.v1"
        );
        object execution = new { record = T("execution"), executedOn = _today };
        await DoneAsync(
            people,
            "luo.yongqiang",
            "tries to execute before the review",
            HttpStatusCode.Conflict,
            who => who.DoAsync(action, "execute", execution, cancellation),
            cancellation
        );
        await DoneAsync(
            people,
            "shen.huimin",
            "reviews it as management representative",
            HttpStatusCode.OK,
            who => who.DoAsync(action, "approve", new { opinion = T("representative") }, cancellation),
            cancellation,
            "complaints.corrective-action.reviewed.v1"
        );
        await DoneAsync(
            people,
            "luo.yongqiang",
            "executes it (C5.6.2)",
            HttpStatusCode.OK,
            who => who.DoAsync(action, "execute", execution, cancellation),
            cancellation,
            "complaints.corrective-action.executed.v1"
        );
        await DoneAsync(
            people,
            "lin.yating",
            "answers the customer: cause, traceability, conclusion (C5.6.1)",
            HttpStatusCode.OK,
            who =>
                who.DoAsync(
                    complaint,
                    "answer",
                    new
                    {
                        cause = T("answer.cause"),
                        traceability = T("answer.traceability"),
                        conclusion = T("answer.conclusion"),
                    },
                    cancellation
                ),
            cancellation
        );
        await DoneAsync(
            people,
            "liu.yezhu",
            "the owner confirms the conclusion",
            HttpStatusCode.OK,
            who => who.DoAsync(complaint, "confirm", new { opinion = T("confirmation") }, cancellation),
            cancellation
        );
        await DoneAsync(
            people,
            "lin.yating",
            "tries to close with the action open",
            HttpStatusCode.Conflict,
            who => who.DoAsync(complaint, "close", new { }, cancellation),
            cancellation
        );
        await DoneAsync(
            people,
            "he.xiaofeng",
            "verifies the effect (C5.6.2)",
            HttpStatusCode.OK,
            who => who.DoAsync(action, "verify-effective", new { evidence = T("verification") }, cancellation),
            cancellation,
            "complaints.corrective-action.verified.v1"
        );
        await DoneAsync(
            people,
            "lin.yating",
            "closes the complaint",
            HttpStatusCode.OK,
            who => who.DoAsync(complaint, "close", new { }, cancellation),
            cancellation,
            "complaints.complaint.closed.v1"
        );
        Check(
            bus.All("complaints.complaint.registered.v1", e => (string?)e["sourceId"] == formId).Count == 1,
            "exactly one complaint came of the form"
        );

        // ── The revisit's file
        // ──────────────────────────────────────────────────────────────────────────────────────
        await DoneAsync(
            people,
            "he.xiaofeng",
            "decides cause and liability of the finding (P2.2.3)",
            HttpStatusCode.OK,
            who =>
                who.DoAsync(
                    revisit,
                    "liability",
                    new
                    {
                        findings = new[]
                        {
                            new
                            {
                                findingId,
                                liability = "subcontractor",
                                cause = T("judgement.cause"),
                                responsibleUnit = T("judgement.unit"),
                            },
                        },
                        remarks = T("judgement.remarks"),
                    },
                    cancellation
                ),
            cancellation
        );
        await DoneAsync(
            people,
            "chen.zhenghao",
            "enters engineering's disposition",
            HttpStatusCode.OK,
            who => who.DoAsync(revisit, "disposition", new { text = T("disposition") }, cancellation),
            cancellation
        );
        await DoneAsync(
            people,
            "liu.yezhu",
            "the owner signs the revisit record (form 3.3.1)",
            HttpStatusCode.OK,
            who =>
                who.DoAsync(
                    revisit,
                    "sign",
                    new { printedName = T("signature.printedName"), opinion = T("signature.opinion") },
                    cancellation
                ),
            cancellation
        );
        await DoneAsync(
            people,
            "wang.jianguo",
            "closes the revisit's file (P3.3)",
            HttpStatusCode.OK,
            who => who.DoAsync(revisit, "close", new { }, cancellation),
            cancellation,
            "projects.revisit.closed.v1"
        );
        await EventuallyAsync(
            "the finding shows its repair order as done",
            async () =>
                (await people["wang.jianguo"].GetAsync(revisit, cancellation)).MustBe(HttpStatusCode.OK)[
                    "findings.0.repairOrder.done"
                ] == "true",
            cancellation
        );

        // ── The reports
        // ─────────────────────────────────────────────────────────────────────────────────────────────
        var reader = people["guo.mingda"];
        Step("guo.mingda", "reads the reports");
        await ReportAsync(
            reader,
            $"/repairs/monthly?month={_today:yyyy-MM}",
            "repairs of the month (C3.1.3)",
            r =>
                r["orders"]!
                    .AsArray()
                    .Any(o => (string?)o!["repairOrderId"] == orderId && (string?)o["state"] == "returned"),
            ["opened", "returned", "confirmedInTimePercent", "averageTurnaroundDays"],
            cancellation
        );
        await ReportAsync(
            reader,
            $"/complaints/yearly?year={_today.Year}",
            "complaints of the year (C5.7)",
            r => (int)r["closed"]! >= 1 && (int)r["correctiveActions"]!["verifiedEffective"]! >= 1,
            ["registered", "closed", "respondedInTimePercent"],
            cancellation
        );
        await ReportAsync(
            reader,
            $"/satisfaction?from={_today:yyyy-MM-dd}&to={_today:yyyy-MM-dd}",
            "satisfaction rate (C5.10)",
            r => (int)r["recovered"]! >= 1 && (int)r["dissatisfied"]! >= 1,
            ["sent", "recovered", "percent", "goal", "outcome"],
            cancellation
        );
        await ReportAsync(
            reader,
            $"/revisits/compliance?from={_today.AddDays(-1):yyyy-MM-dd}&to={_today.AddDays(1):yyyy-MM-dd}&project={projectId}",
            "revisit compliance (P2.1.1)",
            r => (int)r["heldInTime"]! == 1 && (int)r["findings"]! == 1,
            ["due", "heldInTime", "heldLate", "compliancePercent", "findings"],
            cancellation
        );
        screen.Plain(string.Create(CultureInfo.InvariantCulture, $"\nThe story came out right: {_step} steps."));
    }

    private static string Record(string collection, Answer created) => $"{collection}/{created["id"]}";

    private static string Months(DateOnly from, int months) =>
        from.AddMonths(months).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static void Check(bool holds, string what)
    {
        if (!holds)
        {
            throw new StartException($"The story does not come out right: not true that {what}.");
        }
    }

    private static async Task<(HttpStatusCode Status, JsonNode Body)> PostAnonymouslyAsync(
        HttpClient anybody,
        string path,
        object body,
        string key,
        CancellationToken cancellation
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(
                JsonSerializer.Serialize(body, body.GetType(), JsonSerializerOptions.Web),
                System.Text.Encoding.UTF8,
                "application/json"
            ),
        };
        request.Headers.Add("Idempotency-Key", key + Guid.CreateVersion7().ToString("N"));
        using var response = await anybody.SendAsync(request, cancellation);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellation))!);
    }

    private static async Task EventuallyAsync(string what, Func<Task<bool>> holds, CancellationToken cancellation)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            Check(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(30), what);
            await Task.Delay(100, cancellation);
        }
    }

    private string T(string path) => (string)path.Split('.').Aggregate(_texts, (node, name) => node[name]!)!;

    private async Task<Answer> DoneAsync(
        People people,
        string userName,
        string what,
        HttpStatusCode expected,
        Func<DemoClient, Task<Answer>> act,
        CancellationToken cancellation,
        params string[] events
    )
    {
        var answer = (await act(people[userName])).MustBe(expected);
        foreach (var type in events)
        {
            // The record is the event's subject: its id stands among the event's members.
            var id = answer["id"];
            await bus.ExpectAsync(
                type,
                body =>
                    body.AsObject()
                        .Any(member =>
                            member.Value is JsonValue value && value.TryGetValue<string>(out var text) && text == id
                        ),
                cancellation
            );
        }

        var outcome =
            expected == HttpStatusCode.Conflict
                ? $"refused by {answer["rule"]}: {answer["title"]} {answer["detail"]}"
                : $"{answer["number"] ?? answer["contractNumber"] ?? answer["fileNumber"] ?? answer["id"]} {answer["state"]}";
        Step(userName, what, outcome);
        return answer;
    }

    private async Task ReportAsync(
        DemoClient reader,
        string path,
        string what,
        Func<JsonNode, bool> shows,
        string[] figures,
        CancellationToken cancellation
    )
    {
        JsonNode? report = null;
        await EventuallyAsync(
            $"the report shows the story: {what}",
            async () =>
                shows(report = (await reader.GetAsync(Reports + path, cancellation)).MustBe(HttpStatusCode.OK).Body!),
            cancellation
        );
        Note($"{what}: {string.Join(", ", figures.Select(f => $"{f} {report![f]?.ToString() ?? "n/a"}"))}");
    }

    private void Step(string userName, string what, string? outcome = null)
    {
        var who = _persons.TryGetValue(userName, out var person)
            ? $"{person.DisplayName} ({string.Join(", ", person.Roles)})"
            : userName;
        screen.Plain(string.Create(CultureInfo.InvariantCulture, $"{++_step, 3}. {who} {what}"));
        if (outcome is not null)
        {
            Note(outcome);
        }

        foreach (var happened in bus.News().GroupBy(e => e.Type))
        {
            screen.Plain($"       ~ {happened.Key}{(happened.Count() > 1 ? $" × {happened.Count()}" : "")}");
        }
    }

    private void Note(string text) => screen.Plain($"       → {text}");
}
