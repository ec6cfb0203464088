using System.Text.Json.Serialization;
using CustomerService.Registry;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Rmas.Features;

/// <summary>What the holder of a link sees and does, without another sign-in.</summary>
internal static class UseCustomerLink
{
    /// <param name="Number">Number on the unit's label.</param>
    /// <param name="State">Its state.</param>
    /// <param name="ModelCode">Its model.</param>
    /// <param name="Serial">Its serial number.</param>
    /// <param name="Quantity">How many.</param>
    /// <param name="Carrier">With whom it is on its way.</param>
    /// <param name="TrackingNumber">The carrier's number.</param>
    internal sealed record TrackedUnit(
        string Number,
        RmaUnitState State,
        string? ModelCode,
        string? Serial,
        int Quantity,
        string? Carrier,
        string? TrackingNumber
    );

    /// <param name="Scope">What the link is for.</param>
    /// <param name="Person">For whom it is.</param>
    /// <param name="RmaNumber">The RMA.</param>
    /// <param name="CustomerName">The customer.</param>
    /// <param name="ValidThrough">Last day on which the link works.</param>
    internal sealed record LinkPage(
        LinkScope Scope,
        string Person,
        string RmaNumber,
        string CustomerName,
        DateOnly ValidThrough
    )
    {
        /// <summary>What its holder can do now: <c>confirm</c>, <c>consent</c>, <c>refuse</c>.</summary>
        [JsonPropertyName("_actions")]
        public IReadOnlyList<string> Actions { get; init; } = [];

        /// <summary>Language of the customer: <c>zh-Hant</c>, <c>zh-Hans</c>, <c>en</c>.</summary>
        public string Language { get; init; } = Texts.Languages[0];

        /// <summary>To confirm the quantity: what was declared, and what came.</summary>
        public int? Declared { get; init; }

        public int? Received { get; init; }

        public IReadOnlyList<CountLine> AsDeclared { get; init; } = [];

        public IReadOnlyList<CountLine> Unexpected { get; init; } = [];

        public IReadOnlyList<CountLine> Missing { get; init; } = [];

        /// <summary>What the confirmation names, with how many came: each machine or model that differs. Empty where the
        /// total is enough.</summary>
        public IReadOnlyList<CountedLineRequest> ToConfirm { get; init; } = [];

        /// <summary>To track: each unit with where it is.</summary>
        public IReadOnlyList<TrackedUnit> Units { get; init; } = [];

        /// <summary>To answer: the version of FM001 that is in force.</summary>
        public OfferView? Offer { get; init; }

        public string? OfferNumber { get; init; }

        /// <summary>Whether it has been done already.</summary>
        public bool Done { get; init; }
    }

    /// <param name="Quantity">The received quantity that is confirmed.</param>
    /// <param name="PrintedName">Name in print.</param>
    /// <param name="Lines">Each line that differs: those of `toConfirm`.</param>
    internal sealed record ConfirmRequest(
        int? Quantity,
        string PrintedName,
        IReadOnlyList<CountedLineRequest>? Lines = null
    );

    /// <param name="OfferVersion">Version that is answered.</param>
    /// <param name="Hash">Its hash.</param>
    /// <param name="PrintedName">Name in print.</param>
    /// <param name="Words">「同意維修」 or 「同意维修」 for a consent.</param>
    internal sealed record AnswerRequest(int? OfferVersion, string? Hash, string PrintedName, string? Words = null);

    internal sealed class ConfirmValidator : AbstractValidator<ConfirmRequest>
    {
        public ConfirmValidator()
        {
            RuleFor(r => r.Quantity).NotNull();
            RuleFor(r => r.PrintedName).RequiredText(TextLength.Line);
            RuleFor(r => r.Lines!).AtMost(CountedLineRequest.Most).When(r => r.Lines is not null);
            RuleForEach(r => r.Lines).SetValidator(new CountedLineRequest.Validator());
        }
    }

    internal sealed class AnswerValidator : AbstractValidator<AnswerRequest>
    {
        public AnswerValidator()
        {
            RuleFor(r => r.OfferVersion).NotNull();
            RuleFor(r => r.Hash).MaximumLength(64);
            RuleFor(r => r.PrintedName).RequiredText(TextLength.Line);
            RuleFor(r => r.Words).MaximumLength(TextLength.Line);
        }
    }

    private static readonly string[] Answers = [RmaUnitAction.Consent.ToKebab(), RmaUnitAction.Refuse.ToKebab()];

