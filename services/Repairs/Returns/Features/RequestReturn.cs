using CustomerService.Repairs.Data;
using CustomerService.Repairs.Returns.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.Returns.Features;

/// <summary>A customer asks to give goods back or to get others (C5.1.3), and answers what is asked.</summary>
internal static class RequestReturn
{
    /// <param name="CustomerId">The customer; a customer's own where they ask themselves.</param>
    /// <param name="Kind">return or exchange.</param>
    /// <param name="Serial">Serial number of the machine.</param>
    /// <param name="SaleId">The sale, where goods are counted.</param>
    /// <param name="UnitId">The unit, where it is here for repair.</param>
    /// <param name="Quantity">How many of the sale.</param>
    /// <param name="PurchasedOn">First answer: day of purchase; by default that of the machine or sale.</param>
    /// <param name="Model">Second answer: model; by default that of the machine or sale.</param>
    /// <param name="Reason">Third answer: why.</param>
    /// <param name="RequestedOn">Day of the request, for staff who enter it later; today by default.</param>
    internal sealed record Request(
        Guid? CustomerId,
        ReturnKind? Kind,
        string? Serial = null,
        Guid? SaleId = null,
        Guid? UnitId = null,
        int? Quantity = null,
        DateOnly? PurchasedOn = null,
        string? Model = null,
        string? Reason = null,
        DateOnly? RequestedOn = null
    );

    /// <param name="PurchasedOn">Day of purchase.</param>
    /// <param name="Model">Model.</param>
    /// <param name="Reason">Why.</param>
    internal sealed record CompleteRequest(DateOnly? PurchasedOn = null, string? Model = null, string? Reason = null);

    internal sealed record WithdrawRequest(string Reason);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Kind).NotNull();
            RuleFor(r => r.Serial).OptionalCode();
            RuleFor(r => r.Model).OptionalText(TextLength.Line);
            RuleFor(r => r.Reason).OptionalText();
        }
    }

    internal sealed class CompleteValidator : AbstractValidator<CompleteRequest>
    {
        public CompleteValidator()
        {
            RuleFor(r => r.Model).OptionalText(TextLength.Line);
            RuleFor(r => r.Reason).OptionalText();
        }
    }

    internal sealed class WithdrawValidator : AbstractValidator<WithdrawRequest>
    {
        public WithdrawValidator() => RuleFor(r => r.Reason).RequiredText();
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/return-cases", Handle)
            .AsCommand()
            .WithSummary("A customer asks to return or exchange goods")
            .WithDescription(
                """
                Rules C5.1.3, C5.1.4, S3. A request that lacks one of the three answers is kept and says which
                (`missingAnswers`); nothing is decided before. Goods are named by serial number, by the sale and a
                quantity, or by a unit that is here for repair. 400: quantity-not-positive, organisation-unknown,
                sale-unknown, unit-unknown, goods-not-named, date-in-future, request-too-old. 409: more-than-remains (worked case 4), serial-of-another,
                serial-not-sold, return-open-already, unit-not-here.
                """
            )
            .WithExample(
                new Request(
                    Guid.Parse("0198c0de-0000-7000-8000-000000000001"),
                    ReturnKind.Return,
                    "SN-1001",
                    PurchasedOn: new DateOnly(2026, 1, 5),
                    Model: "DJ-200",
                    Reason: "開箱即無法啟動"
                )
            )
            .Produces<ReturnCaseView>(StatusCodes.Status201Created);
        routes
            .MapStep<CompleteRequest>(
                "complete",
                "CompleteReturn",
                (one, context, body) =>
                    one.Complete(context, new ReturnAnswers(body.PurchasedOn, body.Model, body.Reason))
            )
            .WithSummary("Missing answers are given")
            .WithDescription("Rule C5.1.3. 400: date-in-future. 409: answers-complete.");
        routes
            .MapPost("/return-cases/{id:guid}/withdraw", WithdrawReturn)
            .AsCommand()
            .WithSummary("The customer keeps the goods")
            .WithDescription("Rule C5.1.3. After acceptance while no goods have moved. 409: goods-have-moved.")
            .Produces<ReturnCaseView>();
    }

    private static async Task<CommandResult> Handle(
        Request body,
        RepairsDb db,
        ReturnOpener opener,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var context = caller.Context();
        if (ReturnCase.CheckRequest(context) is { } refusal)
        {
            return refusal;
        }

        // Outsiders ask for themselves, whoever they name.
        var customer = caller.IsStaff ? body.CustomerId : caller.Actor.OrganisationId;
        return customer is not { } customerId
            ? Refusal.Invalid("organisation-unknown", "S3", "organisation")
            : caller.Create(
                db,
                "return-cases",
                await opener.OpenAsync(
                    context,
                    customerId,
                    body.Kind!.Value,
                    new AskedGoods(
                        body.Serial,
                        body.SaleId,
                        caller.IsStaff ? body.UnitId : null,
                        body.Quantity,
                        caller.IsStaff ? body.RequestedOn : null
                    ),
                    new ReturnAnswers(body.PurchasedOn, body.Model, body.Reason),
                    cancellation
                ),
                ReturnCaseView.From
            );
    }

    private static Task<CommandResult> WithdrawReturn(
        Guid id,
        WithdrawRequest body,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.ReturnCases.VisibleTo(caller.Actor),
            id,
            async (one, context) =>
                one.Withdraw(context, body.Reason)
                ?? await ReturnGoodsBack.ReleaseAsync(db, one, context, cancellation),
            ReturnCaseView.From,
            cancellation
        );
}
