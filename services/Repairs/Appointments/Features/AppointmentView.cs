using System.Text.Json.Serialization;
using CustomerService.Repairs.Appointments.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.Appointments.Features;

/// <summary>An appointment as both sides see it.</summary>
internal sealed record AppointmentView
{
    public required Guid Id { get; init; }

    /// <summary>Number of the order.</summary>
    public required string Number { get; init; }

    public required AppointmentState State { get; init; }

    public required long Version { get; init; }

    /// <summary>What the caller can do now.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    public required Guid RepairOrderId { get; init; }

    public required string ProjectName { get; init; }

    public required string Location { get; init; }

    public required IReadOnlyList<TimeSlot> Slots { get; init; }

    /// <summary>The time that the owner proposes.</summary>
    public TimeSlot? Proposed { get; init; }

    public string? Word { get; init; }

    /// <summary>Beginning of the agreed time.</summary>
    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }

    /// <summary>Until then the link works.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Language of the owner, for the holder of the link.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Language { get; init; }

    /// <summary>The owner's link, once.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Link { get; init; }

    public static AppointmentView Show(Appointment appointment, Caller caller) =>
        Of(appointment, appointment.AllowedActions(caller.Context(appointment)));

    public static AppointmentView Of(Appointment appointment, IReadOnlyList<string> actions) =>
        new()
        {
            Id = appointment.Id,
            Number = appointment.RepairOrderNumber,
            State = appointment.State,
            Version = appointment.Version,
            Actions = actions,
            RepairOrderId = appointment.RepairOrderId,
            ProjectName = appointment.ProjectName,
            Location = appointment.Location,
            Slots = appointment.Slots,
            Proposed = appointment.ProposedSlot,
            Word = appointment.Word,
            From = appointment.From,
            To = appointment.To,
            ExpiresAt = appointment.ExpiresAt,
        };
}
