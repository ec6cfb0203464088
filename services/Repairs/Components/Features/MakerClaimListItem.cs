using System.Text.Json.Serialization;
using CustomerService.Repairs.Components.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.Components.Features;

/// <summary>What goes to a maker, in the list.</summary>
internal sealed record MakerClaimListItem
{
    public required Guid Id { get; init; }

    public required string Number { get; init; }

    public required MakerClaimState State { get; init; }

    public required long Version { get; init; }

    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    public required string Maker { get; init; }

    public required string RmaNumber { get; init; }

    public required string UnitNumber { get; init; }

    public required string Component { get; init; }

    public required int Quantity { get; init; }

    public DateOnly? SentOn { get; init; }

    public DateOnly? ExpectedOn { get; init; }

    public required decimal Claimed { get; init; }

    public decimal? Recovered { get; init; }

    public static MakerClaimListItem From(MakerClaim claim, Caller caller) =>
        new()
        {
            Id = claim.Id,
            Number = claim.Number,
            State = claim.State,
            Version = claim.Version,
            Actions = claim.AllowedActions(caller.Context(claim)),
            Maker = claim.Maker,
            RmaNumber = claim.Of.RmaNumber,
            UnitNumber = claim.Of.Number,
            Component = claim.Goods.Name,
            Quantity = claim.Goods.Quantity,
            SentOn = claim.SentOn,
            ExpectedOn = claim.ExpectedOn,
            Claimed = claim.Goods.Claimed,
            Recovered = claim.Settlement?.Recovered,
        };
}
