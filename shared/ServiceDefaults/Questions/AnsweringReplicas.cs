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
    ReplicaCount count,
    TimeProvider time
) : SubchannelsLoadBalancer(controller, logs)
{
    /// <summary>What counts as silence; an everyday question is answered in milliseconds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private const int MostSilences = 2;

    // Then one question tries it, and the others wait for what comes of it.
    private static readonly TimeSpan Aside = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Trial = TimeSpan.FromSeconds(2);

    private readonly ConditionalWeakTable<Subchannel, Silence> _silences = [];

    protected override SubchannelPicker CreatePicker(IReadOnlyList<Subchannel> readySubchannels)
    {
        count.Ready = readySubchannels.Count;
        return new Turn([.. readySubchannels.Select(replica => (replica, _silences.GetOrCreateValue(replica)))], time);
    }

    /// <summary>Makes it for the channels of one client, under a name of its own.</summary>
    internal sealed class Factory(string name, ReplicaCount count, TimeProvider time) : LoadBalancerFactory
    {
        public override string Name => name;

        public override LoadBalancer Create(LoadBalancerOptions options) =>
            new AnsweringReplicas(options.Controller, options.LoggerFactory, count, time);
    }

    private sealed class Turn(IReadOnlyList<(Subchannel Replica, Silence Silence)> replicas, TimeProvider time)
        : SubchannelPicker
    {
        // Not all callers begin with the same one.
        private int _next = Random.Shared.Next(replicas.Count);

        public override PickResult Pick(PickContext context)
        {
            var first = (uint)Interlocked.Increment(ref _next);
            var now = time.GetUtcNow();
            var asked = AskedReplicas.Current;
            // One that has the same question already comes last.
            var order = Enumerable.Range(0, replicas.Count).Select(i => At(first + (uint)i)).ToList();
            if (asked is not null)
            {
                order = [.. order.OrderBy(one => asked.Contains(one.Replica))];
            }

            foreach (var (replica, silence) in order)
            {
                if (silence.MayBeAsked(now))
                {
                    return Ask(replica, silence);
                }
            }

            return Ask(order[0].Replica, order[0].Silence);

            PickResult Ask(Subchannel replica, Silence silence)
            {
                asked?.Add(replica);
                return PickResult.ForSubchannel(replica, new Question(silence, time));
            }
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

/// <summary>The replicas that were asked one question, so that asking again means another one.</summary>
internal sealed class AskedReplicas
{
    private static readonly AsyncLocal<AskedReplicas?> Asking = new();

    private readonly ConcurrentDictionary<Subchannel, byte> _asked = new();

    public static AskedReplicas? Current => Asking.Value;

    public bool Contains(Subchannel replica) => _asked.ContainsKey(replica);

    public void Add(Subchannel replica) => _asked[replica] = 0;

    /// <summary>What is asked inside is one question with what was asked by this before.</summary>
    public T Ask<T>(Func<T> question)
    {
        var before = Asking.Value;
        Asking.Value = this;
        try
        {
            return question();
        }
        finally
        {
            Asking.Value = before;
        }
    }
}

/// <summary>To how many replicas a client has a connection.</summary>
internal sealed class ReplicaCount
{
    private int _ready;

    public int Ready
    {
        get => Volatile.Read(ref _ready);
        set => Volatile.Write(ref _ready, value);
    }
}
