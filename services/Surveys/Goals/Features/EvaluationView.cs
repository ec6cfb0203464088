using System.Text.Json.Serialization;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Goals.Domain;

namespace CustomerService.Surveys.Goals.Features;

/// <summary>A department's evaluation. For staff alone.</summary>
internal sealed record EvaluationView
{
    public required Guid Id { get; init; }

    /// <summary>Number of the criticism, where there is one.</summary>
    public string? Number { get; init; }

    public required EvaluationState State { get; init; }

    public required long Version { get; init; }

    /// <summary>What the caller may do now.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    /// <summary>Code of the department.</summary>
    public required string Department { get; init; }

    public required DateOnly From { get; init; }

    public required DateOnly To { get; init; }

    /// <summary>Quality goal in percent.</summary>
    public required decimal GoalPercent { get; init; }

    /// <summary>Forms recovered.</summary>
    public required int Recovered { get; init; }

    /// <summary>Of these, satisfied.</summary>
    public required int Satisfied { get; init; }

    /// <summary>The rate; null, never 0, where none was recovered.</summary>
    public decimal? Percent { get; init; }

    /// <summary>The department has corrected by the end of this day.</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>Last day on which the criticism stands on the board.</summary>
    public DateOnly? NoticeThrough { get; init; }

    public string? Reward { get; init; }

    public Stamp? GrantedBy { get; init; }

    public Stamp? NotedBy { get; init; }

    /// <summary>The rate at the deadline; null until then, or where no form came.</summary>
    public decimal? PercentAgain { get; init; }

    /// <summary>Forms recovered since the order.</summary>
    public int? RecoveredAgain { get; init; }

    /// <summary>Minutes of the heads' meeting.</summary>
    public string? Minutes { get; init; }

    public static EvaluationView Of(Evaluation e, Caller caller) =>
        new()
        {
            Id = e.Id,
            Number = e.Notice,
            State = e.State,
            Version = e.Version,
            Actions = e.AllowedActions(caller.Context(e)),
            Department = e.Department,
            From = e.From,
            To = e.To,
            GoalPercent = e.GoalPercent,
            Recovered = e.Recovered,
            Satisfied = e.Satisfied,
            Percent = e.Percent,
            DueOn = e.DueOn,
            NoticeThrough = e.NoticeThrough,
            Reward = e.Reward,
            GrantedBy = e.GrantedBy,
            NotedBy = e.NotedBy,
            PercentAgain = e.PercentAgain,
            RecoveredAgain = e.RecoveredAgain,
            Minutes = e.Minutes,
        };
}
