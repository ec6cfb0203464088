using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace CustomerService.Messaging;

/// <summary>A message that was given up, without its body: that may hold personal data, and is for the command
/// line.</summary>
/// <param name="Queue">The queue whose consumer gave it up.</param>
/// <param name="MessageId">By it one is replayed.</param>
/// <param name="EventName">Which event it is, if it says so.</param>
/// <param name="Subject">What it is about, if it says so.</param>
/// <param name="Reason">Why it was given up.</param>
/// <param name="GivenUpAt">When, UTC, if known.</param>
public sealed record DeadLetterView(
    string Queue,
    Guid MessageId,
    string? EventName,
    string? Subject,
    string Reason,
    DateTimeOffset? GivenUpAt
);

/// <summary>Which messages are replayed.</summary>
/// <param name="MessageId">One message; null for all.</param>
public sealed record ReplayDeadLettersRequest(Guid? MessageId = null);

/// <summary>How many messages were put back.</summary>
/// <param name="Replayed">Their number.</param>
public sealed record ReplayedView(int Replayed);

/// <summary>The operator's endpoints for dead letters; <c>MapOperations</c> maps them.</summary>
internal sealed class DeadLetterEndpoints(IOptions<MessagingOptions> options, MessagingBuilder builder)
    : IOperationEndpoints
{
    public void Map(IEndpointRouteBuilder operations)
    {
        operations
            .MapGet("/dead-letters", ListAsync)
            .AsQuery()
            .WithName("ListDeadLetters")
            .WithSummary("Messages that were given up")
            .WithDescription(
                "Rule API: operator or administrator. Oldest first; as the command dead-letters list. 503 while the "
                    + "broker does not answer or refuses."
            )
            .Produces<IReadOnlyList<DeadLetterView>>()
            .ProducesProblems(StatusCodes.Status503ServiceUnavailable);

        operations
            .MapPost("/dead-letters/replay", ReplayAsync)
            .AsCommand()
            .WithName("ReplayDeadLetters")
            .WithSummary("Put messages back into the queue of their consumer")
            .WithDescription(
                "Rule API: operator or administrator. One by its messageId (404 when it is in no error queue of this "
                    + "service), or all. A message that had its effect has no second one. 503 while the broker does "
                    + "not answer or refuses."
            )
            .Produces<ReplayedView>()
            .ProducesProblems(StatusCodes.Status503ServiceUnavailable);
    }

    private async Task<QueryResult> ListAsync(CancellationToken cancellationToken)
    {
        try
        {
            var found = await Letters().ListAsync(cancellationToken);
            return QueryResult.Of(
                found
                    .Select(l => new DeadLetterView(
                        l.Queue,
                        l.MessageId,
                        l.EventName,
                        l.Subject,
                        l.Reason,
                        l.GivenUpAt
                    ))
                    .ToList()
            );
        }
        catch (IOException away)
        {
            throw new UnavailableException("unavailable", away);
        }
    }

    private async Task<CommandResult> ReplayAsync(ReplayDeadLettersRequest body, CancellationToken cancellationToken)
    {
        try
        {
            var replayed = await Letters().ReplayAsync(body.MessageId, cancellationToken);
            return replayed == 0 && body.MessageId is not null
                ? CommandResult.NotFound()
                : CommandResult.Ok(new ReplayedView(replayed));
        }
        catch (IOException away)
        {
            throw new UnavailableException("unavailable", away);
        }
    }

    private DeadLetters Letters() => new(options.Value, builder.Queues);
}
