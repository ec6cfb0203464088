using CustomerService.Repairs.Data;
using CustomerService.Repairs.Returns.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Returns.Features;

/// <summary>Doubt, inspection, exception and decision (C5.1.3, C5.1.4).</summary>
internal static class DecideReturn
{
    /// <param name="Doubt">What is doubted.</param>
    internal sealed record DoubtRequest(string Doubt);

    /// <param name="What">What was measured.</param>
    /// <param name="Required">What it should be.</param>
    /// <param name="Found">What it is.</param>
    /// <param name="Passed">Whether that is good enough.</param>
    internal sealed record MeasurementRequest(string What, string Required, string Found, bool? Passed);

    /// <param name="Findings">What was found.</param>
    /// <param name="QualityFault">Whether the goods failed by their own quality.</param>
    /// <param name="Liability">Whose fault it is.</param>
    /// <param name="Inspected">How many were inspected.</param>
    /// <param name="Failed">How many of them failed.</param>
    /// <param name="Measurements">What was measured.</param>
    internal sealed record InspectRequest(
        string Findings,
        bool? QualityFault,
        ReturnLiability? Liability,
        int? Inspected,
        int? Failed,
        IReadOnlyList<MeasurementRequest>? Measurements = null
    );

    /// <param name="Reason">Why it is a special case.</param>
    internal sealed record ExceptionRequest(string Reason);

    /// <param name="Clause">Clause of the after-sales terms that held on the day of the request.</param>
    /// <param name="Reason">How it applies.</param>
    internal sealed record Request(string Clause, string Reason);

    internal sealed class DoubtValidator : AbstractValidator<DoubtRequest>
    {
        public DoubtValidator() => RuleFor(r => r.Doubt).RequiredText();
    }

    internal sealed class InspectValidator : AbstractValidator<InspectRequest>
    {
        public InspectValidator()
        {
            RuleFor(r => r.Findings).RequiredText();
            RuleFor(r => r.QualityFault).NotNull();
            RuleFor(r => r.Liability).NotNull();
            RuleFor(r => r.Inspected).NotNull();
            RuleFor(r => r.Failed).NotNull();
            RuleFor(r => r.Measurements).AtMost(100);
            RuleForEach(r => r.Measurements)
                .ChildRules(one =>
                {
                    one.RuleFor(m => m.What).RequiredText(TextLength.Line);
                    one.RuleFor(m => m.Required).RequiredText(TextLength.Line);
                    one.RuleFor(m => m.Found).RequiredText(TextLength.Line);
                    one.RuleFor(m => m.Passed).NotNull();
                });
        }
    }

    internal sealed class ExceptionValidator : AbstractValidator<ExceptionRequest>
    {
        public ExceptionValidator() => RuleFor(r => r.Reason).RequiredText();
    }

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Clause).RequiredCode();
            RuleFor(r => r.Reason).RequiredText();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapStep<DoubtRequest>(
                "raise-doubt",
                "RaiseReturnDoubt",
                (one, context, body) => one.RaiseDoubt(context, body.Doubt)
            )
            .WithSummary("Quality is doubted: the goods go to the quality department")
            .WithDescription(
                "Rule C5.1.4. The case becomes urgent, and the quality department is told at once. 409: answers-missing."
            );
        routes
            .MapPost("/return-cases/{id:guid}/inspect", InspectReturn)
            .AsCommand()
            .WithSummary("The inspection report, which fixes liability")
            .WithDescription("Rules C5.1.4, C10. It has a number and is printed. 409: inspection-counts-differ.")
            .WithExample(
                new InspectRequest(
                    "定子繞組匝間短路",
                    true,
                    ReturnLiability.Company,
                    1,
                    1,
                    [new("絕緣電阻", "≥ 10 MΩ", "0.2 MΩ", false)]
                )
            )
            .Produces<ReturnCaseView>();
        routes
            .MapStep<ExceptionRequest>(
                "approve-exception",
                "ApproveReturnException",
                (one, context, body) => one.ApproveException(context, body.Reason)
            )
            .WithSummary("The sales manager approves a special case")
            .WithDescription("Rule C5.1.4. It lifts the window, not the fault. 409: exception-given.");
        routes
            .MapPost("/return-cases/{id:guid}/accept", AcceptReturn)
            .AsCommand()
            .WithSummary("The request is accepted by a clause of the after-sales terms")
            .WithDescription(
                """
                Rules C5.1.3, C5.1.4, worked case 6. Goods are returned only through the last day of the window, counted to
                the day of the request, and for a fault of their own quality that the quality department has found; an
                exchange needs the fault only. 409: answers-missing, not-inspected-yet, no-quality-fault,
                return-window-passed, clause-unknown, lot-failed-in-part. Only what failed is accepted.
                """
            )
            .WithExample(new Request("4.2", "出廠三個月內之品質問題"))
            .Produces<ReturnCaseView>();
        routes
            .MapPost("/return-cases/{id:guid}/decline", DeclineReturn)
            .AsCommand()
            .WithSummary("The request is declined by a clause of the after-sales terms")
            .WithDescription("Rule C5.1.3. 409: answers-missing, clause-unknown.")
            .WithExample(new Request("4.3", "人為損壞"))
            .Produces<ReturnCaseView>();
    }

    private static Task<CommandResult> InspectReturn(
        Guid id,
        InspectRequest body,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.ReturnCases.VisibleTo(caller.Actor),
            id,
            (one, context) =>
            {
                var input = new InspectionInput(
                    body.Findings,
                    [
                        .. (body.Measurements ?? []).Select(m => new Measurement(
                            m.What,
                            m.Required,
                            m.Found,
                            m.Passed!.Value
                        )),
                    ],
                    body.QualityFault!.Value,
                    body.Liability!.Value,
                    body.Inspected!.Value,
                    body.Failed!.Value
                );
                if (one.Inspect(context, input) is { } refusal)
                {
                    return refusal;
                }

                db.NumberOnCommit(ReturnCase.ReportForm, context.Today.Year, one.NumberReport);
                return null;
            },
            ReturnCaseView.From,
            cancellation
        );

    private static Task<CommandResult> AcceptReturn(
        Guid id,
        Request body,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.ReturnCases.VisibleTo(caller.Actor),
            id,
            async (one, context) =>
                one.Accept(context, await RulingAsync(one, body, db, cancellation))
                ?? await ReturnGoodsBack.ReleaseRestAsync(db, one, context, cancellation),
            ReturnCaseView.From,
            cancellation
        );

    private static Task<CommandResult> DeclineReturn(
        Guid id,
        Request body,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.ReturnCases.VisibleTo(caller.Actor),
            id,
            async (one, context) =>
                one.Decline(context, await RulingAsync(one, body, db, cancellation))
                ?? await ReturnGoodsBack.ReleaseAsync(db, one, context, cancellation),
            ReturnCaseView.From,
            cancellation
        );

    // By the edition that held on the day of the request, whatever holds now.
    private static async Task<Ruling> RulingAsync(
        ReturnCase one,
        Request body,
        RepairsDb db,
        CancellationToken cancellation
    )
    {
        var on = one.RequestedOn;
        var edition = await db
            .TermsEditions.AsNoTracking()
            .Where(e =>
                (e.State == TermsEditionState.Published || e.State == TermsEditionState.Withdrawn)
                && e.EffectiveFrom <= on
                && (e.WithdrawnFrom == null || e.WithdrawnFrom > on)
            )
            .OrderByDescending(e => e.EffectiveFrom)
            .ThenByDescending(e => e.Id)
            .FirstOrDefaultAsync(cancellation);
        return new(edition?.Clause(body.Clause), body.Reason);
    }
}
