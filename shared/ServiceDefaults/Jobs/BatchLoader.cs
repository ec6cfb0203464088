namespace CustomerService.ServiceDefaults;

/// <summary>
/// Answers what comes at the same moment together: what is asked while the last batch is being answered shares
/// the next one, so that a
/// trip to the database costs a busy process little for each. Nobody waits for a batch to become full, and each
/// answer is of a
/// time after its question.
/// </summary>
/// <param name="answer">Answers a batch, one answer for each question in their order. Its failure is the
/// failure of each.</param>
/// <param name="most">Questions of one batch.</param>
/// <param name="atOnce">Batches at the same time. Two: one is answered while the next gathers; more would only
/// make them smaller.</param>
public sealed class BatchLoader<TKey, TValue>(
    Func<IReadOnlyList<TKey>, Task<IReadOnlyList<TValue>>> answer,
    int most = 512,
    int atOnce = 2
)
{
    private readonly Lock _gate = new();
    private List<Pending> _waiting = [];
    private int _running;

    /// <summary>The answer to one question.</summary>
    public Task<TValue> LoadAsync(TKey question)
    {
        var pending = new Pending(question);
        lock (_gate)
        {
            _waiting.Add(pending);
            if (_running < atOnce)
            {
                _running++;
                _ = Task.Run(RunAsync);
            }
        }

        return pending.Answer.Task;
    }

    private async Task RunAsync()
    {
        while (true)
        {
            List<Pending> batch;
            lock (_gate)
            {
                if (_waiting.Count == 0)
                {
                    _running--;
                    return;
                }

                batch = _waiting.Count <= most ? _waiting : _waiting[..most];
                _waiting = _waiting.Count <= most ? [] : _waiting[most..];
            }

            try
            {
                var answers = await answer([.. batch.Select(pending => pending.Question)]);
                for (var i = 0; i < batch.Count; i++)
                {
                    batch[i].Answer.TrySetResult(answers[i]);
                }
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                foreach (var pending in batch)
                {
                    pending.Answer.TrySetException(e);
                }
            }
        }
    }

    private sealed class Pending(TKey question)
    {
        public TKey Question { get; } = question;

        public TaskCompletionSource<TValue> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
