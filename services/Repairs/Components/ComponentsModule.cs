using CustomerService.Records;
using CustomerService.Repairs.Components.Domain;
using CustomerService.Repairs.Components.Features;
using CustomerService.Repairs.Components.Jobs;
using CustomerService.Repairs.Data;
using CustomerService.ServiceDefaults;
using CustomerService.Work;

namespace CustomerService.Repairs.Components;

/// <summary>Components and machines that are sent to their makers: routes, jobs.</summary>
internal static class ComponentsModule
{
    internal static void Add(IServiceCollection services)
    {
        services.AddHostedService<MarkOverdueClaims>();
        services.AddOverdueClock<RepairsDb, MakerClaim>(
            "maker-answer",
            (db, clock) => db.MakerClaims.Where(c => c.State == MakerClaimState.Sent && c.ExpectedOn < clock.Today)
        );
    }

    internal static void Map(IEndpointRouteBuilder v1)
    {
        var routes = v1.MapGroup("").WithTags("Components");
        PrepareMakerClaim.Map(routes);
        AnswerMakerClaim.Map(routes);
        ListMakerClaims.Map(routes);
        routes
            .MapRecords<RepairsDb, MakerClaim>(
                "maker-claims",
                (claims, actor) => claims.VisibleTo(actor),
                claim => claim.Number
            )
            .WithFiles(new());
        v1.MapAssignment<RepairsDb, MakerClaim, MakerClaimView>(
            "maker-claims",
            (db, actor) => db.MakerClaims.VisibleTo(actor),
            MakerClaimView.From
        );
    }
}
