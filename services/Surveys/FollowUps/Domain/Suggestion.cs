using System.Globalization;
using CustomerService.Contracts.Surveys.V1;
using CustomerService.Rules;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.Responses.Domain;

namespace CustomerService.Surveys.FollowUps.Domain;

/// <summary>A need or suggestion of a customer, and what became of it (C5.8.1 C and E).</summary>
internal sealed class Suggestion : Aggregate<Suggestion, SuggestionState, SuggestionAction>
{
    private Suggestion() { }

    public override string Kind => "suggestion";

    public override WorkSubject WorkSubject => new(CustomerName, Text);

    public Guid ResponseId { get; private set; }

    public Guid CustomerId { get; private set; }

    public string CustomerName { get; private set; } = "";

    public SurveyKind Survey { get; private set; }

    public string? Product { get; private set; }

    public string Text { get; private set; } = "";

    public DateOnly ReceivedOn { get; private set; }

    /// <summary>What it is about, in a word of product development's; the trend is counted by it.</summary>
    public string? Topic { get; private set; }

    /// <summary>Whether it will be done, once that is decided.</summary>
    public bool IsTakenUp { get; private set; }

    public string? Reason { get; private set; }

    public Stamp? DecidedBy { get; private set; }

    public Stamp? ToldBy { get; private set; }

    protected override Flow<Suggestion, SuggestionState, SuggestionAction> Table => SuggestionFlow.Table;

    /// <summary>The suggestion of a form; null where it makes none.</summary>
    public static Suggestion? Of(CommandContext context, Response response)
    {
        if (response.Suggestions is not { } text)
        {
            return null;
        }

        var suggestion = new Suggestion { Id = Guid.CreateVersion7(context.Now) };
        if (suggestion.Start(context, SuggestionAction.Register) is not null)
        {
            return null;
        }

        suggestion.ResponseId = response.Id;
        (suggestion.CustomerId, suggestion.CustomerName) = (response.CustomerId, response.CustomerName);
        (suggestion.Survey, suggestion.Product) = (response.Survey, response.Product);
        (suggestion.Text, suggestion.ReceivedOn) = (text, response.ReceivedOn);
        return suggestion;
    }

    public Refusal? TakeUp(CommandContext context, string topic, string plan) =>
        Transition(context, SuggestionAction.TakeUp, why: plan, change: () => Decide(context, topic, plan));

    public Refusal? Decline(CommandContext context, string topic, string reason) =>
        Transition(context, SuggestionAction.Decline, why: reason, change: () => Decide(context, topic, reason));

    public Refusal? Tell(CommandContext context, string words) =>
        Transition(context, SuggestionAction.Tell, why: words, change: () => ToldBy = Stamp.Of(context));

    /// <summary>The customer turned out to be another organisation that is known, or not to be it after all (S4). Once it
    /// is told it keeps its words.</summary>
    public void MoveCustomer(CommandContext context, Guid customerId, string name)
    {
        CustomerId = customerId;
        CustomerName = State == SuggestionState.Told ? CustomerName : name;
        Record(context, "customer-merged", State.ToKebab(), State.ToKebab(), name);
    }

    /// <summary>The registry calls the customer otherwise (S3).</summary>
    public void FollowName(CommandContext context, string name)
    {
        if (CustomerName != name && State != SuggestionState.Told)
        {
            Record(context, "follow-registry", State.ToKebab(), State.ToKebab(), $"{CustomerName} → {name}");
            CustomerName = name;
        }
    }

    /// <summary>The month in which it came, for the trend.</summary>
    public string Month => ReceivedOn.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private void Decide(CommandContext context, string topic, string reason)
    {
        (Topic, Reason, DecidedBy) = (topic, reason, Stamp.Of(context));
        IsTakenUp = State == SuggestionState.TakenUp;
        Raise(
            new SuggestionDecided(Id, Version, ResponseId, CustomerId, Product, topic, IsTakenUp, reason, context.Today)
        );
    }
}
