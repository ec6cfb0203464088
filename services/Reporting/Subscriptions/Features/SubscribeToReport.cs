using CustomerService.Reporting.Data;
using CustomerService.Reporting.Subscriptions.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Reporting.Subscriptions.Features;

internal static class SubscribeToReport
{
    internal static readonly SubscriptionRequest Example = new()
    {
        Name = "上月維修",
        Report = "repair_orders",
        On = "returned_on",
        Period = ReportPeriod.PreviousMonth,
        Format = ReportFormat.Xlsx,
        Schedule = new(ScheduleKind.Monthly, new TimeOnly(8, 0), Day: 1),
        OnlyWhenChanged = true,
        AtLeastRows = 1,
        Recipients = ["manager@example.com"],
    };

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/subscriptions", Handle)
            .AsCommand()
            .WithSummary("A report comes by mail when it is due, by the working calendar")
            .WithDescription(
                """
                Rule C3.1.3. Heads, leaders and customer service. Data sets have no personal data. 400: report-unknown,
                bad-filter. 409: mail-not-configured.
                """
            )
            .WithExample(Example)
            .Produces<SubscriptionView>(StatusCodes.Status201Created);

    /// <summary>Whether there is such a report with such a column.</summary>
    internal static async Task<Refusal?> CheckAsync(
        SubscriptionRequest body,
        DataSets.DataSets sets,
        ReportMail mail,
        CancellationToken cancellation
    )
    {
        if (mail.Check() is { } off)
        {
            return off;
        }

        if ((await sets.AllAsync(cancellation)).FirstOrDefault(one => one.Name == body.Report) is not { } set)
        {
            return Refusal.Invalid("report-unknown", "C3.1.3", "report").With("report", body.Report);
        }

        string[] days = [.. set.Columns.Where(column => column.Type == "date").Select(column => column.Name)];
        return body.On is { } on && !days.Contains(on) ? PageQuery.BadFilter("on", days) : null;
    }

    private static async Task<CommandResult> Handle(
        SubscriptionRequest body,
        ReportingDb db,
        DataSets.DataSets sets,
        ReportMail mail,
        Caller caller,
        CancellationToken cancellation
    ) =>
        await CheckAsync(body, sets, mail, cancellation) is { } refusal
            ? refusal
            : caller.Create(
                db,
                "subscriptions",
                Subscription.Subscribe(caller.Context(), body.Settings),
                SubscriptionView.From
            );
}
