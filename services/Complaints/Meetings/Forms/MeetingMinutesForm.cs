using System.Globalization;
using CustomerService.Complaints.ActionItems.Domain;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Complaints.Meetings.Domain;
using CustomerService.Forms;
using CustomerService.Records;
using CustomerService.Registry;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Meetings.Forms;

/// <summary>The minutes of a meeting of the department heads on paper (C5.5).</summary>
internal sealed class MeetingMinutesForm(
    ComplaintsDb db,
    RegistryLookup registry,
    Files files,
    ComplaintsSettings settings,
    Caller caller
) : IForm
{
    private const float Paragraph = 120;

    public async Task<FormResult> FillAsync(Guid id, FormTexts texts, CancellationToken cancellation)
    {
        var meeting = await db
            .Meetings.AsNoTracking()
            .VisibleTo(caller.Actor)
            .FirstOrDefaultAsync(m => m.Id == id, cancellation);
        if (meeting is null)
        {
            return FormResult.NotFound;
        }

        if (meeting.CheckMinutes().Failed(out var refusal, out var minutes))
        {
            return refusal;
        }

        var departments = await registry.DepartmentNamesAsync(
            minutes.Attendance.Select(one => one.Department).Concat(minutes.Decisions.Select(one => one.Department)),
            texts.Language,
            cancellation
        );
        // They were numbered in the order of the decisions.
        var actions = await db
            .ActionItems.AsNoTracking()
            .Where(item => item.SourceId == id)
            .OrderBy(item => item.Number)
            .Select(item => item.Number)
            .ToListAsync(cancellation);
        var attached = await files.ListAsync(id, cancellation);
        return Fill(meeting, minutes, actions, attached, departments, texts) with
        {
            Link = settings.AddressOf(meeting),
        };
    }

    /// <param name="meeting">The meeting.</param>
    /// <param name="minutes">Its minutes.</param>
    /// <param name="actions">Numbers of the actions that its decisions became, in their order; none before the
    /// signature.</param>
    /// <param name="attached">Its files.</param>
    /// <param name="departments">Names of departments by code; without one the code is printed.</param>
    /// <param name="texts">Texts in the language of the form.</param>
    internal static FormDocument Fill(
        ReviewMeeting meeting,
        Minutes minutes,
        IReadOnlyList<string> actions,
        IReadOnlyList<RecordFile> attached,
        IReadOnlyDictionary<string, string> departments,
        FormTexts texts
    ) =>
        new()
        {
            Form = "C5.5",
            PrintsForm = false,
            Title = texts.Say("form.minutes"),
            Number = meeting.Number,
            Language = texts.Language,
            Version = meeting.Version,
            Sections =
            [
                Head(meeting, minutes, texts),
                texts.Section(
                    "minutes-attendance",
                    [.. minutes.Attendance.Select(one => Present(one, departments, texts))]
                ),
                texts.Section(
                    "minutes-agenda",
                    FormRow.Of(
                        texts.Cell(
                            "minutes-agenda",
                            FormTexts.Numbered(
                                Agenda.Read(meeting.Agenda, ground => texts.Find($"ground.{ground}") ?? ground)
                            )
                        )
                    )
                ),
                texts.Section(
                    "minutes-text",
                    FormRow.Of(
                        texts
                            .Cell("minutes-text", minutes.Text)
                            .WithRoom(Paragraph)
                            .Signed(
                                texts.Cell("minutes-by", minutes.By.Name),
                                texts.Cell("minutes-at", texts.At(minutes.By.At))
                            )
                    )
                ),
                texts.Section(
                    "minutes-decisions",
                    [
                        .. minutes.Decisions.SelectMany(
                            (one, at) => Decided(one, actions.ElementAtOrDefault(at), departments, texts)
                        ),
                    ]
                ),
                .. attached.Count == 0 ? Array.Empty<FormSection>() : [Attached(attached, texts)],
                texts.Section(
                    "minutes-signature",
                    FormRow.Of(
                        texts.Cell("minutes-signed-by", meeting.Signature?.PrintedName),
                        texts.Cell("minutes-signed-at", texts.At(meeting.Signature?.At)),
                        texts.Cell(
                            "minutes-corrected",
                            meeting.FormerMinutes.Count.ToString(CultureInfo.InvariantCulture)
                        )
                    )
                ),
            ],
        };

    private static FormSection Head(ReviewMeeting meeting, Minutes minutes, FormTexts texts) =>
        texts.Section(
            "meeting",
            FormRow.Of(
                texts.Cell("meeting-on", FormTexts.Day(minutes.HeldOn)),
                texts.Cell("meeting-from", texts.At(meeting.From)),
                texts.Cell("meeting-to", texts.At(meeting.To)),
                texts.Cell("meeting-place", meeting.Place)
            ),
            FormRow.Of(
                texts.Cell("meeting-chair", minutes.Chair),
                texts.Cell("meeting-called-by", meeting.CalledBy.Name),
                texts.Cell("meeting-rule", meeting.Rule),
                texts.Cell("meeting-case", meeting.ComplaintNumber)
            ),
            FormRow.Of(texts.Cell("subject", meeting.Subject)),
            FormRow.Of(
                texts.Cell(
                    "meeting-reasons",
                    string.Join(
                        texts.Say("detail.separator"),
                        meeting.Reasons.Select(reason => texts.Coded<EscalationReason>("ground", reason))
                    )
                )
            )
        );

    private static FormRow Present(Attendance one, IReadOnlyDictionary<string, string> departments, FormTexts texts) =>
        FormRow.Of(
            texts.Cell(
                "attendance-department",
                one.Department is { } code ? NameOf(code, departments) : texts.Say("form.management")
            ),
            texts.Cell("attendance-presence", texts.Coded<Presence>("presence", one.Presence)),
            texts.Cell("attendance-name", one.Name),
            texts.Cell("attendance-reason", one.Reason).Wide(2)
        );

    private static FormRow[] Decided(
        Decision decision,
        string? action,
        IReadOnlyDictionary<string, string> departments,
        FormTexts texts
    ) =>
        [
            FormRow.Of(texts.Cell("decision", decision.What)),
            FormRow.Of(
                texts.Cell("decision-department", NameOf(decision.Department, departments)),
                texts.Cell("decision-owner", decision.OwnerName),
                texts.Cell("decision-due", FormTexts.Day(decision.DueOn)),
                texts.Cell("decision-action", action)
            ),
        ];

    private static FormSection Attached(IReadOnlyList<RecordFile> attached, FormTexts texts) =>
        texts.Section(
            "minutes-files",
            [
                .. attached.Select(file =>
                    FormRow.Of(
                        texts.Cell("file-name", file.Name).Wide(2),
                        texts.Cell("file-caption", file.Caption).Wide(2),
                        texts.Cell("file-by", file.UploadedBy),
                        texts.Cell("file-at", texts.At(file.UploadedAt))
                    )
                ),
            ]
        );

    private static string NameOf(string code, IReadOnlyDictionary<string, string> departments) =>
        departments.GetValueOrDefault(code, code);
}
