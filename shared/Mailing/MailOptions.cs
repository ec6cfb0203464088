using CustomerService.ServiceDefaults;
using Microsoft.Extensions.Configuration;

namespace CustomerService.Mailing;

/// <summary>How a connection to the mail server is sealed.</summary>
public enum MailSecurity
{
    /// <summary>From the start (port 465).</summary>
    Tls,

    /// <summary>By STARTTLS; refused where the server does not offer it.</summary>
    StartTls,

    /// <summary>Not at all: for a server on the same machine.</summary>
    None,
}

/// <summary>Settings of the mail server, section <c>Mail</c>.</summary>
public sealed class MailOptions
{
    /// <summary>The server; without one nothing is sent.</summary>
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

    /// <summary>Name of the sender, as readers see it.</summary>
    public string? FromName { get; init; }

    /// <summary>Domains to which reports may go; empty for all.</summary>
    public IReadOnlyList<string> AllowedDomains { get; init; } = [];

    /// <summary>Patience with the server.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often it is looked for mails of records that wait.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Reads and checks them.</summary>
    /// <exception cref="SettingException">With what is wrong, in one line.</exception>
    public static MailOptions Read(IConfiguration configuration)
    {
        var options = Settings.Bind(configuration, "Mail", new MailOptions());
        Settings.Port(configuration, "Mail:Port", 587);
        return options.From is { Length: > 0 } from && !MailServer.IsAddress(from)
            ? throw new SettingException(
                $"Setting Mail:From is '{from}', expected an address such as care@example.com."
            )
            : options;
    }
}
