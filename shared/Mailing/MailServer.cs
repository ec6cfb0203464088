using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace CustomerService.Mailing;

/// <summary>A reader of a mail.</summary>
/// <param name="Address">The address.</param>
/// <param name="Name">The person or organisation.</param>
public sealed record MailReader(string Address, string? Name = null);

/// <summary>A file that goes with a mail.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ContentType">Its type, with parameters.</param>
/// <param name="Content">Its content.</param>
public sealed record MailFile(string Name, string ContentType, byte[] Content);

/// <summary>A mail as it is handed to the server.</summary>
/// <param name="Id">The same in each try: who gets it twice can tell by the <c>Message-ID</c> that is made of it.</param>
/// <param name="To">Its readers.</param>
/// <param name="Subject">One line.</param>
/// <param name="Text">The text.</param>
/// <param name="Files">What goes with it.</param>
public sealed record MailToSend(
    Guid Id,
    IReadOnlyList<MailReader> To,
    string Subject,
    string Text,
    IReadOnlyList<MailFile> Files
);

/// <summary>The company's mail server.</summary>
/// <param name="options">Where it is.</param>
public sealed class MailServer(MailOptions options)
{
    private const string Calendar = "text/calendar";

    /// <summary>Whether one is configured.</summary>
    public bool IsOn => options.Host is { Length: > 0 } && options.From is { Length: > 0 };

    /// <summary>Whether it is a mail address.</summary>
    public static bool IsAddress(string address) =>
        MailboxAddress.TryParse(address, out var mailbox)
        && mailbox.Address == address
        && mailbox.Domain.Contains('.', StringComparison.Ordinal);

    /// <summary>Whether reports may go to an address.</summary>
    public bool IsAllowed(string address) =>
        options.AllowedDomains.Count == 0
        || options.AllowedDomains.Contains(MailboxAddress.Parse(address).Domain, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the server said that it will never take this mail.</summary>
    public static bool IsFinal(Exception fault) =>
        fault
            is SmtpCommandException
            {
                ErrorCode: SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted,
                StatusCode: SmtpStatusCode.MailboxUnavailable
                    or SmtpStatusCode.MailboxNameNotAllowed
                    or SmtpStatusCode.UserNotLocalTryAlternatePath
            };

    /// <summary>Sends one mail to all its readers.</summary>
    public async Task SendAsync(MailToSend mail, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(mail);
        using var message = MessageOf(mail);
        using var client = new SmtpClient { Timeout = (int)options.Timeout.TotalMilliseconds };
        await client.ConnectAsync(
            options.Host!,
            options.Port,
            options.Security switch
            {
                MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
                MailSecurity.StartTls => SecureSocketOptions.StartTls,
                _ => SecureSocketOptions.None,
            },
            cancellation
        );
        if (options.User is { Length: > 0 } user)
        {
            await client.AuthenticateAsync(user, options.Password ?? "", cancellation);
        }

        await client.SendAsync(message, cancellation);
        await client.DisconnectAsync(quit: true, cancellation);
    }

    private MimeMessage MessageOf(MailToSend mail)
    {
        var from = MailboxAddress.Parse(options.From!);
        from.Name = options.FromName;
        var message = new MimeMessage();
        message.From.Add(from);
        message.To.AddRange(mail.To.Select(reader => new MailboxAddress(reader.Name, reader.Address)));
        message.MessageId = $"{mail.Id:D}@{from.Domain}";
        message.Headers.Add("Auto-Submitted", "auto-generated");
        // A line break in a name or a subject begins no header of its own: MimeKit folds and encodes them.
        message.Subject = mail.Subject;
        var body = new BodyBuilder { TextBody = mail.Text };
        foreach (var file in mail.Files)
        {
            body.Attachments.Add(file.Name, file.Content, ContentType.Parse(file.ContentType));
        }

        message.Body = WithInvitation(body.ToMessageBody(), mail);
        return message;
    }

    // Programs with a calendar offer to accept what stands beside the text; what is only attached they show as a file.
    private static MimeEntity WithInvitation(MimeEntity body, MailToSend mail)
    {
        if (
            mail.Files.FirstOrDefault(file => file.ContentType.StartsWith(Calendar, StringComparison.Ordinal))
            is not { } invitation
        )
        {
            return body;
        }

        var calendar = new TextPart("calendar") { Text = System.Text.Encoding.UTF8.GetString(invitation.Content) };
        calendar.ContentType.Parameters.Add(
            "method",
            ContentType.Parse(invitation.ContentType).Parameters["method"] ?? "REQUEST"
        );
        var text = new MultipartAlternative
        {
            new TextPart("plain") { Text = mail.Text },
            calendar,
        };
        if (body is Multipart several)
        {
            several[0] = text;
            return several;
        }

        return text;
    }
}
