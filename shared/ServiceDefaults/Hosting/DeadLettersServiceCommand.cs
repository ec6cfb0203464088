using System.Reflection;
using CustomerService.Messaging;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.ServiceDefaults;

/// <summary><c>dead-letters list|replay</c> for the queues of this service.</summary>
internal sealed class DeadLettersServiceCommand(string service, Assembly consumers) : IServiceCommand
{
    public string Name => "dead-letters";

    public Task<int> RunAsync(
        string[] args,
        IServiceProvider services,
        TextWriter output,
        CancellationToken cancellationToken
    ) => DeadLetterCommand.RunAsync(args, services.GetRequiredService<IConfiguration>(), service, output, consumers);
}
