using System.Text.Json;
using CustomerService.Projects.Projects.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.AspNetCore.Http.Features;

namespace CustomerService.Projects.Projects.Features;

internal static class RegeneratePlans
{
    private const int DefaultBatch = 100;
    private const int LargestBatch = 500;

    /// <param name="Reason">Why: it stands in the audit trail of each project that changes, and in its
    /// events.</param>
    /// <param name="DryRun">Works everything out and changes nothing; true where it is not given.</param>
    /// <param name="City">Only projects of this city, for example after its seasons were corrected.</param>
    /// <param name="OwnerId">Only projects of this owner.</param>
    /// <param name="PolicyVersion">Only projects that carry this policy version.</param>
    internal sealed record Request(string Reason, bool? DryRun, string? City, Guid? OwnerId, int? PolicyVersion);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Reason).RequiredText();
            RuleFor(r => r.City).CityCode();
            RuleFor(r => r.PolicyVersion).GreaterThan(0);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/projects/regenerate-plans", Handle)
            .AsCommand()
            .ForRolesBy("P2.1.1", "regenerate-plan", ProjectFlow.Planners)
            .WithSummary("Works out the revisit plans of many projects again, and tells how far it is")
            .WithDescription(
                """
                Rules P2.1.1, P3.1.2. Goes through the projects that were handed over and works out terms and plan by
                the policy version that each carries: after seasons or policies were corrected, or after projects were
                brought into the store. What was held is not touched, a date that a person fixed stays inside the
                warranty, what a person cancelled stays cancelled; a project that is right already is not written.
                `dryRun` is true unless it is given as false. The answer is a stream (application/x-ndjson) of one JSON
                line a batch, each committed with its events before it is told: done, total, changed, unchanged, failed
                with the rule of each failure, and the cursor `after`; the last line is `summary`, or `stopped` with a
                code. To go on after an interruption hand in the last cursor as `after`. `batch`: projects a commit, 1
                to 500, default 100. A repeated call changes nothing more, so the outcome is not remembered under an
                Idempotency-Key.
                """
            )
            .Produces<PlanProgress>(StatusCodes.Status200OK, Lines.ContentType);

    private static IResult Handle(
        Request body,
        Caller caller,
        PlanGeneration generation,
        HttpContext http,
        Guid? after,
        int? batch
    )
    {
        if (Project.CheckRegenerateRole(caller.Context()) is { } forbidden)
        {
            return Problems.Result(http, forbidden);
        }

        return batch is < 1 or > LargestBatch
            ? Problems.Result(http, PageQuery.BadFilter("batch", $"1–{LargestBatch}"))
            : new Lines(
                generation.RunAsync(
                    new PlanSelection(body.City, body.OwnerId, body.PolicyVersion),
                    after,
                    batch ?? DefaultBatch,
                    body.DryRun != false,
                    body.Reason,
                    caller.Actor,
                    http.RequestAborted
                )
            );
    }

    /// <summary>One JSON value a line, each sent at once.</summary>
    private sealed class Lines(IAsyncEnumerable<PlanProgress> lines) : IResult
    {
        public const string ContentType = "application/x-ndjson";

        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            try
            {
                await foreach (var line in lines)
                {
                    if (!response.HasStarted)
                    {
                        response.ContentType = ContentType;
                        response.Headers.CacheControl = "no-store";
                        httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
                    }

                    await response.Body.WriteAsync(
                        JsonSerializer.SerializeToUtf8Bytes(line, Json.Options),
                        httpContext.RequestAborted
                    );
                    await response.Body.WriteAsync("\n"u8.ToArray(), httpContext.RequestAborted);
                    await response.Body.FlushAsync(httpContext.RequestAborted);
                }
            }
            catch (OperationCanceledException) when (httpContext.RequestAborted.IsCancellationRequested)
            {
                // The caller has gone. What was told is committed, the batch in hand is not.
            }
        }
    }
}
