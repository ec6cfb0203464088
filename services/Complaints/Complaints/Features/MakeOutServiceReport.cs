using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Complaints.Repairs;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.Complaints.Features;

internal static class MakeOutServiceReport
{
    /// <summary>Data of the repair.</summary>
    internal sealed record Request
    {
        /// <summary>Product and model; by default what Repairs says, as for all that is left out.</summary>
        public string? Product { get; init; }

        public string? SerialNumber { get; init; }

        /// <summary>Number of the RMA under which it was repaired.</summary>
        public string? RmaNumber { get; init; }

        /// <summary>The fault as it was found.</summary>
        public string? Fault { get; init; }

        /// <summary>What was done.</summary>
        public string? Work { get; init; }

        /// <summary>Parts that were exchanged.</summary>
        public IReadOnlyList<string>? Parts { get; init; }

        /// <summary>First day of the service.</summary>
        public DateOnly? ServiceFrom { get; init; }

        /// <summary>Last day of the service.</summary>
        public DateOnly? ServiceTo { get; init; }

        /// <summary>Who did it.</summary>
        public string? Engineer { get; init; }

        /// <summary>State of the goods afterwards.</summary>
        public required string Result { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Request>
    {
        private const int MostParts = 50;

        public Validator()
        {
            RuleFor(r => r.Product).OptionalText(TextLength.Line);
            RuleFor(r => r.SerialNumber).OptionalText(TextLength.Line);
            RuleFor(r => r.RmaNumber).OptionalText(TextLength.Code);
            RuleFor(r => r.Fault).OptionalText();
            RuleFor(r => r.Work).OptionalText();
            RuleFor(r => r.Parts).AtMost(MostParts);
            RuleForEach(r => r.Parts).RequiredText(TextLength.Line);
            RuleFor(r => r.Engineer).OptionalText(TextLength.Line);
            RuleFor(r => r.Result).RequiredText();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/complaints/{id:guid}/make-out-service-report", Handle)
            .AsCommand()
            .WithName("MakeOutServiceReportOfComplaint")
            .WithSummary("Form FM005 維修服務報告 for the customer, where the liability is not ours")
            .WithDescription(
                """
                Rules C5.3.2 and C10; customer service or repair. What is left out is what Repairs says of the
                complaint's RMA; where Repairs does not answer, the form says that this data is pending until it does. The
                form gets its number, without gaps. 409 `liability-is-ours`, `service-report-made-out`,
                `service-days-impossible`, `service-data-missing` (no RMA says it).
                """
            )
            .Produces<ComplaintView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        ComplaintsDb db,
        RepairsClient repairs,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Complaints.VisibleTo(caller.Actor),
            id,
            async (complaint, context) =>
            {
                var report = new ServiceReport(
                    null,
                    body.Product,
                    body.SerialNumber,
                    body.RmaNumber,
                    body.Fault,
                    body.Work,
                    body.Parts ?? [],
                    body.ServiceFrom,
                    body.ServiceTo,
                    body.Engineer,
                    body.Result,
                    Stamp.Of(context)
                );
                if (
                    complaint.CheckRole(context, ComplaintAction.MakeOutServiceReport) is null
                    && report.Missing.Count > 0
                    && await repairs.AskAsync(complaint, report.RmaNumber, cancellation) is { } repair
                )
                {
                    report = report.FilledBy(repair);
                    if (report.Missing.Count > 0)
                    {
                        return Refusal.ByRule(
                            "service-data-missing",
                            "C5.3.2",
                            [.. report.Missing],
                            Roles.CustomerService,
                            Roles.RepairGroup
                        );
                    }
                }

                if (complaint.MakeOutServiceReport(context, report) is { } refusal)
                {
                    return refusal;
                }

                db.NumberOnCommit(Complaint.ReportForm, context.Today.Year, complaint.NumberServiceReport);
                return null;
            },
            ComplaintView.From,
            cancellation
        );
}
