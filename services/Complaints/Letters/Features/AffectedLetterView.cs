using System.Text.Json.Serialization;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Letters.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints.Letters.Features;

internal sealed record AffectedGoodsView(TraceKind Kind, string Identity, string? Place, int Quantity);

/// <param name="InStock">Still with the customer.</param>
/// <param name="Delivered">Passed on, used or built in.</param>
internal sealed record AffectedAnswerView(int InStock, int Delivered, string Text, DateOnly On);

/// <summary>A letter to an affected customer as the caller may see it. What is internal is null for customers.</summary>
internal sealed record AffectedLetterView
{
    public required Guid Id { get; init; }

    /// <summary>For example <c>YX-2026-000004</c>; with gaps.</summary>
    public required string Number { get; init; }

    public required AffectedLetterState State { get; init; }

    /// <summary>Its ETag.</summary>
    public required long Version { get; init; }

    /// <summary>What this caller could do now; each is the last part of the route to post to.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    public required string CustomerName { get; init; }

    public required string Language { get; init; }

    public required string Subject { get; init; }

    public required string Body { get; init; }

    public required IReadOnlyList<AffectedGoodsView> Goods { get; init; }

    /// <summary>How many are affected.</summary>
    public required int Quantity { get; init; }

    public DateOnly? SentOn { get; init; }

    /// <summary>By the end of this day it is answered.</summary>
    public DateOnly? AnswerDueOn { get; init; }

    public AffectedAnswerView? Answer { get; init; }

    /// <summary>Staff only.</summary>
    public Guid? ComplaintId { get; init; }

    /// <summary>Staff only.</summary>
    public string? ComplaintNumber { get; init; }

    /// <summary>Staff only.</summary>
    public Guid? CustomerId { get; init; }

    /// <summary>How it was sent; staff only.</summary>
    public string? SentVia { get; init; }

    /// <summary>Staff only.</summary>
    public int? Reminders { get; init; }

    public static AffectedLetterView From(AffectedLetter letter, Caller caller)
    {
        var shown = ForOutsiders(letter, caller);
        return caller.IsStaff
            ? shown with
            {
                ComplaintId = letter.ComplaintId,
                ComplaintNumber = letter.ComplaintNumber,
                CustomerId = letter.CustomerId,
                SentVia = letter.SentVia,
                Reminders = letter.Reminders,
            }
            : shown;
    }

    private static AffectedLetterView ForOutsiders(AffectedLetter letter, Caller caller) =>
        new()
        {
            Id = letter.Id,
            Number = letter.Number,
            State = letter.State,
            Version = letter.Version,
            Actions = letter.AllowedActions(caller.Context(letter)),
            CustomerName = letter.CustomerName,
            Language = letter.Language,
            Subject = letter.Subject,
            Body = letter.Body,
            Goods = [.. letter.Goods.Select(g => new AffectedGoodsView(g.Kind, g.Identity, g.Place, g.Quantity))],
            Quantity = letter.Quantity,
            SentOn = letter.SentOn,
            AnswerDueOn = letter.AnswerDueOn,
            Answer = letter.Answer is { Answer: var given, On: var on }
                ? new(given.InStock, given.Delivered, given.Text, on)
                : null,
        };
}
