using CustomerService.Complaints.Data;
using CustomerService.Complaints.YearReports.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.YearReports.Features;

internal static class FreezeYear
{
    internal sealed record Request(int? Year);

    internal sealed class Validator : AbstractValidator<Request>
    {
        private const int Earliest = 2000;
        private const int Latest = 2200;

        public Validator() => RuleFor(r => r.Year).NotNull().InclusiveBetween(Earliest, Latest);
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/year-reports", Handle)
            .AsCommand()
            .ForRoles(CustomerService.Rules.Roles.CustomerService, CustomerService.Rules.Roles.QcHead)
            .WithSummary("Freeze the complaint statistics of a year")
            .WithDescription(
                """
                Rule C5.7; customer service or the head of QC. What changes later changes neither figures nor cases; freeze
                again for a report with another number. 400 `year-to-come`.
                """
            )
            .WithExample(new Request(2026))
            .Produces<YearReportView>(StatusCodes.Status201Created);

    private static async Task<CommandResult> Handle(
        Request body,
        ComplaintsDb db,
        RecordNumbers numbers,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var year = body.Year!.Value;
        var from = new DateOnly(year - 1, 1, 1);
        var to = new DateOnly(year, 12, 31);
        var complaints = await db
            .Complaints.AsNoTracking()
            .Where(c => c.RegisteredOn >= from && c.RegisteredOn <= to)
            .OrderBy(c => c.Id)
            .ToListAsync(cancellation);
        var number = await numbers.NextAsync(YearReport.NumberKind, caller.Today.Year, cancellation);
        List<YearCase> frozen = [];
        IReadOnlyList<YearCase> Freeze(Guid report, Func<int, bool> isOfYear)
        {
            List<YearCase> cases =
            [
                .. complaints.Where(c => isOfYear(c.RegisteredOn.Year)).Select(c => YearCase.Of(report, c)),
            ];
            frozen.AddRange(cases);
            return cases;
        }

        var report = YearReport.Freeze(
            caller.Context(),
            number,
            year,
            id => Freeze(id, of => of == year),
            id => Freeze(id, of => of != year)
        );
        if (!report.Failed(out _, out _))
        {
            db.AddRange(frozen);
        }

        return caller.Create(db, "year-reports", report, YearReportView.From);
    }
}
