using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Contracts.Complaints.V1;
using CustomerService.Rules;

namespace CustomerService.Complaints.Letters.Domain;

/// <summary>The letter in one language.</summary>
internal sealed record LetterText(string Language, string Subject, string Body);

/// <summary>What of the customer's goods is affected, from the traceability table.</summary>
internal sealed record AffectedGoods(TraceKind Kind, string Identity, string? Place, int Quantity);

/// <summary>What the customer says is with the goods.</summary>
/// <param name="InStock">Still with the customer.</param>
/// <param name="Delivered">Passed on, used or built in.</param>
internal sealed record AffectedAnswer(int InStock, int Delivered, string Text);

/// <summary>An answer with who recorded it.</summary>
internal sealed record RecordedAnswer(AffectedAnswer Answer, DateOnly On, Stamp By);

/// <summary>A letter to a customer whose goods are affected: what is affected, what to do, and to be answered (C5.6.1,
/// C7).</summary>
internal sealed class AffectedLetter
    : Aggregate<AffectedLetter, AffectedLetterState, AffectedLetterAction>,
        IUnderPolicy
{
    /// <summary>Prefix of the number, which may have gaps.</summary>
    public const string NumberKind = "YX";

    private AffectedLetter() { }

    protected override Flow<AffectedLetter, AffectedLetterState, AffectedLetterAction> Table =>
        AffectedLetterFlow.Table;

    public override string Kind => "affected-letter";

    public override WorkSubject WorkSubject => new(Number, $"{CustomerName} · {Subject}");

    protected override DateTimeOffset? DueOf(AffectedLetterAction action, CommandContext context) =>
        action == AffectedLetterAction.Answer && AnswerDueOn is { } due ? context.Zone.EndOf(due) : null;

    // Only what was sent waits for the customer.
    public override Guid? OutsideOrganisation(string role) => role == Roles.Customer ? CustomerId : null;

    public string Number { get; private set; } = "";

    public int PolicyVersion { get; private set; }

    public Guid ComplaintId { get; private set; }

    public string ComplaintNumber { get; private set; } = "";

    public Guid CustomerId { get; private set; }

    public string CustomerName { get; private set; } = "";

    /// <summary>The customer's.</summary>
    public string Language { get; private set; } = "zh-Hant";

    public string Subject { get; private set; } = "";

    public string Body { get; private set; } = "";

    public IReadOnlyList<AffectedGoods> Goods { get; private set; } = [];

    /// <summary>How many are affected.</summary>
    public int Quantity { get; private set; }

    public Stamp WrittenBy { get; private set; } = null!;

    public Stamp? SentBy { get; private set; }

    public DateOnly? SentOn { get; private set; }

    /// <summary>How it was sent: by mail, by hand …</summary>
    public string? SentVia { get; private set; }

    /// <summary>By the end of this day it is answered; put off with each reminder.</summary>
    public DateOnly? AnswerDueOn { get; private set; }

    public int Reminders { get; private set; }

    public RecordedAnswer? Answer { get; private set; }

    /// <summary>Writes the letter to one customer.</summary>
    /// <param name="context">Who writes it.</param>
    /// <param name="number">Its number.</param>
    /// <param name="complaint">The complaint with the traceability table.</param>
    /// <param name="customerId">A customer of that table.</param>
    /// <param name="language">The customer's.</param>
    /// <param name="texts">At least one; without the customer's language the first is taken.</param>
    public static Result<AffectedLetter> Write(
        CommandContext context,
        string number,
        Complaint complaint,
        Guid customerId,
        string language,
        IReadOnlyList<LetterText> texts
    )
    {
        var text = texts.FirstOrDefault(one => one.Language == language) ?? texts[0];
        var lines = complaint.TraceLines.Where(line => line.CustomerId == customerId).ToList();
        var letter = new AffectedLetter { Id = Guid.CreateVersion7(context.Now) };
        if (letter.Start(context, AffectedLetterAction.Write, text.Subject) is { } refusal)
        {
            return refusal;
        }

        letter.Number = number;
        letter.PolicyVersion = context.Policy.Version;
        (letter.ComplaintId, letter.ComplaintNumber) = (complaint.Id, complaint.Number);
        (letter.CustomerId, letter.CustomerName) = (customerId, lines[0].CustomerName ?? "");
        (letter.Language, letter.Subject, letter.Body) = (text.Language, text.Subject, text.Body);
        letter.Goods =
        [
            .. lines.Select(line => new AffectedGoods(line.Kind, line.Identity, line.Place, line.Quantity)),
        ];
        letter.Quantity = lines.Sum(line => line.Quantity);
        letter.WrittenBy = Stamp.Of(context);
        return letter;
    }

    /// <summary>The customers of a traceability table that have no letter about it yet.</summary>
    public static IReadOnlyList<Guid> ToWriteTo(Complaint complaint, IEnumerable<AffectedLetter> written)
    {
        var known = written
            .Where(letter => letter.State != AffectedLetterState.Cancelled)
            .Select(letter => letter.CustomerId)
            .ToHashSet();
        return
        [
            .. complaint
                .TraceLines.Select(line => line.CustomerId)
                .OfType<Guid>()
                .Distinct()
                .Where(customer => !known.Contains(customer)),
        ];
    }

    /// <summary>The registry calls the customer otherwise (S3); once it is sent it keeps its words.</summary>
    public void FollowName(CommandContext context, string name)
    {
        if (State == AffectedLetterState.Written && CustomerName != name)
        {
            Record(context, "follow-registry", State.ToKebab(), State.ToKebab(), $"{CustomerName} → {name}");
            CustomerName = name;
        }
    }

    /// <summary>It was sent; the customer has some days to answer.</summary>
    public Refusal? Send(CommandContext context, string via) =>
        Transition(
            context,
            AffectedLetterAction.Send,
            why: via,
            change: () =>
            {
                (SentBy, SentOn, SentVia) = (Stamp.Of(context), context.Today, via);
                AnswerDueOn = context.Today.AddDays(context.Policy.Complaints.LetterAnswerDays);
                Raise(
                    new AffectedLetterSent(
                        Id,
                        Version,
                        ComplaintId,
                        CustomerId,
                        Language,
                        Subject,
                        Body,
                        AnswerDueOn.Value,
                        context.Today
                    )
                );
            }
        );

    /// <summary>It was not answered in time: the customer is reminded, and has as many days again.</summary>
    public Refusal? Remind(CommandContext context) =>
        Transition(
            context,
            AffectedLetterAction.Remind,
            change: () =>
            {
                Reminders++;
                AnswerDueOn = context.Today.AddDays(context.Policy.Complaints.LetterAnswerDays);
                Raise(
                    new AffectedLetterReminded(
                        Id,
                        Version,
                        ComplaintId,
                        CustomerId,
                        Language,
                        Subject,
                        Reminders,
                        AnswerDueOn.Value,
                        context.Today
                    )
                );
            }
        );

    /// <summary>The customer says what is with the goods, or staff record it.</summary>
    public Refusal? RecordAnswer(CommandContext context, AffectedAnswer answer) =>
        Transition(
            context,
            AffectedLetterAction.Answer,
            answer,
            answer.Text,
            () => Answer = new(answer, context.Today, Stamp.Of(context))
        );

    public Refusal? Cancel(CommandContext context, string reason) =>
        Transition(context, AffectedLetterAction.Cancel, why: reason);
}
