using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CustomerService.Load.Projects;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Load.Complaints;

/// <summary>Search, lists, work lists, similar cases and a year's statistics with 1 000 000 complaints, against the same with
/// 10 000. <c>LOAD_COMPLAINTS=1000,20000</c> asks for other sizes.</summary>
internal static class ComplaintLists
{
    private const string Program = "CustomerService.Complaints";
    private const int Templates = 500;
    private const int Open = 200;
    private const int Rounds = 200;

    public static async Task<IReadOnlyList<Row>> MeasureAsync(Place place)
    {
        int[] sizes =
        [
            .. (Environment.GetEnvironmentVariable("LOAD_COMPLAINTS") ?? "10000,1000000")
                .Split(',')
                .Select(size => int.Parse(size, CultureInfo.InvariantCulture)),
        ];
        await using var issuer = await TestIssuer.StartAsync();
        await using var few = await Side.StartAsync(place, "complaints_few", sizes[0], issuer);
        await using var many = await Side.StartAsync(place, "complaints_many", sizes[1], issuer);
        var rows = new List<Row>();
        foreach (var (name, path, limit, most) in Questions)
        {
            var took = await TwoSizes.AskAsync(
                20,
                Rounds,
                round => few.AskAsync(name, path(few, round)),
                round => many.AskAsync(name, path(many, round))
            );
            rows.Add(took.Compare(name, limit, $"the same with {sizes[0]:#,0} complaints"));
            if (most is { } milliseconds)
            {
                rows.Add(took.Whole(name, milliseconds));
            }
        }

        return rows;
    }

    // What a customer's text says is typed in the other script, and in full width.
    private static IReadOnlyList<(
        string Name,
        Func<Side, int, string> Path,
        double Limit,
        double? Most
    )> Questions { get; } =
    [
        ("complaints, first page", (_, _) => "/v1/complaints", 2, null),
        ("complaints of a customer", (side, i) => $"/v1/complaints?customerId={side.Customer(i)}", 2, null),
        ("complaints by state", (_, _) => "/v1/complaints?state=registered", 2, null),
        ("search, what many have", (_, _) => "/v1/complaints?search=" + Uri.EscapeDataString("开机无反应"), 3, 100),
        (
            "search, Chinese and a number",
            (_, i) => "/v1/complaints?search=" + Uri.EscapeDataString($"变频器第{Picked(i)}号"),
            3,
            100
        ),
        (
            "search, English in full width",
            (_, i) => "/v1/complaints?search=" + Uri.EscapeDataString($"ｂａｔｃｈ {Word(Picked(i))}"),
            3,
            100
        ),
        (
            "similar, by text",
            (_, i) =>
                "/v1/complaints/similar?text=" + Uri.EscapeDataString($"变频器第{i * 40 % Templates}号开机无反应"),
            3,
            150
        ),
        ("similar, by serial", (side, i) => $"/v1/complaints/similar?serialNumber={side.Recent(i)}", 2, 150),
        ("a work list of 200", (_, _) => "/v1/work-items?view=mine", 2, null),
        ("the same, counted", (_, _) => "/v1/work-items/counts", 2, null),
        ("a year's statistics", (side, _) => side.YearReport, 2, 300),
        ("a figure's cases", (side, _) => side.YearReport + "/cases?dimension=severity&key=minor", 2, null),
    ];

    private static int Picked(int i) => i * 37 % Templates;

    // A word that only few have: letters instead of digits.
    private static string Word(int i) =>
        string.Concat(i.ToString("000", CultureInfo.InvariantCulture).Select(digit => "kqzxwvjyft"[digit - '0']));

    /// <summary>A database with so many complaints and the program that reads it.</summary>
    private sealed class Side : IAsyncDisposable
    {
        private readonly ServiceProcess _process;
        private readonly HttpClient _http;
        private readonly TestIssuer _issuer;
        private readonly int _complaints;
        private readonly Dictionary<string, string> _tokens = [];

        private Side(ServiceProcess process, TestIssuer issuer, int complaints)
        {
            (_process, _issuer, _complaints) = (process, issuer, complaints);
            _http = new HttpClient { BaseAddress = process.Http, Timeout = TimeSpan.FromMinutes(10) };
        }

        public string YearReport { get; private set; } = "";

        private int Customers => Math.Max(1, _complaints / 20);

        public Guid Customer(int i) =>
            Guid.Parse(FormattableString.Invariant($"01800000-0000-7000-a000-{i * 37 % Customers:x12}"));

        /// <summary>The serial number of a complaint of the last weeks.</summary>
        public string Recent(int i) =>
            FormattableString.Invariant($"SN-{40 * (1 + (i * 7919L % (_complaints / 40))):00000000}");

        public static async Task<Side> StartAsync(Place place, string name, int complaints, TestIssuer issuer)
        {
            var began = Stopwatch.GetTimestamp();
            var database = await place.NewEmptyDatabaseAsync(name);
            await ServiceProcess.MigrateAsync(database, Program);
            var process = await ServiceProcess.StartAsync(
                database,
                await place.NewVirtualHostAsync(name),
                issuer,
                program: Program
            );
            var side = new Side(process, issuer, complaints);
            await side.FillAsync(database);
            Console.WriteLine(
                FormattableString.Invariant(
                    $"complaints {complaints} in {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s"
                )
            );
            return side;
        }

