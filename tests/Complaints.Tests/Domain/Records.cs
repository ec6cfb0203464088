using CustomerService.Complaints.ActionItems.Domain;
using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Complaints.Tests.Domain;

/// <summary>Records of this service for tests in memory.</summary>
internal static class Records
{
    extension(A)
    {
        public static ComplaintBuilder Complaint(Severity severity = Severity.Major) => new(severity);

        /// <summary>A CAPA of a complaint, due in ten days, of the department <c>production</c>.</summary>
        public static CapaBuilder Capa() => new(fromFinding: false);

        /// <summary>A CAPA of a finding.</summary>
        public static CapaBuilder FindingCapa() => new(fromFinding: true);

        public static Intake Intake(Severity? severity = Severity.Major) =>
            new()
            {
                CustomerId = CustomerId,
                Customer = new Customer("東湖置業有限公司", MayComplain: true),
                Contact = "王小姐",
                Phone = "0755-12345678",
                Channel = Channel.Phone,
                Subject = "屋面滲漏",
                Description = "連日大雨後三樓走廊天花滴水。",
                Severity = severity,
            };
    }

    /// <summary>The customer of every complaint.</summary>
    public static Guid CustomerId { get; } = Guid.Parse("0198c0de-0000-7000-8000-00000000000a");

    /// <summary>The customer's word, taken down by phone.</summary>
    public static ConfirmationProof ByPhone => new(ConfirmationChannel.Phone, A.Today);

    /// <summary>A meeting of two departments with one decision.</summary>
    public static MeetingRecord Meeting(DateOnly heldOn, string rule = MeetingGrounds.UnsettledRule) =>
        new(rule, heldOn, "唐國華", ["sales", "quality"], [new("委託第三方檢測", "quality", heldOn.AddDays(7))]);

    /// <summary>The minutes of a meeting that this convener called are signed.</summary>
    public static Refusal? Met(this Complaint complaint, CommandContext convener, DateOnly heldOn) =>
        complaint.HoldMeeting(
            convener with
            {
                Actor = Someone.System("complaints"),
            },
            Meeting(
                heldOn,
                convener.Actor.Has(Roles.QcHead) ? MeetingGrounds.MajorRule : MeetingGrounds.UnsettledRule
            ) with
            {
                By = Stamp.Of(convener),
            }
        );

    /// <summary>QC releases what the customer may be told.</summary>
    public static Complaint Released(this Complaint complaint, DateTimeOffset? at = null)
    {
        complaint
            .ReleaseConclusion(A.Context(Someone.InQuality(), at ?? A.Moment), "原因", "追溯", "結論")
            .ShouldBeNull();
        return complaint;
    }

    /// <summary>A remedy of the responsible department that QC settled.</summary>
    public static Complaint Remedied(this Complaint complaint, DateTimeOffset? at = null)
    {
        var on = at ?? A.Moment;
        var quality = A.Context(Someone.InQuality(), on);
        var item = complaint
            .PlanRemedy(quality, quality, "AI-2026-000001", Order(ActionPurpose.Remedy, quality.Today))
            .Required();
        var owner = A.Context(Someone.InResponsible(), on);
        item.Receive(owner).ShouldBeNull();
        item.Complete(owner, "已更換", "記錄 12", owner.Today).ShouldBeNull();
        item.Accept(quality, null).ShouldBeNull();
        complaint.UpdateAction(item);
        return complaint;
    }

    public static ActionOrder Order(ActionPurpose purpose, DateOnly dueOn) =>
        new(purpose, "更換控制板", "production", null, null, dueOn);

    /// <summary>The codes of the actions that this person could take.</summary>
    public static IReadOnlyList<string> Actions(this Complaint complaint, Actor actor) =>
        complaint.AllowedActions(A.Context(actor));

    public static IReadOnlyList<string> Actions(this Capa capa, Actor actor) => capa.AllowedActions(A.Context(actor));

    /// <summary>The only event of this kind that is not saved yet.</summary>
    public static T Event<T>(this Aggregate record) => record.PendingEvents.OfType<T>().ShouldHaveSingleItem();

    /// <summary>Refused with this code by this rule.</summary>
    public static Refusal Refused(this Refusal? refusal, string code, string rule)
    {
        var given = refusal.ShouldNotBeNull();
        (given.Code, given.Rule).ShouldBe((code, rule));
        return given;
    }
}

internal sealed class ComplaintBuilder(Severity severity) : RecordBuilder<Complaint, ComplaintState, ComplaintAction>
{
    private DateTimeOffset _at = A.Moment;
    private bool _ours;

    /// <summary>The CAPAs that were opened on the way.</summary>
    public List<Capa> Capas { get; } = [];

    /// <summary>The way leads through our liability and an effective CAPA, instead of not our liability.</summary>
    public ComplaintBuilder Ours()
    {
        _ours = true;
        return this;
    }

    /// <summary>When all of it happens.</summary>
    public ComplaintBuilder On(DateTimeOffset at)
    {
        _at = at;
        return this;
    }

    protected override Complaint Start() =>
        Complaint.Register(By(Someone.InSales()), "TS-2026-000123", A.Intake(severity)).Required();

