using CustomerService.Rules;

namespace CustomerService.Projects.Projects.Domain;

/// <summary>What is known about a building when its warranty is worked out.</summary>
/// <param name="Acceptance">Day of completion acceptance: the prescribed terms count from it.</param>
/// <param name="Handover">Day of handover: the committed terms count from it.</param>
/// <param name="City">City code, for its seasons; null for the default.</param>
/// <param name="DesignLifeYears">Service life of the structure by the design document, where it is known.</param>
internal sealed record WarrantyFacts(
    DateOnly Acceptance,
    DateOnly Handover,
    string? City = null,
    int? DesignLifeYears = null
);

/// <summary>The last day of one kind of season of a term.</summary>
internal sealed record SeasonEnd(SeasonKind Kind, DateOnly Through);

/// <summary>The effective term of one warranty part.</summary>
/// <param name="Part">Part code.</param>
/// <param name="Prescribed">The term of Table 3.1.</param>
/// <param name="Committed">The contract's term; null where it left the column blank.</param>
/// <param name="Through">Last day under warranty.</param>
/// <param name="ByCommitment">True where the commitment gives the later end.</param>
/// <param name="IsFinite">False for the structure's design life, which no revisit plan runs to.</param>
/// <param name="Seasons">For a term in seasons, the last day of each kind.</param>
internal sealed record WarrantyTerm(
    string Part,
    WarrantyLength Prescribed,
    WarrantyLength? Committed,
    DateOnly Through,
    bool ByCommitment,
    bool IsFinite,
    IReadOnlyList<SeasonEnd> Seasons
)
{
    /// <summary>
    /// Last day of what is finite of the term, which the revisit plan may run to (P2.1.1); null for a part that
    /// is prescribed for the design life. A part whose
    /// contract promises it for the design life keeps its prescribed end here: a better promise does not
    /// shorten the plan.
    /// </summary>
    public DateOnly? FiniteThrough { get; init; }

    /// <summary>Whether a defect found on a day is under warranty.</summary>
    /// <param name="date">The day.</param>
    /// <param name="kind">For a part with seasons, which of the two systems is concerned; null where that is
    /// not known, which favours the owner.</param>
    public bool Covers(DateOnly date, SeasonKind? kind = null) =>
        date <= (Seasons.FirstOrDefault(season => season.Kind == kind)?.Through ?? Through);
}

/// <summary>The effective terms of all parts, in the order of Table 3.1.</summary>
internal sealed record WarrantyTable(IReadOnlyList<WarrantyTerm> Terms);

/// <summary>Warranty terms (P3.1.2): the longer of prescribed and committed protects, and less than prescribed
/// cannot be committed.</summary>
internal static class WarrantyTerms
{
    private const string Rule = "P3.1.2";

    /// <summary>Whether all are parts of Table 3.1.</summary>
    /// <param name="parts">Part codes.</param>
    /// <param name="policy">The table.</param>
    /// <returns>Null when they are; else <c>warranty-part-unknown</c> with the first that is not.</returns>
    public static Refusal? CheckParts(IEnumerable<string> parts, WarrantyPolicy policy) =>
        parts.FirstOrDefault(part => policy.Part(part) is null) is { } unknown
            ? Refusal
                .Invalid("warranty-part-unknown", Rule, "part")
                .With("part", unknown)
                .With("parts", string.Join(", ", policy.Parts.Select(part => part.Code)))
            : null;