    internal static void Map(IEndpointRouteBuilder routes)
    {
        const string closed =
            " 404 where there is no such link; 410: link-revoked, link-expired; 409: link-for-something-else.";
        routes
            .MapGet("/customer-links/{token}", Handle)
            .WithSecretAddress()
            .AsQuery()
            .AllowAnonymous()
            .WithPage<LinkPage>(page => page.Language, CustomerLinkSheet.Of)
            .WithSummary("What is behind a customer's link")
            .WithDescription(
                "Rules C5.1.1, C5.1.1.1, C3.1.1. Needs no other token. A page where text/html is preferred." + closed
            )
            .Produces<LinkPage>();
        routes
            .MapPost("/customer-links/{token}/confirm", ConfirmCountByLink)
            .ForLinkHolders()
            .AsCommand()
            .WithSummary("The holder of the link confirms the received quantity")
            .WithDescription(
                "Rule C5.1.1. `lines` names what stands in `toConfirm`. 409: count-differs, count-line-differs (which names "
                    + "the line), not-in-this-state."
                    + closed
            )
            .Produces<LinkPage>();
        routes
            .MapPost("/customer-links/{token}/consent", ConsentByLink)
            .ForLinkHolders()
            .AsCommand()
            .WithSummary("The holder of the link signs 「同意維修」")
            .WithDescription(
                "Rule C5.1.1.1. 409: consent-to-other-version, consent-words-missing, offer-expired." + closed
            )
            .Produces<LinkPage>();
        routes
            .MapPost("/customer-links/{token}/refuse", RefuseByLink)
            .ForLinkHolders()
            .AsCommand()
            .WithSummary("The holder of the link does not want the repair")
            .WithDescription("Rule C5.1.1.1." + closed)
            .Produces<LinkPage>();
    }

    private static async Task<QueryResult> Handle(
        string token,
        RepairsDb db,
        RegistryLookup registry,
        CommandContexts contexts,
        CancellationToken cancellation
    )
    {
        if (await FindAsync(token, db, cancellation) is not { } link)
        {
            return QueryResult.NotFound;
        }

        return link.Check(contexts.Clock.Today, link.Scope) is { } closed
            ? closed
            : QueryResult.Of(
                await PageAsync(link, db, contexts, cancellation) with
                {
                    Language = await registry.LanguageOfAsync(link.CustomerId, cancellation),
                }
            );
    }

    private static async Task<CommandResult> ConfirmCountByLink(
        string token,
        ConfirmRequest body,
        RepairsDb db,
        RegistryLookup registry,
        CommandContexts contexts,
        CancellationToken cancellation
    )
    {
        if (await FindAsync(token, db, cancellation) is not { } link)
        {
            return CommandResult.NotFound();
        }

        var rma = await db.Rmas.FirstAsync(r => r.Id == link.RmaId, cancellation);
        var context = contexts.For(link.Holder, rma);
        if (
            (
                link.Check(context.Today, LinkScope.ConfirmCount)
                ?? rma.Confirm(
                    context,
                    new(body.Quantity!.Value, body.PrintedName, null, CountedLineRequest.Confirmed(body.Lines))
                )
            ) is
            { } refusal
        )
        {
            return refusal;
        }

        await RmaRelease.UnitsAsync(db, rma, context, cancellation);
        var language = await registry.LanguageOfAsync(link.CustomerId, cancellation);
        return CommandResult.Ok(PageOf(link, rma, null, contexts) with { Language = language });
    }

    private static Task<CommandResult> ConsentByLink(
        string token,
        AnswerRequest body,
        RepairsDb db,
        RegistryLookup registry,
        CommandContexts contexts,
        CancellationToken cancellation
    ) =>
        AnswerAsync(token, (unit, context) => unit.Consent(context, Reply(body)), db, registry, contexts, cancellation);

    private static Task<CommandResult> RefuseByLink(
        string token,
        AnswerRequest body,
        RepairsDb db,
        RegistryLookup registry,
        CommandContexts contexts,
        CancellationToken cancellation
    ) => AnswerAsync(token, (unit, context) => unit.Refuse(context, Reply(body)), db, registry, contexts, cancellation);

    private static OfferReply Reply(AnswerRequest body) =>
        new(body.OfferVersion!.Value, body.Hash, body.Words, body.PrintedName, null, null);

