using System.Globalization;
using System.Linq.Expressions;

namespace CustomerService.Complaints.YearReports.Domain;

/// <summary>By what the complaints of a year are counted (C5.7).</summary>
internal enum YearDimension
{
    Product,
    Fault,
    Cause,
    Liability,
    Department,
    Severity,
    Channel,
    Month,

    /// <summary>Whether the first response came in time: <c>yes</c>, <c>no</c>, <c>unknown</c>.</summary>
    ResponseInTime,

    /// <summary>Whether it was resolved in time.</summary>
    ResolvedInTime,

    /// <summary>Whether the fault recurred or several customers had it: <c>yes</c>, <c>no</c>.</summary>
    Repeated,
}

/// <summary>How many complaints have this key, the most frequent first (Pareto).</summary>
/// <param name="Share">In percent of all.</param>
/// <param name="Cumulated">In percent, with all that are more frequent.</param>
internal sealed record YearCount(string Key, int Count, double Share, double Cumulated);

/// <summary>Counts by one dimension.</summary>
internal sealed record YearBreakdown(YearDimension Dimension, IReadOnlyList<YearCount> Counts);

/// <summary>The frozen figures of a year (C5.7).</summary>
/// <param name="MedianHours">Median of the hours from receipt to resolution; null where none was resolved.</param>
/// <param name="Cost">Cost of poor quality, in yuan, as far as it is known.</param>
internal sealed record YearFigures(
    int Year,
    int Total,
    double? ResponseInTimePercent,
    double? ResolvedInTimePercent,
    double? RepeatedPercent,
    double? MedianHours,
    decimal Cost,
    IReadOnlyList<YearBreakdown> Breakdowns
)
{
    /// <summary>Counts the rows; the same rows give the same figures for ever.</summary>
    public static YearFigures Of(int year, IReadOnlyList<YearCase> cases)
    {
        var hours = cases.Select(one => one.ResolutionHours).OfType<double>().Order().ToList();
        return new(
            year,
            cases.Count,
            Percent(cases, YearDimension.ResponseInTime),
            Percent(cases, YearDimension.ResolvedInTime),
            cases.Count == 0 ? null : Share(cases.Count(one => one.Repeated), cases.Count),
            hours.Count == 0 ? null : Math.Round((hours[(hours.Count - 1) / 2] + hours[hours.Count / 2]) / 2, 1),
            cases.Sum(one => one.Cost ?? 0),
            [
                .. Enum.GetValues<YearDimension>()
                    .Select(dimension => new YearBreakdown(dimension, Counts(cases, dimension))),
            ]
        );
    }

    /// <summary>The key of a row; what a figure counts and what opens it are the same expression.</summary>
    public static Expression<Func<YearCase, bool>> Has(YearDimension dimension, string key)
    {
        var flag = key switch
        {
            Yes => true,
            No => false,
            _ => (bool?)null,
        };
        var month = int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        return dimension switch
        {
            YearDimension.Product => one => one.Product == key,
            YearDimension.Fault => one => one.Fault == key,
            YearDimension.Cause => one => one.Cause == key,
            YearDimension.Liability => one => one.Liability == key,
            YearDimension.Department => one => one.Department == key,
            YearDimension.Severity => one => one.Severity == key,
            YearDimension.Channel => one => one.Channel == key,
            YearDimension.Month => one => one.Month == month,
            YearDimension.ResponseInTime => one => one.ResponseInTime == flag,
            YearDimension.ResolvedInTime => one => one.ResolvedInTime == flag,
            _ => one => one.Repeated == (flag == true),
        };
    }

    private const string Yes = "yes";
    private const string No = "no";

    private static IReadOnlyList<YearCount> Counts(IReadOnlyList<YearCase> cases, YearDimension dimension)
    {
        var counted = cases
            .GroupBy(one => KeyOf(one, dimension), StringComparer.Ordinal)
            .Select(group => (group.Key, Count: group.Count()))
            .OrderByDescending(group => group.Count)
            .ThenBy(group => group.Key, StringComparer.Ordinal)
            .ToList();
        var sum = 0;
        return
        [
            .. counted.Select(group =>
            {
                sum += group.Count;
                return new YearCount(group.Key, group.Count, Share(group.Count, cases.Count), Share(sum, cases.Count));
            }),
        ];
    }

    private static string KeyOf(YearCase one, YearDimension dimension) =>
        dimension switch
        {
            YearDimension.Product => one.Product,
            YearDimension.Fault => one.Fault,
            YearDimension.Cause => one.Cause,
            YearDimension.Liability => one.Liability,
            YearDimension.Department => one.Department,
            YearDimension.Severity => one.Severity,
            YearDimension.Channel => one.Channel,
            YearDimension.Month => one.Month.ToString("00", CultureInfo.InvariantCulture),
            YearDimension.ResponseInTime => Word(one.ResponseInTime),
            YearDimension.ResolvedInTime => Word(one.ResolvedInTime),
            _ => Word(one.Repeated),
        };

    private static string Word(bool? flag) =>
        flag switch
        {
            true => Yes,
            false => No,
            _ => YearCase.Unknown,
        };

    private static double? Percent(IReadOnlyList<YearCase> cases, YearDimension dimension)
    {
        var known = cases.Count(one => KeyOf(one, dimension) != YearCase.Unknown);
        return known == 0 ? null : Share(cases.Count(one => KeyOf(one, dimension) == Yes), known);
    }

    private static double Share(int part, int of) => of == 0 ? 0 : Math.Round(100.0 * part / of, 1);
}
