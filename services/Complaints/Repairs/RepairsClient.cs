using System.Globalization;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Contracts.Repairs.Grpc.V1;
using CustomerService.Rules;
using Grpc.Core;
using CasesClient = CustomerService.Contracts.Repairs.Grpc.V1.RepairsOfCases.RepairsOfCasesClient;

namespace CustomerService.Complaints.Repairs;

/// <summary>Asks Repairs what was repaired for a complaint (C5.3.2). No answer is an answer here: the form says that the
/// data is pending.</summary>
internal sealed partial class RepairsClient(CasesClient cases, ComplaintsSettings settings, ILogger<RepairsClient> log)
{
    /// <summary>What was repaired; nothing where there is no RMA; null where Repairs does not answer.</summary>
    public async Task<RepairOfCase?> AskAsync(Complaint complaint, string? rmaNumber, CancellationToken cancellation)
    {
        try
        {
            var answer = await cases.AskAsync(
                new CaseQuestion
                {
                    ComplaintId = complaint.Id.ToString(),
                    CustomerId = complaint.CustomerId.ToString(),
                    RmaNumber = rmaNumber ?? "",
                },
                // gRPC counts its deadline by the machine's clock, whatever clock the service runs by.
                new CallOptions(
                    deadline: (TimeProvider.System.GetUtcNow() + settings.AskTimeout).UtcDateTime,
                    cancellationToken: cancellation
                )
            );
            return Read(answer);
        }
        catch (RpcException failed) when (!cancellation.IsCancellationRequested)
        {
            NoAnswer(log, failed.StatusCode, failed.Status.Detail);
            return null;
        }
    }

    private static RepairOfCase Read(CaseAnswer answer)
    {
        var units = answer.Rmas.SelectMany(rma => rma.Units).ToList();
        var works = units.SelectMany(unit => unit.Works.Select(work => (Unit: unit, Work: work))).ToList();
        var several = units.Count > 1;
        var days = units.Select(unit => Day(unit.ReceivedOn)).OfType<DateOnly>().ToList();
        var ends = works.Select(one => Day(one.Work.FinishedOn)).OfType<DateOnly>().ToList();
        return new RepairOfCase
        {
            RmaNumber = Joined(answer.Rmas.Select(rma => rma.Number)),
            Product = Joined(units.Select(unit => $"{unit.ModelCode} {unit.ModelName}".Trim())),
            SerialNumber = Joined(units.Select(unit => unit.Serial)),
            Fault = Lines(units.Select(unit => (unit, Text: $"{unit.FaultCode} {unit.Finding}".Trim())), several),
            Work = Lines(works.Select(one => (one.Unit, Text: one.Work.WorkDone)), several),
            Parts = [.. works.SelectMany(one => one.Work.Parts).Distinct()],
            From = days.Count > 0 ? days.Min() : null,
            To = ends.Count > 0 ? ends.Max() : null,
            Engineer = Joined(works.SelectMany(one => one.Work.Crew.Prepend(one.Work.Engineer))),
            Passed = units.Count(unit => unit.PassedOn.Length > 0),
            Units = units.Count,
        };
    }

    private static string? Joined(IEnumerable<string> texts)
    {
        var joined = string.Join("、", texts.Where(text => text.Length > 0).Distinct());
        return joined.Length > 0 ? joined : null;
    }

    private static string? Lines(IEnumerable<(UnitOfCase Unit, string Text)> texts, bool several)
    {
        var lines = string.Join(
            '\n',
            texts
                .Where(one => one.Text.Length > 0)
                .Select(one =>
                    several
                        ? $"{(one.Unit.Serial.Length > 0 ? one.Unit.Serial : one.Unit.Number)}：{one.Text}"
                        : one.Text
                )
        );
        return lines.Length > 0 ? lines : null;
    }

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;

    [LoggerMessage(LogLevel.Warning, "Repairs did not answer: {Status} {Detail}")]
    private static partial void NoAnswer(ILogger logger, StatusCode status, string detail);
}
