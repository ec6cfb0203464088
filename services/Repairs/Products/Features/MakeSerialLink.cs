using CustomerService.Repairs.Data;
using CustomerService.Repairs.Products.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Products.Features;

/// <summary>The link behind the QR code on a machine.</summary>
internal static class MakeSerialLink
{
    private const int Most = 100;

    /// <param name="Id">The link.</param>
    /// <param name="Version">Its version.</param>
    /// <param name="ValidThrough">Last day on which it works.</param>
    /// <param name="Revoked">Whether it was revoked.</param>
    /// <param name="MadeBy">Who made it.</param>
    /// <param name="Path">Its address below the API of this service, told this once; null otherwise.</param>
    internal sealed record SerialLinkView(
        Guid Id,
        long Version,
        DateOnly ValidThrough,
        bool Revoked,
        string MadeBy,
        string? Path
    )
    {
        public static SerialLinkView From(SerialLink link, string? token = null) =>
            new(
                link.Id,
                link.Version,
                link.ValidThrough,
                link.RevokedAt is not null,
                link.MadeBy.Name,
                token is null ? null : $"/v1/customer-links/{token}/machine"
            );
    }

    /// <param name="Items">The newest first.</param>
    internal sealed record SerialLinks(IReadOnlyList<SerialLinkView> Items);

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/product-serials/{id:guid}/links", Handle)
            .AsCommand()
            .ForRoles(SerialLink.Makers)
            .WithSummary("Makes the link for the QR code on a machine")
            .WithDescription(
                "Rule C3.1.1. It leads to this machine only: what is covered until when, and a report. The address holds a "
                    + "secret and is told this once, also under an Idempotency-Key. 409: serial-without-customer."
            )
            .Produces<SerialLinkView>(StatusCodes.Status201Created);
        routes
            .MapGet("/product-serials/{id:guid}/links", ListSerialLinks)
            .AsQuery()
            .ForRoles(SerialLink.Makers)
            .WithSummary("The links of a machine, the newest first")
            .WithDescription("Rule C3.1.1. Without their addresses.")
            .Produces<SerialLinks>();
        routes
            .MapPost("/serial-links/{id:guid}/revoke", RevokeSerialLink)
            .AsCommand()
            .ForRoles(SerialLink.Makers)
            .WithSummary("The link works no more")
            .WithDescription("Rule C3.1.1. 409: link-revoked.")
            .Produces<SerialLinkView>();
    }

    private static async Task<CommandResult> Handle(
        Guid id,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    )
    {
        if (
            await db.ProductSerials.VisibleTo(caller.Actor).FirstOrDefaultAsync(s => s.Id == id, cancellation)
            is not { } serial
        )
        {
            return CommandResult.NotFound();
        }

        var secret = SecretLink.New();
        var made = SerialLink.Make(caller.Context(), serial, secret.Hash);
        var answer = caller.Create(db, "serial-links", made, (link, _) => SerialLinkView.From(link, secret.Token));
        return made.Failed(out _, out var created) ? answer : answer.ButRemember(() => SerialLinkView.From(created));
    }

    private static async Task<QueryResult> ListSerialLinks(
        Guid id,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    )
    {
        if (!await db.ProductSerials.VisibleTo(caller.Actor).AnyAsync(s => s.Id == id, cancellation))
        {
            return QueryResult.NotFound;
        }

        var links = await db
            .SerialLinks.AsNoTracking()
            .Where(link => link.SerialId == id)
            .OrderByDescending(link => link.Id)
            .Take(Most)
            .ToListAsync(cancellation);
        return QueryResult.Of(new SerialLinks([.. links.Select(link => SerialLinkView.From(link))]));
    }

    private static Task<CommandResult> RevokeSerialLink(
        Guid id,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.SerialLinks,
            id,
            (link, context) => link.Revoke(context),
            (link, _) => SerialLinkView.From(link),
            cancellation
        );
}
