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
/// <param name="gather">How long a batch waits for more before it is loaded; by default not at
/// all.</param>
public sealed class BatchLoader<TKey, TValue>(
    Func<IReadOnlyList<TKey>, Task<IReadOnlyList<TValue>>> load,
    int largest = 512,
    int atOnce = 2,
    TimeSpan gather = default
)
{
    private readonly Lock _gate = new();
    private List<Pending> _waiting = [];
    private int _running;

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
            if (gather > TimeSpan.Zero && Volatile.Read(ref _waiting).Count < largest)
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

    private sealed class Pending(TKey key)
    {
        public TKey Key { get; } = key;

        public TaskCompletionSource<TValue> Value { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
