using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

internal static class ReadOrganisations
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/organisations", List)
            .WithTags("Registry")
            .WithSummary("Organisations by kind and name")
            .WithDescription(
                "`kind`: owner, subcontractor or contractor-own. `search`: a part of the name or the code. Walk on with `after`."
            )
            .Produces<Page<OrganisationView>>();
        routes
            .MapGet("/organisations/{id:guid}", One)
            .WithTags("Registry")
            .WithSummary("One organisation")
            .Produces<OrganisationView>();
    }

    private static async Task<IResult> List(
        ProjectsDb store,
        Caller caller,
        HttpContext context,
        string? kind,
        string? search,
        string? after,
        int? limit,
        CancellationToken cancellationToken
    )
    {
        var (page, refusal) = PageRequest.Read(after, limit);
        if (refusal is not null || !Filters.TryEnum<OrganisationKind>(kind, "kind", out var wanted, out refusal))
        {
            return Problems.Result(context, refusal!);
        }

        var query = store.Organisations.AsNoTracking().VisibleTo(caller.Actor);
        query = wanted is { } one ? query.Where(o => o.OrganisationKind == one) : query;
        if (!string.IsNullOrWhiteSpace(search))
        {
            var pattern = Filters.Like(search);
            query = query.Where(o =>
                EF.Functions.ILike(o.Name, pattern, "\\") || EF.Functions.ILike(o.Code!, pattern, "\\")
            );
        }

        query = page!.After is { } cursor ? query.Where(o => o.Id > cursor) : query;
        var read = await query.OrderBy(o => o.Id).Take(page.Limit + 1).ToListAsync(cancellationToken);
        return Results.Json(page.Cut(read, o => o.Id, OrganisationView.From), Json.Options);
    }

    private static async Task<IResult> One(
        Guid id,
        ProjectsDb store,
        Caller caller,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var found = await store
            .Organisations.AsNoTracking()
            .VisibleTo(caller.Actor)
            .FirstOrDefaultAsync(o => o.Id == id, cancellationToken);
        return ETags.Representation(context, found is null ? null : OrganisationView.From(found), found?.Version ?? 0);
    }
}
