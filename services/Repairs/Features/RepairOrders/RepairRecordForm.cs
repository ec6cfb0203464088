using System.Globalization;
using CustomerService.Repairs.Domain.RepairOrders;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.Features.RepairOrders;

/// <summary>Form 3.3.2, 工程維修記錄表, as rows of cells.</summary>
/// <param name="Form">Number of the form.</param>
/// <param name="Title">Its title.</param>
/// <param name="Number">Number of the record.</param>
internal sealed record RepairRecordForm(string Form, string Title, string Number, IReadOnlyList<FormRow> Rows)
{
    public static RepairRecordForm Of(RepairOrder order, Texts texts, CultureInfo? culture = null)
    {
        string? Say(string key, IReadOnlyDictionary<string, object?>? arguments = null) =>
            texts.Find(key, arguments, culture);
        FormCell Cell(string name, string? value) =>
            new(name, Say("form." + name) ?? name, string.IsNullOrWhiteSpace(value) ? null : value);

        var report = order.WorkReports.Count > 0 ? order.WorkReports[^1] : null;
        var inspection = order.Inspections.Count > 0 ? order.Inspections[^1] : null;
        var response = order.OwnerResponses.Count > 0 ? order.OwnerResponses[^1] : null;
        return new RepairRecordForm(
            "3.3.2",
            Say("form.title") ?? "",
            order.Number,
            [
                new([Cell("repair-unit", order.RepairUnitName), Cell("number", order.Number)]),
                new([Cell("project", order.ProjectName), Cell("contract", order.ContractNumber)]),
                new([Cell("owner", order.OwnerName), Cell("phone", order.Phone)]),
                new([Cell("location", order.Location), Cell("contact", order.Contact)]),
                new([
                    Cell("repair-content", Content(order, Say)),
                    Cell("issuer", order.Issue?.By.Name),
                    Cell("issued-on", Day(order.Issue?.On)),
                ]),
                new([
                    Cell("repair-record", Work(order, Say)),
                    Cell("leader", order.Issue?.Leader.PersonName),
                    Cell("finished-on", Day(report?.FinishedOn)),
                ]),
                new([
                    Cell(
                        "qc-opinion",
                        Verdict(Say, inspection?.Passed, "form.passed", "form.failed", inspection?.Opinion)
                    ),
                    Cell("inspector", inspection?.By.Name),
                    Cell("inspected-on", Day(inspection?.On)),
                ]),
                new([
                    Cell(
                        "owner-evaluation",
                        Verdict(Say, response?.Accepted, "form.accepted", "form.refused", response?.Opinion)
                    ),
                    Cell("owner-signature", response?.Signature.PrintedName),
                    Cell("signed-on", Day(response?.On)),
                ]),
            ]
        );
    }

    private delegate string? Speak(string key, IReadOnlyDictionary<string, object?>? arguments = null);

    private static string Content(RepairOrder order, Speak say)
    {
        // Before approval the draft is not part of the record that goes out.
        var measures = order.Approval is not null || order.Issue is not null ? order.Analysis?.Measures ?? [] : [];
        return measures.Count == 0
            ? order.Description
            : order.Description + "\n" + say("form.measures") + "\n" + Numbered(measures);
    }

    private static string? Work(RepairOrder order, Speak say) =>
        order.WorkReports.Count == 0
            ? null
            : string.Join(
                '\n',
                order.WorkReports.Select(report =>
                    order.WorkReports.Count == 1
                        ? report.WorkDone
                        : say("form.round", new Dictionary<string, object?> { ["round"] = report.Round })
                            + report.WorkDone
                )
            );

    private static string Numbered(IReadOnlyList<string> lines) =>
        string.Join('\n', lines.Select((line, i) => string.Create(CultureInfo.InvariantCulture, $"{i + 1}. {line}")));

    private static string? Verdict(Speak say, bool? yes, string ifSo, string ifNot, string? opinion) =>
        yes is { } said ? say(said ? ifSo : ifNot) + opinion : null;

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>A row of a form.</summary>
internal sealed record FormRow(IReadOnlyList<FormCell> Cells);

/// <summary>A cell of a form.</summary>
/// <param name="Name">Stable name.</param>
/// <param name="Label">As printed, in the caller's language.</param>
/// <param name="Value">Null while it is not filled in.</param>
internal sealed record FormCell(string Name, string Label, string? Value);
