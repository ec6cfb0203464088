using CustomerService.Repairs.Data;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Rmas.Features;

/// <summary>Many shipments leave the house at once (C5.1.2), with a result a line.</summary>
internal static class DispatchShipments
{
    private const int Most = 200;

    /// <param name="Id">The shipment.</param>
    /// <param name="Carrier">Who carries it; needed for express and freight.</param>
    /// <param name="TrackingNumber">The carrier's number.</param>
    internal sealed record LineRequest(Guid? Id, string? Carrier = null, string? TrackingNumber = null);

    /// <param name="Lines">The shipments.</param>
    internal sealed record Request(IReadOnlyList<LineRequest> Lines);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Lines).NotEmpty().AtMost(Most);
            RuleForEach(r => r.Lines)
                .ChildRules(line =>
                {
                    line.RuleFor(l => l.Id).NotNull();
                    line.RuleFor(l => l.Carrier).OptionalText(TextLength.Line);
                    line.RuleFor(l => l.TrackingNumber).OptionalText(TextLength.Line);
                });
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/shipment-dispatches", Handle)
            .AsCommand()
            .ForRoles(Roles.Staff)
            .WithSummary("Many shipments leave the house, with a result a line")
            .WithDescription(
                "Rule C5.1.2. Each line is judged as if it came alone; the refused ones name their rule and change nothing."
            )
            .WithExample(new Request([new(Guid.Parse("0198c0de-0000-7000-8000-000000000001"), "順豐", "SF1234567890")]))
            .Produces<BulkView>();

    private static async Task<CommandResult> Handle(
        Request body,
        RepairsDb db,
        Bulk bulk,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var lines = body.Lines.DistinctBy(line => line.Id).ToDictionary(line => line.Id!.Value);
        var ids = lines.Keys.Select(id => (Guid?)id).ToList();
        var units = (
            await db.RmaUnits.Where(unit => ids.Contains(unit.ShipmentId)).OrderBy(u => u.Id).ToListAsync(cancellation)
        ).ToLookup(unit => unit.ShipmentId!.Value);
        return await bulk.EachAsync(
            db.Shipments.VisibleTo(caller.Actor),
            [.. lines.Keys.Select(id => new BulkLineRequest(id, null))],
            shipment => shipment.Number,
            (shipment, context) =>
            {
                var line = lines[shipment.Id];
                return Task.FromResult(
                    shipment.Dispatch(context, new(line.Carrier, line.TrackingNumber), [.. units[shipment.Id]])
                );
            },
            cancellation
        );
    }
}
