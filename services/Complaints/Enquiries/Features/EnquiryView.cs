using System.Text.Json.Serialization;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Enquiries.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints.Enquiries.Features;

/// <summary>A technical enquiry as the caller may see it. What is internal is null for customers.</summary>
internal sealed record EnquiryView
{
    public required Guid Id { get; init; }

    /// <summary>For example <c>ZX-2026-000031</c>; with gaps.</summary>
    public required string Number { get; init; }

    public required EnquiryState State { get; init; }

    /// <summary>Its ETag.</summary>
    public required long Version { get; init; }

    /// <summary>What this caller could do now; each is the last part of the route to post to.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    public Guid? CustomerId { get; init; }

    public string? CustomerName { get; init; }

    public required string Contact { get; init; }

    public required string Phone { get; init; }

    public required Channel Channel { get; init; }

    public required string Language { get; init; }

    public required string Subject { get; init; }

    public string? ProductModel { get; init; }

    public string? SerialNumber { get; init; }

    /// <summary>What was asked, and what was answered, in turn.</summary>
    public required IReadOnlyList<ExchangeView> Exchanges { get; init; }

    public required DateOnly RegisteredOn { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset AnswerDueAt { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary><c>complaint</c> or <c>rma</c>.</summary>
    public string? Became { get; init; }

    public Guid? BecameId { get; init; }

    public string? BecameNumber { get; init; }

    public DateOnly? ClosedOn { get; init; }

    /// <summary>Staff only.</summary>
    public int? PolicyVersion { get; init; }

    public static EnquiryView From(Enquiry enquiry, Caller caller) =>
        caller.IsStaff
            ? ForOutsiders(enquiry, caller) with
            {
                PolicyVersion = enquiry.PolicyVersion,
            }
            : ForOutsiders(enquiry, caller);

    private static EnquiryView ForOutsiders(Enquiry enquiry, Caller caller) =>
        new()
        {
            Id = enquiry.Id,
            Number = enquiry.Number,
            State = enquiry.State,
            Version = enquiry.Version,
            Actions = enquiry.AllowedActions(caller.Context(enquiry)),
            CustomerId = enquiry.CustomerId,
            CustomerName = enquiry.CustomerName,
            Contact = enquiry.Contact,
            Phone = enquiry.Phone,
            Channel = enquiry.Channel,
            Language = enquiry.Language,
            Subject = enquiry.Subject,
            ProductModel = enquiry.ProductModel,
            SerialNumber = enquiry.SerialNumber,
            Exchanges = [.. enquiry.Exchanges.Select(e => ExchangeView.From(e))],
            RegisteredOn = enquiry.RegisteredOn,
            AnswerDueAt = enquiry.AnswerDueAt,
            AnsweredAt = enquiry.AnsweredAt,
            Became = enquiry.Became,
            BecameId = enquiry.BecameId,
            BecameNumber = enquiry.BecameNumber,
            ClosedOn = enquiry.ClosedOn,
        };
}

internal sealed record ExchangeView(
    string Question,
    string AskedBy,
    DateTimeOffset AskedAt,
    string? Answer,
    string? AnsweredBy,
    DateTimeOffset? AnsweredAt
)
{
    public static ExchangeView From(Exchange e) =>
        new(e.Question, e.AskedBy.Name, e.AskedBy.At, e.Answer, e.AnsweredBy?.Name, e.AnsweredBy?.At);
}
