using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using CustomerService.Reporting.Webhooks;
using CustomerService.Reporting.Webhooks.Domain;
using CustomerService.Testing;
using Microsoft.Extensions.Options;

namespace CustomerService.Reporting.Tests.Domain;

/// <summary>Who may say where webhooks lead tries to make the service talk to its own network, or to keep it busy. Each
/// against real sockets.</summary>
public sealed class WebhookAttackTests
{
    private static readonly string[] Everything = ["0.0.0.0/0", "::/0"];

    /// <summary>This machine, spelled in ways that a list of forbidden texts does not have.</summary>
    [Theory, Trait("Rule", "C3.1.4")]
    [InlineData("127.0.0.1")]
    [InlineData("127.1")]
    [InlineData("2130706433")]
    [InlineData("0x7f000001")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("0177.0.0.1")]
    [InlineData("017700000001")]
    [InlineData("0.0.0.0")]
    [InlineData("0")]
    [InlineData("127.255.255.254")]
    [InlineData("１２７.0.0.1")]
    [InlineData("127。0。0。1")]
    [InlineData("[::1]")]
    [InlineData("[::]")]
    [InlineData("[0:0:0:0:0:0:0:1]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("[::ffff:7f00:1]")]
    [InlineData("localhost")]
    public async Task Given_this_machine_spelled_otherwise_When_something_is_sent_Then_nobody_is_connected_to(
        string host
    )
    {
        using var listener = Listen(IPAddress.IPv6Any);
        var address = $"http://{host}:{PortOf(listener)}/hook";
        var strict = new WebhookAddress(new() { AllowHttp = true });

        strict.Fault(address).ShouldBe("webhook-address-not-public");
        var done = await SendAsync(strict, address);

        done.Status.ShouldBeNull();
        done.Error.ShouldNotBeNull().ShouldContain("no address to which webhooks may be sent");
        listener.Pending().ShouldBeFalse("nobody has come");

        // The same where all is allowed gets through: it is the rule that stops it, not the spelling.
        var connected = SendAsync(new(new() { AllowHttp = true, AllowedNetworks = Everything }), address);
        await AnswerAsync(listener, "HTTP/1.1 204 No Content\r\n\r\n");
        (await connected).Status.ShouldBe(204);
    }

    [Theory, Trait("Rule", "C3.1.4")]
    [InlineData("https://[::127.0.0.1]/")]
    [InlineData("https://[::ffff:0:127.0.0.1]/")]
    [InlineData("https://[64:ff9b::10.0.0.1]/")]
    [InlineData("https://[64:ff9b:1::7f00:1]/")]
    [InlineData("https://[2002:7f00:1::]/")]
    [InlineData("https://[2002:a9fe:a9fe::1]/")]
    [InlineData("https://[2001:0:4136:e378:8000:63bf:80ff:fffe]/")]
    [InlineData("https://[fd00:ec2::254]/")]
    [InlineData("https://[fe80::1%25eth0]/")]
    [InlineData("https://[ff02::1]/")]
    [InlineData("https://[5f00::1]/")]
    [InlineData("https://169.254.169.254/latest/meta-data/")]
    [InlineData("https://2852039166/")]
    [InlineData("https://0251.0376.0251.0376/")]
    [InlineData("https://169.254.169.254./")]
    [InlineData("https://168.63.129.16/machine")]
    [InlineData("https://100.100.100.200/")]
    [InlineData("https://192.0.0.192/")]
    [InlineData("https://255.255.255.255/")]
    [InlineData("https://127.0.0.1./")]
    [InlineData("https://LocalHost./")]
    [InlineData("https://x.localhost/")]
    [InlineData("https://x.localhost./")]
    public async Task Given_an_address_that_leads_inside_When_it_is_entered_or_sent_to_Then_it_is_refused(
        string address
    )
    {
        var strict = new WebhookAddress(new());

        strict.Fault(address).ShouldBe("webhook-address-not-public");
        var done = await SendAsync(strict, address);

        done.Status.ShouldBeNull();
        done.Milliseconds.ShouldBeLessThan(3_000, "it was not tried");
    }

    [Theory, Trait("Rule", "C3.1.4")]
    [InlineData("https://user@example.com/")]
    [InlineData("https://example.com:pw@10.0.0.1/")]
    [InlineData("https://example.com\\@10.0.0.1/")]
    [InlineData("https://example.com/\r\nX-Evil: 1")]
    [InlineData("https://example.com/a b")]
    [InlineData(" https://example.com/")]
    [InlineData("https://example.com/\t")]
    [InlineData("https:")]
    public void Given_an_address_that_two_readers_read_differently_When_it_is_entered_Then_it_is_refused(
        string address
    ) => new WebhookAddress(new()).Fault(address).ShouldBe("webhook-address");

    [Fact, Trait("Rule", "C3.1.4")]
    public void Given_a_name_of_the_own_network_or_an_at_in_the_path_When_it_is_entered_Then_the_address_decides_later()
    {
        var addresses = new WebhookAddress(new() { AllowedNetworks = ["10.20.0.0/16"] });

        addresses.Fault("https://finance.internal/hook").ShouldBeNull();
        addresses.Fault("https://example.com/hooks/@team").ShouldBeNull();
        addresses.Fault("https://10.20.1.2/").ShouldBeNull();
    }

    [Fact, Trait("Rule", "C3.1.4")]
    public async Task Given_a_name_that_now_leads_into_the_own_network_When_it_is_connected_to_Then_nothing_is_sent()
    {
        // This machine's own name: it passes as a name, and what it resolves to is loopback or private.
        var name = Dns.GetHostName();
        using var listener = Listen(IPAddress.IPv6Any);
        var address = $"http://{name}:{PortOf(listener)}/hook";
        var strict = new WebhookAddress(new() { AllowHttp = true, AllowedNetworks = ["203.0.113.0/24"] });
        strict.Fault(address).ShouldBeNull("the name itself says nothing");

        var done = await SendAsync(strict, address);

        done.Error.ShouldNotBeNull().ShouldContain("no address to which webhooks may be sent");
        listener.Pending().ShouldBeFalse("nobody has come");

        // The same where its network is allowed: it is the address that decides.
        var sent = SendAsync(new(new() { AllowHttp = true, AllowedNetworks = Everything }), address);
        await AnswerAsync(listener, "HTTP/1.1 204 No Content\r\n\r\n");
        (await sent).Status.ShouldBe(204);
    }

    [Fact, Trait("Rule", "C3.1.4")]
    public async Task Given_a_name_that_changes_with_each_look_up_When_it_is_sent_to_Then_what_was_checked_is_connected_to()
    {
        using var allowed = Listen(IPAddress.Parse("127.0.0.2"));
        using var inside = new TcpListener(IPAddress.Parse("127.0.0.3"), PortOf(allowed));
        inside.Start();
        var asked = 0;
        var addresses = new WebhookAddress(
            new() { AllowHttp = true, AllowedNetworks = ["127.0.0.2/32"] },
            (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(asked++ == 0 ? "127.0.0.2" : "127.0.0.3")])
        );
        var address = $"http://changing.example:{PortOf(allowed)}/hook";

        var first = SendAsync(addresses, address);
        await AnswerAsync(allowed, "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");

        ((await first).Status, asked).ShouldBe((204, 1), "it was looked up once, and that is where it went");
        (await SendAsync(addresses, address)).Error.ShouldNotBeNull().ShouldContain("no address to which");
        inside.Pending().ShouldBeFalse("nobody has come");
        asked.ShouldBe(2);
    }

    [Fact, Trait("Rule", "C3.1.4")]
    public async Task Given_a_name_with_inner_and_outer_addresses_When_it_is_sent_to_Then_only_to_an_outer_one()
    {
        using var allowed = Listen(IPAddress.Parse("127.0.0.2"));
        using var inside = new TcpListener(IPAddress.Parse("127.0.0.3"), PortOf(allowed));
        inside.Start();
        var addresses = new WebhookAddress(
            new() { AllowHttp = true, AllowedNetworks = ["127.0.0.2/32"] },
            (_, _) =>
                Task.FromResult<IPAddress[]>([
                    IPAddress.Parse("127.0.0.3"),
                    IPAddress.Parse("::ffff:127.0.0.3"),
                    IPAddress.IPv6Loopback,
                    IPAddress.Parse("127.0.0.2"),
                ])
        );

        var sent = SendAsync(addresses, $"http://both.example:{PortOf(allowed)}/hook");
        await AnswerAsync(allowed, "HTTP/1.1 204 No Content\r\n\r\n");

        (await sent).Status.ShouldBe(204);
        inside.Pending().ShouldBeFalse("nobody has come");
    }

    [Theory, Trait("Rule", "C3.1.4")]
    [InlineData(301, "http")]
    [InlineData(302, "https")]
    [InlineData(303, "http")]
    [InlineData(307, "http")]
    [InlineData(308, "gopher")]
    public async Task Given_a_receiver_that_leads_on_When_it_is_sent_to_Then_nobody_goes_there(
        int status,
        string scheme
    )
    {
        using var receiver = Listen(IPAddress.Loopback);
        using var inside = Listen(IPAddress.Loopback);
        var sent = SendAsync(Open(), $"http://127.0.0.1:{PortOf(receiver)}/hook");

        await AnswerAsync(
            receiver,
            $"HTTP/1.1 {status} Elsewhere\r\nLocation: {scheme}://127.0.0.1:{PortOf(inside)}/\r\nRefresh: 0; url=http://127.0.0.1:{PortOf(inside)}/\r\nContent-Length: 0\r\n\r\n"
        );

        (await sent).Error.ShouldBe($"answered {status}");
        inside.Pending().ShouldBeFalse("nobody has come");
    }

    /// <summary>What goes on and on: a body after its head, a head, answers before the answer.</summary>
    [Theory, Trait("Rule", "C3.1.4")]
    [InlineData(
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n",
        "8\r\nxxxxxxxx\r\n",
        200
    )]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 9000000000\r\n\r\n", "xxxxxxxxxxxxxxxx", 200)]
    [InlineData("HTTP/1.1 200 OK\r\n", "X-More: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\r\n", null)]
    [InlineData("HTTP/1.1 200 OK\r\nX-Long: ", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", null)]
    [InlineData("", "HTTP/1.1 103 Early Hints\r\n\r\n", null)]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n", "xxxxxxxxxxxxx", null)]
    public async Task Given_a_receiver_that_never_ends_When_it_is_sent_to_Then_it_is_cut_off(
        string begins,
        string goesOn,
        int? status
    )
    {
        using var receiver = Listen(IPAddress.Loopback);
        var started = Stopwatch.StartNew();
        var sent = SendAsync(Open(), $"http://127.0.0.1:{PortOf(receiver)}/hook", keep: TimeSpan.FromSeconds(4));
        var written = 0L;
        var cutOff = false;
        using (var connection = await receiver.AcceptTcpClientAsync())
        {
            await ReadRequestAsync(connection.GetStream());
            await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(begins));
            var more = Encoding.ASCII.GetBytes(goesOn);
            try
            {
                while (started.Elapsed < TimeSpan.FromSeconds(20))
                {
                    await connection.GetStream().WriteAsync(more);
                    written += more.Length;
                    // Slower than what is cut off for its size alone.
                    await Task.Delay(written > 100_000 ? 20 : 0);
                }
            }
            catch (IOException)
            {
                cutOff = true;
            }
        }

        var done = await sent;
        done.Status.ShouldBe(status);
        (done.Error is null).ShouldBe(status is not null);
        done.Milliseconds.ShouldBeLessThan(15_000, "a receiver has two seconds here");
        cutOff.ShouldBeTrue("the connection was closed");
    }

    [Fact, Trait("Rule", "C3.1.4")]
    public async Task Given_a_name_and_an_address_with_line_breaks_When_it_is_sent_Then_no_header_is_added()
    {
        using var receiver = Listen(IPAddress.Loopback);
        var sent = SendAsync(
            Open(),
            $"http://127.0.0.1:{PortOf(receiver)}/hook%0d%0aX-Evil:%201?a=%0d%0aX-Evil:%202",
            name: "財務\r\nX-Evil: 3\r\n\r\n",
            eventName: "repairs.x.y.v1\r\nX-Evil: 4"
        );

        var request = await AnswerAsync(receiver, "HTTP/1.1 204 No Content\r\n\r\n");

        (await sent).Status.ShouldBe(204);
        var head = request.Split("\r\n\r\n")[0].Split("\r\n");
        head[0].ShouldBe("POST /hook%0d%0aX-Evil:%201?a=%0d%0aX-Evil:%202 HTTP/1.1");
        head.ShouldNotContain(line => line.StartsWith("X-Evil", StringComparison.OrdinalIgnoreCase));
        head.Skip(1)
            .Select(line => line.Split(':')[0].ToLowerInvariant())
            .Except([
                "host",
                "user-agent",
                "webhook-id",
                "webhook-timestamp",
                "webhook-signature",
                "content-type",
                "content-length",
                "traceparent",
            ])
            .ShouldBeEmpty(request);
    }

    private static WebhookAddress Open() => new(new() { AllowHttp = true, AllowedNetworks = ["127.0.0.0/8"] });

    private static TcpListener Listen(IPAddress at)
    {
        var listener = new TcpListener(at, 0);
        if (at.Equals(IPAddress.IPv6Any))
        {
            listener.Server.DualMode = true;
        }

        listener.Start();
        return listener;
    }

    private static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;

    private static async Task<DeliveryTry> SendAsync(
        WebhookAddress addresses,
        string address,
        TimeSpan? keep = null,
        string name = "財務",
        string eventName = "repairs.repair-order.opened.v1"
    )
    {
        using var sender = new WebhookSender(
            addresses,
            Options.Create(new WebhookOptions { Timeout = TimeSpan.FromSeconds(2) }),
            TimeProvider.System
        );
        Webhook
            .Register(A.Context(Someone.Operator()), new(name, address, ["repairs.#"]))
            .Failed(out _, out var webhook)
            .ShouldBeFalse();
        var done = await sender.SendAsync(
            webhook!,
            new WebhookDelivery
            {
                Id = Guid.CreateVersion7(),
                EventId = Guid.CreateVersion7(),
                EventName = eventName,
                Body = """{"a":1}""",
            },
            TestContext.Current.CancellationToken
        );
        if (keep is { } longer)
        {
            // The service goes on: what is cut off is not cut off because it ends.
            await Task.Delay(longer);
        }

        return done;
    }

    private static async Task<string> AnswerAsync(TcpListener listener, string answer)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        using var connection = await listener.AcceptTcpClientAsync(patience.Token);
        var request = await ReadRequestAsync(connection.GetStream());
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(answer));
        return request;
    }

    private static async Task<string> ReadRequestAsync(NetworkStream stream)
    {
        var (text, buffer) = (new StringBuilder(), new byte[4096]);
        while (!text.ToString().EndsWith("""{"a":1}""", StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer);
            if (read == 0)
            {
                break;
            }

            text.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }

        return text.ToString();
    }
}
