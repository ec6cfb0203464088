using CustomerService.Projects.Projects.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Projects.Projects.Features;

/// <summary>Whether a part is under warranty on a day, and who repairs it.</summary>
internal sealed record WarrantyView
{
    public required Guid ProjectId { get; init; }

    /// <summary>Part code of Table 3.1.</summary>
    public required string Part { get; init; }

    /// <summary>The day in question.</summary>
    public required DateOnly On { get; init; }

    /// <summary>Under warranty.</summary>
    public required bool Covered { get; init; }

    /// <summary>Last day; null before handover.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Rule that decides.</summary>
    public required string Rule { get; init; }

    /// <summary>Policies of the project.</summary>
    public required int PolicyVersion { get; init; }

    /// <summary><c>prescribed</c>, <c>committed</c>, <c>goodwill</c> or <c>none</c>.</summary>
    public required string Basis { get; init; }

    /// <summary>Code of the refusal of a stored commitment that does not count, because it is below the prescribed
    /// term now; else null.</summary>
    public string? CommitmentRefused { get; init; }

    /// <summary>Subcontractors whose part it is (P3.1.1); empty: the contractor itself.</summary>
    public required IReadOnlyList<ResponsibleUnit> ResponsibleUnits { get; init; }
}

internal static class AskWarranty
{
    internal sealed record Query
    {
        /// <summary>Part code of Table 3.1.</summary>
        public string? Part { get; init; }

        /// <summary>The day; today when it is not given.</summary>
        public Day? On { get; init; }

        /// <summary>heating or cooling, for the part with seasons, where it is known which of the two.</summary>
        public EnumFilter<SeasonKind>? Season { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/projects/{id:guid}/warranty", Handle)
            .AsQuery()
            .WithSummary("Is this part under warranty on that day, until when, and who repairs it?")
            .WithDescription(
                """
                Rules P3, P3.1.1, P3.1.2. Where several subcontractors did the part, the first is asked first and
                `scope` tells them apart. 400 warranty-part-unknown.
                """
            )
            .Produces<WarrantyView>();

    private static async Task<QueryResult> Handle(
        Guid id,
        [AsParameters] Query query,
        WarrantyBasisLoader bases,
        Caller caller,
        PolicyCatalogue policies,
        CancellationToken cancellation
    )
    {
        if (await bases.FindAsync(id, caller.Actor, cancellation) is not { } project)
        {
            return QueryResult.NotFound;
        }

        var policy = policies.ByVersion(project.PolicyVersion);
        if (WarrantyTerms.CheckParts([query.Part ?? ""], policy.Warranty) is { } unknown)
        {
            return unknown;
        }

        var on = query.On?.Value ?? caller.Today;
        var part = policy.Warranty.Part(query.Part!)!;
        var ruling = WarrantyRuling.Of(project, part, on, policy, query.Season?.Values[0]);
        return QueryResult.Of(
            new WarrantyView
            {
                ProjectId = id,
                Part = part.Code,
                On = on,
                Covered = ruling.Covered,
                Until = ruling.Until,
                Rule = ruling.Rule,
                PolicyVersion = ruling.PolicyVersion,
                Basis = ruling.Basis,
                CommitmentRefused = ruling.CommitmentRefused,
                ResponsibleUnits = ruling.Units,
            }
        );
    }
}
