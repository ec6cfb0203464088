using System.Globalization;
using CustomerService.ServiceDefaults;

namespace CustomerService.Projects;

/// <summary>Registration of the sweeps, and the command <c>sweep</c> that runs each of them once, now.</summary>
internal static class Sweeps
{
    public static IServiceCollection AddSweepCommand(this IServiceCollection services) =>
        services.AddSingleton<IServiceCommand, SweepCommand>();

    /// <summary>Adds a sweep; it runs by itself unless the setting leaves it to the command.</summary>
    public static IServiceCollection AddSweep<TSweep>(this IServiceCollection services, ProjectsSettings settings)
        where TSweep : DueSweep
    {
        services.AddSingleton<TSweep>();
        services.AddSingleton<DueSweep>(provider => provider.GetRequiredService<TSweep>());
        return settings.SweepEvery > TimeSpan.Zero
            ? services.AddHostedService(provider => provider.GetRequiredService<TSweep>())
            : services;
    }

    private sealed class SweepCommand : IServiceCommand
    {
        public string Name => "sweep";

        public async Task<int> RunAsync(
            string[] args,
            IServiceProvider services,
            TextWriter output,
            CancellationToken cancellationToken
        )
        {
            var taken = 0;
            foreach (var sweep in services.GetServices<DueSweep>())
            {
                taken += await sweep.SweepAsync(cancellationToken);
            }

            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{taken} announced"));
            return 0;
        }
    }
}
