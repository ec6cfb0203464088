namespace CustomerService.Rules;

/// <summary>What a warranty term is measured in.</summary>
public enum WarrantyUnit
{
    /// <summary>Calendar months; years are twelve of them.</summary>
    Months,

    /// <summary>Full heating and cooling seasons of the project's city.</summary>
    Seasons,

    /// <summary>The service life that the design document gives.</summary>
    DesignLife,
}

/// <summary>The two kinds of season (P3.1.2, part 3).</summary>
public enum SeasonKind
{
    /// <summary>採暖期.</summary>
    Heating,

    /// <summary>供冷期.</summary>
    Cooling,
}

/// <summary>The length of a warranty term as a contract or Table 3.1 writes it.</summary>
/// <param name="Unit">What is counted.</param>
/// <param name="Count">How many; 0 for the design life, whose length stands in the design document.</param>
public readonly record struct WarrantyLength(WarrantyUnit Unit, int Count)
{
    /// <summary>Years; nothing that is built stands longer, and no term can.</summary>
    public const int LongestYears = 200;

    /// <summary>The same in months.</summary>
    public const int LongestMonths = 12 * LongestYears;

    public static WarrantyLength DesignLife { get; } = new(WarrantyUnit.DesignLife, 0);

    public static WarrantyLength Years(int years) => new(WarrantyUnit.Months, years * 12);

    public static WarrantyLength Months(int months) => new(WarrantyUnit.Months, months);

    public static WarrantyLength Seasons(int seasons) => new(WarrantyUnit.Seasons, seasons);

    /// <summary><c>5y</c>, <c>18m</c>, <c>2s</c> or <c>design-life</c>; for logs and refusals.</summary>
    public override string ToString() =>
        Unit switch
        {
            WarrantyUnit.Months when Count % 12 == 0 => $"{Count / 12}y",
            WarrantyUnit.Months => $"{Count}m",
            WarrantyUnit.Seasons => $"{Count}s",
            _ => "design-life",
        };
}