    /// <summary>
    /// Whether a contract may commit to a term. It is answered without dates as far as that can be: terms in
    /// different
    /// units (years for a part that is prescribed in seasons) are refused when they are below on whatever day
    /// of the year the
    /// works are accepted, and else judged by <see cref="Effective"/>, when the days are known.
    /// </summary>
    /// <param name="part">Part of Table 3.1.</param>
    /// <param name="committed">The contract's term; null for a blank column, which means the prescribed one.</param>
    /// <param name="designLifeYears">Service life of the structure, where it is known.</param>
    /// <param name="policy">Seasons of the cities; null leaves different units to <see cref="Effective"/>.</param>
    /// <param name="city">City code, for its seasons.</param>
    /// <returns>Null when it may; else <c>warranty-below-prescribed</c> or <c>warranty-length-invalid</c>.</returns>
    public static Refusal? CheckCommitment(
        WarrantyPart part,
        WarrantyLength? committed,
        int? designLifeYears = null,
        WarrantyPolicy? policy = null,
        string? city = null
    )
    {
        if (committed is not { } length)
        {
            return null;
        }

        if (length.Unit != WarrantyUnit.DesignLife && length.Count is < 1 or > WarrantyLength.LongestMonths)
        {
            return Refusal
                .Invalid("warranty-length-invalid", Rule, "committed")
                .With("part", part.Code)
                .With("committed", length.ToString());
        }

        if (designLifeYears is < 1 or > WarrantyLength.LongestYears)
        {
            return Refusal
                .Invalid("design-life-invalid", Rule, "design-life-years")
                .With("part", part.Code)
                .With("years", designLifeYears);
        }

        var below = (part.Prescribed.Unit, length.Unit) switch
        {
            (var prescribed, var unit) when prescribed == unit => length.Count < part.Prescribed.Count,
            (WarrantyUnit.DesignLife, WarrantyUnit.Months) => designLifeYears is { } years && length.Count < years * 12,
            (WarrantyUnit.DesignLife, _) => true,
            _ => false,
        };
        return below || (policy is not null && IsBelowOnEveryDay(part, length, designLifeYears, policy, city))
            ? Below(part, length)
            : null;
    }

    private static bool IsBelowOnEveryDay(
        WarrantyPart part,
        WarrantyLength committed,
        int? designLifeYears,
        WarrantyPolicy policy,
        string? city
    )
    {
        if (
            committed.Unit == part.Prescribed.Unit
            || part.Prescribed.Unit == WarrantyUnit.DesignLife
            || (committed.Unit == WarrantyUnit.DesignLife && designLifeYears is null)
        )
        {
            return false;
        }

        // A leap year and one that is none.
        return Enumerable
            .Range(0, 731)
            .Select(new DateOnly(2023, 1, 1).AddDays)
            .All(day =>
            {
                var facts = new WarrantyFacts(day, day, city, designLifeYears);
                return Last(Ends(committed, day, part, facts, policy))
                    < Last(Ends(part.Prescribed, day, part, facts, policy));
            });
    }

    /// <summary>The effective term of a part: both terms counted, the later end wins.</summary>
    /// <param name="part">Part of Table 3.1.</param>
    /// <param name="committed">The contract's term; null for blank.</param>
    /// <param name="facts">Dates, city, design life.</param>
    /// <param name="policy">Seasons of the cities.</param>
    /// <returns>The term, or <c>warranty-below-prescribed</c>, <c>design-life-missing</c>,
    /// <c>warranty-length-invalid</c>.</returns>
    public static Result<WarrantyTerm> Effective(
        WarrantyPart part,
        WarrantyLength? committed,
        WarrantyFacts facts,
        WarrantyPolicy policy
    )
    {
        if (CheckCommitment(part, committed, facts.DesignLifeYears) is { } refusal)
        {
            return refusal;
        }

        var needsDesignLife =
            part.Prescribed.Unit == WarrantyUnit.DesignLife || committed?.Unit == WarrantyUnit.DesignLife;
        if (needsDesignLife && facts.DesignLifeYears is null)
        {
            return Refusal
                .ByRule("design-life-missing", Rule, ["design-life-years"], Roles.Engineering, Roles.Sales)
                .With("part", part.Code);
        }

        var prescribedEnds = Ends(part.Prescribed, facts.Acceptance, part, facts, policy);
        var prescribedThrough = Last(prescribedEnds);
        if (committed is not { } length)
        {
            return new WarrantyTerm(
                part.Code,
                part.Prescribed,
                null,
                prescribedThrough,
                false,
                part.Prescribed.Unit != WarrantyUnit.DesignLife,
                Seasons(prescribedEnds)
            )
            {
                FiniteThrough = part.Prescribed.Unit == WarrantyUnit.DesignLife ? null : prescribedThrough,
            };
        }

        // Different units cannot be compared as numbers: counted from the same day, the commitment must reach as far.
        if (
            length.Unit != part.Prescribed.Unit
            && Last(Ends(length, facts.Acceptance, part, facts, policy)) < prescribedThrough
        )
        {
            return Below(part, length).With("prescribedThrough", prescribedThrough);
        }

        var committedEnds = Ends(length, facts.Handover, part, facts, policy);
        var committedThrough = Last(committedEnds);
        var byCommitment = committedThrough > prescribedThrough;
        return new WarrantyTerm(
            part.Code,
            part.Prescribed,
            length,
            byCommitment ? committedThrough : prescribedThrough,
            byCommitment,
            part.Prescribed.Unit != WarrantyUnit.DesignLife && length.Unit != WarrantyUnit.DesignLife,
            Seasons(prescribedEnds)
                .Select(season => season with { Through = Later(season.Through, EndOf(committedEnds, season.Kind)) })
                .ToList()
        )
        {
            FiniteThrough = (part.Prescribed.Unit, length.Unit) switch
            {
                (WarrantyUnit.DesignLife, _) => null,
                (_, WarrantyUnit.DesignLife) => prescribedThrough,
                _ => Later(prescribedThrough, committedThrough),
            },
        };
    }

