using System.Text.Json.Serialization;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.FollowUps.Domain;

namespace CustomerService.Surveys.FollowUps.Features;

/// <summary>An internal contact note 內部聯絡單. For staff alone.</summary>
internal sealed record ContactNoteView
{
    public required Guid Id { get; init; }

    public required string Number { get; init; }

    public required ContactNoteState State { get; init; }

    public required long Version { get; init; }

    /// <summary>What the caller may do now.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    /// <summary>Code of the department.</summary>
    public required string Department { get; init; }

    /// <summary>What the forms say.</summary>
    public required Findings Findings { get; init; }

    /// <summary>Last day on which the department answers, and then carries out.</summary>
    public required DateOnly DueOn { get; init; }

    /// <summary>Whether that day is over and the department has not carried out.</summary>
    public required bool Overdue { get; init; }

    public required Stamp IssuedBy { get; init; }

    public Stamp? ReceivedBy { get; init; }

    public string? Measures { get; init; }

    public Stamp? MeasuresBy { get; init; }

    public string? Execution { get; init; }

    public Stamp? DoneBy { get; init; }

    public Stamp? VerifiedByQuality { get; init; }

    public Stamp? VerifiedByService { get; init; }

    /// <summary>How often it came back as not working.</summary>
    public required int SentBack { get; init; }

    public static ContactNoteView From(ContactNote n, Caller caller) =>
        new()
        {
            Id = n.Id,
            Number = n.Number,
            State = n.State,
            Version = n.Version,
            Actions = n.AllowedActions(caller.Context(n)),
            Department = n.Department,
            Findings = n.Findings,
            DueOn = n.DueOn,
            Overdue = n.State < ContactNoteState.Done && caller.Today > n.DueOn,
            IssuedBy = n.IssuedBy,
            ReceivedBy = n.ReceivedBy,
            Measures = n.Measures,
            MeasuresBy = n.MeasuresBy,
            Execution = n.Execution,
            DoneBy = n.DoneBy,
            VerifiedByQuality = n.ByQuality,
            VerifiedByService = n.ByService,
            SentBack = n.SentBack,
        };
}
