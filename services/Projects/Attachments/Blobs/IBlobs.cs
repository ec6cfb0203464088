using CustomerService.ServiceDefaults;

namespace CustomerService.Projects.Attachments.Blobs;

/// <summary>
/// Where the contents of attachments are kept. A key is the SHA-256 of its content, so writing twice does no
/// harm, and a content whose
/// record was not committed is only a file that nothing refers to.
/// </summary>
internal interface IBlobs
{
    Task PutAsync(string key, ReadOnlyMemory<byte> content, string contentType, CancellationToken cancellationToken);

    /// <summary>The content, or null where there is none.</summary>
    Task<byte[]?> GetAsync(string key, CancellationToken cancellationToken);
}

internal static class BlobRegistration
{
    /// <summary>Code of the answer when the store of files is away.</summary>
    public const string Unavailable = "blobs-unavailable";

    /// <summary>
    /// A folder of this machine (<c>Blobs:Folder</c>, one that can be written to), or an S3-compatible store
    /// where <c>Blobs:S3:Endpoint</c> is set, with <c>Bucket</c>,
    /// <c>AccessKey</c>, <c>SecretKey</c> and <c>Region</c> (default us-east-1). One of them must be set: a
    /// service that starts and then loses every upload helps nobody. Commands that
    /// touch no files, such as <c>migrate</c>, do without.
    /// </summary>
    public static IServiceCollection AddBlobs(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddHostedService<BlobsAtStart>();
        services.AddHttpClient(S3Blobs.HttpClientName, client => client.Timeout = TimeSpan.FromSeconds(30));
        return services.AddSingleton(provider => From(configuration, provider));
    }

    private static IBlobs From(IConfiguration configuration, IServiceProvider provider)
    {
        if (configuration["Blobs:S3:Endpoint"] is { Length: > 0 })
        {
            var settings = new S3Settings(
                new Uri(Settings.Url(configuration, "Blobs:S3:Endpoint", null)),
                Settings.Required(configuration, "Blobs:S3:Bucket", "the bucket for attachments"),
                configuration["Blobs:S3:Region"] is { Length: > 0 } region ? region : "us-east-1",
                Settings.Required(configuration, "Blobs:S3:AccessKey", "the account of the S3-compatible store"),
                Settings.Required(configuration, "Blobs:S3:SecretKey", "the secret of that account")
            );
            return new S3Blobs(
                settings,
                provider.GetRequiredService<IHttpClientFactory>(),
                provider.GetRequiredService<TimeProvider>()
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