    protected override Refusal? Next(Complaint complaint, ComplaintState towards) =>
        complaint.State switch
        {
            ComplaintState.Registered => complaint.Respond(By(Someone.InCustomerService()), "已收到"),
            ComplaintState.Responded => towards switch
            {
                ComplaintState.Explained => complaint.Explain(By(Someone.InCustomerService()), "使用不當"),
                ComplaintState.Solved => complaint.Solve(By(Someone.InCustomerService()), "已更換"),
                _ => complaint.SendToQc(By(Someone.InCustomerService()), "需勘查"),
            },
            ComplaintState.WithQc => (towards, _ours) switch
            {
                (ComplaintState.LiabilityUnclear, _) => complaint.DecideUnclear(By(Someone.InQuality()), "需檢測"),
                (ComplaintState.OurLiability, _) or (not ComplaintState.NotOurLiability, true) => complaint.DecideOurs(
                    By(Someone.InQuality()),
                    "production",
                    "W-03",
                    "搭接不足"
                ),
                _ => complaint.DecideNotOurs(By(Someone.InQuality()), "U-01", "外力損壞"),
            },
            ComplaintState.NotOurLiability => Meet(complaint) ?? Answer(complaint),
            ComplaintState.OurLiability => OpenEffectiveCapa(complaint)
                ?? Meet(complaint)
                ?? Answer(complaint.Remedied(_at)),
            ComplaintState.Explained or ComplaintState.Solved or ComplaintState.Answered => complaint.Confirm(
                By(Someone.InCustomerService()),
                "王小姐",
                "滿意",
                Records.ByPhone with
                {
                    On = By(Someone.InCustomerService()).Today,
                }
            ),
            ComplaintState.Confirmed => Meet(complaint) ?? complaint.Close(By(Someone.InCustomerService()), null),
            _ => throw new InvalidOperationException($"No way out of {complaint.State}."),
        };

    private CommandContext By(Actor actor) => A.Context(actor, _at);

    private Refusal? Answer(Complaint complaint) =>
        complaint.ReleaseConclusion(By(Someone.InQuality()), "搭接不足", "3 號樓屋面", "已重做")
        ?? complaint.Answer(By(Someone.InCustomerService()), "搭接不足", "3 號樓屋面", "已重做");

    // A critical complaint is a major quality problem: it is reported, and the heads meet.
    private Refusal? Meet(Complaint complaint)
    {
        var head = By(Someone.HeadOfQuality());
        return MeetingGrounds.OpenBy(complaint, MeetingGrounds.MajorRule, head).Count == 0
            ? null
            : complaint.EscalateToGeneralManager(head, "重大") ?? complaint.Met(head, head.Today);
    }

    private Refusal? OpenEffectiveCapa(Complaint complaint)
    {
        var context = By(Someone.InQuality());
        var opened = complaint.OpenCapa(
            context,
            context,
            $"CAPA-2026-{Capas.Count + 1:000000}",
            new CapaRequest(null, context.Today.AddDays(10), "防止再次發生")
        );
        if (opened.Failed(out var refusal, out var capa))
        {
            return refusal;
        }

        CapaBuilder.CarryThrough(capa, _at);
        complaint.UpdateCapa(capa);
        capa.MarkSaved();
        Capas.Add(capa);
        return null;
    }
}

internal sealed class CapaBuilder(bool fromFinding) : RecordBuilder<Capa, CapaState, CapaAction>
{
    public static Finding Finding { get; } =
        new(
            Guid.Parse("0198c0de-0000-7000-8000-00000000000f"),
            Guid.Parse("0198c0de-0000-7000-8000-00000000000b"),
            "東湖花園二期",
            "HT-2024-018",
            "3 號樓屋面",
            "防水層起鼓滲漏"
        );

    /// <summary>Takes it from analysis to its verified effect.</summary>
    public static void CarryThrough(Capa capa, DateTimeOffset at)
    {
        capa.Propose(A.Context(Someone.InResponsible(), at), "拆除重做", "搭接不足", "重做", "增設停檢點")
            .ShouldBeNull();
        capa.Approve(A.Context(Someone.ManagementRepresentative(), at), "同意").ShouldBeNull();
        var head = A.Context(Someone.HeadOf(), at);
        capa.Execute(head, "已重做", head.Today).ShouldBeNull();
        capa.VerifyEffective(A.Context(Someone.InQuality(), at), "無滲漏").ShouldBeNull();
        capa.VerifyEffective(A.Context(Someone.InCustomerService(), at), "客戶未再反映").ShouldBeNull();
    }

    protected override Capa Start()
    {
        if (fromFinding)
        {
            return Capa.OpenForFinding(A.Context(Someone.System("projects")), "CAPA-2026-000012", Finding).Required();
        }

        var complaint = A.Complaint().At(ComplaintState.OurLiability);
        var context = A.Context(Someone.InQuality());
        return complaint
            .OpenCapa(context, context, "CAPA-2026-000012", new CapaRequest(null, A.Today.AddDays(10), "防止再次發生"))
            .Required();
    }

    protected override Refusal? Next(Capa capa, CapaState towards) =>
        capa.State switch
        {
            CapaState.Unassigned => capa.Assign(
                A.Context(Someone.InQuality()),
                "production",
                A.Today.AddDays(10),
                null
            ),
            CapaState.Analysis => capa.Propose(
                A.Context(Someone.InResponsible()),
                "拆除重做",
                "搭接不足",
                "重做",
                "增設停檢點"
            ),
            CapaState.Review => capa.Approve(A.Context(Someone.ManagementRepresentative()), "同意"),
            CapaState.Execution => capa.Execute(A.Context(Someone.HeadOf()), "已重做", A.Today),
            CapaState.Verification when towards == CapaState.IneffectiveForOne => capa.VerifyIneffective(
                A.Context(Someone.InQuality()),
                "仍滲漏",
                A.Today.AddDays(20)
            ),
            CapaState.Verification => capa.VerifyEffective(A.Context(Someone.InQuality()), "無滲漏"),
            CapaState.EffectiveForOne => capa.VerifyEffective(A.Context(Someone.InCustomerService()), "客戶未再反映"),
            _ => throw new InvalidOperationException($"No way out of {capa.State}."),
        };
}
