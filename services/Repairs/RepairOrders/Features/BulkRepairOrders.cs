using CustomerService.Messaging;
using CustomerService.Registry;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.Projects;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.RepairOrders.Features;

/// <summary>What became of each order of a bulk command.</summary>
internal sealed record BulkOrdersView(int Done, int Refused, IReadOnlyList<BulkOrderLine> Items);

/// <param name="Code">Code of the refusal; null where it was done.</param>
/// <param name="Message">In the caller's language.</param>
internal sealed record BulkOrderLine(
    Guid Id,
    string? Number,
    bool Done,
    long? Version,
    string? Code,
    string? Rule,
    string? Message
);

/// <summary>The same step with many orders: what is refused of them holds up none of the others.</summary>
internal static class BulkRepairOrders
{
    private const int Most = 100;

    /// <param name="Version">As it was seen.</param>
    internal sealed record LineRequest(Guid? Id, long? Version);

    internal sealed record DispatchRequest(IReadOnlyList<LineRequest> Lines, DispatchRepairOrder.Request Dispatch);

    /// <param name="PersonId">Account of the person.</param>
    internal sealed record AssignRequest(IReadOnlyList<LineRequest> Lines, Guid? PersonId);

    internal sealed class DispatchValidator : AbstractValidator<DispatchRequest>
    {
        public DispatchValidator()
        {
            RuleFor(r => r.Lines).NotEmpty().AtMost(Most);
            RuleForEach(r => r.Lines).NotNull().ChildRules(Line);
            RuleFor(r => r.Dispatch).NotNull().SetValidator(new DispatchRepairOrder.Validator());
        }
    }

    internal sealed class AssignValidator : AbstractValidator<AssignRequest>
    {
        public AssignValidator()
        {
            RuleFor(r => r.Lines).NotEmpty().AtMost(Most);
            RuleForEach(r => r.Lines).NotNull().ChildRules(Line);
            RuleFor(r => r.PersonId).NotNull().NotEqual(Guid.Empty);
        }
    }

    private static void Line(InlineValidator<LineRequest> line)
    {
        line.RuleFor(l => l.Id).NotNull();
        line.RuleFor(l => l.Version).NotNull();
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        const string each = "Each line has its own outcome; one that is refused, unknown or stale holds up no other.";
        routes
            .MapPost("/repair-orders/bulk/dispatch", DispatchAll)
            .AsCommand()
            .ForRoles(Roles.Engineering, Roles.EngineeringHead)
            .WithName("DispatchRepairOrders")
            .WithSummary("Engineering issues many records at once")
            .WithDescription(
                "Rules P2.1.2, P3.1.1 and P3.2.2. As `dispatch`, with the same leader, materials and safety for all; each "
                    + $"order goes to the unit whose part it is, or to the named one. {each} A refused order keeps what "
                    + "Projects said about its warranty."
            )
            .Produces<BulkOrdersView>();
        routes
            .MapPost("/repair-orders/bulk/assign-to", AssignAll)
            .AsCommand()
            .ForRoles(Roles.Staff)
            .WithName("AssignRepairOrders")
            .WithSummary("Give many orders to a person")
            .WithDescription($"Rule S2. {each}")
            .Produces<BulkOrdersView>();
    }

    private static Task<CommandResult> DispatchAll(
        DispatchRequest body,
        RepairsDb db,
        ProjectsClient projects,
        RegistryLookup registry,
        RepairsSettings settings,
        Texts texts,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var proposals = new ProposalsOnce(projects);
        return EachAsync(
            body.Lines,
            db,
            texts,
            caller,
            (order, context) =>
                DispatchRepairOrder.DispatchOneAsync(
                    order,
                    context,
                    body.Dispatch,
                    db,
                    proposals,
                    registry,
                    settings.OwnUnit,
                    texts,
                    cancellation
                ),
            cancellation
        );
    }

    private static async Task<CommandResult> AssignAll(
        AssignRequest body,
        RepairsDb db,
        IAccounts accounts,
        Texts texts,
        Caller caller,
        CancellationToken cancellation
    )
    {
        if (await accounts.FindAsync(body.PersonId!.Value, cancellation) is not { Active: true } account)
        {
            return Refusal.ByRule("account-unknown", "S3", ["account"], Roles.Administrator);
        }

        var person = new Actor(
            account.UserId.ToString(),
            account.DisplayName,
            account.Roles.ToHashSet(StringComparer.Ordinal),
            account.Department,
            account.OrganisationId
        );
        return await EachAsync(
            body.Lines,
            db,
            texts,
            caller,
            (order, context) => Task.FromResult(order.Assign(context, person)),
            cancellation
        );
    }

    private static async Task<CommandResult> EachAsync(
        IReadOnlyList<LineRequest> lines,
        RepairsDb db,
        Texts texts,
        Caller caller,
        Func<RepairOrder, CommandContext, Task<Refusal?>> step,
        CancellationToken cancellation
    )
    {
        var ids = lines.Select(line => line.Id!.Value).Distinct().ToList();
        var known = await db
            .RepairOrders.VisibleTo(caller.Actor)
            .Where(order => ids.Contains(order.Id))
            .ToDictionaryAsync(order => order.Id, cancellation);
        var items = new List<BulkOrderLine>(lines.Count);
        foreach (var line in lines.DistinctBy(line => line.Id))
        {
            if (!known.TryGetValue(line.Id!.Value, out var order))
            {
                items.Add(Of(line.Id.Value, null, "not-found", RuleCatalogue.Api, null));
            }
            else if (order.Version != line.Version)
            {
                items.Add(Of(order.Id, order, "stale-version", RuleCatalogue.Api, null));
            }
            else if (await step(order, caller.Context(order)) is { } refusal)
            {
                items.Add(Of(order.Id, order, refusal.Code, refusal.Rule, refusal));
            }
            else
            {
                items.Add(new(order.Id, order.Number, true, order.Version, null, null, null));
            }
        }

        return CommandResult.Ok(
            new BulkOrdersView(items.Count(item => item.Done), items.Count(item => !item.Done), items)
        );

        BulkOrderLine Of(Guid id, RepairOrder? order, string code, string rule, Refusal? refusal) =>
            new(id, order?.Number, false, order?.Version, code, rule, texts.Find(code, refusal?.Arguments) ?? code);
    }
}
