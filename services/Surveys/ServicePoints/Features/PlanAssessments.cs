using CustomerService.Messaging;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Data;
using CustomerService.Surveys.ServicePoints.Domain;
using CustomerService.Surveys.Store;
using FluentValidation;

namespace CustomerService.Surveys.ServicePoints.Features;

/// <summary>Plans a round of assessments, or a mystery visit (T1 to T3).</summary>
internal static class PlanAssessments
{
    private const int MostPoints = 100;

    internal sealed record Request
    {
        /// <summary>The service points.</summary>
        public required IReadOnlyList<Guid> PointIds { get; init; }

        /// <summary>Account of the assessor.</summary>
        public required Guid AssessorId { get; init; }

        /// <summary>Last day on which they are held.</summary>
        public required DateOnly DueOn { get; init; }

        /// <summary>Name of the round.</summary>
        public string? Round { get; init; }

        /// <summary>Whether the site shall not learn who comes.</summary>
        public bool? Mystery { get; init; }
    }

    /// <param name="Items">One assessment for each service point.</param>
    internal sealed record Planned(IReadOnlyList<AssessmentView> Items);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.PointIds)
                .NotEmpty()
                .Must(ids => ids is null || ids.Count <= MostPoints)
                .WithErrorCode("too-many");
            RuleFor(r => r.PointIds)
                .Must(ids => ids is null || ids.Distinct().Count() == ids.Count)
                .WithErrorCode("duplicate");
            RuleFor(r => r.Round).OptionalText(TextLength.Line);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/assessments", Handle)
            .AsCommand()
            .WithSummary("Plan assessments of service points")
            .WithDescription(
                "Rules T1 to T3. Quality or customer service; one for each point. Of a mystery visit the site does not learn "
                    + "who came. 404 where a point is not there; 409 not-an-assessor."
            )
            .Produces<Planned>(StatusCodes.Status201Created);

    private static async Task<CommandResult> Handle(
        Request body,
        IDocumentStore store,
        Caller caller,
        IAccounts accounts,
        CancellationToken cancellation
    )
    {
        var account = await accounts.FindAsync(body.AssessorId, cancellation);
        if (account is null || !account.Active || !account.Roles.Contains(Roles.Assessor))
        {
            return Refusal.ByRule("not-an-assessor", "T1", ["assessor"], AssessmentFlow.Planners);
        }

        var context = caller.Context();
        var points = await store.ListAsync(
            StaffAccess.Of<ServicePoint>(caller.Actor).In(p => p.Id, body.PointIds).Where(p => p.Active, true),
            null,
            MostPoints,
            cancellation
        );
        if (points.Count != body.PointIds.Count)
        {
            return CommandResult.NotFound();
        }

        var planned = new List<Assessment>();
        foreach (var point in points)
        {
            var number = await NumberSeries.NextAsync(store, context, "FW", cancellation);
            var assessor = new Assessor(body.AssessorId.ToString("D"), account.DisplayName);
            if (
                Assessment
                    .Plan(context, number, point, assessor, body.DueOn, body.Round, body.Mystery == true)
                    .Failed(out var refusal, out var assessment)
            )
            {
                return refusal;
            }

            store.Add(assessment);
            planned.Add(assessment);
        }

        return CommandResult.Created(
            $"assessments/{planned[0].Id}",
            planned[0],
            () => new Planned([.. planned.Select(a => AssessmentView.From(a, caller))])
        );
    }
}
