using System.Globalization;
using CustomerService.Mailing;
using CustomerService.Rules;

namespace CustomerService.Records;

/// <summary>Where a mail stands.</summary>
public enum MailState
{
    /// <summary>It waits for its first try, or for the next one.</summary>
    Waiting,

    /// <summary>It is being handed to the server.</summary>
    Sending,

    /// <summary>The server took it.</summary>
    Sent,

    /// <summary>It was given up.</summary>
    Failed,
}

/// <summary>A mail to be written.</summary>
public sealed record NewMail
{
    /// <summary>What it is about, for example <c>answer</c>.</summary>
    public required string Occasion { get; init; }

    /// <summary>Who gets it.</summary>
    public required MailReader To { get; init; }

    /// <summary>Its language.</summary>
    public required string Language { get; init; }

    /// <summary>One line.</summary>
    public required string Subject { get; init; }

    /// <summary>The text: only what its reader may know.</summary>
    public required string Text { get; init; }

    /// <summary>What goes with it.</summary>
    public IReadOnlyList<MailFile> Files { get; init; } = [];
}

/// <summary>
/// A mail about a record on its way to somebody outside, rule S2: written in the commit that says so, sent by a job, and
/// tried again until it is taken or given up. What it says goes with its end, because it may hold the secret of a link;
/// that it was sent, to whom and when stays.
/// </summary>
public sealed class OutgoingMail : Aggregate
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

    // Longer than a mail server may take: who began to send it has ended, one way or the other.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);
    private const int LongestError = 500;

    private OutgoingMail() { }

    /// <inheritdoc/>
    public override string Kind => RecordParts.Mail;

    /// <inheritdoc/>
    public override string StateName => State.ToKebab();

    /// <summary>Kind of the record that it is about.</summary>
    public string RecordKind { get; private set; } = "";

    /// <summary>The record that it is about.</summary>
    public Guid RecordId { get; private set; }

    /// <summary>What it is about.</summary>
    public string Occasion { get; private set; } = "";

    /// <summary>Where it stands.</summary>
    public MailState State { get; private set; }

    /// <summary>Address of its reader.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Its reader.</summary>
    public string? ReaderName { get; private set; }

    /// <summary>Its language.</summary>
    public string Language { get; private set; } = "";

    /// <summary>One line.</summary>
    public string Subject { get; private set; } = "";

    /// <summary>The text; null at its end.</summary>
    public string? Text { get; private set; }

    /// <summary>What goes with it; none at its end.</summary>
    public IReadOnlyList<MailFile> Files { get; private set; } = [];

    /// <summary>When it is tried next, UTC; while it is tried, when another may take it over; null at its end.</summary>
    public DateTimeOffset? NextAt { get; private set; }

    /// <summary>How often it was tried.</summary>
    public int Tries { get; private set; }

    /// <summary>When it was sent or given up, UTC.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>A mail that is sent after the commit.</summary>
    public static OutgoingMail Write(CommandContext context, RecordRef about, NewMail mail)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(about);
        ArgumentNullException.ThrowIfNull(mail);
        var written = new OutgoingMail
        {
            Id = Guid.CreateVersion7(context.Now),
            RecordKind = about.Kind,
            RecordId = about.Id,
            Occasion = mail.Occasion,
            Address = mail.To.Address,
            ReaderName = mail.To.Name,
            Language = mail.Language,
            Subject = mail.Subject,
            Text = mail.Text,
            Files = mail.Files,
            NextAt = context.Now,
        };
        written.Record(context, "write", null, written.StateName, mail.Occasion);
        return written;
    }

    /// <summary>Takes it to be sent; nobody else does meanwhile.</summary>
    /// <returns>False where it is not to be sent now.</returns>
    public bool Take(CommandContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (NextAt is not { } next || next > context.Now)
        {
            return false;
        }

        Tries++;
        NextAt = context.Now + Lease;
        Step(context, "try", MailState.Sending, Tries.ToString(CultureInfo.InvariantCulture));
        return true;
    }

    /// <summary>The mail for the server.</summary>
    public MailToSend ToSend() => new(Id, [new(Address, ReaderName)], Subject, Text ?? "", Files);

    /// <summary>The server took it.</summary>
    public void End(CommandContext context) => End(context, "send", MailState.Sent, null);

    /// <summary>A try failed; it comes again, or is given up.</summary>
    /// <param name="context">Who tried.</param>
    /// <param name="error">What went wrong.</param>
    /// <param name="final">Whether the server will never take it.</param>
    public void Fail(CommandContext context, string error, bool final)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(error);
        var why = error.Length > LongestError ? error[..LongestError] : error;
        if (final || Tries > Pauses.Count)
        {
            End(context, "give-up", MailState.Failed, why);
            return;
        }

        NextAt = context.Now + Pauses[Tries - 1];
        Step(context, "fail", MailState.Waiting, why);
    }

    private void End(CommandContext context, string action, MailState state, string? why)
    {
        (Text, Files, NextAt, EndedAt) = (null, [], null, context.Now);
        Step(context, action, state, why);
    }

    private void Step(CommandContext context, string action, MailState state, string? why)
    {
        var from = StateName;
        State = state;
        Record(context, action, from, StateName, why);
    }
}
