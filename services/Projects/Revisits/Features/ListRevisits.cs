using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

internal static class ReadRevisits
{
    private const int FewProjects = 1000;

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/revisits", List)
            .WithTags("Revisits")
            .WithSummary("Revisits in the order of their dates")
            .WithDescription(
                "Filters: `project`, `search` (a part of the project's name, contract number, owner or address), `owner`, `city`, `state` (planned, opened, held, judged, disposed, closed, cancelled), `dueFrom`, `dueTo`, `overdue=true`. Walk on with `after`. A customer sees those of its own projects."
            )
            .Produces<Page<RevisitListItem>>();
        routes
            .MapGet("/revisits/{id:guid}", One)
            .WithTags("Revisits")
            .WithSummary("One revisit, with the state of the repair orders and corrective actions of its findings")
            .Produces<RevisitView>();
    }

    private static async Task<IResult> List(
        ProjectsDb store,
        Caller caller,
        HttpContext context,
        Guid? project,
        string? search,
        Guid? owner,
        string? city,
        string? state,
        string? dueFrom,
        string? dueTo,
        bool? overdue,
        string? after,
        int? limit,
        CancellationToken cancellationToken
    )
    {
        var (page, refusal) = PageRequest.Read(null, limit);
        var seen = string.IsNullOrEmpty(after) ? null : DatedCursor.Read(after);
        refusal ??= seen is null && !string.IsNullOrEmpty(after) ? Refusal.Invalid("bad-cursor", "API", "after") : null;
        RevisitState? wanted = null;
        DateOnly? from = null,
            to = null;
        if (
            refusal is not null
            || !Filters.TryEnum(state, "state", out wanted, out refusal)
            || !Filters.TryDate(dueFrom, "dueFrom", out from, out refusal)
            || !Filters.TryDate(dueTo, "dueTo", out to, out refusal)
        )
        {
            return Problems.Result(context, refusal!);
        }

        var today = caller.Today;
        var query = store.Revisits.AsNoTracking().VisibleTo(caller.Actor);
        query = project is { } of ? query.Where(r => r.ProjectId == of) : query;
        query = owner is { } whose ? query.Where(r => r.OwnerId == whose) : query;
        if (!string.IsNullOrWhiteSpace(search) || !string.IsNullOrEmpty(city))
        {
            var (projects, areMany) = string.IsNullOrWhiteSpace(search)
                ? (store.Projects, false)
                : await store.Projects.FoundByAsync(store, search, cancellationToken);
            projects = string.IsNullOrEmpty(city) ? projects : projects.Where(p => p.City == city);
            // Of a few projects their revisits are collected; of many a walk by date soon has a page.
            List<Guid>? few = null;
            if (!areMany || !string.IsNullOrEmpty(city))
            {
                few = await projects.Select(p => p.Id).Take(FewProjects + 1).ToListAsync(cancellationToken);
            }

            query =
                few?.Count <= FewProjects
                    ? query.Where(r => few.Contains(r.ProjectId))
                    : query.Where(r => projects.Any(p => p.Id == r.ProjectId));
        }

        query = wanted is { } one ? query.Where(r => r.State == one) : query;
        query = from is { } f ? query.Where(r => r.DueOn >= f) : query;
        query = to is { } t ? query.Where(r => r.DueOn <= t) : query;
        query = overdue switch
        {
            true => query.Where(r =>
                (r.State == RevisitState.Planned || r.State == RevisitState.Opened) && r.DueOn < today
            ),
            false => query.Where(r =>
                !((r.State == RevisitState.Planned || r.State == RevisitState.Opened) && r.DueOn < today)
            ),
            _ => query,
        };
        if (seen is { } last)
        {
            query = query.Where(r =>
                EF.Functions.GreaterThan(ValueTuple.Create(r.DueOn, r.Id), ValueTuple.Create(last.On, last.Id))
            );
        }

        // First the identities, which an index alone can tell for most filters, then the rows of this page only.
        var ids = query.OrderBy(r => r.DueOn).ThenBy(r => r.Id).Take(page!.Limit + 1).Select(r => r.Id);
        var read = await store
            .Revisits.AsNoTracking()
            .Where(r => ids.Contains(r.Id))
            .Join(
                store.Projects,
                r => r.ProjectId,
                p => p.Id,
                (r, p) =>
                    new
                    {
                        r.Id,
                        r.State,
                        r.Version,
                        r.ProjectId,
                        p.Name,
                        p.ContractNumber,
                        r.OwnerId,
                        p.OwnerName,
                        r.Number,
                        r.DueOn,
                        r.FileNumber,
                        r.HeldOn,
                        r.Findings,
                    }
            )
            .OrderBy(r => r.DueOn)
            .ThenBy(r => r.Id)
            .ToListAsync(cancellationToken);
        return Results.Json(
            page.Cut(
                read,
                r => new DatedCursor(r.DueOn, r.Id).ToString(),
                r => new RevisitListItem(
                    r.Id,
                    Spelling.Kebab(r.State.ToString()),
                    r.Version,
                    r.ProjectId,
                    r.Name,
                    r.ContractNumber,
                    r.OwnerId,
                    r.OwnerName,
                    r.Number,
                    r.DueOn,
                    r.State is RevisitState.Planned or RevisitState.Opened && Deadlines.IsOverdue(r.DueOn, today),
                    r.FileNumber,
                    r.HeldOn,
                    r.Findings.Count
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
        CancellationToken cancellationToken
    )
    {
        var revisit = await store
            .Revisits.AsNoTracking()
            .VisibleTo(caller.Actor)
            .FirstOrDefaultAsync(r => r.Id == id, cancellationToken);
        if (revisit is null)
        {
            return ETags.Representation(context, null, 0);
        }

        return ETags.Representation(
            context,
            await RevisitView.FromAsync(revisit, store, caller, cancellationToken),
            revisit.Version
        );
    }
}
