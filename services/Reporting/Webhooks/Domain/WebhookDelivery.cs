namespace CustomerService.Reporting.Webhooks.Domain;

/// <summary>One try to send.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Status">HTTP status; null where no answer came.</param>
/// <param name="Error">What went wrong; null where it was confirmed.</param>
/// <param name="Milliseconds">How long it took.</param>
internal sealed record DeliveryTry(DateTimeOffset At, int? Status, string? Error, long Milliseconds);

/// <summary>An event on its way to one webhook. Kept for 30 days as the log of what was sent.</summary>
internal sealed class WebhookDelivery
{
    /// <summary>Most tries that the log keeps: the first and the latest.</summary>
    private const int MostTries = 20;

    /// <summary>In order of time.</summary>
    public Guid Id { get; init; }

    public Guid WebhookId { get; init; }

    /// <summary>The event's <c>cloudEvents:id</c>: the same in each try and replay, so that a receiver can tell copies.</summary>
    public Guid EventId { get; init; }

    public string EventName { get; init; } = "";

    /// <summary>What is posted: the event as a CloudEvent in JSON.</summary>
    public string Body { get; init; } = "";

    /// <summary>When the event came, UTC.</summary>
    public DateTimeOffset At { get; init; }

    public DeliveryState State { get; private set; }

    /// <summary>Tries since it was queued or replayed.</summary>
    public int Attempts { get; private set; }

    /// <summary>When it is sent next, UTC; while it is being sent, when another process may take it over.</summary>
    public DateTimeOffset NextAt { get; set; }

    public IReadOnlyList<DeliveryTry> Tries { get; private set; } = [];

    public DateTimeOffset? DeliveredAt { get; private set; }

    /// <summary>A try is over.</summary>
    /// <param name="done">What came of it.</param>
    /// <param name="backOff">Pauses between tries; after the last of them it is given up.</param>
    /// <param name="spread">Between 0 and 1: keeps many that failed together from coming together.</param>
    public void Tried(DeliveryTry done, IReadOnlyList<TimeSpan> backOff, double spread)
    {
        ArgumentNullException.ThrowIfNull(done);
        ArgumentNullException.ThrowIfNull(backOff);
        Tries = Tries.Count < MostTries ? [.. Tries, done] : [Tries[0], .. Tries.Skip(2), done];
        if (done.Error is null)
        {
            (State, DeliveredAt) = (DeliveryState.Delivered, done.At);
        }
        else if (Attempts >= backOff.Count)
        {
            State = DeliveryState.GivenUp;
        }
        else
        {
            NextAt = done.At + (backOff[Attempts] * (1 + (0.2 * spread)));
        }

        Attempts++;
    }

    /// <summary>Sends it once more, whatever came of it.</summary>
    public void Replay(DateTimeOffset now) =>
        (State, Attempts, NextAt, DeliveredAt) = (DeliveryState.Waiting, 0, now, null);
}
