using System.Globalization;
using CustomerService.Mailing;
using CustomerService.Reporting.Subscriptions.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Reporting.Subscriptions;

/// <summary>Sends reports by mail.</summary>
internal sealed class ReportMail(MailServer server, Texts texts, CompanyClock clock)
{
    /// <summary>Whether a server is configured.</summary>
    public bool IsOn => server.IsOn;

    /// <summary>Refuses where no server is configured.</summary>
    public Refusal? Check() =>
        IsOn ? null : Refusal.ByRule("mail-not-configured", "C3.1.3", ["mail-server"], Roles.Operator);

    /// <summary>Whether reports may go to an address.</summary>
    public bool IsAllowed(string address) => server.IsAllowed(address);

    /// <summary>Sends one mail to all readers of a subscription.</summary>
    public Task SendAsync(
        Guid delivery,
        SubscriptionSettings settings,
        ReportFile file,
        DateOnly today,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(file);
        var day = today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var text = texts.Find(
            settings.Format == ReportFormat.Pdf ? "subscription-mail-paper" : "subscription-mail",
            new Dictionary<string, object?>
            {
                ["name"] = settings.Name,
                ["day"] = day,
                ["rows"] = file.Rows,
                ["file"] = file.Name,
                ["asOf"] = TimeZoneInfo
                    .ConvertTime(file.AsOf, clock.Zone)
                    .ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
                ["zone"] = clock.Zone.Id,
            },
            CultureInfo.GetCultureInfo(settings.Language)
        )!;
        return server.SendAsync(
            new(
                delivery,
                [.. settings.Recipients.Select(address => new MailReader(address))],
                $"{settings.Name} {day}",
                text,
                [new(file.Name, file.Type, file.Content)]
            ),
            cancellation
        );
    }
}
