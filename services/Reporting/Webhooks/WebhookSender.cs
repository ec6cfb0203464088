using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using CustomerService.Reporting.Webhooks.Domain;
using Microsoft.Extensions.Options;

namespace CustomerService.Reporting.Webhooks;

/// <summary>
/// Posts a delivery. Signed as the Standard Webhooks say: <c>webhook-id</c>, <c>webhook-timestamp</c> (seconds) and
/// <c>webhook-signature</c>, which is <c>v1,</c> and the HMAC-SHA256 of <c>id.timestamp.body</c> in base64, one for each
/// key.
/// </summary>
internal sealed class WebhookSender : IDisposable
{
    private const int MostOfAnError = 300;

    // Of an answer only its status counts: a receiver that goes on and on is cut off.
    private const int MostHeaders = 32;
    private const int MostOfABody = 16 * 1024;

    private readonly HttpClient _http;
    private readonly TimeProvider _time;

    public WebhookSender(WebhookAddress addresses, IOptions<WebhookOptions> options, TimeProvider time)
    {
        _time = time;
        _http = new HttpClient(
            new SocketsHttpHandler
            {
                // A redirect could lead to where the address itself must not.
                AllowAutoRedirect = false,
                UseCookies = false,
                UseProxy = false,
                MaxResponseHeadersLength = MostHeaders,
                MaxResponseDrainSize = MostOfABody,
                ResponseDrainTimeout = TimeSpan.FromSeconds(1),
                ConnectTimeout = options.Value.Timeout,
                PooledConnectionLifetime = TimeSpan.FromMinutes(1),
                ConnectCallback = addresses.ConnectAsync,
            }
        )
        {
            Timeout = options.Value.Timeout,
        };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("CustomerService-Webhooks/1");
    }

    /// <summary>Sends it once; what goes wrong is in the answer.</summary>
    public async Task<DeliveryTry> SendAsync(Webhook webhook, WebhookDelivery delivery, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        ArgumentNullException.ThrowIfNull(delivery);
        var (at, started) = (_time.GetUtcNow(), _time.GetTimestamp());
        DeliveryTry Done(int? status, string? error) =>
            new(at, status, error, (long)_time.GetElapsedTime(started).TotalMilliseconds);
        try
        {
            using var request = RequestOf(webhook, delivery, at);
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            return Done(
                (int)answer.StatusCode,
                answer.IsSuccessStatusCode
                    ? null
                    : string.Create(CultureInfo.InvariantCulture, $"answered {(int)answer.StatusCode}")
            );
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Done(
                null,
                string.Create(CultureInfo.InvariantCulture, $"no answer within {_http.Timeout.TotalSeconds} s")
            );
        }
        catch (HttpRequestException failed)
        {
            var why = failed.GetBaseException().Message;
            return Done(null, why.Length > MostOfAnError ? why[..MostOfAnError] : why);
        }
    }

    public void Dispose() => _http.Dispose();

    private static HttpRequestMessage RequestOf(Webhook webhook, WebhookDelivery delivery, DateTimeOffset at)
    {
        var id = delivery.EventId.ToString("D");
        var seconds = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var request = new HttpRequestMessage(HttpMethod.Post, webhook.Address)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(delivery.Body)),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/cloudevents+json", "utf-8");
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", seconds);
        request.Headers.Add(
            "webhook-signature",
            string.Join(' ', webhook.SecretsAt(at).Select(key => Signature(key, id, seconds, delivery.Body)))
        );
        return request;
    }

    /// <summary>The signature under one key.</summary>
    internal static string Signature(string key, string id, string seconds, string body) =>
        "v1,"
        + Convert.ToBase64String(
            HMACSHA256.HashData(Convert.FromBase64String(key), Encoding.UTF8.GetBytes($"{id}.{seconds}.{body}"))
        );
}
