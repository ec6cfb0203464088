using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

/// <summary>A term that ends soon.</summary>
/// <param name="Season"><c>heating</c> or <c>cooling</c> where each is protected to its own end; else null.</param>
/// <param name="DaysLeft">0 on its last day.</param>
internal sealed record ExpiringWarrantyView(Guid ProjectId, string ProjectName, string ContractNumber, Guid OwnerId, string OwnerName, string Part, string? Season, DateOnly Through, int DaysLeft);

/// <param name="Within30">Terms that end within 30 days.</param>
/// <param name="Within60">Within 60 days, those of 30 among them.</param>
/// <param name="Within90">Within 90 days.</param>
/// <param name="Items">Those within the days asked for, the soonest first, at most 500.</param>
internal sealed record ExpiringWarrantiesView(DateOnly On, int Within30, int Within60, int Within90, IReadOnlyList<ExpiringWarrantyView> Items);

internal static class ReadExpiringWarranties
{
    private const int Most = 500;

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/warranty/expiring", Handle)
        .WithTags("Warranty")
        .WithSummary("Which warranty terms end within 30, 60 or 90 days?")
        .WithDescription("Rule P3.1.2, goodwill counted in; heating and cooling each with their own end. `within`: days, 1 to 366, default 90; `on`: ISO date, today when it is not given; `owner`: one owner. A customer sees its own.")
        .Produces<ExpiringWarrantiesView>();

    private static async Task<IResult> Handle(ProjectsDb store, Caller caller, HttpContext context, int? within, string? on, Guid? owner, CancellationToken cancellationToken)
    {
        if (!Filters.TryDate(on, "on", out var day, out var refusal))
        {
            return Problems.Result(context, refusal);
        }

        if (within is < 1 or > 366)
        {
            return Problems.Result(context, Filters.Bad("within"));
        }

        var from = day ?? caller.Today;
        var (through, in30, in60, in90) = (from.AddDays(within ?? 90), from.AddDays(30), from.AddDays(60), from.AddDays(90));
        var projects = store.Projects.AsNoTracking().VisibleTo(caller.Actor).Where(p => p.State == ProjectState.HandedOver);
        projects = owner is { } of ? projects.Where(p => p.OwnerId == of) : projects;
        var terms = projects.SelectMany(p => p.Terms, (p, t) => new { p.Id, p.Name, p.ContractNumber, p.OwnerId, p.OwnerName, t.Part, t.Season, t.Through }).Where(t => t.Through >= from);
        var items = await terms.Where(t => t.Through <= through).OrderBy(t => t.Through).ThenBy(t => t.Id).ThenBy(t => t.Part).ThenBy(t => t.Season).Take(Most).ToListAsync(cancellationToken);
        return Results.Json(
            new ExpiringWarrantiesView(
                from,
                await terms.CountAsync(t => t.Through <= in30, cancellationToken),
                await terms.CountAsync(t => t.Through <= in60, cancellationToken),
                await terms.CountAsync(t => t.Through <= in90, cancellationToken),
                items.Select(t => new ExpiringWarrantyView(t.Id, t.Name, t.ContractNumber, t.OwnerId, t.OwnerName, t.Part, t.Season.Length == 0 ? null : t.Season, t.Through, t.Through.DayNumber - from.DayNumber)).ToList()),
            Json.Options);
    }
}
