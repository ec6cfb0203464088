using System.Diagnostics;

namespace CustomerService.ServiceDefaults;

/// <summary>
/// Loads together what is asked for at the same moment: keys that arrive while one batch is being
/// loaded share the next, so that a trip to the database costs a busy process little for each. Each
/// value is read after its key was asked for.
/// </summary>
/// <param name="load">Loads a batch: one value for each key, in their order. Its failure is the
/// failure of each.</param>
/// <param name="largest">Keys of one batch.</param>
/// <param name="atOnce">Batches at the same time. Two: one is loaded while the next gathers; more
/// would only make them smaller.</param>
/// <param name="gather">How long a batch waits for more before it is loaded, while many keys come; by default not
/// at all.</param>
/// <param name="many">From how many keys a second on batches gather: below it the wait would gain nothing and each key
/// would be late by it.</param>
public sealed class BatchLoader<TKey, TValue>(
    Func<IReadOnlyList<TKey>, Task<IReadOnlyList<TValue>>> load,
    int largest = 512,
    int atOnce = 2,
    TimeSpan gather = default,
    int many = 0
)
{
    // Long enough that a few keys which come together by chance are not many.
    private static readonly TimeSpan Counted = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private List<Pending> _waiting = [];
    private int _running;
    private int _taken;
    private long _since = Stopwatch.GetTimestamp();
    private bool _gathers;

    /// <summary>The value of one key.</summary>
    public Task<TValue> LoadAsync(TKey key)
    {
        var pending = new Pending(key);
        lock (_gate)
        {
            _waiting.Add(pending);
            if (_running < atOnce)
            {
                _running++;
                _ = Task.Run(RunAsync);
            }
        }

        return pending.Value.Task;
    }

    private async Task RunAsync()
    {
        while (true)
        {
            if (gather > TimeSpan.Zero && Volatile.Read(ref _gathers) && Volatile.Read(ref _waiting).Count < largest)
            {
                await Task.Delay(gather);
            }

            List<Pending> batch;
            lock (_gate)
            {
                if (_waiting.Count == 0)
                {
                    _running--;
                    return;
                }

                batch = _waiting.Count <= largest ? _waiting : _waiting[..largest];
                _waiting = _waiting.Count <= largest ? [] : _waiting[largest..];
                Count(batch.Count);
            }

            try
            {
                var values = await load([.. batch.Select(pending => pending.Key)]);
                for (var i = 0; i < batch.Count; i++)
                {
                    batch[i].Value.TrySetResult(values[i]);
                }
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                foreach (var pending in batch)
                {
                    pending.Value.TrySetException(e);
                }
            }
        }
    }

    private void Count(int keys)
    {
        _taken += keys;
        var elapsed = Stopwatch.GetElapsedTime(_since);
        if (elapsed >= Counted)
        {
            _gathers = _taken / elapsed.TotalSeconds >= many;
            (_taken, _since) = (0, Stopwatch.GetTimestamp());
        }
    }

    private sealed class Pending(TKey key)
    {
        public TKey Key { get; } = key;

        public TaskCompletionSource<TValue> Value { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
