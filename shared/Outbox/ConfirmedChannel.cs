using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace CustomerService.Messaging;

/// <summary>
/// A channel that publishes a batch without waiting in between and then waits for the broker's
/// confirms of all of it. It counts the confirms itself: the client's own tracking costs a task for
/// each message and adds a header.
/// </summary>
internal sealed class ConfirmedChannel : IAsyncDisposable
{
    private readonly IChannel _channel;
    private readonly Lock _gate = new();
    private ulong _published;
    private ulong _first;
    private bool[] _confirmed = [];
    private bool[] _refused = [];
    private ulong _lowest;
    private int _missing;
    private TaskCompletionSource? _all;
    private Exception? _fault;

    private ConfirmedChannel(IChannel channel) => _channel = channel;

    public bool IsOpen => _channel.IsOpen && _fault is null;

    public static async Task<ConfirmedChannel> OpenAsync(IConnection connection, CancellationToken cancellationToken)
    {
        var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: false),
            cancellationToken
        );
        var confirmed = new ConfirmedChannel(channel);
        channel.BasicAcksAsync += confirmed.OnAck;
        channel.BasicNacksAsync += confirmed.OnNack;
        channel.ChannelShutdownAsync += confirmed.OnShutdown;
        return confirmed;
    }

    /// <summary>Must be called before a batch.</summary>
    public void Begin(int count)
    {
        lock (_gate)
        {
            _first = _published + 1;
            _lowest = _first;
            _confirmed = new bool[count];
            _refused = new bool[count];
            _missing = count;
            _all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public ValueTask PublishAsync(
        string exchange,
        string routingKey,
        BasicProperties properties,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken
    )
    {
        _published++;
        // Not mandatory: an event without a listener is fine.
        return _channel.BasicPublishAsync(exchange, routingKey, mandatory: false, properties, body, cancellationToken);
    }

    /// <summary>Waits for the batch. True for each message, in the order of publishing, that the
    /// broker has taken.</summary>
    public async Task<bool[]> ConfirmsAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        Task all;
        lock (_gate)
        {
            if (_fault is not null)
            {
                throw _fault;
            }

            all = _all!.Task;
        }

        await all.WaitAsync(atMost, cancellationToken);
        lock (_gate)
        {
            return [.. _confirmed.Zip(_refused, (confirmed, refused) => confirmed && !refused)];
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _channel.DisposeAsync();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // It was broken already.
        }
    }

    private Task OnAck(object sender, BasicAckEventArgs ack)
    {
        Settle(ack.DeliveryTag, ack.Multiple, refused: false);
        return Task.CompletedTask;
    }

    private Task OnNack(object sender, BasicNackEventArgs nack)
    {
        Settle(nack.DeliveryTag, nack.Multiple, refused: true);
        return Task.CompletedTask;
    }

    private Task OnShutdown(object sender, ShutdownEventArgs reason)
    {
        lock (_gate)
        {
            _fault ??= new InvalidOperationException($"The broker closed the channel: {reason.ReplyText}");
            _all?.TrySetException(_fault);
            // Observed here: no waiter may be left.
            _ = _all?.Task.Exception;
        }

        return Task.CompletedTask;
    }

    private void Settle(ulong tag, bool multiple, bool refused)
    {
        lock (_gate)
        {
            for (var t = multiple ? _lowest : tag; t <= tag; t++)
            {
                var i = (long)t - (long)_first;
                if (i >= 0 && i < _confirmed.Length && !_confirmed[i])
                {
                    _confirmed[i] = true;
                    _refused[i] = refused;
                    _missing--;
                }
            }

            if (multiple)
            {
                _lowest = tag + 1;
            }

            if (_missing == 0)
            {
                _all?.TrySetResult();
            }
        }
    }
}