        public async Task<double> AskAsync(string name, string path)
        {
            var began = Stopwatch.GetTimestamp();
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Authorization = Bearer();
            using var answer = await _http.SendAsync(request);
            var body = await answer.Content.ReadAsStringAsync();
            var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            if (
                !answer.IsSuccessStatusCode
                || JsonNode.Parse(body) is JsonObject page && page["items"] is JsonArray { Count: 0 }
            )
            {
                throw new InvalidOperationException(
                    $"{name}: {(int)answer.StatusCode} from {path}: {body[..Math.Min(300, body.Length)]}"
                );
            }

            return took;
        }

        public async ValueTask DisposeAsync()
        {
            _http.Dispose();
            await _process.DisposeAsync();
        }

        // So many complaints are registered through the API, each with words of its own; the others are their copies, of
        // other customers and serial numbers.
        private async Task FillAsync(string database)
        {
            var customer = Guid.NewGuid();
            await Place.ExecuteAsync(
                database,
                $"""
                insert into organisation_copies (id, version, name, kind, merge_version, addresses)
                values ('{customer}', 1, '海河電機有限公司', 'Customer', 0, '[]');
                """
            );
            for (var i = 0; i < Templates; i++)
            {
                await PostAsync(
                    "/v1/complaints",
                    new
                    {
                        customerId = customer,
                        contact = "周先生",
                        phone = "021-5555",
                        channel = "phone",
                        subject = $"變頻器第{i}號開機無反應",
                        description = $"第{i}號機開機後指示燈不亮，batch {Word(i)}，更換電源線後仍無反應。",
                        severity = i % 3 == 0 ? "major" : "minor",
                    }
                );
            }

            await Place.ExecuteAsync(database + ";Command Timeout=3600", Copies);
            foreach (var table in new[] { "complaints", "work_items", "audit_trail" })
            {
                await Place.ExecuteAsync(database + ";Command Timeout=3600", $"vacuum analyze {table}");
            }

            var year = DateTime.UtcNow.Year - 1;
            YearReport = "/v1/year-reports/" + (await PostAsync("/v1/year-reports", new { year }))["id"];
        }

        // They were opened in the course of ten years.
        private string OpenedAt =>
            FormattableString.Invariant($"(1400000000000 + i * {300_000_000_000 / _complaints}::bigint)");

        private string Copies =>
            $"""
                set synchronous_commit = off;
                create temp table gone_indices as
                select indexdef, format('drop index %I', indexname) as gone
                from pg_indexes where schemaname = 'public' and tablename = 'complaints'
                  and indexname not in (select conname from pg_constraint);
                do $do$ declare one record; begin for one in select gone from gone_indices loop execute one.gone; end loop; end $do$;
                create temp table template as
                select row_number() over (order by c.id) - 1 as t, to_jsonb(c) || jsonb_build_object('search_grams',
                  array(select g from unnest(c.search_grams) g where length(g) <= 3)) as c from complaints c;
                insert into complaints
                select r.* from generate_series(1, {_complaints}) i join template t on t.t = i % {Templates},
                  lateral jsonb_populate_record(null::complaints, t.c || jsonb_build_object(
                    'id', (lpad(to_hex({OpenedAt}), 12, '0') || '7000a' || lpad(to_hex(i), 15, '0'))::uuid,
                    'search_grams', t.c -> 'search_grams' || to_jsonb('span' || {OpenedAt} / 2592000000),
                    'number', 'TS-2025-' || lpad(i::text, 8, '0'),
                    'customer_id', ('01800000-0000-7000-a000-' || lpad(to_hex(i % {Customers}), 12, '0'))::uuid,
                    'serial_key', 'sn-' || lpad(i::text, 8, '0'),
                    'state', case when i > {_complaints - Open} then 'Registered' else 'Closed' end,
                    'work_actions', case when i > {_complaints - Open} then t.c ->> 'work_actions' else '' end,
                    'registered_on', case when i > {_complaints - Open} then current_date
                      when i % 40 = 0 then current_date - (i / 40 % 80)
                      else make_date(extract(year from current_date)::int - 1 - i % 10, 1 + i % 12, 1 + i % 28) end)) r;
                delete from complaints where number like 'TS-' || extract(year from current_date) || '%';
                do $do$ declare one record; begin for one in select indexdef from gone_indices loop execute one.indexdef; end loop; end $do$;
                create temp table items as select to_jsonb(w) as w from work_items w
                  where record_id = (select record_id from work_items limit 1);
                delete from work_items;
                insert into work_items
                select w.* from generate_series({_complaints - Open} + 1, {_complaints}) i, items t,
                  lateral jsonb_populate_record(null::work_items, t.w || jsonb_build_object(
                    'record_id', (lpad(to_hex({OpenedAt}), 12, '0') || '7000a' || lpad(to_hex(i), 15, '0'))::uuid,
                    'number', 'TS-2025-' || lpad(i::text, 8, '0'))) w;
                """;

        private async Task<JsonNode> PostAsync(string path, object body)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
            request.Headers.Authorization = Bearer();
            request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
            using var answer = await _http.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            return answer.IsSuccessStatusCode
                ? JsonNode.Parse(text)!
                : throw new InvalidOperationException($"{(int)answer.StatusCode} from {path}: {text}");
        }

        private AuthenticationHeaderValue Bearer()
        {
            if (!_tokens.TryGetValue(Program, out var token))
            {
                token = _issuer.Token("客服", "客服", [Roles.CustomerService], lifetime: TimeSpan.FromHours(6));
                _tokens[Program] = token;
            }

            return new("Bearer", token);
        }
    }
}
