using System.Globalization;
using System.Linq.Expressions;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.RepairOrders.Features;

/// <summary>Faults of the same part, cause, subcontractor or floor, and one CAPA for them (P2.2.3, P3.3.2).</summary>
internal static class FaultGroups
{
    private const int MostGroups = 100;
    private const int MostOrders = 500;

    internal sealed record Query
    {
        /// <summary>By what; default part.</summary>
        public EnumFilter<FaultGroupBy>? By { get; init; }

        /// <summary>The project.</summary>
        public Guid? ProjectId { get; init; }

        /// <summary>First day of opening; default a year ago.</summary>
        public Day? OpenedFrom { get; init; }

        /// <summary>Last day of opening.</summary>
        public Day? OpenedTo { get; init; }
    }

    /// <summary>Orders with something in common.</summary>
    internal sealed record GroupView
    {
        /// <summary>Part, cause, unit, or project and floor; names the group when its CAPA is asked for.</summary>
        public required string Key { get; init; }

        /// <summary>Name of the unit, or of the floor's project.</summary>
        public string? Name { get; init; }

        public required int Orders { get; init; }

        /// <summary>In how many projects.</summary>
        public required int Projects { get; init; }

        /// <summary>Of how many a CAPA was asked for already.</summary>
        public required int WithCapa { get; init; }

        public required DateOnly LastOpenedOn { get; init; }
    }

    internal sealed record CapaRequest
    {
        public required FaultGroupBy? By { get; init; }

        /// <summary>The group's key.</summary>
        public required string Key { get; init; }

        /// <summary>The project, where the group was looked at in one.</summary>
        public Guid? ProjectId { get; init; }

        /// <summary>First day of opening; default a year ago.</summary>
        public DateOnly? OpenedFrom { get; init; }

        /// <summary>Last day of opening.</summary>
        public DateOnly? OpenedTo { get; init; }

        /// <summary>What quality says of them.</summary>
        public required string Text { get; init; }
    }

    /// <param name="RequestId">The request; Complaints opens one CAPA for it.</param>
    /// <param name="Orders">The orders that it is for.</param>
    internal sealed record CapaRequestView(Guid RequestId, IReadOnlyList<GroupedOrderView> Orders);

    internal sealed record GroupedOrderView(Guid Id, string Number);

    internal sealed class Validator : AbstractValidator<CapaRequest>
    {
        public Validator()
        {
            RuleFor(r => r.By).NotNull();
            RuleFor(r => r.Key).RequiredText();
            RuleFor(r => r.Text).RequiredText();
            RuleFor(r => r.ProjectId).NotEqual(Guid.Empty);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/repair-orders/fault-groups", Handle)
            .AsQuery()
            .ForRoles(Roles.Staff)
            .WithName("ListFaultGroups")
            .WithSummary("Groups of orders of the same part, cause, subcontractor or floor")
            .WithDescription(
                """
                Rules P2.2.3 and P3.3.2. Groups of two and more, the largest first; withdrawn and merged orders do not
                count.
                """
            )
            .Produces<IReadOnlyList<GroupView>>();
        routes
            .MapPost("/repair-orders/fault-groups/request-capa", RequestCapa)
            .AsCommand()
            .ForRoles(Roles.Qc, Roles.QcHead)
            .WithName("RequestCapaForFaultGroup")
            .WithSummary("Quality asks for one CAPA for a group of faults")
            .WithDescription(
                """
                Rule P2.2.3. Complaints opens one CAPA, which names all orders of the group that have none yet; a second
                request opens no second one. 409: capa-requested-already, fault-group-too-small.
                """
            )
            .WithExample(
                new CapaRequest
                {
                    By = FaultGroupBy.Part,
                    Key = "roof",
                    Text = "三個工程屋面收頭滲漏，系同一做法",
                }
            )
            .Produces<CapaRequestView>();
    }

    private static async Task<QueryResult> Handle(
        [AsParameters] Query query,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var orders = Counted(
            db.RepairOrders.AsNoTracking(),
            query.ProjectId,
            query.OpenedFrom?.Value ?? caller.Today.AddYears(-1),
            query.OpenedTo?.Value
        );
        return QueryResult.Of(
            (query.By?.Values[0] ?? FaultGroupBy.Part) switch
            {
                FaultGroupBy.Cause => await ListAsync(
                    orders.Where(o => o.CauseCode != null),
                    o => o.CauseCode,
                    key => key!.Value.ToKebab(),
                    cancellation
                ),
                FaultGroupBy.Subcontractor => await ListAsync(
                    orders.Where(o => o.RepairUnitId != null),
                    o => o.ChargedUnitId ?? o.RepairUnitId,
                    key => key!.Value.ToString(),
                    cancellation
                ),
                FaultGroupBy.Floor => await ListAsync(
                    orders.Where(o => o.FloorKey != ""),
                    o => new { o.ProjectId, o.FloorKey },
                    key => $"{key.ProjectId}/{key.FloorKey}",
                    cancellation
                ),
                _ => await ListAsync(orders, o => o.PartCode, key => key, cancellation),
            }
        );
    }

