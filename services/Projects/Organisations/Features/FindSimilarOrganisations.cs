using CustomerService.Projects.Data;
using CustomerService.Projects.Organisations.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Projects.Organisations.Features;

/// <summary>Records that look like one that is entered, at most five, the most alike first.</summary>
/// <param name="Candidates">Each with what the two have in common.</param>
internal sealed record SimilarOrganisationsView(IReadOnlyList<SimilarOrganisation> Candidates);

internal static class FindSimilarOrganisations
{
    internal sealed record Query
    {
        /// <summary>The name, or its beginning.</summary>
        public TextFilter? Name { get; init; }

        /// <summary>A telephone number.</summary>
        public TextFilter? Phone { get; init; }

        /// <summary>The tax number.</summary>
        public TextFilter? TaxNumber { get; init; }

        /// <summary>The address.</summary>
        public TextFilter? Address { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/organisations/similar", Handle)
            .AsQuery()
            .ForRoles([.. Organisation.OwnerWriters, .. Organisation.CustomerWriters])
            .WithSummary("Organisations that look like one that is being entered")
            .WithDescription(
                """
                Rule S4, for those who enter organisations. At most five, the most alike first, each with its reasons:
                `tax-number`, `name` (whatever the width, case or script of its characters, its spaces, punctuation and
                legal form such as 有限公司 or Co., Ltd.; its beginning is enough), `phone` (digits without country code
                and extension), `address`. One that was merged is shown as the one that stayed.
                """
            )
            .Produces<SimilarOrganisationsView>();

    private static async Task<QueryResult> Handle(
        [AsParameters] Query query,
        ProjectsDb db,
        CancellationToken cancellation
    ) =>
        QueryResult.Of(
            new SimilarOrganisationsView(
                await db.SimilarOrganisationsAsync(
                    SimilarityKeys.Of(
                        query.Name?.Value,
                        [query.Phone?.Value],
                        query.TaxNumber?.Value,
                        query.Address?.Value
                    ),
                    onlySame: false,
                    cancellation
                )
            )
        );
}
