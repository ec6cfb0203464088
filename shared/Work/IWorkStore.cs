using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Work;

/// <summary>Whose steps a list shows.</summary>
public enum WorkView
{
    /// <summary>What the reader may take now, and nobody else has taken.</summary>
    Mine,

    /// <summary>What is assigned to the reader.</summary>
    Assigned,

    /// <summary>What people of the reader's department have, or only they may take.</summary>
    Department,

    /// <summary>What others must do on records on which the reader has worked.</summary>
    Waiting,

    /// <summary>What anybody must do on records that the reader follows.</summary>
    Followed,
}

/// <summary>Which steps, in the words of the reader.</summary>
/// <param name="View">Whose.</param>
/// <param name="Reader">The reader.</param>
/// <param name="Today">The day, company time zone.</param>
public sealed record WorkCriteria(WorkView View, Actor Reader, DateOnly Today)
{
    /// <summary>Due before this instant.</summary>
    public DateTimeOffset? DueBefore { get; init; }

    /// <summary>Kinds of records; null for all.</summary>
    public IReadOnlyList<string>? Kinds { get; init; }

    /// <summary>Severities; null for all.</summary>
    public IReadOnlyList<string>? Severities { get; init; }

    /// <summary>Steps of these records only; null for all.</summary>
    public IReadOnlyCollection<Guid>? Records { get; init; }

    /// <summary>Also what the reader has put off.</summary>
    public bool WithSnoozed { get; init; }

    /// <summary>The last step of the page before.</summary>
    public WorkCursor? After { get; init; }

    /// <summary>Words by which the reader's steps are found.</summary>
    public ReaderWords Words { get; } = ReaderWords.Of(Reader);
}

/// <summary>The words by which the steps of a reader are found.</summary>
/// <param name="Taking">Under which the reader is a taker, see <see cref="Taker.KeysOf"/>.</param>
/// <param name="Excepted">Under which the reader is an exception.</param>
/// <param name="OfDepartment">Those of the first that name the reader's department.</param>
public sealed record ReaderWords(
    IReadOnlyList<string> Taking,
    IReadOnlyList<string> Excepted,
    IReadOnlyList<string> OfDepartment
)
{
    /// <summary>The words of an actor.</summary>
    public static ReaderWords Of(Actor reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var taking = Taker.KeysOf(reader);
        return new(
            taking,
            People.ExceptionKeysOf(reader),
            reader.Department is { } own ? [.. taking.Where(w => w.EndsWith("#" + own, StringComparison.Ordinal))] : []
        );
    }

    /// <summary>Whether the reader may take the step.</summary>
    public bool MayTake(WorkRow step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return step.Takers.Intersect(Taking).Any() && !step.Exceptions.Intersect(Excepted).Any();
    }
}

/// <summary>The instants before which a step is overdue, due today, due this week.</summary>
public sealed record WorkDays(DateTimeOffset Now, DateTimeOffset Tomorrow, DateTimeOffset Monday);

/// <summary>How many steps there are.</summary>
/// <param name="All">All of them.</param>
/// <param name="Overdue">Past their instant.</param>
/// <param name="Today">Due today, or overdue.</param>
/// <param name="Week">Due up to Sunday, or overdue.</param>
public sealed record WorkTally(int All, int Overdue, int Today, int Week)
{
    /// <summary>No step.</summary>
    public static WorkTally None { get; } = new(0, 0, 0, 0);
}

/// <summary>The work lists of a store.</summary>
public interface IWorkStore
{
    /// <summary>The steps in order of their due instants.</summary>
    Task<IReadOnlyList<WorkRow>> ListAsync(WorkCriteria criteria, int most, CancellationToken cancellation);

    /// <summary>How many there are.</summary>
    Task<int> CountAsync(WorkCriteria criteria, CancellationToken cancellation);

    /// <summary>How many there are in all, and due before each instant.</summary>
    Task<WorkTally> TallyAsync(WorkCriteria criteria, WorkDays days, CancellationToken cancellation);

    /// <summary>All steps of a record.</summary>
    Task<IReadOnlyList<WorkRow>> OfRecordAsync(Guid recordId, CancellationToken cancellation);

    /// <summary>Records whose steps time alone can change, in the store's order of identities.</summary>
    Task<IReadOnlyList<Guid>> DependingOnTimeAsync(Guid after, int limit, CancellationToken cancellation);

    /// <summary>How many records of each kind have a step that was due before the instant.</summary>
    Task<IReadOnlyDictionary<string, long>> CountOverdueAsync(DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Writes the steps of a record again where time alone has changed them; saved with the commit.</summary>
    /// <returns>Whether they differ.</returns>
    Task<bool> RefreshAsync(Guid recordId, CancellationToken cancellation);

    /// <summary>Puts a step off for one person, or with null shows it again. It is saved with the command.</summary>
    Task SnoozeAsync(Actor person, Guid recordId, string action, DateOnly? until, CancellationToken cancellation);
}
