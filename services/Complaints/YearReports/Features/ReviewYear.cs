using CustomerService.Complaints.ActionItems.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Complaints.YearReports.Domain;
using CustomerService.Messaging;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.YearReports.Features;

/// <summary>Analysis, submission, receipt and decisions of a year's statistics (C5.7).</summary>
internal static class ReviewYear
{
    /// <param name="Chapter">For example <c>product</c>, <c>cause</c>, <c>times</c>.</param>
    internal sealed record AnalysisRequest(string Chapter, string Text);

    /// <param name="Review">What the management review said.</param>
    internal sealed record DecideRequest(string Review, IReadOnlyList<DecisionRequest> Decisions);

    /// <param name="OwnerId">Account of the person, where one is named.</param>
    internal sealed record DecisionRequest(string What, string Department, Guid? OwnerId, DateOnly? DueOn);

    internal sealed class AnalysisValidator : AbstractValidator<AnalysisRequest>
    {
        public AnalysisValidator()
        {
            RuleFor(r => r.Chapter).RequiredCode();
            RuleFor(r => r.Text).RequiredText();
        }
    }

    internal sealed class DecideValidator : AbstractValidator<DecideRequest>
    {
        private const int Most = 100;

        public DecideValidator()
        {
            RuleFor(r => r.Review).RequiredText();
            RuleFor(r => r.Decisions).NotEmpty().AtMost(Most);
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

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/year-reports/{id:guid}/write-analysis", WriteAnalysis)
            .AsCommand()
            .WithName("WriteYearAnalysis")
            .WithSummary("Write a chapter of the analysis")
            .WithDescription("Rule C5.7; customer service or the head of QC, until it is submitted.")
            .Produces<YearReportView>();
        routes
            .MapPost("/year-reports/{id:guid}/submit", Submit)
            .AsCommand()
            .WithName("SubmitYearReport")
            .WithSummary("Submit it to the management review")
            .WithDescription("Rule C5.7. 409 `analysis-missing`.")
            .Produces<YearReportView>();
        routes
            .MapPost("/year-reports/{id:guid}/receive", Receive)
            .AsCommand()
            .WithName("ReceiveYearReport")
            .WithSummary("The management representative has received it")
            .WithDescription("Rule C5.7.")
            .Produces<YearReportView>();
        routes
            .MapPost("/year-reports/{id:guid}/decide", Decide)
            .AsCommand()
            .WithName("DecideOnYearReport")
            .WithSummary("What the management review decided; the decisions go to their owners' lists")
            .WithDescription("Rule C5.7; the management representative. 409 `year-decision-incomplete`.")
            .Produces<YearReportView>();
    }

    private static Task<CommandResult> WriteAnalysis(
        Guid id,
        AnalysisRequest body,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.YearReports.VisibleTo(caller.Actor),
            id,
            (report, context) => report.WriteAnalysis(context, body.Chapter, body.Text),
            YearReportView.From,
            cancellation
        );

    private static Task<CommandResult> Submit(
        Guid id,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.YearReports.VisibleTo(caller.Actor),
            id,
            (report, context) => report.Submit(context),
            YearReportView.From,
            cancellation
        );

    private static Task<CommandResult> Receive(
        Guid id,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.YearReports.VisibleTo(caller.Actor),
            id,
            (report, context) => report.Receive(context),
            YearReportView.From,
            cancellation
        );

    private static Task<CommandResult> Decide(
        Guid id,
        DecideRequest body,
        ComplaintsDb db,
        RecordNumbers numbers,
        IAccounts accounts,
        CommandContexts contexts,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.YearReports.VisibleTo(caller.Actor),
            id,
            async (report, context) =>
            {
                var decisions = new List<YearDecision>(body.Decisions.Count);
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

                if (report.Decide(context, body.Review, decisions) is { } refusal)
                {
                    return refusal;
                }

                foreach (var decision in decisions)
                {
                    var number = await numbers.NextAsync(ActionItem.NumberKind, context.Today.Year, cancellation);
                    db.Add(
                        ActionItem
                            .Issue(
                                contexts.ForSystem("complaints"),
                                number,
                                report.ToSource(),
                                new ActionOrder(
                                    ActionPurpose.Review,
                                    decision.What,
                                    decision.Department,
                                    decision.OwnerId,
                                    decision.OwnerName,
                                    decision.DueOn
                                )
                            )
                            .Required()
                    );
                }

                return null;
            },
            YearReportView.From,
            cancellation
        );
}
