using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using MimeKit;
using SmtpServer;
using SmtpServer.ComponentModel;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace CustomerService.Testing;

/// <summary>A mail server that keeps what it is given, or refuses it first.</summary>
internal sealed class MailCatcher : MessageStore, IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly int _port = Servers.Machine.FreePort();
    private readonly Task _running;
    private int _refusals;

    public MailCatcher()
    {
        var services = new ServiceProvider();
        services.Add(this);
        var options = new SmtpServerOptionsBuilder().ServerName("catcher").Port(_port).Build();
        _running = new SmtpServer.SmtpServer(options, services).StartAsync(_stop.Token);
    }

    /// <summary>So many mails are refused from now on.</summary>
    public int Refusals
    {
        set => _refusals = value;
    }

    /// <summary>What it says when it refuses.</summary>
    public SmtpResponse Refusal { get; set; } = SmtpResponse.MailboxUnavailable;

    public ConcurrentQueue<MimeMessage> Mails { get; } = new();

    public Dictionary<string, string> Settings =>
        new()
        {
            ["Mail:Host"] = "localhost",
            ["Mail:Port"] = _port.ToString(CultureInfo.InvariantCulture),
            ["Mail:Security"] = "None",
            ["Mail:From"] = "care@example.com",
            ["Mail:Every"] = "00:00:00.2",
        };

    /// <summary>What came for an address.</summary>
    public IReadOnlyList<MimeMessage> To(string address) =>
        [.. Mails.Where(mail => mail.To.Mailboxes.Any(mailbox => mailbox.Address == address))];

    public override async Task<SmtpResponse> SaveAsync(
        ISessionContext context,
        IMessageTransaction transaction,
        ReadOnlySequence<byte> buffer,
        CancellationToken cancellationToken
    )
    {
        if (Interlocked.Decrement(ref _refusals) >= 0)
        {
            return Refusal;
        }

        using var bytes = new MemoryStream(buffer.ToArray());
        Mails.Enqueue(await MimeMessage.LoadAsync(bytes, cancellationToken));
        return SmtpResponse.Ok;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _running;
        }
        catch (OperationCanceledException)
        {
            // That is how it stops.
        }

        foreach (var mail in Mails)
        {
            mail.Dispose();
        }

        _stop.Dispose();
    }
}
