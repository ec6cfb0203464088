using CustomerService.Reporting.Facts;
using CustomerService.ServiceDefaults;

namespace CustomerService.Reporting.Figures;

/// <summary>How a figure is made from its cases.</summary>
internal enum FigureKind
{
    /// <summary>How many cases fall in the period.</summary>
    Count,

    /// <summary>What their values add up to.</summary>
    Sum,

    /// <summary>The share of those whose value is 1, in percent with one decimal.</summary>
    Share,

    /// <summary>The mean of their values, with one decimal.</summary>
    Average,

    /// <summary>How many had begun and not ended at the end of the period.</summary>
    Stock,
}

/// <summary>A set of schema <c>bi</c> whose rows can be cases of figures.</summary>
/// <param name="View">Name of the view.</param>
/// <param name="CaseKind">What a case is called.</param>
/// <param name="Id">Column of the case's identity.</param>
/// <param name="Number">Expression of the number by which people know it.</param>
/// <param name="Facts">Where its rows come from.</param>
/// <param name="Dimensions">Expressions by the names of <see cref="FigureDimension"/>.</param>
/// <param name="Line">What tells several rows of one case apart.</param>
internal sealed record CaseSet(
    string View,
    string CaseKind,
    string Id,
    string Number,
    IReadOnlyList<Type> Facts,
    IReadOnlyDictionary<string, string> Dimensions,
    string Line = "''"
)
{
    /// <summary>Dimensions that are of other records than the case's own: they can change while its fact does not.</summary>
    public IReadOnlyList<string> OfOthers { get; init; } = ["region", "projectId", "customerId"];

    /// <summary>A set with dimensions written <c>name=expression</c>.</summary>
    public static CaseSet Of<TFact>(string view, string kind, string id, string number, params string[] dimensions)
        where TFact : Fact =>
        new(
            view,
            kind,
            id,
            number,
            [typeof(TFact)],
            dimensions.Select(d => d.Split('=', 2)).ToDictionary(d => d[0], d => d[1], StringComparer.Ordinal)
        );
}

/// <summary>The cases that a figure takes from a set.</summary>
/// <param name="Set">The set.</param>
/// <param name="Day">Expression of the day that puts a case into a period; cases without one do not count.</param>
/// <param name="Value">Expression of what a case adds.</param>
/// <param name="Where">Which rows are cases.</param>
/// <param name="Ends">Expression of the day on which a case leaves a stock.</param>
internal sealed record CaseSource(
    CaseSet Set,
    string Day,
    string Value = "1",
    string? Where = null,
    string? Ends = null
);

/// <summary>
/// A figure: one definition for the screen, the cases behind it, files, OData and SQL. Its names and formulas are texts,
/// <c>figure.{code}</c>, <c>figure.{code}.formula</c>, <c>figure.{code}.excludes</c>.
/// </summary>
/// <param name="Code">Its name in addresses; never changes.</param>
/// <param name="Kind">How it is made.</param>
/// <param name="Rule">The rule that asks for it.</param>
/// <param name="Unit">What it is counted in: <c>cases</c>, <c>percent</c>, <c>days</c>, <c>money</c>, <c>pieces</c>.</param>
/// <param name="Sources">Where its cases come from.</param>
internal sealed record Figure(string Code, FigureKind Kind, string Rule, string Unit, IReadOnlyList<CaseSource> Sources)
{
    /// <summary>By what it can be grouped and filtered.</summary>
    public IReadOnlyList<string> Dimensions { get; } =
    [
        .. FigureDimension
            .All.Select(d => d.Name)
            .Where(name =>
                name == "month"
                || (name == "kind" && Sources.Count > 1)
                || Sources.Any(source => source.Set.Dimensions.ContainsKey(name))
            ),
    ];

    /// <summary>Whether all of its cases have this dimension: it can then be counted for one of its values alone.</summary>
    public bool Covers(string dimension) => Sources.All(source => source.Set.Dimensions.ContainsKey(dimension));

    /// <summary>Names of the events that its facts are made from.</summary>
    public IReadOnlyList<string> Events { get; } =
    [
        .. Sources
            .SelectMany(source => source.Set.Facts)
            .Distinct()
            .SelectMany(Projections.EventsOf)
            .Select(Messaging.EventNames.Of)
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Its name for people, in the language of the request.</summary>
    public string NameIn(Texts texts) => texts.Find("figure." + Code)!;

    /// <summary>The figure of a number of cases and what they add up to; null, never 0, where there is nothing to divide
    /// by.</summary>
    public decimal? ValueOf(int cases, decimal total) =>
        Kind switch
        {
            FigureKind.Count or FigureKind.Stock => cases,
            FigureKind.Sum => total,
            _ when cases == 0 => null,
            FigureKind.Share => Rounded(100m * total / cases),
            _ => Rounded(total / cases),
        };

    private static decimal Rounded(decimal value) => Math.Round(value, 1, MidpointRounding.AwayFromZero);
}
