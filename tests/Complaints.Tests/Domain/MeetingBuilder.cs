using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Meetings.Domain;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Complaints.Tests.Domain;

/// <summary>Meetings for tests in memory.</summary>
internal static class MeetingBuilder
{
    public static MeetingCall CallOf(CommandContext context) =>
        new(
            context.Now.AddHours(2),
            context.Now.AddHours(3),
            "三樓會議室",
            [new("sales", null, "唐國華"), new("quality", null, null)],
            ["備件"]
        );

    /// <summary>A meeting that was called about a report to the sales manager, or about a major problem.</summary>
    public static (Complaint Complaint, ReviewMeeting Meeting) Called(bool major = false)
    {
        var complaint = A.Complaint(major ? Severity.Critical : Severity.Major).At(ComplaintState.NotOurLiability);
        var convener = A.Context(major ? Someone.HeadOfQuality() : Someone.InCustomerService());
        (
            major
                ? complaint.EscalateToGeneralManager(convener, "重大")
                : complaint.EscalateToSalesManager(convener, EscalationReason.CauseUnknown, "查不出")
        ).ShouldBeNull();
        return (complaint, complaint.CallMeeting(convener, convener, "HY-2026-000001", CallOf(convener)).Required());
    }

    public static Minutes MinutesBy(CommandContext context, DateOnly? heldOn = null) =>
        new(
            heldOn ?? context.Today,
            "唐國華",
            [new("sales", Presence.Attended, "唐國華", null), new("quality", Presence.Substituted, "邱工", "主管出差")],
            "討論原因",
            [new("委託第三方檢測", "quality", null, null, context.Today.AddDays(7))],
            Stamp.Of(context)
        );
}
