using System.Net;
using System.Net.Sockets;
using CustomerService.Reporting.Webhooks;

namespace CustomerService.Reporting.Tests.Domain;

/// <summary>A name that led to a public address when it was entered and leads elsewhere when something is
/// sent.</summary>
public sealed class WebhookAttackTests
{
    [Fact, Trait("Rule", "C3.1.4")]
    public async Task Given_a_name_that_now_leads_into_the_own_network_When_it_is_connected_to_Then_nothing_is_sent()
    {
        // This machine's own name: it passes as a name, and what it resolves to is loopback or private.
        var name = Dns.GetHostName();
        using var listener = new TcpListener(IPAddress.IPv6Any, 0);
        listener.Server.DualMode = true;
        listener.Start();
        var address = $"http://{name}:{((IPEndPoint)listener.LocalEndpoint).Port}/hook";
        var strict = new WebhookAddress(new() { AllowHttp = true, AllowedNetworks = ["203.0.113.0/24"] });
        strict.Fault(address).ShouldBeNull("the name itself says nothing");

        var failed = await Should.ThrowAsync<HttpRequestException>(() => ConnectAsync(strict, address));

        failed.GetBaseException().Message.ShouldContain("no address to which webhooks may be sent");
        listener.Pending().ShouldBeFalse("nobody has come");

        // The same where its network is allowed: it is the address that decides.
        var open = new WebhookAddress(new() { AllowHttp = true, AllowedNetworks = ["0.0.0.0/0", "::/0"] });
        var connected = ConnectAsync(open, address);
        using var accepted = await listener.AcceptTcpClientAsync();
        accepted.Connected.ShouldBeTrue();
        accepted.Close();
        await Should.ThrowAsync<Exception>(() => connected);
    }

    private static async Task ConnectAsync(WebhookAddress addresses, string address)
    {
        using var http = new HttpClient(
            new SocketsHttpHandler
            {
                ConnectCallback = addresses.ConnectAsync,
                UseProxy = false,
                AllowAutoRedirect = false,
            }
        )
        {
            Timeout = TimeSpan.FromSeconds(20),
        };
        using var _ = await http.GetAsync(new Uri(address));
    }
}
