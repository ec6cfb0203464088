using System.Globalization;
using CustomerService.Messaging.Tests;

// "writer" is the sample service as a process of its own, which a test kills in the middle of its
// work.
if (args is ["writer", var database, var broker, var count])
{
    return await Writer.RunAsync(database, broker, int.Parse(count, CultureInfo.InvariantCulture));
}

return args.Any(arg => arg is "-automated" or "@@")
    ? await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args)
    : await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(
        args,
        SelfRegisteredExtensions.AddSelfRegisteredExtensions
    );
