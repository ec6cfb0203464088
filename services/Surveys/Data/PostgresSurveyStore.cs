using System.Runtime.CompilerServices;
using CustomerService.Messaging;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Domain;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Surveys.Data;

/// <summary>The store on PostgreSQL. The commit is the one of every service: one <c>SaveChanges</c> of the
/// context.</summary>
/// <param name="db">The context, shared with outbox and inbox.</param>
/// <param name="commands">The commit that ServiceDefaults has for a context.</param>
internal sealed class PostgresSurveyStore(
    SurveysDb db,
    [FromKeyedServices(PostgresSurveyStore.CommandsKey)] ICommandStore commands
) : ISurveyStore
{
    /// <summary>Under this key the commit of ServiceDefaults stands.</summary>
    public const string CommandsKey = "ef";

    public void Add(Invitation invitation) =>
        db.Watch(
            invitation,
            new InvitationRow
            {
                Id = invitation.Id,
                Version = invitation.Version,
                Body = "{}",
            }
        );

    public void Add(SurveyForm form) =>
        db.Watch(
            form,
            new FormRow
            {
                Id = form.Id,
                Version = form.Version,
                Body = "{}",
            }
        );

    public async Task<Invitation?> FindInvitationAsync(Guid id, CancellationToken cancellationToken) =>
        await db.Invitations.FirstOrDefaultAsync(r => r.Id == id, cancellationToken) is { } row
            ? db.Watch(row, Documents.Read<Invitation>)
            : null;

    public async Task<Invitation?> FindInvitationByTokenAsync(string tokenHash, CancellationToken cancellationToken) =>
        await db.Invitations.FirstOrDefaultAsync(r => r.TokenHash == tokenHash, cancellationToken) is { } row
            ? db.Watch(row, Documents.Read<Invitation>)
            : null;

    public Task<bool> HasInvitationAsync(string occasion, CancellationToken cancellationToken) =>
        db.Invitations.AnyAsync(r => r.Occasion == occasion, cancellationToken);

    public async Task<SurveyForm?> FindFormAsync(Guid id, CancellationToken cancellationToken) =>
        await db.Forms.FirstOrDefaultAsync(r => r.Id == id, cancellationToken) is { } row
            ? db.Watch(row, Documents.Read<SurveyForm>)
            : null;

    public async Task<IReadOnlyList<Invitation>> ListAsync(
        InvitationFilter filter,
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        var rows = Documented(db.Invitations, filter.CustomerId, filter.Survey, filter.Department);
        if (filter.State is { } state)
        {
            var text = Documents.Text(state);
            rows = rows.Where(r => r.State == text);
        }

        if (filter.SourceId is { } source)
        {
            var text = source.ToString("D");
            rows = rows.Where(r => r.SourceId == text);
        }

        rows = Sent(rows, filter.From, filter.To);
        return [.. (await PageAsync(rows, page, cancellationToken)).Select(Documents.Read<Invitation>)];
    }

    public async Task<IReadOnlyList<SurveyForm>> ListAsync(
        FormFilter filter,
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        var rows = Documented(db.Forms, filter.CustomerId, filter.Survey, filter.Department);
        if (filter.Verdict is { } verdict)
        {
            var text = Documents.Text(verdict);
            rows = rows.Where(r => r.Verdict == text);
        }

        if (filter.InvitationId is { } invitation)
        {
            rows = rows.Where(r => r.InvitationId == invitation);
        }

        rows = Recovered(rows, filter.From, filter.To);
        return [.. (await PageAsync(rows, page, cancellationToken)).Select(Documents.Read<SurveyForm>)];
    }

    public async Task<IReadOnlyList<Guid>> ListOverdueAsync(
        DateTimeOffset now,
        int limit,
        CancellationToken cancellationToken
    )
    {
        string[] open = [Documents.Text(InvitationState.Sent), Documents.Text(InvitationState.Opened)];
        var instant = Documents.Text(now);
        return await db
            .Invitations.AsNoTracking()
            .Where(r => open.Contains(r.State) && string.Compare(r.ExpiresAt, instant) <= 0)
            .OrderBy(r => r.ExpiresAt)
            .Take(limit)
            .Select(r => r.Id)
            .ToListAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<SentTally>> CountSentAsync(TallyFilter filter, CancellationToken cancellationToken)
    {
        var rows = Sent(Documented(db.Invitations, null, filter.Survey, filter.Department), filter.From, filter.To);
        var groups = await rows.GroupBy(r => r.Department)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToListAsync(cancellationToken);
        return [.. groups.Select(g => new SentTally(g.Key, g.Count))];
    }

    public async Task<IReadOnlyList<RecoveredTally>> CountRecoveredAsync(
        TallyFilter filter,
        CancellationToken cancellationToken
    )
    {
        var rows = Recovered(Documented(db.Forms, null, filter.Survey, filter.Department), filter.From, filter.To);
        var groups = await rows.GroupBy(r => new { r.Department, r.Overall })
            .Select(g => new { g.Key, Count = g.Count() })
            .ToListAsync(cancellationToken);
        return
        [
            .. groups.Select(g => new RecoveredTally(
                g.Key.Department,
                Enum.GetValues<Grade>().First(grade => Documents.Text(grade) == g.Key.Overall),
                g.Count
            )),
        ];
    }

    public async Task<IReadOnlyList<AuditEntry>> ReadAuditAsync(
        Guid aggregateId,
        CancellationToken cancellationToken
    ) =>
        [
            .. (
                await db.Set<AuditRow>()
                    .AsNoTracking()
                    .Where(r => r.AggregateId == aggregateId)
                    .OrderBy(r => r.Sequence)
                    .ToListAsync(cancellationToken)
            ).Select(r => r.ToEntry()),
        ];

    public async IAsyncEnumerable<AuditEntry> ReadAuditTrailAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (
            var row in db.Set<AuditRow>()
                .AsNoTracking()
                .OrderBy(r => r.AggregateId)
                .ThenBy(r => r.Sequence)
                .AsAsyncEnumerable()
                .WithCancellation(cancellationToken)
        )
        {
            yield return row.ToEntry();
        }
    }

    public async IAsyncEnumerable<DocumentHead> ReadAuditHeadsAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (
            var row in db
                .Invitations.AsNoTracking()
                .Select(r => new { r.Id, r.AuditHead })
                .AsAsyncEnumerable()
                .WithCancellation(cancellationToken)
        )
        {
            yield return new("invitation", row.Id, row.AuditHead);
        }

        await foreach (
            var row in db
                .Forms.AsNoTracking()
                .Select(r => new { r.Id, r.AuditHead })
                .AsAsyncEnumerable()
                .WithCancellation(cancellationToken)
        )
        {
            yield return new("survey-form", row.Id, row.AuditHead);
        }
    }

    public async Task<AuditHead?> ReadAuditHeadAsync(Guid id, CancellationToken cancellationToken) =>
        await db
            .Invitations.AsNoTracking()
            .Where(r => r.Id == id)
            .Select(r => r.AuditHead)
            .FirstOrDefaultAsync(cancellationToken)
            is { } invitation
            ? new("invitation", invitation)
        : await db
            .Forms.AsNoTracking()
            .Where(r => r.Id == id)
            .Select(r => r.AuditHead)
            .FirstOrDefaultAsync(cancellationToken)
            is { } form
            ? new("survey-form", form)
        : null;

    public Task<CommandOutcome?> FindOutcomeAsync(string actorId, string key, CancellationToken cancellationToken) =>
        commands.FindOutcomeAsync(actorId, key, cancellationToken);

    public Task<int> PurgeOutcomesAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        commands.PurgeOutcomesAsync(before, cancellationToken);

    public Task<Commit> CommitAsync(CommandOutcome? outcome, CancellationToken cancellationToken) =>
        // Inside a consumer the inbox commits, once, at the end.
        db.IsConsuming()
            ? Task.FromResult(Commit.Done)
            : commands.CommitAsync(outcome, cancellationToken);

    public bool Forget()
    {
        db.Forget();
        return true;
    }

    private static IQueryable<T> Documented<T>(
        IQueryable<T> rows,
        Guid? customer,
        SurveyKind? survey,
        string? department
    )
        where T : DocumentRow
    {
        rows = rows.AsNoTracking();
        if (customer is { } id)
        {
            rows = rows.Where(r => r.CustomerId == id);
        }

        if (survey is { } kind)
        {
            var text = Documents.Text(kind);
            rows = rows.Where(r => r.Survey == text);
        }

        return department is null ? rows : rows.Where(r => r.Department == department);
    }

    // Days are texts of fixed width under collation "C": the order of the texts is the order of the days.
    private static IQueryable<InvitationRow> Sent(IQueryable<InvitationRow> rows, DateOnly? from, DateOnly? to)
    {
        if (from is { } first)
        {
            var text = Documents.Text(first);
            rows = rows.Where(r => string.Compare(r.SentOn, text) >= 0);
        }

        if (to is { } last)
        {
            var text = Documents.Text(last);
            rows = rows.Where(r => string.Compare(r.SentOn, text) <= 0);
        }

        return rows;
    }

    private static IQueryable<FormRow> Recovered(IQueryable<FormRow> rows, DateOnly? from, DateOnly? to)
    {
        if (from is { } first)
        {
            var text = Documents.Text(first);
            rows = rows.Where(r => string.Compare(r.RecoveredOn, text) >= 0);
        }

        if (to is { } last)
        {
            var text = Documents.Text(last);
            rows = rows.Where(r => string.Compare(r.RecoveredOn, text) <= 0);
        }

        return rows;
    }

    private static Task<List<string>> PageAsync<T>(
        IQueryable<T> rows,
        PageRequest page,
        CancellationToken cancellationToken
    )
        where T : DocumentRow
    {
        if (page.After is { } after)
        {
            rows = rows.Where(r => r.Id < after);
        }

        return rows.OrderByDescending(r => r.Id)
            .Take(page.Limit + 1)
            .Select(r => r.Body)
            .ToListAsync(cancellationToken);
    }
}