    private static async Task<CommandResult> RequestCapa(
        CapaRequest body,
        RepairsDb db,
        Texts texts,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var by = body.By!.Value;
        if (Of(by, body.Key) is not { } inGroup)
        {
            return Refusal.Invalid("fault-group-unknown", "P2.2.3", "key");
        }

        var from = body.OpenedFrom ?? caller.Today.AddYears(-1);
        var orders = await Counted(db.RepairOrders, body.ProjectId, from, body.OpenedTo)
            .Where(inGroup)
            .OrderBy(order => order.Id)
            .Take(MostOrders)
            .ToListAsync(cancellation);
        var subject = Subject(by, body.Key, orders, texts);
        var made = FaultGroup.RequestCapa(caller.Context(), orders, caller.Context, subject, body.Text);
        return made.Failed(out var refusal, out var group)
            ? refusal
            : CommandResult.Ok(
                new CapaRequestView(
                    group.RequestId,
                    [.. group.Orders.Select(order => new GroupedOrderView(order.Id, order.Number))]
                )
            );
    }

    private static IQueryable<RepairOrder> Counted(
        IQueryable<RepairOrder> orders,
        Guid? project,
        DateOnly from,
        DateOnly? to
    ) =>
        orders
            .Where(o => o.State != RepairOrderState.Withdrawn && o.State != RepairOrderState.Merged)
            .Where(o => o.OpenedOn >= from && (to == null || o.OpenedOn <= to))
            .Where(o => project == null || o.ProjectId == project);

    private static async Task<IReadOnlyList<GroupView>> ListAsync<TKey>(
        IQueryable<RepairOrder> orders,
        Expression<Func<RepairOrder, TKey>> keyOf,
        Func<TKey, string> spell,
        CancellationToken cancellation
    )
    {
        var groups = await orders
            .GroupBy(keyOf)
            .Where(group => group.Count() > 1)
            .OrderByDescending(group => group.Count())
            .Take(MostGroups)
            .Select(group => new
            {
                group.Key,
                Orders = group.Count(),
                Projects = group.Select(o => o.ProjectId).Distinct().Count(),
                WithCapa = group.Count(o => o.CapaRequestedOn != null),
                Project = group.Max(o => o.ProjectName),
                Unit = group.Max(o => o.ChargedUnitName ?? o.RepairUnitName),
                Last = group.Max(o => o.OpenedOn),
            })
            .ToListAsync(cancellation);
        return
        [
            .. groups.Select(group => new GroupView
            {
                Key = spell(group.Key),
                Name =
                    group.Key is string or FaultCause ? null
                    : group.Key is Guid ? group.Unit
                    : group.Project,
                Orders = group.Orders,
                Projects = group.Projects,
                WithCapa = group.WithCapa,
                LastOpenedOn = group.Last,
            }),
        ];
    }

    // The orders of a group by its key; null where the key names none.
    private static Expression<Func<RepairOrder, bool>>? Of(FaultGroupBy by, string key)
    {
        switch (by)
        {
            case FaultGroupBy.Cause:
                return Spelling.FromKebab<FaultCause>(key) is { } cause ? o => o.CauseCode == cause : null;
            case FaultGroupBy.Subcontractor:
                return Guid.TryParse(key, out var unit) ? o => (o.ChargedUnitId ?? o.RepairUnitId) == unit : null;
            case FaultGroupBy.Floor:
                var parts = key.Split('/', 2);
                if (parts.Length < 2 || !Guid.TryParse(parts[0], out var project))
                {
                    return null;
                }

                var floor = parts[1];
                return o => o.ProjectId == project && o.FloorKey == floor;
            default:
                return o => o.PartCode == key;
        }
    }

    // What the CAPA is called, in the house's language: the key means nothing to a reader.
    private static string Subject(FaultGroupBy by, string key, List<RepairOrder> orders, Texts texts)
    {
        var common = by switch
        {
            FaultGroupBy.Subcontractor => orders.Select(o => o.ChargedUnitName ?? o.RepairUnitName).LastOrDefault(),
            FaultGroupBy.Floor => orders.Select(o => $"{o.ProjectName} {o.FloorKey}").LastOrDefault(),
            FaultGroupBy.Cause => InHouse(texts, "cause." + key) ?? key,
            _ => InHouse(texts, "part." + key) ?? key,
        };
        return $"{InHouse(texts, "fault-group." + by.ToKebab())}：{common}";
    }

    private static string? InHouse(Texts texts, string key) =>
        texts.Find(key, culture: CultureInfo.GetCultureInfo(Texts.Languages[0]));
}
