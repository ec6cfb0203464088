using System.Text.Json.Serialization;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Reviews.Domain;

namespace CustomerService.Surveys.Reviews.Features;

/// <summary>A half-year review. For staff alone.</summary>
internal sealed record HalfYearReviewView
{
    public required Guid Id { get; init; }

    public required string Number { get; init; }

    public required HalfYearReviewState State { get; init; }

    public required long Version { get; init; }

    /// <summary>What the caller may do now.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    /// <summary>First day.</summary>
    public required DateOnly FirstDay { get; init; }

    /// <summary>Last day.</summary>
    public required DateOnly LastDay { get; init; }

    /// <summary>What the forms say, as it was when the review was opened.</summary>
    public required ReviewFigures Figures { get; init; }

    /// <summary>Chapters below the goal: each needs a measure.</summary>
    public required IReadOnlyList<ReviewChapter> WeakChapters { get; init; }

    /// <summary>What the company says to each chapter.</summary>
    public required IReadOnlyList<ChapterText> Chapters { get; init; }

    public required IReadOnlyList<ReviewMeasure> Measures { get; init; }

    public required Stamp OpenedBy { get; init; }

    public Stamp? IssuedBy { get; init; }

    public Stamp? ClosedBy { get; init; }

    public static HalfYearReviewView From(HalfYearReview r, Caller caller) =>
        new()
        {
            Id = r.Id,
            Number = r.Number,
            State = r.State,
            Version = r.Version,
            Actions = r.AllowedActions(caller.Context(r)),
            FirstDay = r.Period.From,
            LastDay = r.Period.To,
            Figures = r.Figures,
            WeakChapters = [.. r.WeakChapters],
            Chapters = r.Texts,
            Measures = r.Measures,
            OpenedBy = r.OpenedBy,
            IssuedBy = r.IssuedBy,
            ClosedBy = r.ClosedBy,
        };
}
