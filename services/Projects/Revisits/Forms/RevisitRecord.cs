using System.Globalization;
using CustomerService.Forms;
using CustomerService.Projects.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Projects.Forms;

/// <summary>Form 3.3.1, 工程回訪記錄表: the rows of the paper form, in Traditional Chinese whoever prints it.</summary>
internal sealed class RevisitRecordForm(Texts texts, FormFont font, CompanyClock clock)
{
    private static readonly CultureInfo Language = CultureInfo.GetCultureInfo("zh-Hant");

    /// <param name="project">The project.</param>
    /// <param name="revisit">The revisit.</param>
    /// <param name="repairRecords">Numbers of the repair records that came from it.</param>
    /// <param name="signature">The owner's signature as an image, where there is one.</param>
    /// <exception cref="FontMissingException">There is no font with Chinese characters.</exception>
    public byte[] Print(Project project, Revisit revisit, IReadOnlyList<string> repairRecords, byte[]? signature)
    {
        var findings = revisit
            .Findings.Select(
                (f, i) =>
                    T(
                        "form.finding",
                        ("index", i + 1),
                        ("part", Code("part.", f.Part)),
                        ("location", f.Location),
                        ("severity", Code("severity.", Spelling.Kebab(f.Severity.ToString()))),
                        ("description", f.Description)
                    )
                    + (
                        string.IsNullOrWhiteSpace(f.Explanation)
                            ? ""
                            : "\n" + T("form.explanation", ("text", f.Explanation))
                    )
                    + (
                        string.IsNullOrWhiteSpace(f.ProposedSolution)
                            ? ""
                            : "\n" + T("form.solution", ("text", f.ProposedSolution))
                    )
            )
            .ToList();
        var judgements =
            revisit
                .Judgement?.Findings.Select(j =>
                    T(
                        "form.judgement",
                        ("index", IndexOf(revisit, j.FindingId)),
                        ("cause", j.Cause),
                        ("liability", Code("liability.", Spelling.Kebab(j.Liability.ToString()))),
                        ("unit", j.ResponsibleUnit)
                    )
                )
                .ToList()
            ?? [];
        if (revisit.Judgement?.Remarks is { Length: > 0 } remarks)
        {
            judgements.Add(remarks);
        }

        var visitors = string.Join(
            T("form.separator"),
            revisit.Attendees.Select(a =>
                (
                    a.Seat == Seat.Other
                        ? a.Name
                        : $"{a.Name}{T("form.of-seat", ("seat", Code("seat.", Spelling.Kebab(a.Seat.ToString()))))}"
                ) + (a.SubstituteReason is null ? "" : T("form.substitute", ("reason", a.SubstituteReason)))
            )
        );
        var none = T("form.none");
        var sheet = new FormSheet(
            font.Typeface(Language.Name),
            FormWords.In(texts, Language),
            T("form.331.title"),
            T("form.number", ("number", revisit.FileNumber ?? $"{project.ContractNumber}/{revisit.Number}"))
        )
            .Row((T("form.project"), project.Name), (T("form.owner"), project.OwnerName))
            .Row(
                (T("form.contract"), project.ContractNumber),
                (
                    T("form.area"),
                    T(
                        "form.square-metres",
                        ("area", project.BuildingAreaSquareMetres.ToString("#,0.##", CultureInfo.InvariantCulture))
                    )
                )
            )
            .Row(
                (T("form.structure"), Code("structure.", project.StructureType)),
                (T("form.handover"), Day(project.HandedOverOn))
            )
            .Row(
                (T("form.quality"), project.QualityGrade),
                (
                    T("form.revisit-form"),
                    revisit.Form is { } how ? Code("revisit-form.", Spelling.Kebab(how.ToString())) : ""
                )
            )
            .Block(
                T("form.findings"),
                revisit.HeldOn is null ? ""
                    : findings.Count > 0 ? string.Join("\n", findings)
                    : none,
                100
            )
            .Block(T("form.visitors"), visitors, 44, new FormFoot(T("form.date", ("date", Day(revisit.HeldOn)))))
            .Block(
                T("form.owner-opinion"),
                revisit.OwnerOpinion ?? "",
                92,
                new FormFoot(
                    T(
                        "form.owner-signed",
                        ("name", revisit.OwnerSignature?.PrintedName ?? ""),
                        ("date", Day(revisit.OwnerSignature is { } signed ? clock.DateOf(signed.At) : null))
                    ),
                    signature
                )
            )
            .Block(
                T("form.judgements"),
                judgements.Count > 0 ? string.Join("\n", judgements)
                    : revisit.State == RevisitState.Closed ? none
                    : "",
                92,
                new FormFoot(
                    T(
                        "form.quality-signed",
                        ("name", revisit.Judgement?.DecidedBy ?? ""),
                        ("date", Day(revisit.Judgement?.On))
                    )
                )
            )
            .Block(
                T("form.disposition"),
                revisit.Disposition?.Text ?? (revisit.State == RevisitState.Closed ? none : ""),
                60
            )
            .Row(
                (
                    T("form.repair-records"),
                    repairRecords.Count > 0 ? string.Join(T("form.separator"), repairRecords)
                    : revisit.State == RevisitState.Closed ? none
                    : ""
                )
            )
            .Row(
                (T("form.engineering-head"), revisit.Disposition?.DecidedBy ?? ""),
                (T("form.day"), Day(revisit.Disposition?.On))
            );
        return sheet.ToPdf(clock.Now);
    }

    private static int IndexOf(Revisit revisit, Guid finding) =>
        revisit.Findings.Select((f, i) => (f.Id, Index: i + 1)).FirstOrDefault(f => f.Id == finding).Index;

    private string Day(DateOnly? day) =>
        day is { } d ? T("form.ymd", ("year", d.Year), ("month", d.Month), ("day", d.Day)) : T("form.no-day");

    // A code that the company added and that has no text is printed as it is.
    private string Code(string prefix, string code) => texts.Find(prefix + code, null, Language) ?? code;

    private string T(string key, params (string Name, object? Value)[] arguments) =>
        texts.Find(key, arguments.ToDictionary(a => a.Name, a => a.Value), Language)
        ?? throw new InvalidOperationException($"The text '{key}' is missing.");
}
