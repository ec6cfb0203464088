using CustomerService.Rules;

namespace CustomerService.Repairs.Components.Domain;

/// <summary>The unit of a customer that the component is of.</summary>
internal sealed record UnitOfClaim(Guid UnitId, string Number, Guid RmaId, string RmaNumber, string? Serial);

/// <summary>What is sent.</summary>
/// <param name="WholeUnit">The unit itself goes, not a part of it.</param>
/// <param name="Code">Code of the component.</param>
/// <param name="Serial">The component's own serial number.</param>
/// <param name="Claimed">What is asked for, in <paramref name="Currency"/>.</param>
internal sealed record SentGoods(
    bool WholeUnit,
    string Code,
    string Name,
    string? Serial,
    int Quantity,
    string Fault,
    decimal Claimed,
    string Currency
);

/// <summary>How it left.</summary>
/// <param name="ExpectedOn">By when the maker is expected to answer.</param>
internal sealed record Sending(
    DateOnly ExpectedOn,
    string? Carrier,
    string? TrackingNumber,
    string? Reference,
    Stamp By
);

/// <summary>A try to get an answer.</summary>
internal sealed record MakerContact(string Said, Stamp By);

/// <summary>What the maker answered.</summary>
/// <param name="Back">How many came back.</param>
internal sealed record AnswerOfMaker(MakerAnswer Answer, string Text, int Back, DateOnly On, Stamp By);

/// <summary>What came of the claim.</summary>
internal sealed record ClaimSettlement(decimal Recovered, string Reference, Stamp By);
