using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using CustomerService.ServiceDefaults;

namespace CustomerService.Projects.Attachments.Blobs;

/// <summary>An S3-compatible store, addressed by path.</summary>
internal sealed record S3Settings(Uri Endpoint, string Bucket, string Region, string AccessKey, string SecretKey);

/// <summary>Blobs in an S3-compatible store, by plain HTTP with AWS Signature Version 4.</summary>
internal sealed class S3Blobs(S3Settings settings, IHttpClientFactory http, TimeProvider time) : IBlobs
{
    internal const string HttpClientName = "blobs";

    public async Task PutAsync(
        string key,
        ReadOnlyMemory<byte> content,
        string contentType,
        CancellationToken cancellationToken
    )
    {
        using var body = new ReadOnlyMemoryContent(content);
        body.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        using var request = new HttpRequestMessage(HttpMethod.Put, AddressOf(key)) { Content = body };
        SigV4.Sign(request, content.Span, settings, time.GetUtcNow());
        using var response = await SendAsync(request, cancellationToken);
        Expect(response);
    }

    public async Task<byte[]?> GetAsync(string key, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, AddressOf(key));
        SigV4.Sign(request, [], settings, time.GetUtcNow());
        using var response = await SendAsync(request, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        Expect(response);
        return await response.Content.ReadAsByteArrayAsync(cancellationToken);
    }

    // The answer is read as a whole here, so a connection that breaks in the middle of it breaks here, too.
    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var client = http.CreateClient(HttpClientName);
        try
        {
            return await client.SendAsync(request, cancellationToken);
        }
        catch (Exception away)
            when (away is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new UnavailableException(BlobRegistration.Unavailable, away);
        }
    }

    // Whatever it refuses, a full disk or a key that is no longer valid, is between the store and the operator.
    private static void Expect(HttpResponseMessage response)
    {
        try
        {
            response.EnsureSuccessStatusCode();
        }
        catch (HttpRequestException refused)
        {
            throw new UnavailableException(BlobRegistration.Unavailable, refused);
        }
    }

    private Uri AddressOf(string key) => new($"{settings.Endpoint.AbsoluteUri.TrimEnd('/')}/{settings.Bucket}/{key}");
}

/// <summary>AWS Signature Version 4 over the headers that are on the request.</summary>
internal static class SigV4
{
    public static void Sign(
        HttpRequestMessage request,
        ReadOnlySpan<byte> body,
        S3Settings settings,
        DateTimeOffset now
    )
    {
        var stamp = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var day = stamp[..8];
        var bodyHash = Convert.ToHexStringLower(SHA256.HashData(body));
        request.Headers.TryAddWithoutValidation("x-amz-content-sha256", bodyHash);
        request.Headers.TryAddWithoutValidation("x-amz-date", stamp);

        var uri = request.RequestUri!;
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["host"] = uri.IsDefaultPort ? uri.Host : $"{uri.Host}:{uri.Port.ToString(CultureInfo.InvariantCulture)}",
        };
        foreach (var header in request.Headers)
        {
            headers[header.Key.ToLowerInvariant()] = string.Join(',', header.Value).Trim();
        }

        var signed = string.Join(';', headers.Keys);
        var canonical = string.Join(
            '\n',
            request.Method.Method,
            uri.AbsolutePath,
            uri.Query.TrimStart('?'),
            string.Concat(headers.Select(h => $"{h.Key}:{h.Value}\n")),
            signed,
            bodyHash
        );
        var scope = $"{day}/{settings.Region}/s3/aws4_request";
        var toSign = string.Join(
            '\n',
            "AWS4-HMAC-SHA256",
            stamp,
            scope,
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))
        );
        var key = Encoding.UTF8.GetBytes("AWS4" + settings.SecretKey);
        foreach (var part in new[] { day, settings.Region, "s3", "aws4_request" })
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign)));
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            $"AWS4-HMAC-SHA256 Credential={settings.AccessKey}/{scope},SignedHeaders={signed},Signature={signature}"
        );
    }
}
