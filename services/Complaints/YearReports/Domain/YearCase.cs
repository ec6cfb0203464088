using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Rules;

namespace CustomerService.Complaints.YearReports.Domain;

/// <summary>A complaint as it stood when a year was frozen: every figure of the report is counted from these rows, and
/// opens them (C5.7).</summary>
internal sealed class YearCase
{
    /// <summary>What is not known has this key.</summary>
    public const string Unknown = "unknown";

    public required Guid ReportId { get; init; }

    public required Guid ComplaintId { get; init; }

    public required string Number { get; init; }

    public required DateOnly RegisteredOn { get; init; }

    /// <summary>Year of registration, for the index.</summary>
    public required int Year { get; init; }

    /// <summary>Month of registration, 1 to 12.</summary>
    public required int Month { get; init; }

    public required string CustomerName { get; init; }

    public required string Subject { get; init; }

    public required string Product { get; init; }

    public required string Fault { get; init; }

    public required string Cause { get; init; }

    public required string Liability { get; init; }

    public required string Department { get; init; }

    public required string Severity { get; init; }

    public required string Channel { get; init; }

    /// <summary>Null where there was no response when it was frozen.</summary>
    public bool? ResponseInTime { get; init; }

    public bool? ResolvedInTime { get; init; }

    /// <summary>Hours from receipt to resolution.</summary>
    public double? ResolutionHours { get; init; }

    /// <summary>The fault recurred, or several customers had it.</summary>
    public required bool Repeated { get; init; }

    /// <summary>Cost of poor quality, in yuan, as far as it is known.</summary>
    public decimal? Cost { get; init; }

    public static YearCase Of(Guid report, Complaint c) =>
        new()
        {
            ReportId = report,
            ComplaintId = c.Id,
            Number = c.Number,
            RegisteredOn = c.RegisteredOn,
            Year = c.RegisteredOn.Year,
            Month = c.RegisteredOn.Month,
            CustomerName = c.CustomerName,
            Subject = c.Subject,
            Product = (c.ProductCode ?? c.Reference.ProductModel) is { } product ? TextFolding.Key(product) : Unknown,
            Fault = (c.Assessment ?? c.Rounds.LastOrDefault()?.Assessment)?.FaultCode ?? c.FaultCode ?? Unknown,
            Cause = RulingOf(c)?.CauseCode ?? Unknown,
            Liability = RulingOf(c)?.Liability.ToKebab() ?? TriageKey(c),
            Department = RulingOf(c)?.Department ?? Unknown,
            Severity = c.Severity.ToKebab(),
            Channel = c.Channel.ToKebab(),
            ResponseInTime = (c.Response ?? c.Rounds.LastOrDefault()?.Response)?.InTime,
            ResolvedInTime = c.ResolvedInTime,
            ResolutionHours = c.ResolvedAt is { } at ? (at - c.OpenedAt).TotalHours : null,
            Repeated = c.HasRepeatedFault || c.Round > 1,
            // What a reopened complaint has cost is not less for its being looked at again.
            Cost = c.Assessment?.Cost ?? c.Rounds.LastOrDefault(r => r.Assessment?.Cost is not null)?.Assessment!.Cost,
        };

    private static LiabilityRuling? RulingOf(Complaint c) => c.LiabilityRuling ?? c.Rounds.LastOrDefault()?.Ruling;

    private static string TriageKey(Complaint c) =>
        c.Triage?.Outcome switch
        {
            TriageOutcome.Explained => Complaints.Domain.Liability.NotOurs.ToKebab(),
            TriageOutcome.Solved => Complaints.Domain.Liability.Ours.ToKebab(),
            _ => Unknown,
        };
}
