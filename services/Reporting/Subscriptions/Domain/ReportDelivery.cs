using CustomerService.Rules;

namespace CustomerService.Reporting.Subscriptions.Domain;

/// <summary>A report of one instant on its way to its readers.</summary>
internal sealed class ReportDelivery
{
    /// <summary>Pauses between the tries; after the last it is given up.</summary>
    public static IReadOnlyList<TimeSpan> Pauses { get; } =
    [
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(15),
        TimeSpan.FromHours(1),
        TimeSpan.FromHours(4),
        TimeSpan.FromHours(12),
    ];

    /// <summary>Also the <c>Message-ID</c> of its mail: whoever gets it twice can tell.</summary>
    public Guid Id { get; init; }

    public Guid SubscriptionId { get; init; }

    /// <summary>The instant of the schedule; one delivery for each.</summary>
    public DateTimeOffset DueAt { get; init; }

    public ReportDeliveryState State { get; private set; }

    /// <summary>When it is tried next, UTC; while it is tried, when another may take it over.</summary>
    public DateTimeOffset NextAt { get; private set; }

    public int Attempts { get; private set; }

    /// <summary>Rows of the report; null before it was made.</summary>
    public int? Rows { get; private set; }

    /// <summary>What went wrong last.</summary>
    public string? Error { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public static ReportDelivery Of(CommandContext context, Guid subscription, DateTimeOffset due) =>
        new()
        {
            Id = Guid.CreateVersion7(context.Now),
            SubscriptionId = subscription,
            DueAt = due,
            NextAt = context.Now,
        };

    /// <summary>It came to an end.</summary>
    public void End(ReportDeliveryState state, int? rows, DateTimeOffset now)
    {
        (State, Rows, EndedAt, Error) = (state, rows, now, null);
        Attempts++;
    }

    /// <summary>A try failed; it comes again, or is given up.</summary>
    public void Fail(string error, DateTimeOffset now)
    {
        Error = error;
        if (Attempts < Pauses.Count)
        {
            NextAt = now + Pauses[Attempts];
        }
        else
        {
            (State, EndedAt) = (ReportDeliveryState.GivenUp, now);
        }

        Attempts++;
    }
}
