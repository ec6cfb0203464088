using System.Text.Json.Serialization;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.Rmas.Features;

/// <summary>Who did something, and when.</summary>
internal sealed record SignerView(string Name, DateTimeOffset At)
{
    public static SignerView? Of(Rules.Stamp? stamp) => stamp is null ? null : new(stamp.Name, stamp.At);
}

/// <summary>A line of a declaration.</summary>
internal sealed record DeclaredLineView(
    Guid ModelId,
    string ModelCode,
    string ModelName,
    IReadOnlyList<string> Serials,
    int Quantity,
    string? Words
);

/// <summary>A count that the customer agreed to.</summary>
/// <param name="Quantity">How many.</param>
/// <param name="Person">Who said so.</param>
/// <param name="How">How the word reached the company, where it was taken down.</param>
/// <param name="On">Day of the word, where it was taken down.</param>
/// <param name="By">Who entered it; for staff.</param>
/// <param name="Lines">What was said of each line; empty where only the quantity was confirmed.</param>
internal sealed record CountConfirmationView(
    int Quantity,
    string Person,
    WordBy? How,
    DateOnly? On,
    SignerView? By,
    IReadOnlyList<ConfirmedLineView> Lines
);

/// <summary>What was confirmed of a line.</summary>
internal sealed record ConfirmedLineView(string? ModelCode, string? Serial, int Quantity);

/// <summary>Machines that a customer sends for repair.</summary>
internal sealed record RmaView
{
    public required Guid Id { get; init; }

    public required string Number { get; init; }

    public required RmaState State { get; init; }

    public required long Version { get; init; }

    /// <summary>What the caller can do now; each is the last part of the route under which it is called.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    public required Guid CustomerId { get; init; }

    public required string CustomerName { get; init; }

    public string? Contact { get; init; }

    public string? Phone { get; init; }

    /// <summary>Code of the sales region. For staff.</summary>
    public string? Region { get; init; }

    public required RmaSource Source { get; init; }

    public Guid? SourceId { get; init; }

    /// <summary>What the enquiry or complaint says of the goods. For staff.</summary>
    public string? Words { get; init; }

    /// <summary>What a person answered who reported by the QR code on the machine. For staff.</summary>
    public ReportedAnswers? Answers { get; init; }

    public required IReadOnlyList<DeclaredLineView> Lines { get; init; }

    /// <summary>How many are declared.</summary>
    public required int Quantity { get; init; }

    public required DateOnly DeclaredOn { get; init; }

    public DateOnly? ReceivedOn { get; init; }

    /// <summary>How many came.</summary>
    public required int Received { get; init; }

    /// <summary>Nothing goes on before the customer has confirmed the received quantity (C5.1.1).</summary>
    public required bool Blocked { get; init; }

    public required IReadOnlyList<CountLine> AsDeclared { get; init; }

    /// <summary>What came and was not declared.</summary>
    public required IReadOnlyList<CountLine> Unexpected { get; init; }

    /// <summary>What was declared and did not come.</summary>
    public required IReadOnlyList<CountLine> Missing { get; init; }

    public required IReadOnlyList<CountConfirmationView> Confirmations { get; init; }

    /// <summary>For staff.</summary>
    public string? WithdrawalReason { get; init; }

    public required int PolicyVersion { get; init; }

    public static RmaView From(Rma rma, Caller caller)
    {
        var staff = caller.IsStaff;
        return new()
        {
            Id = rma.Id,
            Number = rma.Number,
            State = rma.State,
            Version = rma.Version,
            Actions = rma.AllowedActions(caller.Context(rma)),
            CustomerId = rma.CustomerId,
            CustomerName = rma.CustomerName,
            Contact = rma.Customer.Contact,
            Phone = rma.Customer.Phone,
            Region = staff ? rma.Customer.Region : null,
            Source = rma.Source,
            SourceId = rma.SourceId,
            Words = staff ? rma.Words : null,
            Answers = staff ? rma.Answers : null,
            Lines =
            [
                .. rma.Lines.Select(line => new DeclaredLineView(
                    line.Model.Id,
                    line.Model.Code,
                    line.Model.Name,
                    [.. line.Serials.Select(serial => serial.Number)],
                    line.Quantity,
                    line.Words
                )),
            ],
            Quantity = rma.Quantity,
            DeclaredOn = rma.DeclaredOn,
            ReceivedOn = rma.ReceivedOn,
            Received = rma.Received,
            Blocked = rma.IsBlocked,
            AsDeclared = rma.Count.AsDeclared,
            // That a machine is known as another customer's is between the company and that one.
            Unexpected = staff
                ? rma.Count.Unexpected
                : [.. rma.Count.Unexpected.Select(line => line with { OfAnother = false })],
            Missing = rma.Count.Missing,
            Confirmations =
            [
                .. rma.Confirmations.Select(one => new CountConfirmationView(
                    one.Quantity,
                    one.Person,
                    one.Recorded?.How,
                    one.Recorded?.On,
                    staff ? SignerView.Of(one.By) : null,
                    [.. (one.Lines ?? []).Select(l => new ConfirmedLineView(l.ModelCode, l.Serial, l.Quantity))]
                )),
            ],
            WithdrawalReason = staff ? rma.WithdrawalReason : null,
            PolicyVersion = rma.PolicyVersion,
        };
    }
}
