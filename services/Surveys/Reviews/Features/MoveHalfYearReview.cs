using System.Text.Json.Serialization;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Reviews.Domain;
using CustomerService.Surveys.Store;
using FluentValidation;

namespace CustomerService.Surveys.Reviews.Features;

/// <summary>The steps of a half-year review (C5.8.1 D).</summary>
internal static class MoveHalfYearReview
{
    /// <param name="Chapter"><c>management</c>, <c>product-quality</c> or <c>after-sales</c>.</param>
    /// <param name="Text">What the company says to it.</param>
    internal sealed record AssessRequest([property: JsonRequired] ReviewChapter Chapter, string Text);

    /// <param name="Chapter"><c>management</c>, <c>product-quality</c> or <c>after-sales</c>.</param>
    /// <param name="What">What is done.</param>
    /// <param name="Department">Code of the department that does it.</param>
    /// <param name="DueOn">Last day; by default as the policy says.</param>
    internal sealed record MeasureRequest(
        [property: JsonRequired] ReviewChapter Chapter,
        string What,
        string Department,
        DateOnly? DueOn = null
    );

    /// <param name="Measure">Number of the measure.</param>
    /// <param name="Text">What was done, or found.</param>
    internal sealed record OnMeasure([property: JsonRequired] int Measure, string Text);

    /// <param name="Reason">Why.</param>
    internal sealed record WithdrawRequest(string Reason);

    internal sealed class AssessValidator : AbstractValidator<AssessRequest>
    {
        public AssessValidator() => RuleFor(r => r.Text).RequiredText();
    }

    internal sealed class MeasureValidator : AbstractValidator<MeasureRequest>
    {
        public MeasureValidator()
        {
            RuleFor(r => r.What).RequiredText();
            RuleFor(r => r.Department).RequiredCode();
        }
    }

    internal sealed class OnMeasureValidator : AbstractValidator<OnMeasure>
    {
        public OnMeasureValidator() => RuleFor(r => r.Text).RequiredText();
    }

    internal sealed class WithdrawValidator : AbstractValidator<WithdrawRequest>
    {
        public WithdrawValidator() => RuleFor(r => r.Reason).RequiredText();
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        Step<AssessRequest>(
            routes,
            "assess",
            "AssessHalfYearChapter",
            "Write a chapter",
            "The management representative, quality, after-sales or customer service, each their own. 409 other-chapter.",
            (r, c, body) => r.Assess(c, body.Chapter, body.Text.Trim())
        );
        Step<MeasureRequest>(
            routes,
            "set-measure",
            "SetHalfYearMeasure",
            "Set a measure of a chapter",
            "After the chapter is written. 409 other-chapter, chapter-not-written, due-in-past.",
            (r, c, body) => r.SetMeasure(c, new(body.Chapter, body.What.Trim(), body.Department, body.DueOn))
        );
        routes
            .MapPost(
                "/half-year-reviews/{id:guid}/issue",
                (Guid id, IDocumentStore store, Caller caller, CancellationToken cancellation) =>
                    MoveAsync(id, (r, c) => r.Issue(c), store, caller, cancellation)
            )
            .AsCommand()
            .WithName("IssueHalfYearReview")
            .WithSummary("Issue the review")
            .WithDescription(
                "Rule C5.8.1 D. The management representative. Every chapter is written, and one below the goal has a "
                    + "measure. 409 chapters-missing, measures-missing."
            )
            .Produces<HalfYearReviewView>();
        Step<OnMeasure>(
            routes,
            "report-done",
            "ReportHalfYearMeasure",
            "A measure is carried out",
            "Somebody of its department. 409 other-department, measure-not-open.",
            (r, c, body) => r.ReportDone(c, body.Measure, body.Text.Trim())
        );
        Step<OnMeasure>(
            routes,
            "verify",
            "VerifyHalfYearMeasure",
            "A measure works",
            "Quality or customer service, not who carried it out. 409 measure-not-done, same-verifier.",
            (r, c, body) => r.Verify(c, body.Measure, body.Text.Trim())
        );
        Step<OnMeasure>(
            routes,
            "send-back",
            "SendBackHalfYearMeasure",
            "A measure does not work",
            "Quality or customer service. 409 measure-not-done.",
            (r, c, body) => r.SendBack(c, body.Measure, body.Text.Trim())
        );
        routes
            .MapPost(
                "/half-year-reviews/{id:guid}/close",
                (Guid id, IDocumentStore store, Caller caller, CancellationToken cancellation) =>
                    MoveAsync(id, (r, c) => r.Close(c), store, caller, cancellation)
            )
            .AsCommand()
            .WithName("CloseHalfYearReview")
            .WithSummary("Close the review")
            .WithDescription("Rule C5.8.1 D. All measures are verified. 409 measures-open.")
            .Produces<HalfYearReviewView>();
        Step<WithdrawRequest>(
            routes,
            "withdraw",
            "WithdrawHalfYearReview",
            "Give the review up",
            "Before it is issued; the half-year can be opened again with newer figures.",
            (r, c, body) => r.Withdraw(c, body.Reason.Trim())
        );
    }

    private static void Step<TRequest>(
        IEndpointRouteBuilder routes,
        string action,
        string name,
        string summary,
        string description,
        Func<HalfYearReview, CommandContext, TRequest, Refusal?> move
    ) =>
        routes
            .MapPost(
                $"/half-year-reviews/{{id:guid}}/{action}",
                (Guid id, TRequest body, IDocumentStore store, Caller caller, CancellationToken cancellation) =>
                    MoveAsync(id, (r, c) => move(r, c, body), store, caller, cancellation)
            )
            .AsCommand()
            .WithName(name)
            .WithSummary(summary)
            .WithDescription("Rule C5.8.1 D. " + description)
            .Produces<HalfYearReviewView>();

    private static Task<CommandResult> MoveAsync(
        Guid id,
        Func<HalfYearReview, CommandContext, Refusal?> move,
        IDocumentStore store,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            store,
            StaffAccess.Of<HalfYearReview>(caller.Actor),
            id,
            move,
            HalfYearReviewView.From,
            cancellation
        );
}
