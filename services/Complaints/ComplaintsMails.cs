using System.Globalization;
using System.Text;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Complaints.Enquiries.Domain;
using CustomerService.Complaints.Letters.Domain;
using CustomerService.Complaints.Letters.Forms;
using CustomerService.Complaints.Meetings.Domain;
using CustomerService.Complaints.Meetings.Features;
using CustomerService.Forms;
using CustomerService.Mailing;
using CustomerService.Messaging;
using CustomerService.Records;
using CustomerService.Registry;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints;

/// <summary>The mails of this service, written with the step that they tell: to customers what they may know, each in its
/// language, and to people of the company the invitations to meetings.</summary>
internal sealed class ComplaintsMails(
    ComplaintsDb db,
    Mails mails,
    RegistryLookup registry,
    IAccounts accounts,
    Texts texts,
    FormFont font,
    CompanyClock clock,
    ComplaintsSettings settings
)
{
    private const string Service = "complaints";

    /// <summary>A letter to an affected customer, or the reminder of one, with the letter as PDF (C7).</summary>
    public async Task LetterAsync(CommandContext context, AffectedLetter letter, CancellationToken cancellation)
    {
        if (await ReaderAsync(letter.CustomerId, cancellation) is not { } reader)
        {
            return;
        }

        var occasion = letter.Reminders == 0 ? "letter" : "letter-reminder";
        mails.Write(
            context,
            new(Service, letter.Kind, letter.Id, letter.Number),
            reader.Address,
            _ =>
                mails.Compose(
                    occasion,
                    reader,
                    letter.Language,
                    ("number", letter.Number),
                    ("subject", letter.Subject),
                    ("body", letter.Body),
                    ("due", FormTexts.Day(letter.AnswerDueOn))
                ) with
                {
                    Files = Letter(letter),
                }
        );
    }

    /// <summary>The answer to a complaint (C5.6.1), or what customer service explained or did alone (C5.2).</summary>
    public async Task AnswerAsync(CommandContext context, Complaint complaint, CancellationToken cancellation)
    {
        if (!complaint.IsAnswered || await ReaderAsync(complaint.CustomerId, cancellation) is not { } reader)
        {
            return;
        }

        if (complaint.CustomerAnswer is not { } answer)
        {
            mails.Write(
                context,
                About(complaint),
                reader.Address,
                _ =>
                    mails.Compose(
                        "settled",
                        reader,
                        complaint.Language,
                        ("number", complaint.Number),
                        ("subject", complaint.Subject),
                        ("note", complaint.Triage!.Note)
                    )
            );
            return;
        }

        mails.Write(
            context,
            About(complaint),
            reader.Address,
            _ =>
                mails.Compose(
                    "answer",
                    reader,
                    complaint.Language,
                    ("number", complaint.Number),
                    ("subject", complaint.Subject),
                    ("cause", answer.Cause),
                    ("traceability", answer.Traceability),
                    ("conclusion", answer.Conclusion)
                )
        );
    }

    /// <summary>What the customer is told when the complaint is handled with another one (S4).</summary>
    public async Task MergedAsync(
        CommandContext context,
        Complaint complaint,
        string message,
        CancellationToken cancellation
    )
    {
        if (await ReaderAsync(complaint.CustomerId, cancellation) is not { } reader)
        {
            return;
        }

        mails.Write(
            context,
            About(complaint),
            reader.Address,
            _ =>
                mails.Compose(
                    "merged",
                    reader,
                    complaint.Language,
                    ("number", complaint.Number),
                    ("subject", complaint.Subject),
                    ("message", message)
                )
        );
    }

    /// <summary>The link by which a person of the customer confirms or disputes the answer (C5.6.1): to the address that
    /// was named, else to the customer's.</summary>
    public async Task LinkAsync(
        CommandContext context,
        Complaint complaint,
        AnswerLink link,
        string token,
        string? address,
        CancellationToken cancellation
    )
    {
        var reader = address is null ? await ReaderAsync(complaint.CustomerId, cancellation) : new(address);
        mails.Write(
            context,
            About(complaint),
            reader?.Address,
            to =>
                mails.Compose(
                    "answer-link",
                    new(to, link.Person),
                    complaint.Language,
                    ("number", complaint.Number),
                    ("subject", complaint.Subject),
                    ("link", settings.LinkOf(token)),
                    ("due", FormTexts.Day(link.ValidThrough))
                )
        );
    }

    /// <summary>The answer to an enquiry (C3.1.5).</summary>
    public async Task AnswerAsync(
        CommandContext context,
        Enquiry enquiry,
        string answer,
        CancellationToken cancellation
    )
    {
        if (enquiry.CustomerId is not { } customer || await ReaderAsync(customer, cancellation) is not { } reader)
        {
            return;
        }

        mails.Write(
            context,
            new(Service, enquiry.Kind, enquiry.Id, enquiry.Number),
            reader.Address,
            _ =>
                mails.Compose(
                    "enquiry",
                    reader with
                    {
                        Name = enquiry.Contact,
                    },
                    enquiry.Language,
                    ("number", enquiry.Number),
                    ("subject", enquiry.Subject),
                    ("answer", answer)
                )
        );
    }

    /// <summary>The invitation to a meeting, its change or its cancellation, to everybody asked whose address is known
    /// (C5.5).</summary>
    public async Task MeetingAsync(CommandContext context, ReviewMeeting meeting, CancellationToken cancellation)
    {
        if (!mails.IsOn)
        {
            return;
        }

        var occasion =
            meeting.State == ReviewMeetingState.Cancelled ? "meeting-cancelled"
            : meeting.Sequence == 0 ? "meeting"
            : "meeting-moved";
        var method = meeting.State == ReviewMeetingState.Cancelled ? "CANCEL" : "REQUEST";
        var people = meeting
            .Invitees.Select(one => Guid.TryParse(one.PersonId, out var id) ? id : Guid.Empty)
            .ToHashSet();
        var begins = Spelling.Minute(meeting.From, clock.Zone);
        var caller = Guid.TryParse(meeting.CalledBy.ActorId, out var called) ? called : Guid.Empty;
        var known = await accounts.ListAsync(people.Append(caller).ToHashSet(), cancellation);
        var addresses = known
            .Where(account => account is { Active: true, Email: not null })
            .ToDictionary(account => account.UserId.ToString(), account => account.Email!);
        foreach (var account in known.Where(account => people.Contains(account.UserId)))
        {
            var language = await LanguageOfAsync(account, cancellation);
            mails.Write(
                context,
                new(Service, meeting.Kind, meeting.Id, meeting.Number),
                account.Active ? account.Email : null,
                to =>
                    mails.Compose(
                        occasion,
                        new(to, account.DisplayName),
                        language,
                        ("number", meeting.Number),
                        ("subject", meeting.Subject),
                        ("begins", begins),
                        ("place", meeting.Place),
                        ("reason", meeting.CancelledBecause)
                    ) with
                    {
                        Files =
                        [
                            new(
                                $"{meeting.Number}.ics",
                                $"text/calendar; charset=utf-8; method={method}",
                                Encoding.UTF8.GetBytes(
                                    GetInvitation.Write(
                                        meeting,
                                        context.Now,
                                        reason =>
                                            texts.Find($"ground.{reason}", null, CultureInfo.GetCultureInfo(language))
                                            ?? reason,
                                        addresses
                                    )
                                )
                            ),
                        ],
                    }
            );
        }
    }

    /// <summary>A promised date or a department's clock is called to mind (C1): to the person whose it is, else to
    /// everybody of the roles.</summary>
    public async Task ClockAsync(
        CommandContext context,
        RecordRef about,
        string subject,
        ClockToRemind reminder,
        CancellationToken cancellation
    )
    {
        if (!mails.IsOn)
        {
            return;
        }

        foreach (var account in await ReadersAsync(reminder, cancellation))
        {
            var language = await LanguageOfAsync(account, cancellation);
            mails.Write(
                context,
                about,
                account.Email,
                to =>
                    mails.Compose(
                        context.Now >= reminder.DueAt ? "clock-over" : "clock",
                        new(to, account.DisplayName),
                        language,
                        ("number", about.Number),
                        ("subject", subject),
                        ("what", texts.Find("clock." + reminder.What, null, CultureInfo.GetCultureInfo(language))),
                        ("due", Spelling.Minute(reminder.DueAt, clock.Zone))
                    )
            );
        }
    }

    // Where the person has no address or has left, their colleagues are told.
    private async Task<IReadOnlyList<Account>> ReadersAsync(ClockToRemind reminder, CancellationToken cancellation)
    {
        var reachable = db.Set<Account>().AsNoTracking().Where(account => account.Active && account.Email != null);
        if (
            Guid.TryParse(reminder.PersonId, out var id)
            && await reachable.FirstOrDefaultAsync(account => account.UserId == id, cancellation) is { } person
        )
        {
            return [person];
        }

        var (roles, department) = (reminder.Roles.ToArray(), reminder.Department);
        return await reachable
            .Where(account =>
                account.Roles.Any(role => roles.Contains(role))
                && (department == null || account.Department == department)
            )
            .ToListAsync(cancellation);
    }

    private static RecordRef About(Complaint complaint) => new(Service, complaint.Kind, complaint.Id, complaint.Number);

    private async Task<MailReader?> ReaderAsync(Guid customer, CancellationToken cancellation) =>
        mails.IsOn
        && !(await registry.OrganisationAsync(customer, cancellation)).Failed(out _, out var known)
        && known.Email is { } address
            ? new(address, known.Name)
            : null;

    private async Task<string> LanguageOfAsync(Account account, CancellationToken cancellation) =>
        account.Department is { } department
        && !(await registry.DepartmentAsync(department, cancellation)).Failed(out _, out var known)
            ? known.Language
            : Texts.Languages[0];

    private IReadOnlyList<MailFile> Letter(AffectedLetter letter)
    {
        var culture = CultureInfo.GetCultureInfo(letter.Language);
        var document = AffectedLetterForm.Fill(letter, new FormTexts(texts, culture, clock.Zone));
        try
        {
            var printed = document.Print(font, FormWords.In(texts, culture), clock.Now);
            return [new($"{letter.Number}.pdf", "application/pdf", printed.Pdf)];
        }
        catch (FontMissingException)
        {
            // The mail has the words; the paper can be printed elsewhere.
            return [];
        }
    }
}
