using System.Text.Json.Serialization;
using CustomerService.Reporting.Subscriptions.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Reporting.Subscriptions.Features;

/// <summary>A subscription of a report.</summary>
internal sealed record SubscriptionView
{
    public required Guid Id { get; init; }

    /// <summary>Always null: subscriptions have no number.</summary>
    public required string? Number { get; init; }

    public required SubscriptionState State { get; init; }

    public required long Version { get; init; }

    /// <summary>What the caller may do now.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the data set.</summary>
    public required string Report { get; init; }

    /// <summary>Column of days by which the period cuts.</summary>
    public required string? On { get; init; }

    public required ReportPeriod Period { get; init; }

    public required ReportFormat Format { get; init; }

    public required ScheduleRequest Schedule { get; init; }

    public required bool OnlyWhenChanged { get; init; }

    public required int AtLeastRows { get; init; }

    /// <summary>Which rows, or which cases of the figures.</summary>
    public required IReadOnlyList<ConditionRequest> Where { get; init; }

    /// <summary>Sent only where the first figure is outside.</summary>
    public required ThresholdRequest? Threshold { get; init; }

    public required IReadOnlyList<string> Recipients { get; init; }

    public required string Language { get; init; }

    /// <summary>Whose it is.</summary>
    public required string Owner { get; init; }

    /// <summary>When it is sent next, UTC.</summary>
    public required DateTimeOffset? NextAt { get; init; }

    /// <summary>When it was sent last, UTC.</summary>
    public required DateTimeOffset? LastSentAt { get; init; }

    public static SubscriptionView From(Subscription subscription, Caller caller)
    {
        var settings = subscription.Settings;
        return new()
        {
            Id = subscription.Id,
            Number = null,
            State = subscription.State,
            Version = subscription.Version,
            Actions = subscription.AllowedActions(caller.Context()),
            Name = settings.Name,
            Report = settings.Report,
            On = settings.On,
            Period = settings.Period,
            Format = settings.Format,
            Schedule = new(
                settings.Schedule.Every,
                settings.Schedule.At,
                settings.Schedule.Weekday,
                settings.Schedule.Day
            ),
            OnlyWhenChanged = settings.OnlyWhenChanged,
            AtLeastRows = settings.AtLeastRows,
            Where = [.. settings.Where.Select(condition => new ConditionRequest(condition.Column, condition.Values))],
            Threshold = settings.Threshold is { } outside ? new(outside.Above, outside.Below) : null,
            Recipients = settings.Recipients,
            Language = settings.Language,
            Owner = subscription.Owner,
            NextAt = subscription.NextAt,
            LastSentAt = subscription.LastSentAt,
        };
    }
}
