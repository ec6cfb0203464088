using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;

namespace CustomerService.Repairs.Rmas.Domain;

/// <summary>The fault as it was recorded at intake (C5.1.1).</summary>
/// <param name="Words">The customer's words.</param>
/// <param name="Code">Fault code of the company, where intake can tell.</param>
internal sealed record IntakeFault(string Words, string? Code, Stamp By);

/// <summary>A component that is damaged or was replaced.</summary>
/// <param name="IsMain">Whether it is a main component (C5.1.1.1).</param>
internal sealed record Component(string Code, string Name, bool IsMain);

/// <summary>What the repair group found (C5.1.1.1).</summary>
/// <param name="Covered">Whether the warranty covers it: by the machine's dates, else by what was said.</param>
/// <param name="WarrantyEvidence">By what, where the machine's dates do not tell.</param>
internal sealed record Diagnosis(
    string Finding,
    string FaultCode,
    IReadOnlyList<Component> Damaged,
    bool? Covered,
    DateOnly? WarrantyEndsOn,
    string? WarrantyEvidence,
    Stamp By
)
{
    public bool MainComponentDamaged => Damaged.Any(component => component.IsMain);

    /// <summary>Only a damaged main component out of warranty is charged (worked case 5).</summary>
    public bool IsCharged => MainComponentDamaged && Covered == false;
}

/// <summary>A contact with the customer about a charge (C3.1.2).</summary>
/// <param name="Person">Whom.</param>
/// <param name="Reached">False where nobody answered.</param>
/// <param name="Said">What was said.</param>
internal sealed record ContactEntry(
    ContactChannel Channel,
    string Person,
    bool Reached,
    string Said,
    DateTimeOffset At,
    Stamp By
);

/// <summary>A line of an offer.</summary>
/// <param name="Component">Code of the component, where it is about one.</param>
/// <param name="UnitPrice">In the offer's currency, at most two decimals.</param>
internal sealed record OfferLine(string Description, string? Component, int Quantity, decimal UnitPrice)
{
    public decimal Amount => Quantity * UnitPrice;
}

/// <summary>What a version of the offer asks for.</summary>
/// <param name="DiscountPercent">0 to 100; 100 waives the charge.</param>
internal sealed record OfferInput(
    IReadOnlyList<OfferLine> Lines,
    decimal DiscountPercent,
    string? DiscountReason,
    string? Remark
);

/// <summary>A version of FM001 (C5.1.1.1). A new one withdraws the one before.</summary>
/// <param name="Version">1, 2 …</param>
/// <param name="Hash">SHA-256 of what the customer is asked to sign; from sending on.</param>
internal sealed record OfferVersion(
    int Version,
    IReadOnlyList<OfferLine> Lines,
    decimal DiscountPercent,
    string? DiscountReason,
    string? Remark,
    string Currency,
    Stamp MadeBy,
    Stamp? ApprovedBy = null,
    Stamp? SentBy = null,
    ContactChannel? SentThrough = null,
    DateOnly? ValidThrough = null,
    string? Hash = null
)
{
    public decimal Total => Lines.Sum(line => line.Amount);

    /// <summary>To the cent, half away from zero.</summary>
    public decimal Discount => decimal.Round(Total * DiscountPercent / 100m, 2, MidpointRounding.AwayFromZero);

    /// <summary>What is to be paid.</summary>
    public decimal Sum => Total - Discount;

    /// <summary>The hash of what is signed: form, unit, version, lines, discount, sum, currency, validity.</summary>
    public static string HashOf(string form, string unit, OfferVersion version)
    {
        string Money(decimal value) => value.ToString("0.00", CultureInfo.InvariantCulture);
        string?[] parts =
        [
            form,
            unit,
            version.Version.ToString(CultureInfo.InvariantCulture),
            .. version.Lines.SelectMany(line =>
                new[]
                {
                    line.Description,
                    line.Component,
                    line.Quantity.ToString(CultureInfo.InvariantCulture),
                    Money(line.UnitPrice),
                }
            ),
            version.DiscountPercent.ToString("0.##", CultureInfo.InvariantCulture),
            Money(version.Sum),
            version.Currency,
            version.ValidThrough?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(parts))));
    }
}

/// <summary>The customer's answer as it is handed in.</summary>
/// <param name="Version">Version of the offer that was answered.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Words">What stands above the signature.</param>
/// <param name="PrintedName">Name in print of the person who signed.</param>
/// <param name="SignedCopy">Identity or place of the signed copy, where the customer did not sign here.</param>
/// <param name="Recorded">The spoken word, of a refusal.</param>
internal sealed record OfferReply(
    int Version,
    string? Hash,
    string? Words,
    string? PrintedName,
    string? SignedCopy,
    RecordedWord? Recorded
)
{
    /// <summary>The words of a consent, exactly, in traditional and in simplified characters (C5.1.1.1).</summary>
    public static IReadOnlyList<string> ConsentWords =>
        field ??= [
            .. new[] { "zh-Hant", "zh-Hans" }.Select(language =>
                GoodsTexts.Manager.GetString("consent-words", CultureInfo.GetCultureInfo(language))!
            ),
        ];
}

/// <summary>The answer as it is kept; it binds one version and its hash.</summary>
internal sealed record KeptReply(
    bool Consented,
    int Version,
    string? Hash,
    string? Words,
    Signature? Signature,
    string? SignedCopy,
    RecordedWord? Recorded,
    Stamp By
);

/// <summary>FM002: what is charged, never more than the sum consented to (C5.1.1.1).</summary>
internal sealed record Charge(decimal Amount, string Currency, string? Remark, Stamp By);

/// <summary>The mark on the original of FM001, with the handler's signature.</summary>
internal sealed record Annotation(OfferMark Mark, Signature Signature, Stamp By);

/// <summary>What was done in a round of repair.</summary>
/// <param name="Replaced">Components that were replaced.</param>
/// <param name="Crew">Printed names of who worked on it besides the person who reports.</param>
internal sealed record RepairWork(
    int Round,
    string WorkDone,
    IReadOnlyList<Component> Replaced,
    IReadOnlyList<string> Crew,
    decimal? Hours,
    DateOnly FinishedOn,
    Stamp By
);

/// <summary>The quality department's verdict on a round (C5.1.2).</summary>
internal sealed record QcVerdict(int Round, bool Passed, string Opinion, Stamp By);

/// <summary>A move of a unit from hand to hand.</summary>
/// <param name="Note">For example the shelf.</param>
internal sealed record Handing(Place Place, string? Note);

/// <summary>What makes two lots one: RMA, model, fault and place.</summary>
internal sealed record LotKind(
    Guid RmaId,
    Guid? ModelId,
    string? SerialKey,
    Place? Place,
    string? FaultCode,
    string? FaultWords
);
