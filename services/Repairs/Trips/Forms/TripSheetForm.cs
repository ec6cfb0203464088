using CustomerService.Forms;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Repairs.Trips.Domain;

namespace CustomerService.Repairs.Trips.Forms;

/// <summary>維修行程單: what a unit goes with for several orders: briefing and principles once, then each order.</summary>
internal static class TripSheetForm
{
    private const float Room = 30;

    public static FormDocument Fill(
        Trip trip,
        IReadOnlyList<(RepairOrder Order, RepairOrderRelease Release)> orders,
        FormTexts texts
    ) =>
        new()
        {
            Form = "trip-sheet",
            Title = texts.Say("form.trip-sheet.title"),
            Number = trip.Number,
            Language = texts.Language,
            Version = trip.Version,
            PrintsForm = false,
            Sections =
            [
                texts.Section(
                    "trip",
                    FormRow.Of(texts.Cell("project", trip.ProjectName), texts.Cell("repair-unit", trip.UnitName)),
                    FormRow.Of(
                        texts.Cell("trip-day", FormTexts.Day(trip.Day)),
                        texts.Cell("planned-by", trip.PlannedBy.Name)
                    ),
                    FormRow.Of(
                        texts
                            .Cell("briefing-points", Briefing(trip.Briefing, texts))
                            .WithRoom(Room)
                            .Signed(
                                texts.Cell("head-of-engineering", trip.Briefing?.By.Name),
                                texts.Cell("signed-on", FormTexts.Day(trip.Briefing?.On))
                            )
                    ),
                    FormRow.Of(texts.Cell("crew", Crew(trip.Briefing)).WithRoom(Room))
                ),
                .. orders.Select((one, at) => Section(one.Order, one.Release, at + 1, texts)),
            ],
        };

    private static FormSection Section(RepairOrder order, RepairOrderRelease release, int at, FormTexts texts) =>
        new(
            FormattableString.Invariant($"order-{at}"),
            $"{order.Number}　{order.Location}",
            [
                FormRow.Of(
                    texts.Cell("task-sheet-number", order.TaskSheetNumber),
                    texts.Cell("severity", texts.Coded<DefectSeverity>("severity", order.Severity))
                ),
                FormRow.Of(
                    texts.Cell("contact", order.SiteContact?.Name ?? order.Contact),
                    texts.Cell("phone", order.SiteContact?.Phone ?? order.Phone)
                ),
                FormRow.Of(texts.Cell("defect", order.Description)),
                FormRow.Of(texts.Cell("scope", order.Confirmation?.ReworkAgreed)),
                FormRow.Of(
                    texts.Cell(
                        "task-measures",
                        release.Analysis is { } analysis ? FormTexts.Numbered(analysis.Measures) : null
                    )
                ),
            ]
        );

    private static string Briefing(Briefing? briefing, FormTexts texts) =>
        briefing is null ? texts.Say("form.principles") : $"{briefing.Content}\n{texts.Say("form.principles")}";

    private static string? Crew(Briefing? briefing) =>
        briefing is null
            ? null
            : string.Join('、', briefing.Participants.Where(p => p.Role != BriefingRole.Observer).Select(p => p.Name));
}
