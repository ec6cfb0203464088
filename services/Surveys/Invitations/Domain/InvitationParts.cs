using CustomerService.Surveys.Questionnaires.Domain;

namespace CustomerService.Surveys.Invitations.Domain;

/// <summary>Who is asked and about what.</summary>
internal sealed record Addressee
{
    /// <summary>Kind A to D (C5.8.2).</summary>
    public required SurveyKind Survey { get; init; }

    /// <summary>Organisation of the customer or owner.</summary>
    public required Guid CustomerId { get; init; }

    public required string CustomerName { get; init; }

    /// <summary>Contact person.</summary>
    public required string Contact { get; init; }

    public required string Phone { get; init; }

    /// <summary>Department that the form judges (C5.10); null takes the questionnaire's, if it has one.</summary>
    public string? Department { get; init; }

    /// <summary>What it is about, for example <c>repair-order</c>; null takes the usual one of the kind.</summary>
    public string? Source { get; init; }

    /// <summary>The record.</summary>
    public Guid? SourceId { get; init; }

    /// <summary>Its number for people.</summary>
    public string? SourceNumber { get; init; }

    /// <summary>Deduplication key; null allows any number of invitations.</summary>
    public string? Occasion { get; init; }
}

/// <summary>The link that goes to the customer.</summary>
/// <param name="TokenHash">What is kept of its token.</param>
/// <param name="Address">The whole address, for the customer alone.</param>
internal sealed record IssuedLink(string TokenHash, string Address);
