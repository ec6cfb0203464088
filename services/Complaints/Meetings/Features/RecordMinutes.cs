using CustomerService.Complaints.Data;
using CustomerService.Complaints.Meetings.Domain;
using CustomerService.Messaging;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.Meetings.Features;

internal static class RecordMinutes
{
    /// <param name="HeldOn">Day of the meeting; today by default.</param>
    /// <param name="Chair">Who led it.</param>
    /// <param name="Attendance">Who was there, for each department that was asked.</param>
    /// <param name="Text">What was said.</param>
    /// <param name="Decisions">What was decided, with owner and day.</param>
    internal sealed record Request(
        DateOnly? HeldOn,
        string Chair,
        IReadOnlyList<AttendanceRequest> Attendance,
        string Text,
        IReadOnlyList<DecisionRequest> Decisions
    );

    /// <param name="Department">Code of the department.</param>
    /// <param name="Name">Who came; for an absent one who did not.</param>
    /// <param name="Reason">Why there is a substitute, or nobody.</param>
    internal sealed record AttendanceRequest(string? Department, Presence? Presence, string Name, string? Reason);

    /// <param name="What">What was decided.</param>
    /// <param name="Department">Code of the department that carries it out.</param>
    /// <param name="OwnerId">Account of the person, where one is named.</param>
    /// <param name="DueOn">By when.</param>
    internal sealed record DecisionRequest(string What, string Department, Guid? OwnerId, DateOnly? DueOn);

    internal sealed class Validator : AbstractValidator<Request>
    {
        private const int MostPeople = 100;
        private const int MostDecisions = 100;

        public Validator()
        {
            RuleFor(r => r.Chair).RequiredText(TextLength.Line);
            RuleFor(r => r.Attendance).NotEmpty().AtMost(MostPeople);
            RuleForEach(r => r.Attendance)
                .NotNull()
                .ChildRules(one =>
                {
                    one.RuleFor(a => a.Department).OptionalCode();
                    one.RuleFor(a => a.Presence).NotNull();
                    one.RuleFor(a => a.Name).RequiredText(TextLength.Line);
                    one.RuleFor(a => a.Reason).OptionalText(TextLength.Line);
                });
            RuleFor(r => r.Text).RequiredText();
            RuleFor(r => r.Decisions).NotEmpty().AtMost(MostDecisions);
            RuleForEach(r => r.Decisions)
                .NotNull()
                .ChildRules(decision =>
                {
                    decision.RuleFor(d => d.What).RequiredText();
                    decision.RuleFor(d => d.Department).RequiredCode();
                    decision.RuleFor(d => d.DueOn).NotNull();
                });
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/meetings/{id:guid}/record-minutes", Handle)
            .AsCommand()
            .WithName("RecordMinutes")
            .WithSummary("Attendance, minutes and decisions of the meeting")
            .WithDescription(
                """
                Rule C5.5; who called it. Every department that was asked came, sent a substitute with a reason, or is
                absent with a reason (409 `attendance-incomplete`); each decision has an owner and a day to come (409
                `decision-incomplete`). They may be corrected until they are signed. 409 `not-the-convener`,
                `meeting-day-impossible`.
                """
            )
            .Produces<ReviewMeetingView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        ComplaintsDb db,
        IAccounts accounts,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Meetings.VisibleTo(caller.Actor),
            id,
            async (meeting, context) =>
            {
                var decisions = new List<Decision>(body.Decisions.Count);
                foreach (var decision in body.Decisions)
                {
                    var owner = decision.OwnerId is { } person ? await accounts.FindAsync(person, cancellation) : null;
                    if (decision.OwnerId is not null && owner is not { Active: true })
                    {
                        return Refusal.ByRule("account-unknown", "S3", ["account"], Roles.Administrator);
                    }

                    decisions.Add(
                        new(
                            decision.What,
                            decision.Department,
                            owner?.UserId.ToString(),
                            owner?.DisplayName,
                            decision.DueOn!.Value
                        )
                    );
                }

                return meeting.RecordMinutes(
                    context,
                    new Minutes(
                        body.HeldOn ?? context.Today,
                        body.Chair.Trim(),
                        [
                            .. body.Attendance.Select(a => new Attendance(
                                a.Department,
                                a.Presence!.Value,
                                a.Name,
                                a.Reason
                            )),
                        ],
                        body.Text,
                        decisions,
                        Stamp.Of(context)
                    )
                );
            },
            ReviewMeetingView.From,
            cancellation
        );
}
