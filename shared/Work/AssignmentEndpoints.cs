using CustomerService.Messaging;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Work;

/// <summary>Changes a record that the caller may see, as <see cref="Caller.Change{T}"/> says.</summary>
public delegate Task<CommandResult> ChangeRecord<T>(
    HttpContext context,
    Caller caller,
    Guid id,
    Func<T, CommandContext, Refusal?> change,
    CancellationToken cancellation
);

/// <summary>The endpoints that give a record to a person: <c>assign-to</c>, <c>take</c>, <c>release</c>.</summary>
public static class AssignmentEndpoints
{
    /// <summary>To whom.</summary>
    public sealed record Request
    {
        /// <summary>Account of the person.</summary>
        public required Guid PersonId { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.PersonId).NotEmpty();
    }

    /// <summary>For records in a PostgreSQL store.</summary>
    /// <param name="routes">The versioned routes of the service.</param>
    /// <param name="collection">The collection in the address, for example <c>repair-orders</c>.</param>
    /// <param name="visible">The records that an actor may see.</param>
    /// <param name="view">Makes the representation.</param>
    public static void MapAssignment<TDb, T, TView>(
        this IEndpointRouteBuilder routes,
        string collection,
        Func<TDb, Actor, IQueryable<T>> visible,
        Func<T, Caller, TView> view
    )
        where TDb : DbContext
        where T : Aggregate
        where TView : class =>
        routes.MapAssignment<T, TView>(
            collection,
            (context, caller, id, change, cancellation) =>
                caller.ChangeAsync(
                    visible(context.RequestServices.GetRequiredService<TDb>(), caller.Actor),
                    id,
                    change,
                    view,
                    cancellation
                )
        );

    /// <summary>For records in another store.</summary>
    public static void MapAssignment<T, TView>(
        this IEndpointRouteBuilder routes,
        string collection,
        ChangeRecord<T> change
    )
        where T : Aggregate
    {
        var name = typeof(T).Name;
        const string refusals = "409: record-closed, cannot-take, not-assigned.";
        routes
            .MapPost(
                $"/{collection}/{{id:guid}}/assign-to",
                async (
                    Guid id,
                    Request body,
                    HttpContext context,
                    Caller caller,
                    IAccounts accounts,
                    CancellationToken cancellation
                ) =>
                    await accounts.FindAsync(body.PersonId, cancellation) is not { Active: true } account
                        ? Refusal.ByRule("account-unknown", "S3", ["account"], Roles.Administrator)
                        : await change(
                            context,
                            caller,
                            id,
                            (record, command) => record.Assign(command, account.ToActor()),
                            cancellation
                        )
            )
            .AsCommand()
            .ForRoles(Roles.Staff)
            .WithName($"Assign{name}To")
            .WithSummary("Gives the record to a person")
            .WithDescription($"Rule S2: to one who could take a step of it now. {refusals} account-unknown.")
            .WithExample(new Request { PersonId = new Guid("0198c0de-0000-7000-8000-000000000001") })
            .Produces<TView>();
        Map("take", "Takes the record, so that it is on nobody else's list", "Take", actor => actor);
        Map("release", "Gives the record back to all whose role may", "Release", _ => null);

        void Map(string action, string summary, string verb, Func<Actor, Actor?> person) =>
            routes
                .MapPost(
                    $"/{collection}/{{id:guid}}/{action}",
                    (Guid id, HttpContext context, Caller caller, CancellationToken cancellation) =>
                        change(
                            context,
                            caller,
                            id,
                            (record, command) => record.Assign(command, person(caller.Actor)),
                            cancellation
                        )
                )
                .AsCommand()
                .ForRoles(Roles.Staff)
                .WithName(verb + name)
                .WithSummary(summary)
                .WithDescription($"Rule S2. {refusals}")
                .Produces<TView>();
    }
}
