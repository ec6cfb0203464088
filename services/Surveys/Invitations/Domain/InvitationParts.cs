using CustomerService.Rules;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.Responses.Domain;

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

    /// <summary>Where the link is sent by mail; null takes the customer's address on record.</summary>
    public string? Email { get; init; }

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

    /// <summary>Model of the product that it is about.</summary>
    public string? Product { get; init; }

    /// <summary>Language of the recipient; null is the company's.</summary>
    public string? Language { get; init; }

    /// <summary>The campaign that asks.</summary>
    public Guid? CampaignId { get; init; }

    /// <summary>The batch of sheets that the code is printed in.</summary>
    public Guid? BatchId { get; init; }

    /// <summary>How the link reaches the customer.</summary>
    public InvitationChannel Channel { get; init; }

    /// <summary>End of the campaign that asks, which no link outlives.</summary>
    public DateOnly? LastDay { get; init; }
}

/// <summary>How a link reaches the customer.</summary>
internal enum InvitationChannel
{
    /// <summary>By a message, which other services send.</summary>
    Message,

    /// <summary>As a code on a printed sheet.</summary>
    Sheet,

    /// <summary>The link of a campaign that is open to everybody who has it.</summary>
    Open,

    /// <summary>As a code on a sheet of an anonymous campaign; such an invitation is never kept.</summary>
    Anonymous,

    /// <summary>Staff hold the form: an interview, or a form on paper.</summary>
    Staff,
}

/// <summary>How staff took answers down.</summary>
/// <param name="Mode">In an interview, or from paper.</param>
/// <param name="At">When the customer gave them; null for now.</param>
/// <param name="NamedScans">Scans of the paper that were named.</param>
/// <param name="Scans">Those of them that are files of this invitation.</param>
internal sealed record TakenDown(AnswerMode Mode, DateTimeOffset? At = null, int NamedScans = 0, int Scans = 0);

/// <summary>The link that goes to the customer.</summary>
/// <param name="TokenHash">What is kept of its token.</param>
/// <param name="Address">The whole address, for the customer alone.</param>
/// <param name="Seed">From which the token can be made again, with a key that the store does not have.</param>
internal sealed record IssuedLink(string TokenHash, string Address, Guid? Seed = null);

/// <summary>What is known of a recipient before they are asked (C5.8.2).</summary>
/// <param name="LastAskedOn">Day on which they were last asked, in whatever population.</param>
/// <param name="HasOptedOut">They do not want to be asked.</param>
/// <param name="HasOpenCase">A complaint or repair of theirs is open.</param>
internal sealed record ContactHistory(DateOnly? LastAskedOn, bool HasOptedOut, bool HasOpenCase)
{
    public static ContactHistory None { get; } = new(null, HasOptedOut: false, HasOpenCase: false);

    /// <summary>A person: of this organisation, by this name.</summary>
    public static string KeyOf(Guid customer, string contact) => $"{customer:N}/{TextFolding.Key(contact)}";

    /// <summary>The same person, of another organisation.</summary>
    public static string MovedKey(string key, Guid customer) => $"{customer:N}{key[key.IndexOf('/')..]}";

    /// <summary>Why they are left in peace now, asked and reminded neither; null where they are not.</summary>
    public Refusal? WhyInPeace() =>
        HasOptedOut ? Refusal.ByRule("opted-out", "C5.8.2", ["consent"], [Roles.Customer])
        : HasOpenCase
            ? Refusal.ByRule("case-open", "C5.8.2", ["closed-case"], [Roles.CustomerService, Roles.Engineering])
        : null;

    /// <summary>Why they are not asked now; null where they may be.</summary>
    public Refusal? WhyNot(CommandContext context)
    {
        if (WhyInPeace() is { } peace)
        {
            return peace;
        }

        var days = context.Policy.Surveys.RecontactDays;
        return LastAskedOn is { } asked && asked.AddDays(days) > context.Today
            ? Refusal
                .ByRule("asked-recently", "C5.8.2", ["later-day"], InvitationFlow.Senders)
                .With("from", asked.AddDays(days))
            : null;
    }
}
