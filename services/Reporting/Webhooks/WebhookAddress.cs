using System.Net;
using System.Net.Sockets;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Reporting.Webhooks;

/// <summary>Settings of the webhooks, section <c>Webhooks</c>.</summary>
internal sealed class WebhookOptions
{
    /// <summary>Networks that are not public and may be sent to all the same, such as <c>10.20.0.0/16</c>.</summary>
    public IReadOnlyList<string> AllowedNetworks { get; init; } = [];

    /// <summary>Whether addresses may begin with <c>http</c>; then anybody on the way can read the events.</summary>
    public bool AllowHttp { get; init; }

    /// <summary>How long a receiver has to answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Pauses between the tries; after the last it is given up. Left out, three days.</summary>
    public IReadOnlyList<TimeSpan>? BackOff { get; init; }

    /// <summary>The pauses that hold.</summary>
    public IReadOnlyList<TimeSpan> Pauses => BackOff is { Count: > 0 } given ? given : ThreeDays;

    /// <summary>How often it is looked for what is due.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(1);

    // Not a default of BackOff: settings would be added to it.
    private static readonly TimeSpan[] ThreeDays =
    [
        TimeSpan.FromSeconds(10),
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2),
        TimeSpan.FromHours(6),
        TimeSpan.FromHours(15),
        TimeSpan.FromHours(24),
        TimeSpan.FromHours(24),
    ];
}

/// <summary>
/// Where webhooks may lead: to public addresses and to networks that are allowed. A caller cannot make the service ask
/// its own neighbours, whatever a name resolves to at the moment of sending.
/// </summary>
internal sealed class WebhookAddress
{
    /// <summary>Longest address, in characters.</summary>
    public const int Longest = 500;

    // Of IPv4: this host, private, carrier-grade NAT, loopback, link-local (also the cloud's metadata), protocol assignments,
    // documentation, relays, benchmarks, multicast, reserved; and the address at which a public cloud serves its own machines.
    // Of IPv6 what is not global unicast at all, which holds mapped, translated (NAT64) and unique local addresses, and inside
    // that what is assigned to protocols, documentation, or carries an IPv4 address that another machine goes on to (6to4,
    // Teredo).
    private static readonly IPNetwork[] NotPublic =
    [
        .. new[]
        {
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "168.63.129.16/32",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20",
        }.Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    private readonly IPNetwork[] _allowed;
    private readonly bool _http;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _lookUp;

    /// <param name="options">Settings.</param>
    /// <param name="lookUp">Answers with the addresses of a name; the machine's own where it is left out.</param>
    public WebhookAddress(WebhookOptions options, Func<string, CancellationToken, Task<IPAddress[]>>? lookUp = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _lookUp = lookUp ?? Dns.GetHostAddressesAsync;
        _allowed = [.. options.AllowedNetworks.Select(IPNetwork.Parse)];
        _http = options.AllowHttp;
    }

    /// <summary>Ends the start where a network cannot be read.</summary>
    /// <exception cref="SettingException">With the setting and what is expected.</exception>
    public static void CheckNetworks(IConfiguration configuration)
    {
        foreach (var network in configuration.GetSection("Webhooks:AllowedNetworks").GetChildren())
        {
            if (!IPNetwork.TryParse(network.Value, out _))
            {
                throw new SettingException(
                    $"Setting {network.Path} is '{network.Value}', expected a network such as 10.20.0.0/16."
                );
            }
        }
    }

    /// <summary>Refuses an address to which nothing is sent.</summary>
    public Refusal? Check(string address) =>
        Fault(address) is { } fault ? Refusal.Invalid(fault, "C3.1.4", "address") : null;

    /// <summary>What is wrong with an address that somebody enters; null where nothing is.</summary>
    public string? Fault(string? address) =>
        !Uri.TryCreate(address, UriKind.Absolute, out var uri) || address!.Length > Longest ? "webhook-address"
        : uri.Scheme != Uri.UriSchemeHttps && !(_http && uri.Scheme == Uri.UriSchemeHttp) ? "webhook-needs-https"
        // What one reader takes for a part of the name and another for its end.
        : address.Any(sign => char.IsControl(sign) || char.IsWhiteSpace(sign) || sign == '\\')
        || uri.UserInfo.Length > 0
        || uri.Fragment.Length > 0
            ? "webhook-address"
        : !IsPublicHost(uri) ? "webhook-address-not-public"
        : null;

    private bool IsPublicHost(Uri uri)
    {
        // With a dot at its end a name is the same name.
        var host = uri.IdnHost.TrimEnd('.');
        return IPAddress.TryParse(host, out var literal)
            ? IsAllowed(literal)
            : IsAllowed(IPAddress.Loopback) || !$".{host}".EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether anything may be sent to it.</summary>
    public bool IsAllowed(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return _allowed.Any(network => network.Contains(plain))
            || (
                (plain.AddressFamily == AddressFamily.InterNetwork || GlobalUnicast.Contains(plain))
                && !NotPublic.Any(network => network.Contains(plain))
            );
    }

    /// <summary>Connects to the first address of the name that is allowed and answers: what is checked is what is
    /// connected to.</summary>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(context);
        var end = context.DnsEndPoint;
        var found = IPAddress.TryParse(end.Host, out var literal) ? [literal] : await _lookUp(end.Host, cancellation);
        var addresses = found.Where(IsAllowed).ToArray();
        if (addresses.Length == 0)
        {
            throw new HttpRequestException($"{end.Host} has no address to which webhooks may be sent.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, end.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
