using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

internal static class ReadProjects
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/projects", List)
            .WithTags("Projects")
            .WithSummary("Projects by name, contract, owner, place, state and dates")
            .WithDescription(
                """
                `search`: a part of name, contract number, owner or address. `owner`, `city`, `state` (registered, accepted, handed-over, warranty-ended, withdrawn), `acceptedFrom`/`acceptedTo`,
                `handedOverFrom`/`handedOverTo`, `clearance=overdue`, `breach=true` (no revisit held and the horizon over, P2.1.1). In order of entry; with a date filter in the order of that date. Walk on with `after`. A customer sees its own projects only.
                """
            )
            .Produces<Page<ProjectListItem>>();
        routes
            .MapGet("/projects/{id:guid}", One)
            .WithTags("Projects")
            .WithSummary("One project, with its warranty table and what may be done now")
            .Produces<ProjectView>();
    }

    private static async Task<IResult> List(
        ProjectsDb store,
        Caller caller,
        HttpContext context,
        string? search,
        Guid? owner,
        string? city,
        string? state,
        string? acceptedFrom,
        string? acceptedTo,
        string? handedOverFrom,
        string? handedOverTo,
        string? clearance,
        bool? breach,
        string? after,
        int? limit,
        CancellationToken cancellationToken
    )
    {
        // What is asked for by a date comes in the order of that date: whatever the period, the index gives a
        // page at once.
        var byDate = new[] { acceptedFrom, acceptedTo, handedOverFrom, handedOverTo }.Any(date =>
            !string.IsNullOrEmpty(date)
        );
        var (page, refusal) = PageRequest.Read(byDate ? null : after, limit);
        ProjectState? wanted = null;
        DateOnly? accepted1 = null,
            accepted2 = null,
            handed1 = null,
            handed2 = null;
        if (
            refusal is not null
            || !Filters.TryEnum(state, "state", out wanted, out refusal)
            || !Filters.TryDate(acceptedFrom, "acceptedFrom", out accepted1, out refusal)
            || !Filters.TryDate(acceptedTo, "acceptedTo", out accepted2, out refusal)
            || !Filters.TryDate(handedOverFrom, "handedOverFrom", out handed1, out refusal)
            || !Filters.TryDate(handedOverTo, "handedOverTo", out handed2, out refusal)
        )
        {
            return Problems.Result(context, refusal!);
        }

        if (!string.IsNullOrEmpty(clearance) && clearance is not ("open" or "overdue"))
        {
            return Problems.Result(context, Filters.Bad("clearance"));
        }

        var today = caller.Today;
        var query = store.Projects.AsNoTracking().VisibleTo(caller.Actor);
        query = wanted is { } one ? query.Where(p => p.State == one) : query;
        query = owner is { } of ? query.Where(p => p.OwnerId == of) : query;
        query = string.IsNullOrEmpty(city) ? query : query.Where(p => p.City == city);
        query = accepted1 is { } a1 ? query.Where(p => p.AcceptedOn >= a1) : query;
        query = accepted2 is { } a2 ? query.Where(p => p.AcceptedOn <= a2) : query;
        query = handed1 is { } h1 ? query.Where(p => p.HandedOverOn >= h1) : query;
        query = handed2 is { } h2 ? query.Where(p => p.HandedOverOn <= h2) : query;
        query = clearance switch
        {
            "open" => query.Where(p => p.ClearanceDueOn != null && p.Clearance == null),
            "overdue" => query.Where(p => p.ClearanceDueOn < today && p.Clearance == null),
            _ => query,
        };
        query = breach switch
        {
            true => query.Where(p => p.HorizonEndsOn < today && p.HeldRevisits == 0),
            false => query.Where(p => !(p.HorizonEndsOn < today && p.HeldRevisits == 0)),
            _ => query,
        };
        if (!string.IsNullOrWhiteSpace(search))
        {
            (query, _) = await query.FoundByAsync(store, search, cancellationToken);
        }

        var byHandover = handed1 is not null || handed2 is not null;
        var byAcceptance = byDate && !byHandover;
        if (!byDate)
        {
            query = page!.After is { } cursor ? query.Where(p => p.Id > cursor) : query;
        }
        else if (!string.IsNullOrEmpty(after))
        {
            if (DatedCursor.Read(after) is not { } last)
            {
                return Problems.Result(context, Refusal.Invalid("bad-cursor", "API", "after"));
            }

            query = byHandover
                ? query.Where(p =>
                    EF.Functions.GreaterThan(
                        ValueTuple.Create(p.HandedOverOn!.Value, p.Id),
                        ValueTuple.Create(last.On, last.Id)
                    )
                )
                : query.Where(p =>
                    EF.Functions.GreaterThan(
                        ValueTuple.Create(p.AcceptedOn!.Value, p.Id),
                        ValueTuple.Create(last.On, last.Id)
                    )
                );
        }

        IQueryable<Project> InOrder(IQueryable<Project> projects) =>
            byHandover ? projects.OrderBy(p => p.HandedOverOn).ThenBy(p => p.Id)
            : byAcceptance ? projects.OrderBy(p => p.AcceptedOn).ThenBy(p => p.Id)
            : projects.OrderBy(p => p.Id);

        // First the identities, which an index alone can tell for most filters, then the rows of this page only.
        var ids = InOrder(query).Take(page!.Limit + 1).Select(p => p.Id);
        var read = await InOrder(store.Projects.AsNoTracking().Where(p => ids.Contains(p.Id)))
            .Select(p => new
            {
                p.Id,
                p.State,
                p.Version,
                p.ContractNumber,
                p.Name,
                p.OwnerId,
                p.OwnerName,
                p.City,
                p.SiteAddress,
                p.Latitude,
                p.Longitude,
                p.Team,
                p.AcceptedOn,
                p.ClearanceDueOn,
                p.Clearance,
                p.HandedOverOn,
                p.HorizonEndsOn,
                p.HeldRevisits,
            })
            .ToListAsync(cancellationToken);
        return Results.Json(
            page.Cut(
                read,
                p =>
                    byDate
                        ? new DatedCursor((byHandover ? p.HandedOverOn : p.AcceptedOn)!.Value, p.Id).ToString()
                        : p.Id.ToString("N"),
                p => new ProjectListItem(
                    p.Id,
                    Spelling.Kebab(p.State.ToString()),
                    p.Version,
                    p.ContractNumber,
                    p.Name,
                    p.OwnerId,
                    p.OwnerName,
                    p.City,
                    p.SiteAddress,
                    p.Latitude,
                    p.Longitude,
                    p.Team.Manager.Name,
                    p.AcceptedOn,
                    p.ClearanceDueOn,
                    p.Clearance?.On,
                    p.HandedOverOn,
                    p.HorizonEndsOn,
                    p.HeldRevisits,
                    p.HorizonEndsOn is { } end && RevisitPlan.IsInBreach(end, p.HeldRevisits, today)
                )
            ),
            Json.Options
        );
    }

    private static async Task<IResult> One(
        Guid id,
        ProjectsDb store,
        Caller caller,
        HttpContext context,
        PolicyCatalogue policies,
        CancellationToken cancellationToken
    )
    {
        var project = await store
            .Projects.AsNoTracking()
            .VisibleTo(caller.Actor)
            .FirstOrDefaultAsync(p => p.Id == id, cancellationToken);
        return ETags.Representation(
            context,
            project is null ? null : ProjectView.From(project, policies.Version(project.PolicyVersion), caller),
            project?.Version ?? 0
        );
    }
}
