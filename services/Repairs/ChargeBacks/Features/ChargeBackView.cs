using System.Text.Json.Serialization;
using CustomerService.Repairs.ChargeBacks.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.ChargeBacks.Features;

/// <summary>A charge-back as the API shows it, to the company and to the unit alike.</summary>
internal sealed record ChargeBackView
{
    public required Guid Id { get; init; }

    public required string Number { get; init; }

    public required ChargeBackState State { get; init; }

    public required long Version { get; init; }

    /// <summary>What the caller can do now; each is the last part of the route under which it is called.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    public required Guid RepairOrderId { get; init; }

    public required string RepairOrderNumber { get; init; }

    public required Guid ProjectId { get; init; }

    public required string ProjectName { get; init; }

    public required string PartCode { get; init; }

    public required Guid UnitId { get; init; }

    public required string UnitName { get; init; }

    /// <summary>Yuan.</summary>
    public required decimal Amount { get; init; }

    public required DateOnly ProposedOn { get; init; }

    /// <summary>What was proposed, said against it and decided, in order.</summary>
    public required IReadOnlyList<ChargeBackWordView> Words { get; init; }

    public DateOnly? SettledOn { get; init; }

    /// <summary>Voucher or set-off.</summary>
    public string? Reference { get; init; }

    public static ChargeBackView From(ChargeBack charge, Caller caller) =>
        new()
        {
            Id = charge.Id,
            Number = charge.Number,
            State = charge.State,
            Version = charge.Version,
            Actions = charge.AllowedActions(caller.Context(charge)),
            RepairOrderId = charge.RepairOrderId,
            RepairOrderNumber = charge.RepairOrderNumber,
            ProjectId = charge.ProjectId,
            ProjectName = charge.ProjectName,
            PartCode = charge.PartCode,
            UnitId = charge.UnitId,
            UnitName = charge.UnitName,
            Amount = charge.Amount,
            ProposedOn = charge.ProposedOn,
            Words =
            [
                .. charge.Words.Select(word => new ChargeBackWordView(
                    word.Action,
                    word.Amount,
                    word.Text,
                    word.By.Name,
                    word.By.At
                )),
            ],
            SettledOn = charge.Settlement?.On,
            Reference = charge.Settlement?.Reference,
        };
}

/// <summary>A word in the dispute.</summary>
internal sealed record ChargeBackWordView(
    ChargeBackAction Action,
    decimal Amount,
    string? Text,
    string By,
    DateTimeOffset At
);
