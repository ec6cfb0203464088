using CustomerService.Projects.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Projects.Features;

/// <param name="Covered">Under warranty.</param>
/// <param name="Until">Last day; null before handover.</param>
/// <param name="Rule">Rule that decides.</param>
/// <param name="PolicyVersion">Policies of the project.</param>
/// <param name="Basis"><c>prescribed</c>, <c>committed</c>, <c>goodwill</c> or <c>none</c>.</param>
/// <param name="CommitmentRefused">Code of the refusal of a stored commitment that does not count, because it
/// is below the prescribed term now; else null.</param>
/// <param name="ResponsibleUnits">Subcontractors whose part it is (P3.1.1); empty: the contractor itself.</param>
internal sealed record WarrantyView(
    Guid ProjectId,
    string Part,
    DateOnly On,
    bool Covered,
    DateOnly? Until,
    string Rule,
    int PolicyVersion,
    string Basis,
    string? CommitmentRefused,
    IReadOnlyList<ResponsibleUnit> ResponsibleUnits
);

internal static class AskWarranty
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/projects/{id:guid}/warranty", Handle)
            .WithTags("Warranty")
            .WithSummary("Is this part under warranty on that day, until when, and who repairs it?")
            .WithDescription(
                """
                Rules P3, P3.1.1, P3.1.2. `part`: part code of Table 3.1; `on`: ISO date, today when it is not given; `season`: heating or cooling, for the part with seasons, where it is known which
                of the two is concerned. Where several subcontractors did the part, the first is asked first and `scope` tells them apart. 400: unknown part (warranty-part-unknown), malformed date.
                """
            )
            .Produces<WarrantyView>();

    private static async Task<IResult> Handle(
        Guid id,
        WarrantyBases bases,
        Caller caller,
        HttpContext context,
        PolicyCatalogue policies,
        string? part,
        string? on,
        string? season,
        CancellationToken cancellationToken
    )
    {
        if (
            !Filters.TryDate(on, "on", out var day, out var refusal)
            || !Filters.TryEnum<SeasonKind>(season, "season", out var kind, out refusal)
        )
        {
            return Problems.Result(context, refusal);
        }

        if (await bases.FindAsync(id, caller.Actor, cancellationToken) is not { } project)
        {
            return Problems.Result(context, StatusCodes.Status404NotFound, "not-found");
        }

        var policy = policies.Version(project.PolicyVersion);
        if (Warranty.CheckParts([part ?? ""], policy.Warranty) is { } unknown)
        {
            return Problems.Result(context, unknown);
        }

        var row = policy.Warranty.Part(part!)!;

        var asked = day ?? caller.Today;
        var ruling = WarrantyRuling.Of(project, row, asked, policy, kind);
        return Results.Json(
            new WarrantyView(
                id,
                row.Code,
                asked,
                ruling.Covered,
                ruling.Until,
                ruling.Rule,
                ruling.PolicyVersion,
                ruling.Basis,
                ruling.CommitmentRefused,
                ruling.Units
            ),
            Json.Options
        );
    }
}
