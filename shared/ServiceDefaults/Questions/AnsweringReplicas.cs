using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Grpc.Net.Client.Balancer;
using Microsoft.Extensions.Logging;

namespace CustomerService.ServiceDefaults;

/// <summary>
/// Asks the replicas behind a name in turn, and leaves out for a while one that keeps silent: a program that hangs keeps
/// its connections, and the system goes on accepting new ones for it, so that no connection tells. Where all are silent
/// all are asked.
/// </summary>
internal sealed class AnsweringReplicas(
    IChannelControlHelper controller,
    ILoggerFactory logs,
    ReplicaCounts counts,
    TimeProvider time
) : SubchannelsLoadBalancer(controller, logs)
{
    /// <summary>Its name in the configuration of a channel.</summary>
    public const string Policy = "answering_replicas";

    /// <summary>What counts as silence; an everyday question is answered in milliseconds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private const int MostSilences = 2;

    // Then one question tries it, and the others wait for what comes of it.
    private static readonly TimeSpan Aside = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Trial = TimeSpan.FromSeconds(2);

    private readonly ConditionalWeakTable<Subchannel, Silence> _silences = [];
    private Uri? _address;
    private int _ready;

    protected override SubchannelPicker CreatePicker(IReadOnlyList<Subchannel> readySubchannels)
    {
        _ready = readySubchannels.Count;
        counts.Tell(_address, _ready);
        return new Turn(
            [.. readySubchannels.Select(replica => (replica, _silences.GetOrCreateValue(replica)))],
            Learn,
            time
        );
    }

    // Only a question says for which name this is.
    private void Learn(Uri? address)
    {
        if (_address is null && address is not null)
        {
            _address = address;
            counts.Tell(address, _ready);
        }
    }

    /// <summary>Makes it for each channel.</summary>
    internal sealed class Factory(ReplicaCounts counts, TimeProvider time) : LoadBalancerFactory
    {
        public override string Name => Policy;

        public override LoadBalancer Create(LoadBalancerOptions options) =>
            new AnsweringReplicas(options.Controller, options.LoggerFactory, counts, time);
    }

    private sealed class Turn(
        IReadOnlyList<(Subchannel Replica, Silence Silence)> replicas,
        Action<Uri?> learn,
        TimeProvider time
    ) : SubchannelPicker
    {
        // Not all callers begin with the same one.
        private int _next = Random.Shared.Next(replicas.Count);

        public override PickResult Pick(PickContext context)
        {
            learn(context.Request?.RequestUri);
            var first = (uint)Interlocked.Increment(ref _next);
            var now = time.GetUtcNow();
            for (uint i = 0; i < replicas.Count; i++)
            {
                var (replica, silence) = At(first + i);
                if (silence.MayBeAsked(now))
                {
                    return PickResult.ForSubchannel(replica, new Question(silence, time));
                }
            }

            var (any, itsSilence) = At(first);
            return PickResult.ForSubchannel(any, new Question(itsSilence, time));
        }

        private (Subchannel Replica, Silence Silence) At(uint place) => replicas[(int)(place % (uint)replicas.Count)];
    }

    private sealed class Question(Silence silence, TimeProvider time) : ISubchannelCallTracker
    {
        private long _asked;

        public void Start() => _asked = time.GetTimestamp();

        public void Complete(CompletionContext context)
        {
            if (context.Error is null)
            {
                silence.Ended();
            }
            else if (time.GetElapsedTime(_asked) >= Patience * 0.9)
            {
                silence.Met(time.GetUtcNow());
            }
        }
    }

    private sealed class Silence
    {
        private int _running;
        private long _until;

        public bool MayBeAsked(DateTimeOffset now)
        {
            var until = Volatile.Read(ref _until);
            return until == 0
                || (
                    now.UtcTicks >= until
                    && Interlocked.CompareExchange(ref _until, (now + Trial).UtcTicks, until) == until
                );
        }

        public void Met(DateTimeOffset now)
        {
            if (Interlocked.Increment(ref _running) >= MostSilences)
            {
                Volatile.Write(ref _until, (now + Aside).UtcTicks);
            }
        }

        public void Ended()
        {
            Volatile.Write(ref _running, 0);
            Volatile.Write(ref _until, 0);
        }
    }
}

/// <summary>How many replicas behind a name have a connection.</summary>
internal sealed class ReplicaCounts
{
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.OrdinalIgnoreCase);

    public void Tell(Uri? address, int count)
    {
        if (address is not null)
        {
            _counts[NameOf(address)] = count;
        }
    }

    public bool AreSeveral(Uri address) => _counts.GetValueOrDefault(NameOf(address)) > 1;

    private static string NameOf(Uri address) => $"{address.Host}:{address.Port}";
}
