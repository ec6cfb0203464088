using CustomerService.Rules;
using CustomerService.Surveys.Responses.Domain;

namespace CustomerService.Surveys.FollowUps.Domain;

/// <summary>What a customer is owed for a form: an answer, or service (C5.9).</summary>
internal sealed class OwedAnswer : Aggregate<OwedAnswer, OwedAnswerState, OwedAnswerAction>, IUnderPolicy
{
    private OwedAnswer() { }

    public override string Kind => "owed-answer";

    public override WorkSubject WorkSubject => new(CustomerName, What);

    protected override DateTimeOffset? DueOf(OwedAnswerAction action, CommandContext context) =>
        context.Zone.EndOf(DueOn);

    /// <summary>The form; there is one answer a form.</summary>
    public Guid ResponseId { get; private set; }

    public Guid CustomerId { get; private set; }

    public string CustomerName { get; private set; } = "";

    public string Contact { get; private set; } = "";

    public string Phone { get; private set; } = "";

    /// <summary>What is wanted.</summary>
    public string What { get; private set; } = "";

    public DateOnly DueOn { get; private set; }

    public string? Given { get; private set; }

    public Stamp? GivenBy { get; private set; }

    public int PolicyVersion { get; private set; }

    protected override Flow<OwedAnswer, OwedAnswerState, OwedAnswerAction> Table => OwedAnswerFlow.Table;

    /// <param name="context">The customer who asks for it, or staff who see that it is needed.</param>
    /// <param name="response">The form.</param>
    /// <param name="contact">Whom to answer.</param>
    /// <param name="phone">Telephone number.</param>
    /// <param name="what">What is wanted.</param>
    public static Result<OwedAnswer> Open(
        CommandContext context,
        Response response,
        string contact,
        string phone,
        string what
    )
    {
        var owed = new OwedAnswer { Id = Guid.CreateVersion7(context.Now) };
        if (owed.Start(context, OwedAnswerAction.Open) is { } refusal)
        {
            return refusal;
        }

        owed.ResponseId = response.Id;
        (owed.CustomerId, owed.CustomerName) = (response.CustomerId, response.CustomerName);
        (owed.Contact, owed.Phone, owed.What) = (contact, phone, what);
        owed.DueOn = context.Today.AddDays(context.Policy.Surveys.AnswerDays);
        owed.PolicyVersion = context.Policy.Version;
        return owed;
    }

    public Refusal? Give(CommandContext context, string words) =>
        Transition(
            context,
            OwedAnswerAction.Give,
            why: words,
            change: () => (Given, GivenBy) = (words, Stamp.Of(context))
        );

    public Refusal? Drop(CommandContext context, string reason) =>
        Transition(context, OwedAnswerAction.Drop, why: reason);

    /// <summary>The customer turned out to be another organisation that is known, or not to be it after all (S4). Once it
    /// is given or dropped it keeps its words.</summary>
    public void MoveCustomer(CommandContext context, Guid customerId, string name)
    {
        CustomerId = customerId;
        CustomerName = State == OwedAnswerState.Owed ? name : CustomerName;
        Record(context, "customer-merged", State.ToKebab(), State.ToKebab(), name);
    }

    /// <summary>The registry calls the customer otherwise (S3).</summary>
    public void FollowName(CommandContext context, string name)
    {
        if (CustomerName != name && State == OwedAnswerState.Owed)
        {
            Record(context, "follow-registry", State.ToKebab(), State.ToKebab(), $"{CustomerName} → {name}");
            CustomerName = name;
        }
    }
}
