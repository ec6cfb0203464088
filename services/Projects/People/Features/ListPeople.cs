using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

internal static class ReadPeople
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/people", List)
            .WithTags("Registry")
            .WithSummary("People by name, staff number or department")
            .Produces<Page<PersonView>>();
        routes
            .MapGet("/people/{id:guid}", One)
            .WithTags("Registry")
            .WithSummary("One person, with the assignment history")
            .Produces<PersonView>();
    }

    private static async Task<IResult> List(
        ProjectsDb store,
        Caller caller,
        HttpContext context,
        string? search,
        string? department,
        string? after,
        int? limit,
        CancellationToken cancellationToken
    )
    {
        var (page, refusal) = PageRequest.Read(after, limit);
        if (refusal is not null)
        {
            return Problems.Result(context, refusal);
        }

        var query = store.People.AsNoTracking().VisibleTo(caller.Actor);
        query = string.IsNullOrEmpty(department) ? query : query.Where(p => p.Department == department);
        if (!string.IsNullOrWhiteSpace(search))
        {
            var pattern = Filters.Like(search);
            query = query.Where(p =>
                EF.Functions.ILike(p.Name, pattern, "\\") || EF.Functions.ILike(p.StaffNumber!, pattern, "\\")
            );
        }

        query = page!.After is { } cursor ? query.Where(p => p.Id > cursor) : query;
        var read = await query.OrderBy(p => p.Id).Take(page.Limit + 1).ToListAsync(cancellationToken);
        return Results.Json(page.Cut(read, p => p.Id, PersonView.From), Json.Options);
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
            .People.AsNoTracking()
            .VisibleTo(caller.Actor)
            .FirstOrDefaultAsync(p => p.Id == id, cancellationToken);
        return ETags.Representation(context, found is null ? null : PersonView.From(found), found?.Version ?? 0);
    }
}
