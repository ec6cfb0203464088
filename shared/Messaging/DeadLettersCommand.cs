using System.CommandLine;
using System.Globalization;
using CustomerService.ServiceDefaults;
using Microsoft.Extensions.Options;
using RabbitMQ.Client.Exceptions;

namespace CustomerService.Messaging;

/// <summary>
/// <c>dead-letters list</c> and <c>dead-letters replay</c>. Exit code 0: done; 1: the broker does
/// not answer or refuses, or the message is not there; 2: the command was not understood.
/// </summary>
internal sealed class DeadLettersCommand(IOptions<MessagingOptions> options, MessagingBuilder builder) : IServiceCommand
{
    private readonly Option<string?> _queue = new("--queue")
    {
        Description = "Only this consumer's queue.",
        Recursive = true,
    };

    private readonly Option<bool> _bodies = new("--bodies") { Description = "With the bodies." };

    private readonly Option<bool> _all = new("--all") { Description = "All of them." };

    private readonly Argument<Guid?> _id = new("id") { Description = "Message id.", Arity = ArgumentArity.ZeroOrOne };

    public string Name => "dead-letters";

    public async Task<int> RunAsync(
        string[] args,
        IServiceProvider services,
        TextWriter output,
        CancellationToken cancellationToken
    )
    {
        var parsed = Define(output).Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await output.WriteLineAsync(error.Message);
            }

            await output.WriteLineAsync("dead-letters list [--bodies] [--queue NAME]     what was given up, and why");
            await output.WriteLineAsync("dead-letters replay ID|--all [--queue NAME]     put it back into its queue");
            return 2;
        }

        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration
                {
                    Output = output,
                    Error = output,
                    EnableDefaultExceptionHandler = false,
                },
                cancellationToken
            );
        }
        catch (BrokerUnreachableException unreachable)
        {
            await output.WriteLineAsync($"The broker does not answer: {Reason(unreachable)}");
            return 1;
        }
        catch (BrokerRefusedException refused)
        {
            await output.WriteLineAsync($"The broker refuses: {refused.Message}");
            return 1;
        }
    }

    private Command Define(TextWriter output)
    {
        var list = new Command("list", "Lists what was given up, and why.") { _bodies };
        list.SetAction((parsed, cancellation) => ListAsync(parsed, output, cancellation));
        var replay = new Command("replay", "Puts messages back into the queue of their consumer.") { _id, _all };
        replay.Validators.Add(result =>
        {
            var one = result.GetResult(_id) is { Tokens.Count: > 0 };
            if (one == result.GetValue(_all))
            {
                result.AddError("Name one message by its id, or --all.");
            }
        });
        replay.SetAction((parsed, cancellation) => ReplayAsync(parsed, output, cancellation));
        return new RootCommand("Messages that were given up.") { _queue, list, replay };
    }

    private async Task<int> ListAsync(ParseResult parsed, TextWriter output, CancellationToken cancellationToken)
    {
        var found = await Letters(parsed).ListAsync(cancellationToken);
        foreach (var letter in found)
        {
            await output.WriteLineAsync(
                string.Join(
                    '\t',
                    letter.Queue,
                    letter.MessageId.ToString("D"),
                    letter.EventName ?? "-",
                    letter.Subject ?? "-",
                    letter.GivenUpAt?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "-",
                    letter.Reason.ReplaceLineEndings(" ")
                )
            );
            if (parsed.GetValue(_bodies))
            {
                await output.WriteLineAsync("    " + letter.Body.ReplaceLineEndings(" "));
            }
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{found.Count} dead letters."));
        return 0;
    }

    private async Task<int> ReplayAsync(ParseResult parsed, TextWriter output, CancellationToken cancellationToken)
    {
        var id = parsed.GetValue(_id);
        var replayed = await Letters(parsed).ReplayAsync(id, cancellationToken);
        if (id is null)
        {
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{replayed} replayed."));
            return 0;
        }

        await output.WriteLineAsync(
            replayed > 0 ? $"{id} replayed." : $"{id} is in no error queue of {options.Value.Service}."
        );
        return replayed > 0 ? 0 : 1;
    }

    private DeadLetters Letters(ParseResult parsed) =>
        new(options.Value, parsed.GetValue(_queue) is { } queue ? [queue] : builder.Queues);

    private static string Reason(Exception exception) =>
        (exception.InnerException ?? exception).Message.ReplaceLineEndings(" ");
}
