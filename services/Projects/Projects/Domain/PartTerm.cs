using CustomerService.Rules;

namespace CustomerService.Projects.Projects.Domain;

/// <summary>The warranty term of a part as it was worked out at handover; heating and cooling are each
/// protected to their own end (P3.1.2).</summary>
internal sealed class PartTerm
{
    public required string Part { get; init; }

    /// <summary><c>heating</c> or <c>cooling</c> for a part with seasons; empty for the whole part.</summary>
    public required string Season { get; init; }

    /// <summary>Last day, counted with the owner's goodwill grants.</summary>
    public required DateOnly Through { get; set; }

    /// <summary>Brings the stored terms in line with a table of terms and the goodwill that was granted.</summary>
    /// <returns>Whether anything changed.</returns>
    public static bool Update(List<PartTerm> stored, WarrantyTable table, WarrantyBasis basis)
    {
        var changed = false;
        foreach (var term in table.Terms)
        {
            var ends =
                term.Seasons.Count == 0
                    ? [(Season: "", term.Through)]
                    : term.Seasons.Select(s => (Season: s.Kind.ToKebab(), s.Through)).ToList();
            // The city, and with it the seasons that it has, may have been another.
            changed |= stored.RemoveAll(t => t.Part == term.Part && !ends.Exists(e => e.Season == t.Season)) > 0;
            foreach (var (season, end) in ends)
            {
                var through = basis.GoodwillOf(term.Part)?.Through is { } goodwill && goodwill > end ? goodwill : end;
                changed |= Set(stored, term, season, through);
            }
        }

        return changed;
    }

    private static bool Set(List<PartTerm> stored, WarrantyTerm term, string season, DateOnly through)
    {
        if (stored.Find(t => t.Part == term.Part && t.Season == season) is { } known)
        {
            if (known.Through == through)
            {
                return false;
            }

            known.Through = through;
            return true;
        }

        stored.Add(
            new PartTerm
            {
                Part = term.Part,
                Season = season,
                Through = through,
            }
        );
        return true;
    }
}
