using CustomerService.Repairs.Components.Domain;
using CustomerService.Repairs.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Components.Features;

/// <summary>The maker's answer, and what it brings.</summary>
internal static class AnswerMakerClaim
{
    /// <param name="On">The day that the maker names.</param>
    /// <param name="Reason">What it says.</param>
    internal sealed record ExpectRequest(DateOnly? On, string Reason);

    /// <param name="Said">What was asked and said.</param>
    internal sealed record ChaseRequest(string Said);

    /// <param name="Answer">repaired, replaced, credited or refused.</param>
    /// <param name="Text">What the maker says.</param>
    /// <param name="Back">How many came back.</param>
    /// <param name="On">Day of the answer.</param>
    internal sealed record Request(MakerAnswer? Answer, string Text, int? Back, DateOnly? On);

    /// <param name="Recovered">What was recovered, at most what was claimed; 0 where nothing was.</param>
    /// <param name="Reference">For example the credit note.</param>
    internal sealed record SettleRequest(decimal? Recovered, string Reference);

    internal sealed class ExpectValidator : AbstractValidator<ExpectRequest>
    {
        public ExpectValidator()
        {
            RuleFor(r => r.On).NotNull();
            RuleFor(r => r.Reason).RequiredText();
        }
    }

    internal sealed class ChaseValidator : AbstractValidator<ChaseRequest>
    {
        public ChaseValidator() => RuleFor(r => r.Said).RequiredText();
    }

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Answer).NotNull();
            RuleFor(r => r.Text).RequiredText();
            RuleFor(r => r.Back).NotNull();
            RuleFor(r => r.On).NotNull();
        }
    }

    internal sealed class SettleValidator : AbstractValidator<SettleRequest>
    {
        public SettleValidator()
        {
            RuleFor(r => r.Recovered).NotNull().LessThanOrEqualTo(99_999_999m);
            RuleFor(r => r.Reference).RequiredText(TextLength.Line);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/maker-claims/{id:guid}/expect", ExpectAnswer)
            .AsCommand()
            .WithSummary("The maker names another day")
            .WithDescription("Rule C3.1.1. 409: expected-in-the-past.")
            .Produces<MakerClaimView>();
        routes
            .MapPost("/maker-claims/{id:guid}/chase", ChaseMaker)
            .AsCommand()
            .WithSummary("The maker is asked for an answer")
            .WithDescription("Rule C3.1.1.")
            .Produces<MakerClaimView>();
        routes
            .MapPost("/maker-claims/{id:guid}/answer", Handle)
            .AsCommand()
            .WithSummary("The maker has answered; what came back is in the ledger of the unit")
            .WithDescription("Rule C3.1.1. 409: date-in-future, more-than-sent (a machine comes back whole).")
            .Produces<MakerClaimView>();
        routes
            .MapPost("/maker-claims/{id:guid}/settle", SettleMakerClaim)
            .AsCommand()
            .WithSummary("Finance books what was recovered")
            .WithDescription("Rule C3.1.1. 409: recovered-out-of-range.")
            .Produces<MakerClaimView>();
    }

    private static Task<CommandResult> ExpectAnswer(
        Guid id,
        ExpectRequest body,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        ChangeAsync(
            id,
            (claim, context) => claim.Expect(context, body.On!.Value, body.Reason),
            db,
            caller,
            cancellation
        );

    private static Task<CommandResult> ChaseMaker(
        Guid id,
        ChaseRequest body,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) => ChangeAsync(id, (claim, context) => claim.Chase(context, body.Said), db, caller, cancellation);

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.MakerClaims.VisibleTo(caller.Actor),
            id,
            async (claim, context) =>
                claim.Answer(
                    context,
                    await db.RmaUnits.FirstAsync(u => u.Id == claim.UnitId, cancellation),
                    new(body.Answer!.Value, body.Text, body.Back!.Value, body.On!.Value, Stamp.Of(context))
                ),
            MakerClaimView.From,
            cancellation
        );

    private static Task<CommandResult> SettleMakerClaim(
        Guid id,
        SettleRequest body,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        ChangeAsync(
            id,
            (claim, context) => claim.Settle(context, body.Recovered!.Value, body.Reference),
            db,
            caller,
            cancellation
        );

    private static Task<CommandResult> ChangeAsync(
        Guid id,
        Func<MakerClaim, CommandContext, Refusal?> change,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) => caller.ChangeAsync(db.MakerClaims.VisibleTo(caller.Actor), id, change, MakerClaimView.From, cancellation);
}
