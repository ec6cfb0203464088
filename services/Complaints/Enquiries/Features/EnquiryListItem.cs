using System.Text.Json.Serialization;
using CustomerService.Complaints.Enquiries.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints.Enquiries.Features;

/// <summary>A technical enquiry in a list.</summary>
internal sealed record EnquiryListItem
{
    public required Guid Id { get; init; }

    public required string Number { get; init; }

    public required EnquiryState State { get; init; }

    public required long Version { get; init; }

    /// <summary>What this caller could do now; each is the last part of the route to post to.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    public Guid? CustomerId { get; init; }

    public string? CustomerName { get; init; }

    public required string Subject { get; init; }

    public string? ProductModel { get; init; }

    public required DateOnly RegisteredOn { get; init; }

    public required DateTimeOffset AnswerDueAt { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    public static EnquiryListItem From(Enquiry enquiry, Caller caller) =>
        new()
        {
            Id = enquiry.Id,
            Number = enquiry.Number,
            State = enquiry.State,
            Version = enquiry.Version,
            Actions = enquiry.AllowedActions(caller.Context(enquiry)),
            CustomerId = enquiry.CustomerId,
            CustomerName = enquiry.CustomerName,
            Subject = enquiry.Subject,
            ProductModel = enquiry.ProductModel,
            RegisteredOn = enquiry.RegisteredOn,
            AnswerDueAt = enquiry.AnswerDueAt,
            AnsweredAt = enquiry.AnsweredAt,
        };
}
