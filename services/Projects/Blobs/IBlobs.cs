using CustomerService.ServiceDefaults;

namespace CustomerService.Projects.Blobs;

/// <summary>
/// Where the contents of attachments are kept. A key is the SHA-256 of its content, so writing twice does no harm, and a content whose
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
    /// <summary>
    /// A folder of this machine (<c>Blobs:Folder</c>, default <c>blobs</c> in the content root), or an S3-compatible store where <c>Blobs:S3:Endpoint</c> is set, with
    /// <c>Bucket</c>, <c>AccessKey</c>, <c>SecretKey</c> and <c>Region</c> (default us-east-1).
    /// </summary>
    public static IServiceCollection AddBlobs(this IServiceCollection services, IConfiguration configuration, string contentRoot)
    {
        if (configuration["Blobs:S3:Endpoint"] is not { Length: > 0 })
        {
            var folder = configuration["Blobs:Folder"] is { Length: > 0 } set ? set : "blobs";
            return services.AddSingleton<IBlobs>(new FolderBlobs(Path.GetFullPath(folder, contentRoot)));
        }

        var settings = new S3Settings(
            new Uri(Settings.Url(configuration, "Blobs:S3:Endpoint", null)),
            Settings.Required(configuration, "Blobs:S3:Bucket", "the bucket for attachments"),
            configuration["Blobs:S3:Region"] is { Length: > 0 } region ? region : "us-east-1",
            Settings.Required(configuration, "Blobs:S3:AccessKey", "the account of the S3-compatible store"),
            Settings.Required(configuration, "Blobs:S3:SecretKey", "the secret of that account"));
        services.AddHttpClient(S3Blobs.HttpClientName);
        return services.AddSingleton<IBlobs>(provider => new S3Blobs(settings, provider.GetRequiredService<IHttpClientFactory>(), provider.GetRequiredService<TimeProvider>()));
    }
}
