using CustomerService.Repairs.Rmas.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.Returns.Features;

/// <summary>Custody of returned goods: who has them, where (C3.1.1).</summary>
internal static class MoveReturnedGoods
{
    /// <param name="Place">Where to.</param>
    /// <param name="Note">For example the shelf.</param>
    /// <param name="FromPlace">Where they are; needed where they are at several places.</param>
    /// <param name="Quantity">How many; all that are there where none is named.</param>
    internal sealed record Request(Place? Place, string? Note = null, Place? FromPlace = null, int? Quantity = null);

    /// <param name="Reason">Why they are scrapped.</param>
    /// <param name="FromPlace">Where they are; needed where they are at several places.</param>
    /// <param name="Quantity">How many; all that are there where none is named.</param>
    internal sealed record ScrapRequest(string Reason, Place? FromPlace = null, int? Quantity = null);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Place).NotNull();
            RuleFor(r => r.Note).OptionalText(TextLength.Line);
        }
    }

    internal sealed class ScrapValidator : AbstractValidator<ScrapRequest>
    {
        public ScrapValidator() => RuleFor(r => r.Reason).RequiredText();
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapStep<Request>(
                "move-goods",
                "MoveReturnedGoods",
                (one, context, body) =>
                    one.MoveGoods(context, new(body.FromPlace, body.Place, body.Quantity, body.Note))
            )
            .WithSummary("Who scans the goods takes them over")
            .WithDescription(
                "Rule C3.1.1. Goods that stand here as a unit of an RMA are moved there. 409: goods-not-here, "
                    + "goods-not-at-place, already-there."
            )
            .WithExample(new Request(Place.Warehouse, "B-12"));
        routes
            .MapStep<ScrapRequest>(
                "scrap-goods",
                "ScrapReturnedGoods",
                (one, context, body) => one.ScrapGoods(context, new(body.FromPlace, null, body.Quantity, body.Reason))
            )
            .WithSummary("The quality department scraps returned goods")
            .WithDescription("Rules C3.1.1, C7. 409: goods-not-here, goods-not-at-place.");
    }
}
