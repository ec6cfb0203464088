using System.Resources;
using CustomerService.ServiceDefaults;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CustomerService.Attachments;

/// <summary>Registration of the store of files.</summary>
public static class BlobRegistration
{
    /// <summary>Code of the answer when the store of files is away.</summary>
    public const string Unavailable = "blobs-unavailable";

    /// <summary>
    /// A folder of this machine (<c>Blobs:Folder</c>, one that can be written to), or an S3-compatible store where
    /// <c>Blobs:S3:Endpoint</c> is set, with <c>Bucket</c>, <c>AccessKey</c>, <c>SecretKey</c>, <c>Region</c> (default
    /// us-east-1) and <c>PathStyle</c> (default true). One of them must be set: a service that starts and then loses
    /// every upload helps nobody. Commands that touch no files, such as <c>migrate</c>, do without.
    /// Adds <see cref="FileIntake"/> with <c>Attachments:MaxMegabytes</c> and <c>Attachments:MaxMegapixels</c>.
    /// </summary>
    public static IServiceCollection AddAttachments(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddHostedService<BlobsAtStart>();
        services.AddSingleton(FileLimits.From(configuration));
        services.AddSingleton<FileIntake>();
        services.AddSingleton<Thumbnails>();
        services.AddSingleton(
            new ResourceManager("CustomerService.Attachments.Resources.Texts", typeof(BlobRegistration).Assembly)
        );
        return services.AddSingleton(_ => From(configuration));
    }

    private static IBlobs From(IConfiguration configuration)
    {
        if (configuration["Blobs:S3:Endpoint"] is { Length: > 0 })
        {
            return new S3Blobs(
                new S3Settings(
                    new Uri(Settings.Url(configuration, "Blobs:S3:Endpoint", null)),
                    Settings.Required(configuration, "Blobs:S3:Bucket", "the bucket for attachments"),
                    configuration["Blobs:S3:Region"] is { Length: > 0 } region ? region : "us-east-1",
                    Settings.Required(configuration, "Blobs:S3:AccessKey", "the account of the S3-compatible store"),
                    Settings.Required(configuration, "Blobs:S3:SecretKey", "the secret of that account"),
                    !string.Equals(configuration["Blobs:S3:PathStyle"], "false", StringComparison.OrdinalIgnoreCase)
                )
            );
        }

        var folder = Path.GetFullPath(
            Settings.Required(
                configuration,
                "Blobs:Folder",
                "the folder for attachments, unless Blobs:S3:Endpoint names an S3-compatible store"
            )
        );
        try
        {
            Directory.CreateDirectory(folder);
            var probe = Path.Combine(folder, $".{Guid.CreateVersion7():N}");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new SettingException(
                $"Setting Blobs:Folder is '{folder}', where nothing can be written: {wrong.Message}"
            );
        }

        return new FolderBlobs(folder);
    }

    /// <summary>Looks for the store before the service listens.</summary>
    private sealed class BlobsAtStart(IServiceProvider services) : IHostedLifecycleService
    {
        public Task StartingAsync(CancellationToken cancellationToken)
        {
            services.GetRequiredService<IBlobs>();
            return Task.CompletedTask;
        }

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
