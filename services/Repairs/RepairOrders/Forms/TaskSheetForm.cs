using CustomerService.Forms;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;

namespace CustomerService.Repairs.RepairOrders.Forms;

/// <summary>
/// 維修任務書: what the unit that repairs works by (P3.2.3). Scope and measures, days, materials, safety, the points of
/// the briefing and the crew; the unit signs its receipt at the foot.
/// </summary>
internal static class TaskSheetForm
{
    private const float Tall = 62;
    private const float Low = 40;

    public static FormDocument Fill(
        RepairOrder order,
        RepairOrderRelease release,
        byte[] qr,
        PlanOfOrder plan,
        IReadOnlyList<OrderPhoto> photos,
        FormTexts texts
    )
    {
        var issued = order.DispatchRecord!;
        var briefing = release.Briefing;
        return new FormDocument
        {
            Form = RepairOrder.TaskSheetForm,
            Title = texts.Say("form.task-sheet.title"),
            Number = order.TaskSheetNumber ?? order.Number,
            Language = texts.Language,
            Version = order.Version,
            PrintsForm = false,
            Sections =
            [
                texts.Section(
                    "task",
                    FormRow.Of(texts.Cell("repair-unit", order.RepairUnitName), texts.Cell("order", order.Number)),
                    FormRow.Of(texts.Cell("project", order.ProjectName), texts.Cell("contract", order.ContractNumber)),
                    FormRow.Of(texts.Cell("owner", order.OwnerName), texts.Cell("phone", order.Phone)),
                    FormRow.Of(texts.Cell("location", order.Location), texts.Cell("contact", Met(order))),
                    FormRow.Of(
                        texts.Cell("severity", texts.Coded<DefectSeverity>("severity", order.Severity)),
                        texts.Cell("leader", issued.Leader.PersonName)
                    ),
                    FormRow.Of(
                        texts.Cell("planned-days", Days(order.Plan)),
                        texts.Cell("targets", Targets(order, texts))
                    )
                ),
                texts.Section(
                    "what",
                    FormRow.Of(texts.Cell("defect", order.Description).WithRoom(Low)),
                    FormRow.Of(texts.Cell("scope", order.Confirmation?.ReworkAgreed).WithRoom(Low)),
                    FormRow.Of(texts.Cell("task-measures", Measures(release)).WithRoom(Tall)),
                    FormRow.Of(texts.Cell("materials", issued.Materials).WithRoom(Low)),
                    FormRow.Of(texts.Cell("safety", issued.Safety).WithRoom(Low))
                ),
                .. plan.Section(texts),
                .. Photos(photos, texts),
                texts.Section(
                    "who",
                    FormRow.Of(
                        texts.Cell(
                            "briefing-points",
                            briefing is null
                                ? texts.Say("form.principles")
                                : $"{briefing.Content}\n{texts.Say("form.principles")}"
                        )
                    ),
                    FormRow.Of(texts.Cell("crew", Crew(briefing)).WithRoom(Low)),
                    FormRow.Of(
                        texts
                            .Cell("issue", texts.Say("form.scan"))
                            .WithRoom(Low)
                            .Signed(
                                qr,
                                texts.Cell("issuer", issued.By.Name),
                                texts.Cell("issued-on", FormTexts.Day(issued.On))
                            )
                    ),
                    FormRow.Of(
                        texts
                            .Cell("receipt", Receipt(order, texts))
                            .WithRoom(Low)
                            .Signed(
                                texts.Cell("received-by", order.Receipt?.By.Name),
                                texts.Cell("received-on", texts.DayOf(order.ReceivedAt))
                            )
                    )
                ),
            ],
        };
    }

    // Where nobody took a photo the sheet has no empty frames.
    private static IEnumerable<FormSection> Photos(IReadOnlyList<OrderPhoto> photos, FormTexts texts) =>
        photos.Count == 0 ? [] : [texts.Section("photos", OrderPhotos.Rows(photos, texts))];

    private static string Met(RepairOrder order) =>
        order.SiteContact is { } met ? string.Join(' ', new[] { met.Name, met.Phone }.OfType<string>()) : order.Contact;

    private static string? Days(RepairPlan? plan) =>
        plan is null ? null : $"{FormTexts.Day(plan.From)} – {FormTexts.Day(plan.To)}";

    private static string Targets(RepairOrder order, FormTexts texts) =>
        // The instant at which a day is over is the first of the next one.
        order.FinishDueAt
            is { } end
            ? texts.Say(
                "form.start-and-finish",
                ("start", texts.DayOf(order.StartDueAt?.AddTicks(-1))),
                ("finish", texts.DayOf(end.AddTicks(-1)))
            )
            : texts.Say("form.on-site-by", ("start", texts.At(order.StartDueAt)));

    private static string? Measures(RepairOrderRelease release) =>
        release.Analysis is { } analysis ? FormTexts.Numbered(analysis.Measures) : null;

    private static string? Crew(Briefing? briefing) =>
        briefing is null
            ? null
            : string.Join('、', briefing.Participants.Where(p => p.Role != BriefingRole.Observer).Select(p => p.Name));

    private static string Receipt(RepairOrder order, FormTexts texts) =>
        order.Receipt is null
            ? texts.Say("form.receive-by", ("day", FormTexts.Day(order.ReceiptDueOn)))
            : texts.Say("form.received-at", ("at", texts.At(order.ReceivedAt)));
}
