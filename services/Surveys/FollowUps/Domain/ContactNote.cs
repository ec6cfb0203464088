using CustomerService.Contracts.Surveys.V1;
using CustomerService.Rules;

namespace CustomerService.Surveys.FollowUps.Domain;

/// <summary>Internal contact note 內部聯絡單 (C5.9).</summary>
internal sealed class ContactNote : Aggregate<ContactNote, ContactNoteState, ContactNoteAction>, IUnderPolicy
{
    private ContactNote() { }

    public override string Kind => "contact-note";

    public override WorkSubject WorkSubject => new(Number, Findings.Text);

    protected override DateTimeOffset? DueOf(ContactNoteAction action, CommandContext context) =>
        context.Zone.EndOf(DueOn);

    public string Number { get; private set; } = "";

    public string Department { get; private set; } = "";

    public Findings Findings { get; private set; } = null!;

    /// <summary>Last day on which the department answers, and then carries out.</summary>
    public DateOnly DueOn { get; private set; }

    public Stamp IssuedBy { get; private set; } = null!;

    public Stamp? ReceivedBy { get; private set; }

    public string? Measures { get; private set; }

    public Stamp? MeasuresBy { get; private set; }

    public string? Execution { get; private set; }

    public Stamp? DoneBy { get; private set; }

    public Stamp? ByQuality { get; private set; }

    public Stamp? ByService { get; private set; }

    public int SentBack { get; private set; }

    public int PolicyVersion { get; private set; }

    protected override Flow<ContactNote, ContactNoteState, ContactNoteAction> Table => ContactNoteFlow.Table;

    public static Result<ContactNote> Issue(CommandContext context, string number, Findings findings)
    {
        var note = new ContactNote { Id = Guid.CreateVersion7(context.Now), Findings = findings };
        if (note.Start(context, ContactNoteAction.Issue) is { } refusal)
        {
            return refusal;
        }

        (note.Number, note.Department) = (number, findings.Department);
        note.DueOn = context.Today.AddDays(context.Policy.Surveys.ContactNoteDays);
        note.IssuedBy = Stamp.Of(context);
        note.PolicyVersion = context.Policy.Version;
        note.Raise(new ContactNoteIssued(note.Id, note.Version, number, note.Department, note.DueOn, context.Today));
        return note;
    }

    public Refusal? Receive(CommandContext context) =>
        Transition(context, ContactNoteAction.Receive, change: () => ReceivedBy = Stamp.Of(context));

    /// <param name="context">Somebody of the department.</param>
    /// <param name="measures">What it does.</param>
    /// <param name="doneBy">Until when, where it says an earlier day.</param>
    public Refusal? SetMeasures(CommandContext context, string measures, DateOnly? doneBy) =>
        Transition(
            context,
            ContactNoteAction.SetMeasures,
            new GivenMeasures(doneBy),
            why: measures,
            change: () =>
            {
                (Measures, MeasuresBy) = (measures, Stamp.Of(context));
                DueOn = doneBy ?? DueOn;
            }
        );

    /// <summary>The department has until a later day.</summary>
    public Refusal? Extend(CommandContext context, DateOnly until, string reason) =>
        Transition(context, ContactNoteAction.Extend, until, why: reason, change: () => DueOn = until);

    public Refusal? ReportDone(CommandContext context, string execution) =>
        Transition(
            context,
            ContactNoteAction.ReportDone,
            why: execution,
            change: () => (Execution, DoneBy) = (execution, Stamp.Of(context))
        );

    public Refusal? VerifyByQuality(CommandContext context, string finding) =>
        Verify(context, ContactNoteAction.VerifyByQuality, finding, () => ByQuality = Stamp.Of(context));

    public Refusal? VerifyByService(CommandContext context, string finding) =>
        Verify(context, ContactNoteAction.VerifyByService, finding, () => ByService = Stamp.Of(context));

    /// <summary>It does not work: the department measures again.</summary>
    public Refusal? SendBack(CommandContext context, string reason) =>
        Transition(
            context,
            ContactNoteAction.SendBack,
            why: reason,
            change: () =>
            {
                (ByQuality, ByService) = (null, null);
                SentBack++;
                DueOn = context.Today.AddDays(context.Policy.Surveys.ContactNoteDays);
            }
        );

    public Refusal? Withdraw(CommandContext context, string reason) =>
        Transition(context, ContactNoteAction.Withdraw, why: reason);

    private Refusal? Verify(CommandContext context, ContactNoteAction action, string finding, Action change) =>
        Transition(
            context,
            action,
            why: finding,
            change: () =>
            {
                change();
                if (State == ContactNoteState.Verified)
                {
                    Raise(new ContactNoteVerified(Id, Version, Number, Department, context.Today));
                }
            }
        );
}
