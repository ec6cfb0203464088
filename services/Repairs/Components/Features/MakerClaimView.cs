using System.Text.Json.Serialization;
using CustomerService.Repairs.Components.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.Components.Features;

/// <summary>What was said to get an answer.</summary>
internal sealed record MakerContactView(string Said, string By, DateTimeOffset At);

/// <summary>The maker's answer.</summary>
/// <param name="Back">How many came back.</param>
internal sealed record MakerAnswerView(MakerAnswer Answer, string Text, int Back, DateOnly On, string By);

/// <summary>A component, or a machine, that goes to its maker.</summary>
internal sealed record MakerClaimView
{
    public required Guid Id { get; init; }

    public required string Number { get; init; }

    public required MakerClaimState State { get; init; }

    public required long Version { get; init; }

    /// <summary>What the caller can do now; each is the last part of the route under which it is called.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    public required string Maker { get; init; }

    /// <summary>The customer's unit and RMA.</summary>
    public required UnitOfClaim Of { get; init; }

    public required SentGoods Goods { get; init; }

    public required string PreparedBy { get; init; }

    public DateOnly? SentOn { get; init; }

    public string? Carrier { get; init; }

    public string? TrackingNumber { get; init; }

    /// <summary>The maker's own number for it.</summary>
    public string? Reference { get; init; }

    public DateOnly? ExpectedOn { get; init; }

    public DateOnly? OverdueOn { get; init; }

    public required IReadOnlyList<MakerContactView> Contacts { get; init; }

    public MakerAnswerView? Answer { get; init; }

    /// <summary>What was recovered of what was claimed.</summary>
    public decimal? Recovered { get; init; }

    public string? SettlementReference { get; init; }

    public required int PolicyVersion { get; init; }

    public static MakerClaimView From(MakerClaim claim, Caller caller) =>
        new()
        {
            Id = claim.Id,
            Number = claim.Number,
            State = claim.State,
            Version = claim.Version,
            Actions = claim.AllowedActions(caller.Context(claim)),
            Maker = claim.Maker,
            Of = claim.Of,
            Goods = claim.Goods,
            PreparedBy = claim.PreparedBy.Name,
            SentOn = claim.SentOn,
            Carrier = claim.Sending?.Carrier,
            TrackingNumber = claim.Sending?.TrackingNumber,
            Reference = claim.Sending?.Reference,
            ExpectedOn = claim.ExpectedOn,
            OverdueOn = claim.OverdueOn,
            Contacts = [.. claim.Contacts.Select(c => new MakerContactView(c.Said, c.By.Name, c.By.At))],
            Answer = claim.Answered is { } answer
                ? new(answer.Answer, answer.Text, answer.Back, answer.On, answer.By.Name)
                : null,
            Recovered = claim.Settlement?.Recovered,
            SettlementReference = claim.Settlement?.Reference,
            PolicyVersion = claim.PolicyVersion,
        };
}
