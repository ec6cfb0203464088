using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CustomerService.Local;

/// <summary>
/// What customers and repair units see of the system as it stands: asks every read of the published description as each
/// of them, for every record that staff know, and writes down which members come back. Rule S2: what outsiders see is
/// listed.
/// </summary>
internal sealed partial class Outsiders(Uri gateway, Secrets secrets, Screen screen)
{
    /// <summary>Stands in an internal note of each record; no outsider ever gets it.</summary>
    public const string InternalMark = "內部機密-不得外傳";

    /// <summary>The list that it writes.</summary>
    public const string ListFile = "seen.txt";

    private const int MostOfACollection = 12;

    private static readonly string[] Readers = ["liu.yezhu", "wu.jiahui", "zhao.fangshui"];

    // They see all records between them.
    private static readonly string[] Staff = ["lin.yating", "he.xiaofeng", "chen.zhenghao"];

    private readonly Dictionary<string, IReadOnlyList<string>> _ids = [];
    private readonly HashSet<string> _reads = [];

    /// <summary>Asks, and writes the list and each answer into the folder.</summary>
    public async Task LookAsync(string folder, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var accounts = DemoAccounts.Read().People.ToDictionary(p => p.UserName);
        var password = secrets.ForPeople(DemoAccounts.PasswordSecret);
        var clients = Readers.Concat(Staff).ToDictionary(name => name, name => ClientOf(name, password));
        var description = JsonNode.Parse(await clients[Staff[0]].GetStringAsync("openapi/v1.json", cancellation))![
            "paths"
        ]!.AsObject();
        var reads = description
            .Where(path => path.Value!["get"] is not null)
            .Select(path => path.Key)
            .Order(StringComparer.Ordinal)
            .ToList();
        _reads.UnionWith(reads);
        foreach (
            var notes in description.Select(p => p.Key).Where(p => p.EndsWith("/{id}/notes", StringComparison.Ordinal))
        )
        {
            foreach (var address in await AddressesAsync(notes, clients, cancellation))
            {
                await NoteAsync(clients, address, cancellation);
            }
        }

        var seen = new SortedSet<string>(StringComparer.Ordinal);
        var answers = 0;
        foreach (var read in reads)
        {
            foreach (var address in await AddressesAsync(read, clients, cancellation))
            {
                foreach (var reader in Readers)
                {
                    using var answer = await clients[reader].GetAsync(address.TrimStart('/'), Headers, cancellation);
                    if (!answer.IsSuccessStatusCode)
                    {
                        continue;
                    }

                    // A stream of live events has no end; what it tells is tested where it is made.
                    if (answer.Content.Headers.ContentType?.MediaType is "text/event-stream")
                    {
                        continue;
                    }

                    var content = await answer.Content.ReadAsByteArrayAsync(cancellation);
                    var type = answer.Content.Headers.ContentType?.MediaType ?? "none";
                    await File.WriteAllBytesAsync(
                        Path.Combine(folder, FileOf(++answers, reader, type)),
                        content,
                        cancellation
                    );
                    var role = accounts[reader].Roles[0];
                    seen.UnionWith(MembersOf(type, content).Select(member => $"{role} {read} {member}"));
                }
            }
        }

        await File.WriteAllLinesAsync(Path.Combine(folder, ListFile), seen, cancellation);
        foreach (var client in clients.Values)
        {
            client.Dispose();
        }

        screen.Plain(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Outsiders: {reads.Count} reads, {answers} answers, {seen.Count} members seen."
            )
        );
    }

    private const HttpCompletionOption Headers = HttpCompletionOption.ResponseHeadersRead;

    private HttpClient ClientOf(string userName, string password)
    {
        var client = new HttpClient(new SignedIn(gateway, userName, password))
        {
            BaseAddress = gateway,
            Timeout = TimeSpan.FromSeconds(60),
        };
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("zh-Hant");
        return client;
    }

    private static async Task NoteAsync(
        Dictionary<string, HttpClient> clients,
        string address,
        CancellationToken cancellation
    )
    {
        foreach (var staff in Staff)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address.TrimStart('/'))
            {
                Content = new StringContent(
                    new JsonObject { ["text"] = InternalMark }.ToJsonString(),
                    System.Text.Encoding.UTF8,
                    "application/json"
                ),
            };
            request.Headers.Add("Idempotency-Key", DemoClient.NewKey());
            using var answer = await clients[staff].SendAsync(request, cancellation);
            if (answer.IsSuccessStatusCode)
            {
                return;
            }
        }

        throw new StartException($"{address}: nobody of {string.Join(", ", Staff)} could write a note.");
    }

    /// <summary>The addresses of a read: each parameter filled with what stands in the list before it.</summary>
    private async Task<IReadOnlyList<string>> AddressesAsync(
        string path,
        Dictionary<string, HttpClient> clients,
        CancellationToken cancellation
    )
    {
        var parameter = Parameter().Match(path);
        if (!parameter.Success)
        {
            return [path];
        }

        var list = path[..parameter.Index].TrimEnd('/');
        var found = new List<string>();
        foreach (var id in await IdsAsync(list, clients, cancellation))
        {
            found.AddRange(
                await AddressesAsync(
                    path[..parameter.Index] + id + path[(parameter.Index + parameter.Length)..],
                    clients,
                    cancellation
                )
            );
        }

        return found;
    }

    private async Task<IReadOnlyList<string>> IdsAsync(
        string list,
        Dictionary<string, HttpClient> clients,
        CancellationToken cancellation
    )
    {
        if (_ids.TryGetValue(list, out var known))
        {
            return known;
        }

        var ids = new List<string>();
        foreach (var staff in Staff)
        {
            using var answer = await clients[staff].GetAsync(list.TrimStart('/'), Headers, cancellation);
            if (
                answer.IsSuccessStatusCode
                && answer.Content.Headers.ContentType?.MediaType == "application/json"
                && JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellation)) is JsonObject body
                && body["items"] is JsonArray items
            )
            {
                ids.AddRange(
                    items
                        .Select(item => (item as JsonObject)?["id"] ?? (item as JsonObject)?["code"])
                        .OfType<JsonValue>()
                        .Select(id => id.ToString())
                );
            }
        }

        // Without a list, such as the audit trail by record: every record known so far.
        if (ids.Count == 0 && !_reads.Contains(list) && !list.Contains("/{", StringComparison.Ordinal))
        {
            ids.AddRange(_ids.Values.SelectMany(i => i));
        }

        return _ids[list] = [.. ids.Distinct().Take(MostOfACollection)];
    }

    private static IEnumerable<string> MembersOf(string type, byte[] content) =>
        type is "application/json" or "application/problem+json"
            ? MembersOf(JsonNode.Parse(content), "").Distinct()
            : [type];

    private static IEnumerable<string> MembersOf(JsonNode? node, string path) =>
        node switch
        {
            JsonObject members => members.SelectMany(member => MembersOf(member.Value, $"{path}.{member.Key}")),
            JsonArray items => items.SelectMany(item => MembersOf(item, path + "[]")),
            null => [],
            _ => [path],
        };

    private static string FileOf(int number, string reader, string type) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{number:D5}-{reader}.{(type == "application/pdf" ? "pdf" : type.Contains("json", StringComparison.Ordinal) ? "json" : "bin")}"
        );

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
