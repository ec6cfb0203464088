using CustomerService.Rules;

namespace CustomerService.Projects.Projects.Domain;

/// <summary>Who repairs a part at the contractor's order (P3.1.1).</summary>
internal sealed record ResponsibleUnit(Guid Id, string Name, string? Scope);

/// <summary>What the warranty of a project follows from: all that a question needs to read.</summary>
internal sealed record WarrantyBasis(
    Guid OwnerId,
    int PolicyVersion,
    string City,
    int? DesignLifeYears,
    DateOnly? AcceptedOn,
    DateOnly? HandedOverOn,
    IReadOnlyList<SubcontractPackage> Packages,
    IReadOnlyList<Commitment> Commitments,
    IReadOnlyList<Goodwill> GoodwillGrants
)
{
    /// <summary>The effective term of a part, without goodwill; null before handover.</summary>
    /// <param name="part">The part.</param>
    /// <param name="policy">The project's policies.</param>
    /// <param name="refused">
    /// Why the stored commitment is refused now, where it is: seasons or Table 3.1 were corrected after it was
    /// entered. The prescribed term then holds until the commitment is changed: the owner loses no protection.
    /// </param>
    public WarrantyTerm? TermOf(WarrantyPart part, WarrantyPolicy policy, out Refusal? refused)
    {
        refused = null;
        if (AcceptedOn is not { } acceptance || HandedOverOn is not { } handover)
        {
            return null;
        }

        var committed = Commitments.FirstOrDefault(c => c.Part == part.Code)?.Length;
        var facts = new WarrantyFacts(acceptance, handover, City, DesignLifeYears);
        if (WarrantyTerms.Effective(part, committed, facts, policy).Failed(out refused, out var term))
        {
            _ = WarrantyTerms.Effective(part, null, facts, policy).Failed(out _, out term);
        }

        return term;
    }

    /// <summary>The grant that reaches furthest for a part.</summary>
    public Goodwill? GoodwillOf(string part) => GoodwillGrants.Where(g => g.Part == part).MaxBy(g => g.Through);
}

/// <summary>Whether a part is under warranty on a day, and who repairs it.</summary>
/// <param name="Covered">Under warranty.</param>
/// <param name="Until">Last day of the protection; null before handover.</param>
/// <param name="Rule">Rule that decides.</param>
/// <param name="PolicyVersion">Policies of the project.</param>
/// <param name="Basis"><c>prescribed</c>, <c>committed</c>, <c>goodwill</c> or <c>none</c>.</param>
/// <param name="Units">Subcontractors whose part it is, the first one first asked; none: the contractor
/// itself.</param>
/// <param name="CommitmentRefused">Code of the refusal of a stored commitment that does not count, because it
/// is below the prescribed term now; else null.</param>
internal sealed record WarrantyRuling(
    bool Covered,
    DateOnly? Until,
    string Rule,
    int PolicyVersion,
    string Basis,
    IReadOnlyList<ResponsibleUnit> Units,
    string? CommitmentRefused = null
)
{
    private const string Table = "P3.1.2";

    /// <summary>The answer of a project.</summary>
    /// <param name="project">The project.</param>
    /// <param name="part">The part.</param>
    /// <param name="on">The day.</param>
    /// <param name="policy">The project's policies.</param>
    /// <param name="season">For heating and cooling, which of the two; null favours the owner.</param>
    public static WarrantyRuling Of(
        WarrantyBasis project,
        WarrantyPart part,
        DateOnly on,
        Policy policy,
        SeasonKind? season = null
    )
    {
        var units = project
            .Packages.Where(p => p.Parts.Contains(part.Code))
            .Select(p => new ResponsibleUnit(p.SubcontractorId, p.SubcontractorName, p.Scope))
            .ToList();

        WarrantyRuling Ruled(bool covered, DateOnly? until, string rule, string basis, Refusal? refused) =>
            new(covered, until, rule, policy.Version, covered ? basis : "none", units, refused?.Code);

        // Before handover the works are still the contractor's own: there is no warranty yet.
        if (project.TermOf(part, policy.Warranty, out var refused) is not { } term || on < project.HandedOverOn)
        {
            return Ruled(false, null, "P3", "none", refused);
        }

        var until = term.Seasons.FirstOrDefault(s => s.Kind == season)?.Through ?? term.Through;
        var goodwill = project.GoodwillOf(part.Code)?.Through;
        var last = goodwill > until ? goodwill.Value : until;
        var basis =
            !term.Covers(on, season) ? "goodwill"
            : term.ByCommitment ? "committed"
            : "prescribed";
        return Ruled(on <= last, last, Table, basis, refused);
    }
}
