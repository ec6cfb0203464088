using System.Globalization;
using CustomerService.Complaints.ActionItems.Domain;
using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Codes;
using CustomerService.Complaints.Codes.Domain;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Forms;
using CustomerService.Registry;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Complaints.Forms;

/// <summary>Form FM004, 顧客投訴處理單 (C10). Customers get it without QC's ruling and the CAPAs.</summary>
internal sealed class ComplaintForm(
    ComplaintsDb db,
    RegistryLookup registry,
    CodeCatalogue codes,
    ComplaintsSettings settings,
    Caller caller
) : IForm
{
    private const float Paragraph = 48;
    private const int MostTraceLines = 100;

    public async Task<FormResult> FillAsync(Guid id, FormTexts texts, CancellationToken cancellation)
    {
        var complaint = await db
            .Complaints.AsNoTracking()
            .VisibleTo(caller.Actor)
            .FirstOrDefaultAsync(c => c.Id == id, cancellation);
        if (complaint is null)
        {
            return FormResult.NotFound;
        }

        if (complaint.CheckForm() is { } refusal)
        {
            return refusal;
        }

        if (!caller.IsStaff)
        {
            return FillForCustomer(complaint, texts) with { Link = settings.AddressOf(complaint) };
        }

        var capas = await db
            .Capas.AsNoTracking()
            .VisibleTo(caller.Actor)
            .Where(capa => capa.ComplaintId == id)
            .OrderBy(capa => capa.Id)
            .ToListAsync(cancellation);
        var departments = await registry.DepartmentNamesAsync(
            DepartmentsOf(complaint, capas),
            texts.Language,
            cancellation
        );
        var causes = await codes.NamesAsync(
            CodeKind.Cause,
            [complaint.LiabilityRuling?.CauseCode],
            texts.Language,
            cancellation
        );
        return FillForStaff(complaint, capas, departments, causes, texts) with { Link = settings.AddressOf(complaint) };
    }

    /// <param name="complaint">The complaint.</param>
    /// <param name="capas">Its CAPAs.</param>
    /// <param name="departments">Names of departments by code; without one the code is printed.</param>
    /// <param name="causes">Names of causes by code; without one the code is printed.</param>
    /// <param name="texts">Texts in the language of the form.</param>
    internal static FormDocument FillForStaff(
        Complaint complaint,
        IReadOnlyList<Capa> capas,
        IReadOnlyDictionary<string, string> departments,
        IReadOnlyDictionary<string, string> causes,
        FormTexts texts
    ) =>
        Document(
            complaint,
            texts,
            [
                Intake(complaint, texts),
                Response(complaint.Response, texts),
                Triage(complaint.Triage, texts),
                Quality(complaint.LiabilityRuling, departments, causes, texts),
                .. Notices(complaint, departments, texts),
                .. Lots(complaint, texts),
                .. Traceability(complaint, texts),
                .. Remedies(complaint, departments, texts),
                .. complaint.MeetingsNow.Select(meeting => Meeting(meeting, departments, texts)),
                .. capas.Select(capa => Action(capa, departments, texts)),
                Answer(complaint.CustomerAnswer, texts),
                Confirmation(complaint.Confirmation, texts),
                Closing(complaint, complaint.ClosedWithoutConfirmation, texts),
            ]
        );

    internal static FormDocument FillForCustomer(Complaint complaint, FormTexts texts) =>
        Document(
            complaint,
            texts,
            [
                Intake(complaint, texts),
                Response(complaint.Response, texts),
                Triage(complaint.Triage?.Outcome == TriageOutcome.ToQc ? null : complaint.Triage, texts),
                Answer(complaint.CustomerAnswer, texts),
                Confirmation(complaint.Confirmation, texts),
                Closing(complaint, null, texts),
            ]
        );

    private static string? NameOf(string? code, IReadOnlyDictionary<string, string> departments) =>
        code is null ? null : departments.GetValueOrDefault(code, code);

    private static IEnumerable<string?> DepartmentsOf(Complaint complaint, IEnumerable<Capa> capas) =>
        capas
            .Select(capa => capa.Department)
            .Append(complaint.ResponsibleDepartment)
            .Concat(complaint.NoticesNow.Select(notice => notice.Department))
            .Concat(complaint.RemediesNow.Select(remedy => remedy.Department))
            .Concat(complaint.MeetingsNow.SelectMany(meeting => meeting.Departments));

    private static FormDocument Document(Complaint complaint, FormTexts texts, IReadOnlyList<FormSection> sections) =>
        new()
        {
            Form = FormCodes.Of(Complaint.Form),
            Title = texts.Say("form.fm004"),
            Number = complaint.FormNumber!,
            Language = texts.Language,
            Version = complaint.Version,
            Sections = sections,
        };

    private static FormSection Intake(Complaint complaint, FormTexts texts) =>
        texts.Section(
            "complaint",
            FormRow.Of(
                texts.Cell("number", complaint.Number),
                texts.Cell("registered-on", FormTexts.Day(complaint.RegisteredOn)),
                texts.Cell("round", complaint.Round.ToString(CultureInfo.InvariantCulture))
            ),
            FormRow.Of(
                texts.Cell("received-at", texts.At(ReceivedAt(complaint))),
                texts.Cell("taken-by", TakenBy(complaint, texts)),
                texts.Cell("channel", texts.Coded<Channel>("channel", complaint.Channel))
            ),
            FormRow.Of(
                texts.Cell("customer", complaint.CustomerName),
                texts.Cell("contact", complaint.Contact),
                texts.Cell("phone", complaint.Phone)
            ),
            FormRow.Of(
                texts.Cell("project", complaint.Reference.ProjectName),
                texts.Cell("product-model", complaint.Reference.ProductModel)
            ),
            FormRow.Of(
                texts.Cell("serial-number", complaint.Reference.SerialNumber),
                texts.Cell("order-number", complaint.Reference.OrderNumber)
            ),
            FormRow.Of(texts.Cell("subject", complaint.Subject)),
            FormRow.Of(texts.Cell("description", complaint.Description).WithRoom(Paragraph)),
            FormRow.Of(
                texts.Cell("severity", texts.Coded<Severity>("severity", complaint.Severity)),
                texts.Cell("response-due", texts.At(complaint.ResponseDueAt)),
                texts.Cell("resolution-due", texts.At(complaint.ResolutionDueAt))
            )
        );

    // A complaint that came by event was taken by no person.
    private static string TakenBy(Complaint complaint, FormTexts texts) =>
        complaint.TakenBy.IsSystem ? texts.Coded("service", complaint.TakenBy.Name)! : complaint.TakenBy.Name;

    private static DateTimeOffset ReceivedAt(Complaint complaint) =>
        complaint.Rounds.Count > 0 ? complaint.Rounds[0].OpenedAt : complaint.OpenedAt;

    private static FormSection Response(FirstResponse? response, FormTexts texts) =>
        texts.Section(
            "response",
            FormRow.Of(
                texts
                    .Cell("response", response?.Message)
                    .Signed(
                        texts.Cell("response-by", response?.By.Name),
                        texts.Cell("response-at", texts.At(response?.By.At))
                    )
            )
        );

    private static FormSection Triage(Triage? triage, FormTexts texts) =>
        texts.Section(
            "triage",
            FormRow.Of(texts.Cell("triage", texts.Coded("triage", triage?.Outcome))),
            FormRow.Of(
                texts
                    .Cell("triage-note", triage?.Note)
                    .Signed(
                        texts.Cell("triage-by", triage?.By.Name),
                        texts.Cell("triage-on", FormTexts.Day(triage?.On))
                    )
            )
        );

    private static FormSection Quality(
        LiabilityRuling? ruling,
        IReadOnlyDictionary<string, string> departments,
        IReadOnlyDictionary<string, string> causes,
        FormTexts texts
    ) =>
        texts.Section(
            "quality",
            FormRow.Of(
                texts.Cell("liability", texts.Coded("liability", ruling?.Liability)),
                texts.Cell("responsible-department", NameOf(ruling?.Department, departments)),
                texts.Cell(
                    "cause-code",
                    NameOf(ruling?.CauseCode, causes) is { } name ? texts.Coded("cause", name) : null
                )
            ),
            FormRow.Of(
                texts
                    .Cell("findings", ruling?.Findings)
                    .WithRoom(Paragraph)
                    .Signed(
                        texts.Cell("liability-by", ruling?.By.Name),
                        texts.Cell("liability-on", FormTexts.Day(ruling?.On))
                    )
            )
        );

    private static IEnumerable<FormSection> Notices(
        Complaint complaint,
        IReadOnlyDictionary<string, string> departments,
        FormTexts texts
    ) =>
        complaint.NoticesNow.Select(notice =>
            texts.Section(
                "notice",
                FormRow.Of(
                    texts.Cell("notice-department", NameOf(notice.Department, departments)),
                    texts
                        .Cell("notice-text", notice.Text)
                        .Wide(3)
                        .Signed(
                            texts.Cell("notice-received-by", notice.Received?.Name),
                            texts.Cell("notice-received-at", texts.At(notice.Received?.At))
                        )
                )
            )
        );

    private static IEnumerable<FormSection> Lots(Complaint complaint, FormTexts texts) =>
        complaint.Lots.Count == 0
            ? []
            :
            [
                texts.Section(
                    "lots",
                    [
                        .. complaint.Lots.Select(lot =>
                            FormRow.Of(
                                texts.Cell(
                                    "lot",
                                    lot.ReworkOf is { } of
                                        ? string.Create(CultureInfo.InvariantCulture, $"{lot.No} · {lot.Lot} ({of})")
                                        : string.Create(CultureInfo.InvariantCulture, $"{lot.No} · {lot.Lot}")
                                ),
                                texts.Cell("lot-inspected", Number(lot.Inspected)),
                                texts.Cell("lot-passed", Number(lot.Passed)),
                                texts.Cell("lot-failed", Number(lot.Failed)),
                                texts.Cell("lot-disposition", texts.Coded("disposition", lot.Disposition?.Kind)),
                                texts.Cell("lot-by", lot.Disposition?.By.Name ?? lot.By.Name)
                            )
                        ),
                    ]
                ),
            ];

    private static IEnumerable<FormSection> Traceability(Complaint complaint, FormTexts texts) =>
        complaint.TraceLines.Count == 0
            ? []
            :
            [
                texts.Section(
                    "trace",
                    [
                        .. complaint
                            .TraceLines.Take(MostTraceLines)
                            .Select(line =>
                                FormRow.Of(
                                    texts.Cell("trace-kind", texts.Coded<TraceKind>("trace", line.Kind)),
                                    texts.Cell("trace-identity", line.Identity),
                                    texts.Cell("trace-quantity", Number(line.Quantity)),
                                    texts.Cell("trace-checked", Number(line.Checked)),
                                    texts.Cell("trace-containment", line.Containment ?? line.Result)
                                )
                            ),
                    ]
                ),
            ];

    private static IEnumerable<FormSection> Remedies(
        Complaint complaint,
        IReadOnlyDictionary<string, string> departments,
        FormTexts texts
    ) =>
        complaint.RemediesNow.Any()
            ?
            [
                texts.Section(
                    "remedy",
                    [
                        .. complaint.RemediesNow.Select(remedy =>
                            FormRow.Of(
                                texts.Cell("remedy-number", remedy.Number),
                                texts.Cell("remedy-department", NameOf(remedy.Department, departments)),
                                texts.Cell("remedy-due", FormTexts.Day(remedy.DueOn)),
                                texts.Cell("remedy-state", texts.Coded<ActionItemState>("action", remedy.State))
                            )
                        ),
                    ]
                ),
            ]
            : [];

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static FormSection Action(Capa capa, IReadOnlyDictionary<string, string> departments, FormTexts texts) =>
        texts.Section(
            "capa",
            FormRow.Of(
                texts.Cell("capa-number", capa.Number),
                texts.Cell("capa-state", texts.Coded<CapaState>("capa", capa.State))
            ),
            FormRow.Of(
                texts.Cell("capa-department", NameOf(capa.Department, departments)),
                texts.Cell("capa-due", FormTexts.Day(capa.DueOn))
            ),
            FormRow.Of(texts.Cell("disposition", capa.Proposal?.Disposition)),
            FormRow.Of(texts.Cell("main-cause", capa.Proposal?.Cause)),
            FormRow.Of(texts.Cell("correction", capa.Proposal?.Correction)),
            FormRow.Of(
                texts
                    .Cell("prevention", capa.Proposal?.Prevention)
                    .Signed(
                        texts.Cell("proposed-by", capa.Proposal?.By.Name),
                        texts.Cell("proposed-on", FormTexts.Day(capa.Proposal?.On))
                    )
            ),
            FormRow.Of(
                texts
                    .Cell("review", capa.Review?.Opinion)
                    .Signed(
                        texts.Cell("reviewed-by", capa.Review?.By.Name),
                        texts.Cell("reviewed-on", FormTexts.Day(capa.Review?.On))
                    )
            ),
            FormRow.Of(
                texts
                    .Cell("execution", capa.Execution?.Record)
                    .Wide(3)
                    .Signed(
                        texts.Cell("executed-by", capa.Execution?.By.Name),
                        texts.Cell("executed-on", FormTexts.Day(capa.Execution?.On))
                    ),
                texts.Cell("executed-in-time", texts.YesNo(capa.Execution?.InTime))
            ),
            Verification(capa, VerifyingSide.Quality, "qc", texts),
            Verification(capa, VerifyingSide.CustomerService, "service", texts)
        );

    private static FormRow Verification(Capa capa, VerifyingSide side, string key, FormTexts texts)
    {
        var said = capa.Verifications.FirstOrDefault(verification => verification.Side == side);
        return FormRow.Of(
            texts
                .Cell($"verification-{key}", said?.Evidence)
                .Wide(3)
                .Signed(
                    texts.Cell($"verified-by-{key}", said?.By.Name),
                    texts.Cell($"verified-on-{key}", FormTexts.Day(said?.On))
                ),
            texts.Cell($"effective-{key}", texts.YesNo(said?.Effective))
        );
    }

    private static FormSection Meeting(
        Meeting meeting,
        IReadOnlyDictionary<string, string> departments,
        FormTexts texts
    ) =>
        texts.Section(
            "meeting",
            FormRow.Of(
                texts.Cell("meeting-on", FormTexts.Day(meeting.HeldOn)),
                texts.Cell("meeting-chair", meeting.Chair),
                texts.Cell(
                    "meeting-departments",
                    string.Join(
                        texts.Say("detail.separator"),
                        meeting.Departments.Select(code => NameOf(code, departments))
                    )
                )
            ),
            FormRow.Of(
                texts.Cell(
                    "meeting-reasons",
                    string.Join(
                        texts.Say("detail.separator"),
                        meeting.Reasons.Select(reason => texts.Coded<EscalationReason>("ground", reason))
                    )
                )
            ),
            FormRow.Of(texts.Cell("meeting-decisions", FormTexts.Numbered(meeting.Decisions.Select(one => one.What))))
        );

    private static FormSection Answer(CustomerAnswer? answer, FormTexts texts) =>
        texts.Section(
            "answer",
            FormRow.Of(texts.Cell("cause", answer?.Cause)),
            FormRow.Of(texts.Cell("traceability", answer?.Traceability)),
            FormRow.Of(
                texts
                    .Cell("conclusion", answer?.Conclusion)
                    .Signed(
                        texts.Cell("answered-by", answer?.By.Name),
                        texts.Cell("answered-at", texts.At(answer?.By.At))
                    )
            )
        );

    private static FormSection Confirmation(Confirmation? confirmation, FormTexts texts) =>
        texts.Section(
            "confirmation",
            [
                FormRow.Of(
                    texts
                        .Cell("opinion", confirmation?.Opinion)
                        .WithRoom(Paragraph)
                        .Signed(
                            texts.Cell("confirmed-by", confirmation?.Signature.PrintedName),
                            texts.Cell("confirmed-at", texts.At(confirmation?.Signature.At))
                        )
                ),
                // 簽章或記錄: what stands in the place of a signature says how it came, and who took it down.
                .. confirmation is { Proof: { } proof }
                    ? new[]
                    {
                        FormRow.Of(
                            texts.Cell(
                                "confirmation-method",
                                texts.Say("confirmation-method." + proof.Method.ToKebab())
                            ),
                            texts.Cell("confirmed-on", FormTexts.Day(proof.On)),
                            texts.Cell("taken-down-by", confirmation.RecordedBy.Name)
                        ),
                    }
                    : [],
            ]
        );

    private static FormSection Closing(Complaint complaint, string? withoutConfirmation, FormTexts texts) =>
        texts.Section(
            "closing",
            withoutConfirmation is null
                ? FormRow.Of(texts.Cell("closed-on", FormTexts.Day(complaint.ClosedOn)))
                : FormRow.Of(
                    texts.Cell("closed-on", FormTexts.Day(complaint.ClosedOn)),
                    texts.Cell("closed-without-confirmation", withoutConfirmation).Wide(3)
                )
        );
}
