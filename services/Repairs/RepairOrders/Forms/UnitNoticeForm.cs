using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CustomerService.Forms;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;

namespace CustomerService.Repairs.RepairOrders.Forms;

/// <summary>A step of an order's audit trail, as the bundle prints it.</summary>
internal sealed record TimelineLine(DateTimeOffset At, string Action, string By, string? Why, string Hash);

/// <summary>
/// The written notice to a unit that does not come, and the evidence for a charge-back: record, notice, timeline and
/// cost in one document with its hash (P3.1.1).
/// </summary>
internal static class UnitNoticeForm
{
    private const float Letter = 150;

    /// <summary>The letter alone.</summary>
    public static FormDocument Notice(RepairOrder order, NoticeOfUnit notice, FormTexts texts) =>
        new()
        {
            Form = "unit-notice",
            Title = texts.Say("form.unit-notice.title"),
            Number = order.Number,
            Language = texts.Language,
            Version = order.Version,
            PrintsForm = false,
            Sections = [NoticeSection(order, notice, texts)],
        };

    /// <summary>Everything that stands for the charge-back.</summary>
    public static FormDocument Evidence(
        RepairOrder order,
        IReadOnlyList<NoticeOfUnit> notices,
        IReadOnlyList<TimelineLine> timeline,
        IReadOnlyList<OrderPhoto> photos,
        FormTexts texts
    )
    {
        List<FormSection> sections =
        [
            texts.Section(
                "order",
                FormRow.Of(texts.Cell("project", order.ProjectName), texts.Cell("contract", order.ContractNumber)),
                FormRow.Of(texts.Cell("owner", order.OwnerName), texts.Cell("location", order.Location)),
                FormRow.Of(
                    texts.Cell("charged-unit", order.ChargedUnitName),
                    texts.Cell("repair-unit", order.RepairUnitName)
                ),
                FormRow.Of(texts.Cell("defect", order.Description)),
                FormRow.Of(texts.Cell("scope", order.Confirmation?.ReworkAgreed)),
                FormRow.Of(texts.Cell("main-cause", order.Lessons?.Cause ?? order.Analysis?.MainCause)),
                FormRow.Of(texts.Cell("repair-record", Work(order)))
            ),
            .. notices.Select(notice => NoticeSection(order, notice, texts)),
            new FormSection(
                "costs",
                texts.Say("form.section.costs"),
                [
                    .. order
                        .Costs.Where(cost => cost.Counts)
                        .Select(cost =>
                            FormRow.Of(
                                new FormCell("cost", texts.Coded<CostKind>("cost-kind", cost.Kind)!, cost.Text).Wide(2),
                                new FormCell("amount", texts.Say("form.amount"), Yuan(cost.Amount))
                            )
                        ),
                    FormRow.Of(texts.Cell("total", Yuan(order.CostTotal))),
                ]
            ),
            texts.Section("photos", Photos(photos, texts)),
            new FormSection(
                "timeline",
                texts.Say("form.section.timeline"),
                [
                    .. timeline.Select(line =>
                        FormRow.Of(new FormCell("step", texts.At(line.At)!, StepOf(line, texts)).Wide(1))
                    ),
                ]
            ),
        ];
        // What stands above, word for word, and the end of the audit chain that it is taken from.
        var content = JsonSerializer.Serialize(sections);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
        sections.Add(
            texts.Section(
                "proof",
                FormRow.Of(texts.Cell("content-hash", hash)),
                FormRow.Of(texts.Cell("audit-head", order.AuditHead))
            )
        );
        return new FormDocument
        {
            Form = "evidence",
            Title = texts.Say("form.evidence.title"),
            Number = order.Number,
            Language = texts.Language,
            Version = order.Version,
            PrintsForm = false,
            Sections = sections,
        };
    }

    // Names and hashes stand in the text, so that the hash of the bundle holds for the photos too.
    private static IReadOnlyList<FormRow> Photos(IReadOnlyList<OrderPhoto> photos, FormTexts texts) =>
        photos.Count == 0
            ? [FormRow.Of(texts.Cell("photo-files", texts.Say("form.no-photos")))]
            :
            [
                .. OrderPhotos.Rows(photos, texts),
                FormRow.Of(
                    texts.Cell(
                        "photo-files",
                        string.Join('\n', photos.Select((p, at) => $"{at + 1}. {p.Name}\n{p.Sha256}"))
                    )
                ),
            ];

    private static FormSection NoticeSection(RepairOrder order, NoticeOfUnit given, FormTexts texts) =>
        texts.Section(
            "notice",
            FormRow.Of(texts.Cell("charged-unit", given.UnitName), texts.Cell("recipient", given.Notice.Recipient)),
            FormRow.Of(texts.Cell("project", order.ProjectName), texts.Cell("location", order.Location)),
            FormRow.Of(
                texts.Cell("order", order.Number),
                texts.Cell("channel", texts.Coded<NoticeChannel>("channel", given.Notice.Channel))
            ),
            FormRow.Of(
                texts.Cell("dispatched-on", FormTexts.Day(given.IssuedOn)),
                texts.Cell("receive-until", FormTexts.Day(given.ReceiptDueOn))
            ),
            FormRow.Of(
                texts
                    .Cell("notice-text", $"{given.Notice.Text}\n\n{texts.Say("form.notice-rule")}")
                    .WithRoom(Letter)
                    .Signed(
                        texts.Cell("head-of-engineering", given.Notice.By.Name),
                        texts.Cell("signed-on", FormTexts.Day(given.Notice.On))
                    )
            )
        );

    private static string? Work(RepairOrder order) =>
        order.WorkReports.Count == 0 ? null : string.Join('\n', order.WorkReports.Select(report => report.WorkDone));

    private static string StepOf(TimelineLine line, FormTexts texts) =>
        string.Join(
            "  ",
            new[]
            {
                texts.Find("step." + line.Action) ?? line.Action,
                line.By,
                line.Why?.Truncate(120, "…"),
            }.OfType<string>()
        );

    private static string Yuan(decimal amount) => FormattableString.Invariant($"{amount:#,0.00}");
}

/// <summary>A notice with the unit that it went to.</summary>
internal sealed record NoticeOfUnit(string UnitName, DateOnly IssuedOn, DateOnly? ReceiptDueOn, UnitNotice Notice)
{
    /// <summary>The notices of an order, the last one last.</summary>
    public static IReadOnlyList<NoticeOfUnit> Of(RepairOrder order) =>
        [
            .. order
                .EarlierAssignments.Where(before => before.Notice is not null)
                .Select(before => new NoticeOfUnit(
                    before.UnitName,
                    before.Record.On,
                    before.ReceiptDueOn,
                    before.Notice!
                )),
            .. order.Notice is { } notice
                ? [new NoticeOfUnit(order.RepairUnitName!, order.DispatchRecord!.On, order.ReceiptDueOn, notice)]
                : Array.Empty<NoticeOfUnit>(),
        ];
}
