using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerService.ServiceDefaults;
using Yarp.ReverseProxy;

namespace CustomerService.Gateway.Work;

/// <summary>One work list over all services (S1): each is asked for its own with the reader's token, and the answers are
/// merged in the order that all of them share. A service that is away is named and left out.</summary>
internal sealed class WorkLists(IHttpClientFactory http, IProxyStateLookup replicas)
{
    public const string Client = "work-lists";
    public const string List = "work-items";
    public const string Counts = "work-items/counts";
    public const string Unavailable = "unavailable";
    public const string Service = "service";

    /// <summary>Services whose records have states.</summary>
    public static IReadOnlyList<string> Services { get; } =
    [GatewaySettings.Projects, GatewaySettings.Repairs, GatewaySettings.Complaints, GatewaySettings.Surveys];

    /// <summary>Asks a service.</summary>
    /// <param name="Service">Its name.</param>
    /// <param name="Status">What it said; null where it is away.</param>
    /// <param name="Body">Its answer.</param>
    public sealed record Answer(string Service, HttpStatusCode? Status, JsonObject? Body)
    {
        /// <summary>Whether it is away: it gave no answer, or one that speaks of itself and not of the request.</summary>
        public bool IsAway => Status is null or >= HttpStatusCode.InternalServerError;
    }

    /// <summary>Asks all services at once.</summary>
    public Task<Answer[]> AskAsync(HttpRequest request, string path, CancellationToken cancellation) =>
        Task.WhenAll(Services.Select(service => AskAsync(service, request, path, cancellation)));

    /// <summary>The first of the steps of several pages.</summary>
    public static JsonObject Merge(IReadOnlyList<Answer> answers, int limit)
    {
        var pages = answers.Where(answer => !answer.IsAway).ToList();
        var steps = pages
            .SelectMany(page =>
                page.Body!["items"]!
                    .AsArray()
                    .Select(item =>
                    {
                        var step = item!.DeepClone().AsObject();
                        step[Service] = page.Service;
                        return (Step: step, Place: PlaceOf(step));
                    })
            )
            .OrderBy(one => one.Place.DueAt)
            .ThenBy(one => one.Place.RecordId.ToString("N"), StringComparer.Ordinal)
            .ThenBy(one => one.Place.Action, StringComparer.Ordinal)
            .ToList();
        var isMore = steps.Count > limit || pages.Any(page => page.Body!["next"] is not null);
        var shown = steps.Take(limit).ToList();
        return new JsonObject
        {
            ["items"] = new JsonArray([.. shown.Select(one => (JsonNode)one.Step)]),
            ["next"] = isMore && shown.Count > 0 ? shown[^1].Place.Text : null,
            [Unavailable] = Away(answers),
        };
    }

    /// <summary>The sums of what each service counts.</summary>
    public static JsonObject Sum(IReadOnlyList<Answer> answers)
    {
        var sums = new JsonObject();
        foreach (var (name, count) in answers.Where(answer => !answer.IsAway).SelectMany(answer => answer.Body!))
        {
            sums[name] = (sums[name]?.GetValue<int>() ?? 0) + count!.GetValue<int>();
        }

        sums[Unavailable] = Away(answers);
        return sums;
    }

    private static JsonArray Away(IEnumerable<Answer> answers) =>
        [.. answers.Where(answer => answer.IsAway).Select(answer => (JsonNode)answer.Service)];

    private static WorkCursor PlaceOf(JsonObject step) =>
        new(
            step["dueAt"] is { } due
                ? DateTimeOffset.Parse(due.GetValue<string>(), CultureInfo.InvariantCulture)
                : WorkRow.NoDue,
            step["id"]!.GetValue<Guid>(),
            step["action"]!.GetValue<string>()
        );

    private async Task<Answer> AskAsync(
        string service,
        HttpRequest request,
        string path,
        CancellationToken cancellation
    )
    {
        foreach (var address in AddressesOf(service))
        {
            try
            {
                using var question = new HttpRequestMessage(
                    HttpMethod.Get,
                    new Uri(new Uri(address), $"v1/{path}{request.QueryString}")
                );
                question.Headers.TryAddWithoutValidation("Authorization", [.. request.Headers.Authorization]);
                question.Headers.TryAddWithoutValidation("Accept-Language", [.. request.Headers.AcceptLanguage]);
                using var client = http.CreateClient(Client);
                using var answer = await client.SendAsync(question, cancellation);
                await using var body = await answer.Content.ReadAsStreamAsync(cancellation);
                return new(
                    service,
                    answer.StatusCode,
                    (int)answer.StatusCode < 500
                        ? await JsonNode.ParseAsync(body, cancellationToken: cancellation) as JsonObject
                        : null
                );
            }
            catch (Exception exception)
                when (exception is HttpRequestException or IOException or JsonException
                    || (exception is OperationCanceledException && !cancellation.IsCancellationRequested)
                )
            {
                // The next replica, or none.
            }
        }

        return new(service, null, null);
    }

    private List<string> AddressesOf(string service)
    {
        if (!replicas.TryGetCluster(service, out var cluster))
        {
            return [];
        }

        var addresses = cluster.DestinationsState.AvailableDestinations.Select(d => d.Model.Config.Address).ToArray();
        Random.Shared.Shuffle(addresses);
        return [.. addresses];
    }
}
