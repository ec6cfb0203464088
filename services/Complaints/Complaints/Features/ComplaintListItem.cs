using System.Text.Json.Serialization;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints.Complaints.Features;

/// <summary>A complaint in a list. What is internal is null for customers.</summary>
internal sealed record ComplaintListItem
{
    public required Guid Id { get; init; }

    public required string Number { get; init; }

    public required ComplaintState State { get; init; }

    public required long Version { get; init; }

    /// <summary>What this caller could do now; each is the last part of the route to post to.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    /// <summary>Number of form FM004; null until the complaint first goes to QC.</summary>
    public string? FormNumber { get; init; }

    public required DateOnly RegisteredOn { get; init; }

    public required Guid CustomerId { get; init; }

    public required string CustomerName { get; init; }

    public required Channel Channel { get; init; }

    public required string Subject { get; init; }

    public required Severity Severity { get; init; }

    public Guid? ProjectId { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset ResponseDueAt { get; init; }

    public DateTimeOffset? RespondedAt { get; init; }

    /// <summary>UTC; null while a pause lasts.</summary>
    public DateTimeOffset? ResolutionDueAt { get; init; }

    public DateTimeOffset? ResolvedAt { get; init; }

    public DateOnly? ClosedOn { get; init; }

    /// <summary>Staff only.</summary>
    public string? ResponsibleDepartment { get; init; }

    /// <summary>Number of CAPAs that are not verified as effective; staff only.</summary>
    public int? OpenCapas { get; init; }

    public static ComplaintListItem From(Complaint complaint, Caller caller) =>
        caller.IsStaff
            ? ForOutsiders(complaint, caller) with
            {
                ResponsibleDepartment = complaint.ResponsibleDepartment,
                OpenCapas = complaint.Capas.Count(capa => capa.IsOpen),
            }
            : ForOutsiders(complaint, caller);

    private static ComplaintListItem ForOutsiders(Complaint complaint, Caller caller) =>
        new()
        {
            Id = complaint.Id,
            Number = complaint.Number,
            State = complaint.State,
            Version = complaint.Version,
            Actions = complaint.AllowedActions(caller.Context(complaint)),
            FormNumber = complaint.FormNumber,
            RegisteredOn = complaint.RegisteredOn,
            CustomerId = complaint.CustomerId,
            CustomerName = complaint.CustomerName,
            Channel = complaint.Channel,
            Subject = complaint.Subject,
            Severity = complaint.Severity,
            ProjectId = complaint.ProjectId,
            ResponseDueAt = complaint.ResponseDueAt,
            RespondedAt = complaint.RespondedAt,
            ResolutionDueAt = complaint.ResolutionDueAt,
            ResolvedAt = complaint.ResolvedAt,
            ClosedOn = complaint.ClosedOn,
        };
}
