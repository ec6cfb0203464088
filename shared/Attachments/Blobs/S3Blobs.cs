using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using CustomerService.ServiceDefaults;

namespace CustomerService.Attachments;

/// <summary>An S3-compatible store.</summary>
/// <param name="Endpoint">Address of the store.</param>
/// <param name="Bucket">The bucket; it must exist.</param>
/// <param name="Region">Region that requests are signed for.</param>
/// <param name="AccessKey">Account.</param>
/// <param name="SecretKey">Secret of the account.</param>
/// <param name="PathStyle">True addresses <c>{endpoint}/{bucket}/{key}</c>, as MinIO wants it; false
/// <c>{bucket}.{endpoint}/{key}</c>, as Aliyun OSS wants it.</param>
internal sealed record S3Settings(
    Uri Endpoint,
    string Bucket,
    string Region,
    string AccessKey,
    string SecretKey,
    bool PathStyle = true
);

/// <summary>Blobs in an S3-compatible store, by the vendor's SDK: it signs, retries and checks sums.</summary>
internal sealed class S3Blobs : IBlobs, IDisposable
{
    private readonly AmazonS3Client _client;
    private readonly string _bucket;

    public S3Blobs(S3Settings settings)
    {
        _bucket = settings.Bucket;
        _client = new AmazonS3Client(
            new BasicAWSCredentials(settings.AccessKey, settings.SecretKey),
            new AmazonS3Config
            {
                ServiceURL = settings.Endpoint.AbsoluteUri,
                AuthenticationRegion = settings.Region,
                ForcePathStyle = settings.PathStyle,
                Timeout = TimeSpan.FromSeconds(30),
                MaxErrorRetry = 2,
                // Compatible stores do not know the newer checksums; the signature covers the content.
                RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
                ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            }
        );
    }

    public async Task PutAsync(
        string key,
        ReadOnlyMemory<byte> content,
        string contentType,
        CancellationToken cancellationToken
    )
    {
        using var stream = new MemoryStream(content.ToArray(), writable: false);
        var request = new PutObjectRequest
        {
            BucketName = _bucket,
            Key = key,
            ContentType = contentType,
            InputStream = stream,
            UseChunkEncoding = false,
        };
        await AnsweredAsync(() => _client.PutObjectAsync(request, cancellationToken), cancellationToken);
    }

    public async Task<byte[]?> GetAsync(string key, CancellationToken cancellationToken) =>
        await AnsweredAsync(
            async () =>
            {
                try
                {
                    using var found = await _client.GetObjectAsync(_bucket, key, cancellationToken);
                    using var content = new MemoryStream();
                    await found.ResponseStream.CopyToAsync(content, cancellationToken);
                    return content.ToArray();
                }
                catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound)
                {
                    return null;
                }
            },
            cancellationToken
        );

    public Task<bool> ExistsAsync(string key, CancellationToken cancellationToken) =>
        AnsweredAsync(
            async () =>
            {
                try
                {
                    await _client.GetObjectMetadataAsync(_bucket, key, cancellationToken);
                    return true;
                }
                catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound)
                {
                    return false;
                }
            },
            cancellationToken
        );

    // S3 answers the same where there is none.
    public Task DeleteAsync(string key, CancellationToken cancellationToken) =>
        AnsweredAsync(() => _client.DeleteObjectAsync(_bucket, key, cancellationToken), cancellationToken);

    public void Dispose() => _client.Dispose();

    // A full disk, a key that is no longer valid, a broken connection: all between the store and the operator.
    private static async Task<T> AnsweredAsync<T>(Func<Task<T>> call, CancellationToken cancellation)
    {
        try
        {
            return await call();
        }
        catch (Exception away)
            when (away is AmazonServiceException or AmazonClientException or HttpRequestException or IOException
                || (away is OperationCanceledException && !cancellation.IsCancellationRequested)
            )
        {
            throw new UnavailableException(BlobRegistration.Unavailable, away);
        }
    }
}
