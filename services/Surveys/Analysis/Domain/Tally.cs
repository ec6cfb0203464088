using CustomerService.Rules;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.Responses.Domain;

namespace CustomerService.Surveys.Analysis.Domain;

/// <summary>So many recovered forms that are alike in what the rate looks at.</summary>
/// <param name="Departments">Departments for which they count (C5.10).</param>
/// <param name="Overall">Overall grade.</param>
/// <param name="Survey">Population.</param>
/// <param name="Mode">How they were answered; null for anonymous ones.</param>
/// <param name="Count">How many.</param>
internal sealed record AlikeForms(
    IReadOnlyList<string> Departments,
    Grade Overall,
    SurveyKind Survey,
    AnswerMode? Mode,
    int Count
)
{
    /// <summary>Anonymous forms of a campaign of which so few came that no more than their number and rate is
    /// shown.</summary>
    public bool IsFew { get; init; }
}

/// <summary>
/// The figures of C5.10: forms with an overall grade that counts as satisfied ÷ forms recovered × 100 %.
/// </summary>
internal sealed record Tally
{
    /// <summary>Recovered forms.</summary>
    public required int Recovered { get; init; }

    /// <summary>Of these, overall at least 基本滿意.</summary>
    public required int Satisfied { get; init; }

    /// <summary>Percent with one decimal; null, never 0, where none was recovered.</summary>
    public required decimal? Percent { get; init; }

    /// <summary>Recovered forms by overall grade, best first, but anonymous ones of which too few came; empty where there
    /// are no others.</summary>
    public required IReadOnlyList<GradeCount> Distribution { get; init; }

    /// <summary>Within these bounds the rate of all customers lies with 95 % confidence (Wilson); null where none was
    /// recovered.</summary>
    public required Interval? Interval { get; init; }

    /// <summary>The figures of some forms.</summary>
    public static Tally Of(IEnumerable<AlikeForms> forms, SurveyPolicy policy)
    {
        var all = forms.ToList();
        var shown = all.FindAll(f => !f.IsFew);
        return Of(GradesOf(all), policy) with
        {
            Distribution = shown.Count == 0 && all.Count > 0 ? [] : DistributionOf(GradesOf(shown)),
        };
    }

    /// <summary>The figures of so many grades.</summary>
    public static Tally Of(IReadOnlyDictionary<Grade, int> grades, SurveyPolicy policy)
    {
        var recovered = grades.Values.Sum();
        var satisfied = grades.Where(g => g.Key >= policy.SatisfiedFrom).Sum(g => g.Value);
        return new()
        {
            Recovered = recovered,
            Satisfied = satisfied,
            Percent = new SatisfactionRate(recovered, satisfied).Percent,
            Distribution = DistributionOf(grades),
            Interval = Interval.Wilson(satisfied, recovered),
        };
    }

    /// <summary>Each department with the forms that count for it: one that names a department for that one, one that
    /// names none once for each department whose items it asks.</summary>
    public static IEnumerable<(string Department, IReadOnlyList<AlikeForms> Forms)> ByDepartment(
        IReadOnlyList<AlikeForms> forms
    ) =>
        forms
            .SelectMany(f => f.Departments.Distinct().Select(department => (Department: department, Forms: f)))
            .GroupBy(pair => pair.Department, StringComparer.Ordinal)
            .OrderBy(same => same.Key, StringComparer.Ordinal)
            .Select(same => (same.Key, (IReadOnlyList<AlikeForms>)[.. same.Select(pair => pair.Forms)]));

    private static Dictionary<Grade, int> GradesOf(IEnumerable<AlikeForms> forms) =>
        forms.GroupBy(f => f.Overall).ToDictionary(same => same.Key, same => same.Sum(f => f.Count));

    private static IReadOnlyList<GradeCount> DistributionOf(IReadOnlyDictionary<Grade, int> grades) =>
        [
            .. Enum.GetValues<Grade>()
                .OrderByDescending(grade => grade)
                .Select(grade => new GradeCount(grade, grades.GetValueOrDefault(grade))),
        ];
}

/// <summary>How many forms have a grade.</summary>
internal sealed record GradeCount(Grade Grade, int Count);

/// <summary>Bounds in percent, one decimal.</summary>
internal sealed record Interval(decimal From, decimal To)
{
    private const double Z = 1.959963984540054;

    /// <summary>Wilson's score interval of a share; null of nothing.</summary>
    public static Interval? Wilson(int satisfied, int recovered)
    {
        if (recovered == 0)
        {
            return null;
        }

        double n = recovered;
        var share = satisfied / n;
        var centre = share + (Z * Z / (2 * n));
        var spread = Z * Math.Sqrt((share * (1 - share) / n) + (Z * Z / (4 * n * n)));
        var scale = 1 + (Z * Z / n);
        return new(Percent((centre - spread) / scale), Percent((centre + spread) / scale));
    }

    private static decimal Percent(double share) =>
        Math.Round((decimal)Math.Clamp(share * 100, 0, 100), 1, MidpointRounding.AwayFromZero);
}
