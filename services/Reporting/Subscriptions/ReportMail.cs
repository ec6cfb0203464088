using System.Globalization;
using CustomerService.Reporting.Subscriptions.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace CustomerService.Reporting.Subscriptions;

/// <summary>How a connection to the mail server is sealed.</summary>
internal enum MailSecurity
{
    /// <summary>From the start (port 465).</summary>
    Tls,

    /// <summary>By STARTTLS; refused where the server does not offer it.</summary>
    StartTls,

    /// <summary>Not at all: for a server on the same machine.</summary>
    None,
}

/// <summary>Settings of the mail server, section <c>Mail</c>.</summary>
internal sealed class MailOptions
{
    /// <summary>The server; without one no report is sent.</summary>
    public string? Host { get; init; }

    /// <summary>Its port.</summary>
    public int Port { get; init; } = 587;

    /// <summary>How the connection is sealed.</summary>
    public MailSecurity Security { get; init; } = MailSecurity.StartTls;

    /// <summary>Account, where the server asks for one.</summary>
    public string? User { get; init; }

    /// <summary>Its password.</summary>
    public string? Password { get; init; }

    /// <summary>Address of the sender.</summary>
    public string? From { get; init; }

    /// <summary>Domains to which reports may go; empty for all.</summary>
    public IReadOnlyList<string> AllowedDomains { get; init; } = [];

    /// <summary>Patience with the server.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);
}

/// <summary>Sends reports by mail.</summary>
internal sealed class ReportMail(MailOptions options, Texts texts)
{
    /// <summary>Whether a server is configured.</summary>
    public bool IsOn => options.Host is { Length: > 0 } && options.From is { Length: > 0 };

    /// <summary>Refuses where no server is configured.</summary>
    public Refusal? Check() =>
        IsOn ? null : Refusal.ByRule("mail-not-configured", "C3.1.3", ["mail-server"], Roles.Operator);

    /// <summary>Whether it is a mail address.</summary>
    public static bool IsAddress(string address) =>
        MailboxAddress.TryParse(address, out var mailbox)
        && mailbox.Address == address
        && mailbox.Domain.Contains('.', StringComparison.Ordinal);

    /// <summary>Whether reports may go to an address.</summary>
    public bool IsAllowed(string address) =>
        options.AllowedDomains.Count == 0
        || options.AllowedDomains.Contains(MailboxAddress.Parse(address).Domain, StringComparer.OrdinalIgnoreCase);

    /// <summary>Sends one mail to all readers of a subscription.</summary>
    public async Task SendAsync(
        Guid delivery,
        SubscriptionSettings settings,
        ReportFile file,
        DateOnly today,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(file);
        var from = MailboxAddress.Parse(options.From!);
        using var mail = new MimeMessage();
        mail.From.Add(from);
        mail.To.AddRange(settings.Recipients.Select(MailboxAddress.Parse));
        mail.MessageId = $"{delivery:D}@{from.Domain}";
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        var day = today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        mail.Subject = $"{settings.Name} {day}";
        var body = new BodyBuilder
        {
            TextBody = texts.Find(
                "subscription-mail",
                new Dictionary<string, object?>
                {
                    ["name"] = settings.Name,
                    ["day"] = day,
                    ["rows"] = file.Rows,
                    ["file"] = file.Name,
                },
                CultureInfo.GetCultureInfo(settings.Language)
            ),
        };
        body.Attachments.Add(file.Name, file.Content, ContentType.Parse(file.Type));
        mail.Body = body.ToMessageBody();
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

        await client.SendAsync(mail, cancellation);
        await client.DisconnectAsync(quit: true, cancellation);
    }
}
