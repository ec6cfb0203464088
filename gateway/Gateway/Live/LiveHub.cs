using System.Threading.Channels;
using CustomerService.ServiceDefaults;

namespace CustomerService.Gateway.Live;

/// <summary>
/// Hands each event to every open stream, and remembers the last ones for streams that come back. Memory is
/// bounded by the number of events remembered and by what each stream may have waiting.
/// </summary>
internal sealed class LiveHub(LiveSettings settings)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<LiveEvent> _recent = new();
    private readonly Dictionary<string, LinkedListNode<LiveEvent>> _byId = [];
    private readonly HashSet<Stream> _streams = [];

    /// <summary>One open connection.</summary>
    internal sealed class Stream(Viewer viewer, string subject, DateTimeOffset issuedAt, int capacity)
    {
        private readonly Channel<byte[]> _waiting = Channel.CreateBounded<byte[]>(
            new BoundedChannelOptions(capacity) { SingleReader = true }
        );

        public string Subject { get; } = subject;

        /// <summary>When the token under which it was opened was issued.</summary>
        public DateTimeOffset IssuedAt { get; } = issuedAt;

        public Viewer Viewer { get; } = viewer;

        public ChannelReader<byte[]> Waiting => _waiting.Reader;

        /// <summary>False when the reader is too slow: then it is cut off, and can come back with the last id
        /// it has seen.</summary>
        public bool Offer(byte[] frame)
        {
            if (_waiting.Writer.TryWrite(frame))
            {
                return true;
            }

            End();
            return false;
        }

        /// <summary>Nothing more comes; the connection ends when what waits has been written.</summary>
        public void End() => _waiting.Writer.TryComplete();
    }

    /// <summary>What was missed, and the stream for all that follows; nothing falls in between. Null when the
    /// person has too many open.</summary>
    public (Stream Stream, IReadOnlyList<byte[]> Missed)? Open(
        Viewer viewer,
        string subject,
        DateTimeOffset issuedAt,
        string? lastEventId
    )
    {
        lock (_lock)
        {
            if (_streams.Count(s => s.Subject == subject) >= settings.StreamsPerUser)
            {
                return null;
            }

            var missed = new List<byte[]>();
            if (!string.IsNullOrEmpty(lastEventId))
            {
                if (_byId.TryGetValue(lastEventId, out var node))
                {
                    for (node = node.Next; node is not null; node = node.Next)
                    {
                        if (node.Value.For(viewer) is { } frame)
                        {
                            missed.Add(frame);
                        }
                    }
                }
                else
                {
                    missed.Add(LiveEvent.Reset);
                }
            }

            var stream = new Stream(viewer, subject, issuedAt, settings.StreamCapacity);
            _streams.Add(stream);
            return (stream, missed);
        }
    }

    public void Close(Stream stream)
    {
        lock (_lock)
        {
            _streams.Remove(stream);
        }
    }

    /// <summary>Ends the streams of a person whose token was withdrawn; with a new one they come back.</summary>
    public void End(Withdrawal withdrawal)
    {
        lock (_lock)
        {
            _streams.RemoveWhere(stream =>
            {
                var isOver = stream.Subject == withdrawal.Subject && stream.IssuedAt < withdrawal.ValidFrom;
                if (isOver)
                {
                    stream.End();
                }

                return isOver;
            });
        }
    }

    public void Publish(LiveEvent happened)
    {
        lock (_lock)
        {
            // Delivered twice, it is shown once.
            if (_byId.ContainsKey(happened.Id))
            {
                return;
            }

            _byId[happened.Id] = _recent.AddLast(happened);
            if (_recent.Count > settings.Remembered)
            {
                _byId.Remove(_recent.First!.Value.Id);
                _recent.RemoveFirst();
            }

            _streams.RemoveWhere(stream => happened.For(stream.Viewer) is { } frame && !stream.Offer(frame));
        }
    }

    /// <summary>The broker was away, or is asked for the first time: what happened before is not known
    /// here.</summary>
    public void Interrupted()
    {
        lock (_lock)
        {
            _recent.Clear();
            _byId.Clear();
            _streams.RemoveWhere(stream => !stream.Offer(LiveEvent.Reset));
        }
    }
}
