using CustomerService.Projects.Data;
using CustomerService.Projects.Organisations.Domain;
using CustomerService.Projects.People.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Projects.People.Features;

/// <summary>Records that look like one that is entered, at most five, the most alike first.</summary>
/// <param name="Candidates">Each with what the two have in common.</param>
internal sealed record SimilarPeopleView(IReadOnlyList<SimilarPerson> Candidates);

internal static class FindSimilarPeople
{
    internal sealed record Query
    {
        /// <summary>The name, or its beginning.</summary>
        public TextFilter? Name { get; init; }

        /// <summary>A telephone number.</summary>
        public TextFilter? Phone { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/people/similar", Handle)
            .AsQuery()
            .ForRoles(Person.Writers)
            .WithSummary("People who look like one that is being entered")
            .WithDescription(
                """
                Rule S4, for those who enter people. At most five, the most alike first, each with its reasons: `name`
                (whatever the width, case or script of its characters; its beginning is enough), `phone` (digits without
                country code and extension). One that was merged is shown as the one that stayed.
                """
            )
            .Produces<SimilarPeopleView>();

    private static async Task<QueryResult> Handle(
        [AsParameters] Query query,
        ProjectsDb db,
        CancellationToken cancellation
    ) =>
        QueryResult.Of(
            new SimilarPeopleView(
                await db.SimilarPeopleAsync(
                    SimilarityKeys.OfPerson(query.Name?.Value, query.Phone?.Value),
                    onlySame: false,
                    cancellation
                )
            )
        );
}
