using MassTransit;
using MassTransit.Context;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Messaging;

/// <summary>
/// Makes a consumer for each try of each message, in a scope of its own, and runs it in the inbox's transaction. As there is no
/// other way to get a consumer, none can do without the inbox.
/// </summary>
internal sealed class InboxConsumerFactory<TConsumer>(IServiceProvider services, string queue) : IConsumerFactory<TConsumer>
    where TConsumer : class
{
    private static readonly ObjectFactory<TConsumer> Create = ActivatorUtilities.CreateFactory<TConsumer>([]);

    private readonly IServiceScopeFactory _scopes = services.GetRequiredService<IServiceScopeFactory>();
    private readonly KeyValuePair<string, object?> _tag = new("queue", queue);

    public async Task Send<T>(ConsumeContext<T> context, IPipe<ConsumerConsumeContext<TConsumer, T>> next)
        where T : class
    {
        var incoming = context.ReceiveContext.GetPayload<IncomingEvent>();
        var scope = _scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            var unit = scope.ServiceProvider.GetRequiredService<IInboxUnitOfWork>();
            InboxOutcome outcome;
            try
            {
                outcome = await unit.ConsumeAsync(
                    new InboxKey(incoming.Id, queue),
                    async () =>
                    {
                        var consumer = Create(scope.ServiceProvider, null);
                        try
                        {
                            await next.Send(new ConsumerConsumeContextScope<TConsumer, T>(context, consumer)).ConfigureAwait(false);
                        }
                        finally
                        {
                            if (consumer is IAsyncDisposable asynchronous)
                            {
                                await asynchronous.DisposeAsync().ConfigureAwait(false);
                            }
                            else
                            {
                                (consumer as IDisposable)?.Dispose();
                            }
                        }
                    },
                    context.CancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException e) when (!context.CancellationToken.IsCancellationRequested)
            {
                // A call that the consumer made ran out of time. As a cancellation it would look like our own shutdown, and the
                // message would come back at once and for ever.
                throw new TimeoutException($"{typeof(TConsumer).Name} gave up waiting: {e.Message}", e);
            }

            (outcome == InboxOutcome.Consumed ? MessagingTelemetry.Consumed : MessagingTelemetry.Duplicates).Add(1, _tag);
        }
    }

    void IProbeSite.Probe(ProbeContext context) => context.CreateScope("inbox").Add("queue", queue);
}
