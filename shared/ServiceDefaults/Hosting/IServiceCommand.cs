namespace CustomerService.ServiceDefaults;

/// <summary>A command of a service's program, for people who run it: <c>dotnet
/// CustomerService.Repairs.dll verify-audit</c>.</summary>
public interface IServiceCommand
{
    /// <summary>First word on the command line.</summary>
    string Name { get; }

    /// <returns>Exit code.</returns>
    Task<int> RunAsync(
        string[] args,
        IServiceProvider services,
        TextWriter output,
        CancellationToken cancellationToken
    );
}
