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
    private const int Most = 500;

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

    /// <summary>Faults with something in common.</summary>
    internal sealed record GroupView
    {
        /// <summary>Part, cause, unit, or project and floor; names the group when its CAPA is asked for.</summary>
        public required string Key { get; init; }

        /// <summary>Name of the unit, or of the floor's project.</summary>
        public string? Name { get; init; }

        /// <summary>Repair orders in it.</summary>
        public required int Orders { get; init; }

        /// <summary>Findings of revisits in it that no order was opened for.</summary>
        public required int Findings { get; init; }

        /// <summary>In how many projects.</summary>
        public required int Projects { get; init; }

        /// <summary>Of how many a CAPA was asked for already.</summary>
        public required int WithCapa { get; init; }

        /// <summary>The last day on which an order was opened or a finding made.</summary>
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
    /// <param name="Findings">The findings without an order that it is for.</param>
    internal sealed record CapaRequestView(
        Guid RequestId,
        IReadOnlyList<GroupedOrderView> Orders,
        IReadOnlyList<GroupedFindingView> Findings
    );

    internal sealed record GroupedOrderView(Guid Id, string Number);

    /// <param name="Id">The finding.</param>
    /// <param name="RevisitId">Its revisit.</param>
    /// <param name="ContractNumber">Contract of its project.</param>
    internal sealed record GroupedFindingView(Guid Id, Guid RevisitId, string ContractNumber);

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
            .WithSummary("Groups of faults of the same part, cause, subcontractor or floor")
            .WithDescription(
                """
                Rules P2.2.3 and P3.3.2. A fault is a repair order, or a finding of a revisit that no order was opened
                for. Groups of two and more, the largest first; withdrawn and merged orders do not count.
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
                Rule P2.2.3. Complaints opens one CAPA, which names all orders and findings of the group that have none
                yet; a second request opens no second one. 409: capa-requested-already, fault-group-too-small.
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
        var from = query.OpenedFrom?.Value ?? caller.Today.AddYears(-1);
        var (project, to) = (query.ProjectId, query.OpenedTo?.Value);
        var faults = Counted(db.RepairOrders.AsNoTracking(), project, from, to)
            .Select(o => new Fault
            {
                IsOrder = true,
                Part = o.PartCode,
                Cause = o.CauseCode,
                UnitId = o.ChargedUnitId ?? o.RepairUnitId,
                UnitName = o.ChargedUnitName ?? o.RepairUnitName,
                ProjectId = o.ProjectId,
                ProjectName = o.ProjectName,
                Floor = o.FloorKey,
                On = o.OpenedOn,
                HasCapa = o.CapaRequestedOn != null,
            })
            .Concat(
                WithoutOrder(db, db.FoundFaults.AsNoTracking(), project, from, to)
                    .Select(f => new Fault
                    {
                        IsOrder = false,
                        Part = f.PartCode,
                        Cause = f.CauseCode,
                        UnitId = f.UnitId,
                        UnitName = f.UnitName,
                        ProjectId = f.ProjectId,
                        ProjectName = f.ProjectName,
                        Floor = f.FloorKey,
                        On = f.FoundOn,
                        HasCapa = f.CapaRequestedOn != null,
                    })
            );
        return QueryResult.Of(
            (query.By?.Values[0] ?? FaultGroupBy.Part) switch
            {
                FaultGroupBy.Cause => await ListAsync(
                    faults.Where(f => f.Cause != null),
                    f => f.Cause,
                    key => key!.Value.ToKebab(),
                    cancellation
                ),
                FaultGroupBy.Subcontractor => await ListAsync(
                    faults.Where(f => f.UnitId != null),
                    f => f.UnitId,
                    key => key!.Value.ToString(),
                    cancellation
                ),
                FaultGroupBy.Floor => await ListAsync(
                    faults.Where(f => f.Floor != ""),
                    f => new { f.ProjectId, f.Floor },
                    key => $"{key.ProjectId}/{key.Floor}",
                    cancellation
                ),
                _ => await ListAsync(faults, f => f.Part, key => key, cancellation),
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
        if (GroupKey.Read(by, body.Key) is not { } key)
        {
            return Refusal.Invalid("fault-group-unknown", "P2.2.3", "key");
        }

        // Two clicks at once: the second finds what the first asked for.
        await db.LockAsync("fault-groups", cancellation);
        var from = body.OpenedFrom ?? caller.Today.AddYears(-1);
        var orders = await Counted(db.RepairOrders, body.ProjectId, from, body.OpenedTo)
            .Where(key.Orders)
            .OrderBy(order => order.Id)
            .Take(Most)
            .ToListAsync(cancellation);
        var findings = await WithoutOrder(db, db.FoundFaults, body.ProjectId, from, body.OpenedTo)
            .Where(key.Findings)
            .OrderBy(finding => finding.Id)
            .Take(Most)
            .ToListAsync(cancellation);
        var faults = new Faults(orders, findings);
        var subject = Subject(by, body.Key, faults, texts);
        var made = FaultGroup.RequestCapa(caller.Context(), faults, caller.Context, subject, body.Text);
        if (made.Failed(out var refusal, out var group))
        {
            return refusal;
        }

        db.Add(group);
        return CommandResult.Ok(
            new CapaRequestView(
                group.Id,
                [
                    .. group
                        .Faults.Where(fault => fault.Kind == "repair-order")
                        .Select(fault => new GroupedOrderView(fault.Id, fault.Number)),
                ],
                [
                    .. group
                        .Faults.Where(fault => fault.Kind == "finding")
                        .Select(fault => new GroupedFindingView(fault.Id, fault.RevisitId!.Value, fault.Number)),
                ]
            )
        );
    }

    /// <summary>An order or a finding, as it is grouped.</summary>
    private sealed class Fault
    {
        public bool IsOrder { get; init; }

        public string Part { get; init; } = "";

        public FaultCause? Cause { get; init; }

        public Guid? UnitId { get; init; }

        public string? UnitName { get; init; }

        public Guid ProjectId { get; init; }

        public string ProjectName { get; init; } = "";

        public string Floor { get; init; } = "";

        public DateOnly On { get; init; }

        public bool HasCapa { get; init; }
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

    // What has an order, be it withdrawn or merged, counts by that.
    private static IQueryable<FoundFault> WithoutOrder(
        RepairsDb db,
        IQueryable<FoundFault> findings,
        Guid? project,
        DateOnly from,
        DateOnly? to
    ) =>
        findings
            .Where(f => f.PartCode != "" && f.FoundOn >= from && (to == null || f.FoundOn <= to))
            .Where(f => project == null || f.ProjectId == project)
            .Where(f => !db.RepairOrders.Any(o => o.Source == OrderSource.Revisit && o.SourceId == f.Id));

    private static async Task<IReadOnlyList<GroupView>> ListAsync<TKey>(
        IQueryable<Fault> faults,
        Expression<Func<Fault, TKey>> keyOf,
        Func<TKey, string> spell,
        CancellationToken cancellation
    )
    {
        var groups = await faults
            .GroupBy(keyOf)
            .Where(group => group.Count() > 1)
            .OrderByDescending(group => group.Count())
            .Take(MostGroups)
            .Select(group => new
            {
                group.Key,
                Orders = group.Count(f => f.IsOrder),
                Findings = group.Count(f => !f.IsOrder),
                Projects = group.Select(f => f.ProjectId).Distinct().Count(),
                WithCapa = group.Count(f => f.HasCapa),
                Project = group.Max(f => f.ProjectName),
                Unit = group.Max(f => f.UnitName),
                Last = group.Max(f => f.On),
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
                Findings = group.Findings,
                Projects = group.Projects,
                WithCapa = group.WithCapa,
                LastOpenedOn = group.Last,
            }),
        ];
    }

    /// <summary>Which faults a group's key names.</summary>
    private sealed record GroupKey(
        Expression<Func<RepairOrder, bool>> Orders,
        Expression<Func<FoundFault, bool>> Findings
    )
    {
        /// <summary>Null where the key names none.</summary>
        public static GroupKey? Read(FaultGroupBy by, string key)
        {
            switch (by)
            {
                case FaultGroupBy.Cause:
                    return Spelling.FromKebab<FaultCause>(key) is { } cause
                        ? new(o => o.CauseCode == cause, f => f.CauseCode == cause)
                        : null;
                case FaultGroupBy.Subcontractor:
                    return Guid.TryParse(key, out var unit)
                        ? new(o => (o.ChargedUnitId ?? o.RepairUnitId) == unit, f => f.UnitId == unit)
                        : null;
                case FaultGroupBy.Floor:
                    var parts = key.Split('/', 2);
                    if (parts.Length < 2 || !Guid.TryParse(parts[0], out var project))
                    {
                        return null;
                    }

                    var floor = parts[1];
                    return new(
                        o => o.ProjectId == project && o.FloorKey == floor,
                        f => f.ProjectId == project && f.FloorKey == floor
                    );
                default:
                    return new(o => o.PartCode == key, f => f.PartCode == key);
            }
        }
    }

    // What the CAPA is called, in the house's language: the key means nothing to a reader.
    private static string Subject(FaultGroupBy by, string key, Faults faults, Texts texts)
    {
        var common = by switch
        {
            FaultGroupBy.Subcontractor => faults
                .Orders.Select(o => o.ChargedUnitName ?? o.RepairUnitName)
                .Concat(faults.Findings.Select(f => f.UnitName))
                .LastOrDefault(),
            FaultGroupBy.Floor => faults
                .Orders.Select(o => $"{o.ProjectName} {o.FloorKey}")
                .Concat(faults.Findings.Select(f => $"{f.ProjectName} {f.FloorKey}"))
                .LastOrDefault(),
            FaultGroupBy.Cause => InHouse(texts, "cause." + key) ?? key,
            _ => InHouse(texts, "part." + key) ?? key,
        };
        return $"{InHouse(texts, "fault-group." + by.ToKebab())}：{common}";
    }

    private static string? InHouse(Texts texts, string key) =>
        texts.Find(key, culture: CultureInfo.GetCultureInfo(Texts.Languages[0]));
}
