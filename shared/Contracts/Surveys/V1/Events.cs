namespace CustomerService.Contracts.Surveys.V1;

/// <summary>A customer was asked for an opinion, rule C5.8.2. Whoever sends messages to customers delivers the
/// link.</summary>
/// <param name="InvitationId">The invitation.</param>
/// <param name="Version">Version of the invitation.</param>
/// <param name="SurveyKind"><c>A</c> sample testers, <c>B</c> after a repair, <c>C</c> visited by sales,
/// <c>D</c> special.</param>
/// <param name="CustomerId">Organisation of the customer or owner.</param>
/// <param name="CustomerName">Its name.</param>
/// <param name="Contact">Contact person.</param>
/// <param name="Phone">Telephone number.</param>
/// <param name="Source">What it is about: <c>repair-order</c> …</param>
/// <param name="SourceId">The record.</param>
/// <param name="SourceNumber">Its number for people.</param>
/// <param name="Link">Single-use link, expiring.</param>
/// <param name="ExpiresAt">When the link ends, UTC.</param>
/// <param name="SentOn">Day of sending: forms sent are counted by it.</param>
/// <param name="Department">Department that the form judges, where there is one; null in events of before it
/// was told.</param>
/// <param name="Channel">How the link gets there: <c>message</c> is to be sent, the others are not.</param>
/// <param name="Language">Language of the recipient.</param>
[EventName("surveys.invitation.sent.v1")]
public sealed record InvitationSent(
    Guid InvitationId,
    long Version,
    [property: Words("A", "B", "C", "D")] string SurveyKind,
    Guid CustomerId,
    string CustomerName,
    string Contact,
    string Phone,
    string Source,
    Guid? SourceId,
    string? SourceNumber,
    string Link,
    DateTimeOffset ExpiresAt,
    DateOnly SentOn,
    string? Department = null,
    [property: Words("message", "sheet", "open", "staff")] string? Channel = null,
    string? Language = null
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => InvitationId;
}

/// <summary>Who was asked and did not answer is reminded, rule C5.8.2.</summary>
/// <param name="InvitationId">The invitation.</param>
/// <param name="Version">Version of the invitation.</param>
/// <param name="CustomerId">Organisation of the customer or owner.</param>
/// <param name="CustomerName">Its name.</param>
/// <param name="Contact">Contact person.</param>
/// <param name="Phone">Telephone number.</param>
/// <param name="Link">The same single-use link; null where it cannot be made again.</param>
/// <param name="Language">Language of the recipient.</param>
/// <param name="ExpiresAt">When the link ends, UTC.</param>
/// <param name="Count">Which reminder it is.</param>
[EventName("surveys.invitation.reminded.v1")]
public sealed record InvitationReminded(
    Guid InvitationId,
    long Version,
    Guid CustomerId,
    string CustomerName,
    string Contact,
    string Phone,
    string? Link,
    string Language,
    DateTimeOffset ExpiresAt,
    int Count
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => InvitationId;
}

/// <summary>A graded item of form FM006.</summary>
/// <param name="Item">Item code, for example <c>E.attitude</c>; the letter is the dimension.</param>
/// <param name="Grade"><c>very-satisfied</c>, <c>satisfied</c>, <c>fairly-satisfied</c>,
/// <c>rather-dissatisfied</c>, <c>dissatisfied</c>, best first.</param>
/// <param name="Comment">Comment, where one was given.</param>
public sealed record GradedItem(
    string Item,
    [property: Words("very-satisfied", "satisfied", "fairly-satisfied", "rather-dissatisfied", "dissatisfied")]
        string Grade,
    string? Comment
);

