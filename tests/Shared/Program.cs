// The program of a service's tests. CS_TESTS=memory leaves the tests without servers only (namespace …Tests.Domain):
// for tests/mutate.sh, and for a quick run.
if (Environment.GetEnvironmentVariable("CS_TESTS") == "memory")
{
    args = [.. args, "--filter-namespace", "*.Tests.Domain*"];
}

return args.Any(arg => arg is "-automated" or "@@")
    ? await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args)
    : await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(
        args,
        SelfRegisteredExtensions.AddSelfRegisteredExtensions
    );