    /// <summary>The effective terms of all parts of the policy; the first refusal stops it.</summary>
    /// <param name="commitments">The contract's terms; a part that is not among them is blank.</param>
    /// <param name="facts">Dates, city, design life.</param>
    /// <param name="policy">Table 3.1 and the seasons.</param>
    /// <returns>The terms in the order of the table, or a refusal of <see cref="Effective"/>, or
    /// <c>warranty-part-unknown</c>.</returns>
    public static Result<WarrantyTable> Table(
        IReadOnlyList<Commitment> commitments,
        WarrantyFacts facts,
        WarrantyPolicy policy
    )
    {
        if (CheckParts(commitments.Select(c => c.Part), policy) is { } unknown)
        {
            return unknown;
        }

        var terms = new List<WarrantyTerm>();
        foreach (var part in policy.Parts)
        {
            var committed = commitments.FirstOrDefault(c => c.Part == part.Code)?.Length;
            if (Effective(part, committed, facts, policy).Failed(out var refusal, out var term))
            {
                return refusal;
            }

            terms.Add(term);
        }

        return new WarrantyTable(terms);
    }

    private static Refusal Below(WarrantyPart part, WarrantyLength committed) =>
        Refusal
            .ByRule("warranty-below-prescribed", Rule, ["committed-term"], Roles.Sales, Roles.SalesManager)
            .With("part", part.Code)
            .With("prescribed", part.Prescribed.ToString())
            .With("committed", committed.ToString());

    private static IReadOnlyList<(SeasonKind? Kind, DateOnly Through)> Ends(
        WarrantyLength length,
        DateOnly from,
        WarrantyPart part,
        WarrantyFacts facts,
        WarrantyPolicy policy
    ) =>
        length.Unit switch
        {
            WarrantyUnit.Months => [(null, CalendarMonths.LastDayOfTerm(from, length.Count))],
            WarrantyUnit.DesignLife => [(null, CalendarMonths.LastDayOfTerm(from, facts.DesignLifeYears!.Value * 12))],
            _ => SeasonEnds(length.Count, from, part, facts, policy),
        };

    private static List<(SeasonKind? Kind, DateOnly Through)> SeasonEnds(
        int seasons,
        DateOnly from,
        WarrantyPart part,
        WarrantyFacts facts,
        WarrantyPolicy policy
    )
    {
        var city = policy.SeasonsOf(facts.City);
        var ends = part
            .SeasonKinds.Where(kind => city.Of(kind) is not null)
            .Select(kind => ((SeasonKind?)kind, city.Of(kind)!.EndOfFull(from, seasons)))
            .ToList();

        // A part whose only kind of season the city does not have is judged by the default city's, rather than
        // not at all.
        return ends.Count > 0
            ? ends
            : part
                .SeasonKinds.Select(kind =>
                    ((SeasonKind?)kind, policy.SeasonsOf(null).Of(kind)!.EndOfFull(from, seasons))
                )
                .ToList();
    }

    private static DateOnly Last(IReadOnlyList<(SeasonKind? Kind, DateOnly Through)> ends) =>
        ends.Max(end => end.Through);

    private static DateOnly EndOf(IReadOnlyList<(SeasonKind? Kind, DateOnly Through)> ends, SeasonKind kind) =>
        ends.Where(end => end.Kind == kind || end.Kind is null)
            .Select(end => end.Through)
            .DefaultIfEmpty(DateOnly.MinValue)
            .Max();

    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;

    private static List<SeasonEnd> Seasons(IReadOnlyList<(SeasonKind? Kind, DateOnly Through)> ends) =>
        ends.Where(end => end.Kind is not null).Select(end => new SeasonEnd(end.Kind!.Value, end.Through)).ToList();
}
