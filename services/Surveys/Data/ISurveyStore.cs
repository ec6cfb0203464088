using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Domain;

namespace CustomerService.Surveys.Data;

/// <summary>
/// The store of this service: documents, found by what the features ask for. What was found or added is
/// watched; one commit
/// (<see cref="ICommandStore.CommitAsync"/>, or the end of a consumer) writes every change with its expected
/// version, the audit entries,
/// the events, the command's outcome and the inbox entry together, or nothing. Two adapters, PostgreSQL and
/// MongoDB, keep it.
/// </summary>
internal interface ISurveyStore : ICommandStore
{
    void Add(Invitation invitation);

    void Add(SurveyForm form);

    Task<Invitation?> FindInvitationAsync(Guid id, CancellationToken cancellationToken);

    Task<Invitation?> FindInvitationByTokenAsync(string tokenHash, CancellationToken cancellationToken);

    /// <summary>Whether somebody was asked on this occasion already. The store also refuses a second one.</summary>
    Task<bool> HasInvitationAsync(string occasion, CancellationToken cancellationToken);

    Task<SurveyForm?> FindFormAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Newest first; one more than <paramref name="page"/> asks for, so that a following page is known
    /// of.</summary>
    Task<IReadOnlyList<Invitation>> ListAsync(
        InvitationFilter filter,
        PageRequest page,
        CancellationToken cancellationToken
    );

    /// <inheritdoc cref="ListAsync(InvitationFilter, PageRequest, CancellationToken)"/>
    Task<IReadOnlyList<SurveyForm>> ListAsync(FormFilter filter, PageRequest page, CancellationToken cancellationToken);

    /// <summary>Invitations that are still open though their time is over, the oldest first.</summary>
    Task<IReadOnlyList<Guid>> ListOverdueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>Forms sent, by the department that they judge.</summary>
    Task<IReadOnlyList<SentTally>> CountSentAsync(TallyFilter filter, CancellationToken cancellationToken);

    /// <summary>Forms recovered, by department and overall grade.</summary>
    Task<IReadOnlyList<RecoveredTally>> CountRecoveredAsync(TallyFilter filter, CancellationToken cancellationToken);

    /// <summary>The audit entries of one document, in order.</summary>
    Task<IReadOnlyList<AuditEntry>> ReadAuditAsync(Guid aggregateId, CancellationToken cancellationToken);

    /// <summary>Every audit entry, aggregate by aggregate, in order.</summary>
    IAsyncEnumerable<AuditEntry> ReadAuditTrailAsync(CancellationToken cancellationToken);

    /// <summary>What every document remembers as the end of its audit chain.</summary>
    IAsyncEnumerable<DocumentHead> ReadAuditHeadsAsync(CancellationToken cancellationToken);

    /// <summary>What one document remembers as the end of its audit chain, as the store has it now; null when
    /// there is no such document.</summary>
    Task<AuditHead?> ReadAuditHeadAsync(Guid id, CancellationToken cancellationToken);
}

/// <summary>The last audit hash that a document knows of.</summary>
internal sealed record DocumentHead(string Kind, Guid Id, string Hash);

/// <summary>Which invitations; null is any.</summary>
/// <param name="From">First day of sending.</param>
/// <param name="To">Last day of sending.</param>
internal sealed record InvitationFilter(
    Guid? CustomerId = null,
    SurveyKind? Survey = null,
    InvitationState? State = null,
    string? Department = null,
    Guid? SourceId = null,
    DateOnly? From = null,
    DateOnly? To = null
);

/// <summary>Which forms; null is any.</summary>
/// <param name="From">First day of recovery.</param>
/// <param name="To">Last day of recovery.</param>
internal sealed record FormFilter(
    Guid? CustomerId = null,
    SurveyKind? Survey = null,
    Verdict? Verdict = null,
    string? Department = null,
    Guid? InvitationId = null,
    DateOnly? From = null,
    DateOnly? To = null
);

/// <summary>Which forms are counted: those of a period, counted by the day of sending or of recovery.</summary>
internal sealed record TallyFilter(DateOnly From, DateOnly To, SurveyKind? Survey, string? Department);

internal sealed record SentTally(string? Department, int Count);

internal sealed record RecoveredTally(string? Department, Grade Overall, int Count);
