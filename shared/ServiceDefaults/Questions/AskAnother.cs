using Grpc.Core;
using Grpc.Core.Interceptors;

namespace CustomerService.ServiceDefaults;

/// <summary>
/// Asks another replica, too, where there is one and no answer comes for a while; the first answer counts and ends the
/// other question. The library's own hedging would ask a single replica again, and do without the pauses between the
/// tries of what is unavailable.
/// </summary>
internal sealed class AskAnother(ReplicaCount count, TimeProvider time) : Interceptor
{
    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncUnaryCallContinuation<TRequest, TResponse> continuation
    )
    {
        ArgumentNullException.ThrowIfNull(continuation);
        var asked = new AskedReplicas();
        var questions = new Questions<TResponse>(
            () => asked.Ask(() => continuation(request, context)),
            () => count.Ready > 1,
            time
        );
        return new(
            questions.AnswerAsync(),
            questions.HeadersAsync(),
            questions.StatusOf,
            questions.TrailersOf,
            questions.Dispose
        );
    }

    private sealed class Questions<TResponse>(
        Func<AsyncUnaryCall<TResponse>> ask,
        Func<bool> isThereAnother,
        TimeProvider time
    ) : IDisposable
    {
        private readonly TaskCompletionSource<AsyncUnaryCall<TResponse>> _answered = new(
            TaskCreationOptions.RunContinuationsAsynchronously
        );
        private readonly AsyncUnaryCall<TResponse> _first = ask();
        private AsyncUnaryCall<TResponse>? _second;

        public async Task<TResponse> AnswerAsync()
        {
            do
            {
                if (await IsAnsweredSoonAsync())
                {
                    return await CountAsync(_first);
                }
            } while (!isThereAnother());

            var second = ask();
            _second = second;
            var quicker = await Task.WhenAny(_first.ResponseAsync, second.ResponseAsync);
            // A failure says nothing as long as the other may answer.
            var counts = quicker.IsCompletedSuccessfully == (quicker == _first.ResponseAsync) ? _first : second;
            try
            {
                return await CountAsync(counts);
            }
            finally
            {
                Leave(counts == _first ? second : _first);
            }
        }

        public async Task<Metadata> HeadersAsync() => await (await _answered.Task).ResponseHeadersAsync;

        public Status StatusOf() => Counted.GetStatus();

        public Metadata TrailersOf() => Counted.GetTrailers();

        public void Dispose()
        {
            _first.Dispose();
            _second?.Dispose();
        }

        private async Task<bool> IsAnsweredSoonAsync()
        {
            using var enough = new CancellationTokenSource();
            var patience = Task.Delay(AnsweringReplicas.Patience, time, enough.Token);
            var isAnswered = await Task.WhenAny(_first.ResponseAsync, patience) == _first.ResponseAsync;
            await enough.CancelAsync();
            return isAnswered;
        }

        private AsyncUnaryCall<TResponse> Counted =>
            _answered.Task.IsCompletedSuccessfully
                ? _answered.Task.Result
                : throw new InvalidOperationException("The question has no answer yet.");

        private Task<TResponse> CountAsync(AsyncUnaryCall<TResponse> question)
        {
            _answered.TrySetResult(question);
            return question.ResponseAsync;
        }

        private static void Leave(AsyncUnaryCall<TResponse> question)
        {
            question.Dispose();
            // Its end is of no interest.
            _ = question.ResponseAsync.ContinueWith(
                static ended => ended.Exception,
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default
            );
        }
    }
}
