using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Complaints.Meetings.Domain;
using CustomerService.Records;
using CustomerService.Registry;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Meetings.Features;

internal static class CallMeeting
{
    /// <param name="StartsAt">Begin.</param>
    /// <param name="EndsAt">End.</param>
    /// <param name="Departments">Codes of the departments whose heads are asked.</param>
    /// <param name="Agenda">What is added to the agenda that is drawn from the case.</param>
    internal sealed record Request(
        DateTimeOffset? StartsAt,
        DateTimeOffset? EndsAt,
        string Place,
        IReadOnlyList<string> Departments,
        IReadOnlyList<string>? Agenda
    );

    internal sealed class Validator : AbstractValidator<Request>
    {
        private const int MostDepartments = 50;
        private const int MostEntries = 50;

        public Validator()
        {
            RuleFor(r => r.StartsAt).NotNull();
            RuleFor(r => r.EndsAt).NotNull();
            RuleFor(r => r.Place).RequiredText(TextLength.Line);
            RuleFor(r => r.Departments).NotEmpty().AtMost(MostDepartments);
            RuleForEach(r => r.Departments).RequiredCode();
            RuleFor(r => r.Agenda).AtMost(MostEntries);
            RuleForEach(r => r.Agenda).RequiredText(TextLength.Line);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/complaints/{id:guid}/call-meeting", Handle)
            .AsCommand()
            .WithName("CallMeetingOnComplaint")
            .WithSummary("Call the department heads together about the complaint")
            .WithDescription(
                """
                Rules C5.5.1 and C5.5.2. Customer service calls about what it reported to the sales manager, the head of
                QC about a major quality problem. The heads of the departments are those on record. 409
                `no-ground-for-meeting`, `not-reported`, `meeting-called-already`, `other-convener`,
                `meeting-time-impossible`. If-Match names the version of the complaint.
                """
            )
            .Produces<ReviewMeetingView>(StatusCodes.Status201Created);

    private static async Task<CommandResult> Handle(
        Guid id,
        Request body,
        ComplaintsDb db,
        RecordNumbers numbers,
        RegistryLookup registry,
        Links links,
        ComplaintsMails mails,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var complaint = await db.Complaints.VisibleTo(caller.Actor).FirstOrDefaultAsync(c => c.Id == id, cancellation);
        if (caller.Precondition(complaint) is { } failed)
        {
            return failed;
        }

        var invitees = new List<Invitee>();
        foreach (var code in body.Departments.Distinct())
        {
            var found = await registry.DepartmentAsync(code, cancellation);
            invitees.Add(
                found.Failed(out _, out var known)
                    ? new Invitee(code, null, null)
                    : new Invitee(code, known.HeadId?.ToString(), known.HeadName)
            );
        }

        var number = await numbers.NextAsync(ReviewMeeting.NumberKind, caller.Today.Year, cancellation);
        var called = complaint!.CallMeeting(
            caller.Context(complaint),
            caller.Context(),
            number,
            new MeetingCall(body.StartsAt!.Value, body.EndsAt!.Value, body.Place, invitees, body.Agenda ?? [])
        );
        if (!called.Failed(out _, out var meeting))
        {
            await mails.MeetingAsync(caller.Context(), meeting, cancellation);
            await links.LinkAsync(
                caller.Context(),
                new LinkedPair(
                    new RecordRef("complaints", meeting.Kind, meeting.Id, meeting.Number),
                    LinkKind.CausedBy,
                    new RecordRef("complaints", complaint.Kind, complaint.Id, complaint.Number)
                ),
                cancellation
            );
        }

        return caller.Create(db, "meetings", called, ReviewMeetingView.From);
    }
}