    private static async Task<CommandResult> AnswerAsync(
        string token,
        Func<RmaUnit, CommandContext, Refusal?> answer,
        RepairsDb db,
        RegistryLookup registry,
        CommandContexts contexts,
        CancellationToken cancellation
    )
    {
        if (await FindAsync(token, db, cancellation) is not { } link)
        {
            return CommandResult.NotFound();
        }

        if (link.Check(contexts.Clock.Today, LinkScope.AnswerOffer) is { } closed)
        {
            return closed;
        }

        var unit = await db.RmaUnits.FirstAsync(u => u.Id == link.UnitId, cancellation);
        if (answer(unit, contexts.For(link.Holder, unit)) is { } refusal)
        {
            return refusal;
        }

        var rma = await db.Rmas.AsNoTracking().FirstAsync(r => r.Id == link.RmaId, cancellation);
        var language = await registry.LanguageOfAsync(link.CustomerId, cancellation);
        return CommandResult.Ok(PageOf(link, rma, unit, contexts) with { Language = language });
    }

    private static async Task<CustomerLink?> FindAsync(string token, RepairsDb db, CancellationToken cancellation)
    {
        if (!SecretLink.IsWellFormed(token))
        {
            return null;
        }

        var hash = SecretLink.HashOf(token);
        return await db.CustomerLinks.AsNoTracking().FirstOrDefaultAsync(l => l.SecretHash == hash, cancellation);
    }

    private static async Task<LinkPage> PageAsync(
        CustomerLink link,
        RepairsDb db,
        CommandContexts contexts,
        CancellationToken cancellation
    )
    {
        var rma = await db.Rmas.AsNoTracking().FirstAsync(r => r.Id == link.RmaId, cancellation);
        var unit = link.UnitId is { } id
            ? await db.RmaUnits.AsNoTracking().FirstAsync(u => u.Id == id, cancellation)
            : null;
        var page = PageOf(link, rma, unit, contexts);
        if (link.Scope != LinkScope.Track)
        {
            return page;
        }

        var units = await db
            .RmaUnits.AsNoTracking()
            .Where(u => u.RmaId == rma.Id)
            .OrderBy(u => u.Id)
            .Take(ReceiveRma.MostItems)
            .ToListAsync(cancellation);
        var ids = units.Select(u => u.ShipmentId).OfType<Guid>().Distinct().ToList();
        var shipments = await db
            .Shipments.AsNoTracking()
            .Where(s => ids.Contains(s.Id))
            .ToDictionaryAsync(s => s.Id, cancellation);
        return page with
        {
            Units =
            [
                .. units.Select(u =>
                {
                    var shipment = u.ShipmentId is { } on ? shipments.GetValueOrDefault(on) : null;
                    return new TrackedUnit(
                        u.Number,
                        u.State,
                        u.ModelCode,
                        u.Serial,
                        u.Quantity,
                        shipment?.Carrier,
                        shipment?.TrackingNumber
                    );
                }),
            ],
        };
    }

    private static LinkPage PageOf(CustomerLink link, Rma rma, RmaUnit? unit, CommandContexts contexts)
    {
        var page = new LinkPage(link.Scope, link.Person, rma.Number, rma.CustomerName, link.ValidThrough);
        return link.Scope switch
        {
            LinkScope.ConfirmCount => page with
            {
                Actions =
                [
                    .. rma.AllowedActions(contexts.For(link.Holder, rma)).Where(a => a == RmaAction.Confirm.ToKebab()),
                ],
                Declared = rma.Quantity,
                Received = rma.Received,
                AsDeclared = rma.Count.AsDeclared,
                Unexpected = [.. rma.Count.Unexpected.Select(line => line with { OfAnother = false })],
                Missing = rma.Count.Missing,
                ToConfirm = rma.Count.TotalSaysAll
                    ? []
                    :
                    [
                        .. rma.Count.ToName.Select(line => new CountedLineRequest(
                            line.Quantity,
                            line.Serial,
                            line.ModelCode
                        )),
                    ],
                Done = rma.State > RmaState.Counted,
            },
            LinkScope.AnswerOffer => page with
            {
                Actions = unit is null
                    ? []
                    : [.. unit.AllowedActions(contexts.For(link.Holder, unit)).Intersect(Answers)],
                Offer = unit?.Offer is { SentBy: not null } offer ? OfferView.Of(offer, staff: false) : null,
                OfferNumber = unit?.OfferNumber,
                Done = unit?.Reply is not null,
            },
            _ => page,
        };
    }
}
