using CustomerService.Forms;
using CustomerService.Repairs.RepairOrders.Domain;

namespace CustomerService.Repairs.RepairOrders.Forms;

/// <summary>
/// Form 3.3.2, 工程維修記錄表, as the paper has it: pairs of label and value on top, then a block each for what is to be
/// repaired, what was done, the quality department and the owner, signed at the foot of the block.
/// </summary>
internal static class RepairRecordForm
{
    private const float BlockHeight = 128;

    public static FormDocument Fill(
        RepairOrder order,
        RepairOrderRelease release,
        IReadOnlyList<OrderPhoto> photos,
        FormTexts texts
    )
    {
        var issued = order.DispatchRecord;
        var report = order.WorkReports.Count > 0 ? order.WorkReports[^1] : null;
        var inspection = order.Inspections.Count > 0 ? order.Inspections[^1] : null;
        if (inspection is not null && !release.Inspections.Contains(inspection))
        {
            inspection = null;
        }

        var response = order.OwnerResponses.Count > 0 ? order.OwnerResponses[^1] : null;
        var verdict = Verdict(texts, inspection?.Passed, "form.passed", "form.failed", inspection?.Opinion);
        var evaluation = Verdict(texts, response?.Accepted, "form.accepted", "form.refused", Word(response, texts));
        return new FormDocument
        {
            Form = "3.3.2",
            Title = texts.Say("form.title"),
            Number = order.Number,
            Language = texts.Language,
            Version = order.Version,
            Sections =
            [
                texts.Section(
                    "order",
                    FormRow.Of(texts.Cell("repair-unit", order.RepairUnitName), texts.Cell("number", order.Number)),
                    FormRow.Of(texts.Cell("project", order.ProjectName), texts.Cell("contract", order.ContractNumber)),
                    FormRow.Of(texts.Cell("owner", order.OwnerName), texts.Cell("phone", order.Phone)),
                    FormRow.Of(texts.Cell("location", order.Location), texts.Cell("contact", Contact(order)))
                ),
                texts.Section(
                    "repair",
                    Block(
                        texts,
                        "repair-content",
                        Content(order, release, texts),
                        "issuer",
                        issued?.By.Name,
                        "issued-on",
                        issued?.On
                    ),
                    Block(
                        texts,
                        "repair-record",
                        Work(order, texts),
                        "leader",
                        issued?.Leader.PersonName,
                        "finished-on",
                        report?.FinishedOn
                    ),
                    Block(
                        texts,
                        "qc-opinion",
                        verdict,
                        "inspector",
                        inspection?.By.Name,
                        "inspected-on",
                        inspection?.On
                    ),
                    Block(
                        texts,
                        "owner-evaluation",
                        evaluation,
                        "owner-signature",
                        Signer(response, texts),
                        "signed-on",
                        response?.On
                    )
                ),
                .. order.OwnerResponses.Where(said => said.Photos.Count > 0).Select(said => Shown(said, photos, texts)),
            ],
        };
    }

    // What the owner said of a round, with the photos that they named.
    private static FormSection Shown(OwnerResponse said, IReadOnlyList<OrderPhoto> photos, FormTexts texts) =>
        texts.Section(
            "owner-photos",
            [
                FormRow.Of(
                    texts.Cell(
                        "owner-said",
                        texts.Say("form.round", ("round", said.Round))
                            + Verdict(texts, said.Accepted, "form.accepted", "form.refused", Word(said, texts))
                    )
                ),
                .. OrderPhotos.Rows([.. photos.Where(photo => said.Photos.Contains(photo.Id))], texts),
            ]
        );

    private static FormRow Block(
        FormTexts texts,
        string key,
        string? value,
        string signer,
        string? name,
        string signedOn,
        DateOnly? on
    ) =>
        FormRow.Of(
            texts
                .Cell(key, value)
                .WithRoom(BlockHeight)
                .Signed(texts.Cell(signer, name), texts.Cell(signedOn, FormTexts.Day(on)))
        );

    private static string Content(RepairOrder order, RepairOrderRelease release, FormTexts texts)
    {
        // Before approval the draft is not part of the record that goes out; an emergency goes out before.
        var measures =
            order.Approval is not null || order.DispatchRecord is not null ? release.Analysis?.Measures ?? [] : [];
        return measures.Count == 0
            ? order.Description
            : $"{order.Description}\n{texts.Say("form.measures")}\n{FormTexts.Numbered(measures)}";
    }

    // Who is to be met at the place; else the owner's contact, whose number stands above.
    private static string Contact(RepairOrder order) =>
        order.SiteContact is { } met ? string.Join(' ', new[] { met.Name, met.Phone }.OfType<string>()) : order.Contact;

    // A user may decide inside their own unit, with the owner told.
    private static string? Word(OwnerResponse? response, FormTexts texts) =>
        response?.User is { } user
            ? response.Opinion
                + "\n"
                + texts.Say(
                    "form.by-user",
                    ("person", user.Name),
                    ("place", user.Place),
                    ("day", FormTexts.Day(user.OwnerToldOn)),
                    ("how", texts.Coded<WordBy>("form.word", user.OwnerToldBy))
                )
            : response?.Opinion;

    // 簽章或記錄: the signature, or who gave the word, how, and who took it down.
    private static string? Signer(OwnerResponse? response, FormTexts texts) =>
        response?.Recorded is { } word
            ? texts.Say(
                "form.recorded",
                ("person", word.By),
                ("how", texts.Coded<WordBy>("form.word", word.How)),
                ("recorder", response.By.Name)
            )
            : response?.Signature?.PrintedName;

    private static string? Work(RepairOrder order, FormTexts texts) =>
        order.WorkReports switch
        {
            [] => null,
            [var only] => only.WorkDone,
            var several => string.Join(
                '\n',
                several.Select(report => texts.Say("form.round", ("round", report.Round)) + report.WorkDone)
            ),
        };

    private static string? Verdict(FormTexts texts, bool? yes, string ifSo, string ifNot, string? opinion) =>
        yes is { } said ? texts.Say(said ? ifSo : ifNot) + opinion : null;
}
