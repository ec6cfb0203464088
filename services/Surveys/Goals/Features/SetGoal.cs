using System.Text.Json.Serialization;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Goals.Domain;
using CustomerService.Surveys.Store;
using FluentValidation;

namespace CustomerService.Surveys.Goals.Features;

/// <summary>Quality goals of departments (C5.10).</summary>
internal static class SetGoal
{
    /// <param name="Department">Code of the department.</param>
    /// <param name="Percent">Quality goal, 0 to 100.</param>
    /// <param name="EffectiveFrom">First day; not in the past.</param>
    internal sealed record Request(
        string Department,
        [property: JsonRequired] decimal Percent,
        [property: JsonRequired] DateOnly EffectiveFrom
    );

    /// <summary>A quality goal.</summary>
    internal sealed record View
    {
        public required Guid Id { get; init; }

        public required string Department { get; init; }

        public required decimal Percent { get; init; }

        public required DateOnly EffectiveFrom { get; init; }

        public required Stamp SetBy { get; init; }

        public static View From(QualityGoal g, Caller caller) =>
            new()
            {
                Id = g.Id,
                Department = g.Department,
                Percent = g.Percent,
                EffectiveFrom = g.EffectiveFrom,
                SetBy = g.SetBy,
            };
    }

    internal sealed record Query : PageQuery
    {
        /// <summary>Code of the department.</summary>
        public TextFilter? Department { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Department).RequiredCode();
            RuleFor(r => r.Percent).InclusiveBetween(0, 100);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/goals", Handle)
            .AsCommand()
            .ForRoles(Roles.GeneralManager, Roles.DeputyGeneralManager)
            .WithSummary("Set a department's quality goal")
            .WithDescription("Rule C5.10. The general manager or the deputy. Without one the policy's goal holds.")
            .Produces<View>(StatusCodes.Status201Created);
        routes
            .MapGet("/goals", ListAsync)
            .AsQuery()
            .WithName("ListGoals")
            .WithSummary("Quality goals, newest first")
            .WithDescription("Rule C5.10. For staff.")
            .Produces<Page<View>>();
    }

    private static CommandResult Handle(Request body, IDocumentStore store, Caller caller) =>
        caller.Create(
            store.Add,
            "goals",
            QualityGoal.Set(caller.Context(), body.Department, body.Percent, body.EffectiveFrom),
            View.From
        );

    private static Task<QueryResult> ListAsync(
        [AsParameters] Query query,
        IDocumentStore store,
        Caller caller,
        CancellationToken cancellation
    ) =>
        StaffAccess
            .Of<QualityGoal>(caller.Actor)
            .Where(g => g.Department, query.Department?.Value)
            .ToPageAsync(store, query, g => View.From(g, caller), cancellation);
}
