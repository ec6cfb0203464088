using CustomerService.Repairs.Data;
using CustomerService.Repairs.MonthlyReports.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.MonthlyReports.Features;

internal static class PrepareMonthlyReport
{
    /// <param name="Year">Year.</param>
    /// <param name="Month">Month, 1 to 12; it is over.</param>
    /// <param name="Reason">Why an issued report is corrected.</param>
    internal sealed record Request(int? Year, int? Month, string? Reason = null);

    internal sealed class Validator : AbstractValidator<Request>
    {
        private const int Earliest = 2000;
        private const int Latest = 2200;

        public Validator()
        {
            RuleFor(r => r.Year).NotNull().InclusiveBetween(Earliest, Latest);
            RuleFor(r => r.Month).NotNull().InclusiveBetween(1, 12);
            RuleFor(r => r.Reason).OptionalText();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/monthly-reports", Handle)
            .AsCommand()
            .WithSummary("The repaired machines of a month are counted and their figures frozen")
            .WithDescription(
                """
                Rule C3.1.3. A machine counts in the month in which the quality department passed it, or in which it ended
                otherwise. Where the month's report was issued already, this is its next correction and says why. 400:
                month-not-over. 409: month-in-preparation, month-issued (a correction needs its reason).
                """
            )
            .WithExample(new Request(2026, 10))
            .Produces<MonthlyReportView>(StatusCodes.Status201Created);

    private static async Task<CommandResult> Handle(
        Request body,
        RepairsDb db,
        RecordNumbers numbers,
        MonthCounter counter,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var context = caller.Context();
        if (MonthlyReport.CheckPrepare(context) is { } refusal)
        {
            return refusal;
        }

        var first = new DateOnly(body.Year!.Value, body.Month!.Value, 1);
        var month = MonthFigures.NameOf(first.Year, first.Month);
        if (await db.MonthlyReports.AnyAsync(r => r.OpenMonth == month, cancellation))
        {
            return Refusal.ByRule("month-in-preparation", "C3.1.3", ["other-month"], MonthlyReportFlow.Writers);
        }

        var corrected = await db
            .MonthlyReports.Where(r => r.Month == month && r.State == MonthlyReportState.Issued)
            .OrderByDescending(r => r.Correction)
            .FirstOrDefaultAsync(cancellation);
        var before = first.AddMonths(-1);
        return caller.Create(
            db,
            "monthly-reports",
            MonthlyReport.Prepare(
                context,
                await numbers.NextAsync(MonthlyReport.NumberKind, context.Today.Year, cancellation),
                await counter.CountAsync(first.Year, first.Month, cancellation),
                await counter.CountAsync(before.Year, before.Month, cancellation),
                corrected,
                body.Reason
            ),
            MonthlyReportView.From
        );
    }
}