/// <summary>A filled form FM006 was returned, rule C5.8.3.</summary>
/// <param name="ResponseId">The response.</param>
/// <param name="Version">Version of the response.</param>
/// <param name="InvitationId">The invitation that it answers.</param>
/// <param name="SurveyKind"><c>A</c>, <c>B</c>, <c>C</c> or <c>D</c>, as in the invitation.</param>
/// <param name="CustomerId">Organisation of the customer or owner.</param>
/// <param name="CustomerName">Its name.</param>
/// <param name="Department">Department that the form judges, where there is one.</param>
/// <param name="Overall">Overall grade, mandatory.</param>
/// <param name="Items">The items that were graded.</param>
/// <param name="Suggestions">Other suggestions or needs.</param>
/// <param name="ReceivedOn">Day of receipt.</param>
/// <param name="Departments">Departments for which the form counts, rule C5.10: the one that its invitation names, else
/// each whose items it asks; null in events of before it was told.</param>
/// <param name="Mode">How it was answered.</param>
[EventName("surveys.response.received.v1")]
public sealed record ResponseReceived(
    Guid ResponseId,
    long Version,
    Guid InvitationId,
    [property: Words("A", "B", "C", "D")] string SurveyKind,
    Guid CustomerId,
    string CustomerName,
    string? Department,
    [property: Words("very-satisfied", "satisfied", "fairly-satisfied", "rather-dissatisfied", "dissatisfied")]
        string Overall,
    IReadOnlyList<GradedItem> Items,
    string? Suggestions,
    DateOnly ReceivedOn,
    IReadOnlyList<string>? Departments = null,
    [property: Words("online", "interview", "paper", "anonymous")] string? Mode = null
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ResponseId;
}

/// <summary>An item graded 不滿意, with what it is called.</summary>
/// <param name="Item">Item code, for example <c>E.attitude</c>, or <c>overall</c>.</param>
/// <param name="NameEn">Its name in English.</param>
/// <param name="NameZhHant">Its name in Traditional Chinese.</param>
/// <param name="NameZhHans">Its name in Simplified Chinese.</param>
/// <param name="Comment">Comment, where one was given.</param>
public sealed record DissatisfiedItem(
    string Item,
    string NameEn,
    string NameZhHant,
    string NameZhHans,
    string? Comment
);

/// <summary>A response has at least one item graded 不滿意: Complaints registers one complaint for it, rule
/// C5.9.</summary>
/// <param name="ResponseId">The response.</param>
/// <param name="Version">Version of the response.</param>
/// <param name="InvitationId">The invitation that it answers.</param>
/// <param name="SurveyKind"><c>A</c>, <c>B</c>, <c>C</c> or <c>D</c>, as in the invitation.</param>
/// <param name="CustomerId">Organisation of the customer or owner.</param>
/// <param name="CustomerName">Its name.</param>
/// <param name="Contact">Contact person.</param>
/// <param name="Phone">Telephone number.</param>
/// <param name="Source">What it is about: <c>repair-order</c> …</param>
/// <param name="SourceId">The record.</param>
/// <param name="SourceNumber">Its number for people.</param>
/// <param name="DissatisfiedItems">The items graded 不滿意.</param>
/// <param name="Suggestions">Other suggestions or needs.</param>
/// <param name="ReceivedOn">Day of receipt.</param>
/// <param name="Anonymous">The form is of an anonymous campaign: nobody knows the customer, nobody is owed an
/// answer.</param>
[EventName("surveys.response.dissatisfied.v1")]
public sealed record ResponseDissatisfied(
    Guid ResponseId,
    long Version,
    Guid InvitationId,
    [property: Words("A", "B", "C", "D")] string SurveyKind,
    Guid CustomerId,
    string CustomerName,
    string Contact,
    string Phone,
    string Source,
    Guid? SourceId,
    string? SourceNumber,
    IReadOnlyList<DissatisfiedItem> DissatisfiedItems,
    string? Suggestions,
    DateOnly ReceivedOn,
    bool Anonymous = false
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ResponseId;
}

/// <summary>A response has an item graded 不太滿意 and none 不滿意: a warning, no complaint, rule C5.9.</summary>
/// <param name="ResponseId">The response.</param>
/// <param name="Version">Version of the response.</param>
/// <param name="InvitationId">The invitation that it answers.</param>
/// <param name="CustomerId">Organisation of the customer or owner.</param>
/// <param name="Items">The items graded 不太滿意.</param>
/// <param name="ReceivedOn">Day of receipt.</param>
[EventName("surveys.response.warned.v1")]
public sealed record ResponseWarned(
    Guid ResponseId,
    long Version,
    Guid InvitationId,
    Guid CustomerId,
    IReadOnlyList<GradedItem> Items,
    DateOnly ReceivedOn
) : IIntegrationEvent
{
    Guid IIntegrationEvent.SubjectId => ResponseId;
}
