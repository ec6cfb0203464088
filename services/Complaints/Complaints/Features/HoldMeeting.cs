using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.Complaints.Features;

internal static class HoldMeeting
{
    /// <param name="HeldOn">Day of the meeting.</param>
    /// <param name="Chair">Who led it.</param>
    /// <param name="Departments">Codes of the departments whose heads were there.</param>
    /// <param name="Decisions">What was decided.</param>
    internal sealed record Request(
        DateOnly? HeldOn,
        string Chair,
        IReadOnlyList<string> Departments,
        IReadOnlyList<DecisionRequest> Decisions
    );

    /// <param name="What">What was decided.</param>
    /// <param name="Department">Code of the department that carries it out.</param>
    /// <param name="DueOn">By when.</param>
    internal sealed record DecisionRequest(string What, string? Department, DateOnly? DueOn);

    internal sealed class Validator : AbstractValidator<Request>
    {
        private const int MostDepartments = 50;
        private const int MostDecisions = 100;

        public Validator()
        {
            RuleFor(r => r.HeldOn).NotNull();
            RuleFor(r => r.Chair).RequiredText(TextLength.Line);
            RuleFor(r => r.Departments)
                .NotEmpty()
                .Must(departments => departments is null || departments.Count <= MostDepartments)
                .WithErrorCode("too-many");
            RuleForEach(r => r.Departments).RequiredCode();
            RuleFor(r => r.Decisions)
                .NotEmpty()
                .Must(decisions => decisions is null || decisions.Count <= MostDecisions)
                .WithErrorCode("too-many");
            RuleForEach(r => r.Decisions)
                .NotNull()
                .ChildRules(decision =>
                {
                    decision.RuleFor(d => d.What).RequiredText();
                    decision.RuleFor(d => d.Department).OptionalCode();
                });
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/complaints/{id:guid}/hold-meeting", Handle)
            .AsCommand()
            .WithSummary("The department heads met about the complaint")
            .WithDescription(
                """
                Rules C5.5.1 and C5.5.2. Customer service records the meeting on what it reported to the sales manager,
                the head of QC the one on a major quality problem. It deals with the grounds that stand now
                (`meetingDueFor`); while one stands without a meeting, the customer is not answered and the complaint is
                not closed (409 `meeting-due`). 409 `no-ground-for-meeting`, `not-reported`, `meeting-day-impossible`.
                """
            )
            .WithExample(
                new Request(
                    new DateOnly(2026, 11, 26),
                    "唐國華",
                    ["sales", "quality", "production"],
                    [new("委託第三方檢測防水卷材", "quality", new DateOnly(2026, 12, 3))]
                )
            )
            .Produces<ComplaintView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Complaints.VisibleTo(caller.Actor),
            id,
            (complaint, context) =>
                complaint.HoldMeeting(
                    context,
                    new MeetingRecord(
                        body.HeldOn!.Value,
                        body.Chair.Trim(),
                        [.. body.Departments.Distinct()],
                        [.. body.Decisions.Select(d => new MeetingDecision(d.What, d.Department, d.DueOn))]
                    )
                ),
            ComplaintView.From,
            cancellation
        );
}
