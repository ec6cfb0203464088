using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CustomerService.Load.Projects;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Load.Repairs;

/// <summary>Lists, work lists and search of repair orders with 1 000 000 of them and 200 open at each unit, against the same
/// with 10 000. <c>LOAD_ORDERS=1000,20000</c> asks for other sizes.</summary>
internal static class OrderLists
{
    private const int OpenPerUnit = 200;
    private const int Rounds = 200;
    private const double Limit = 2;

    // One order in ten is open.
    private const int OpenShare = 10;

    public static async Task<IReadOnlyList<Row>> MeasureAsync(Place place)
    {
        int[] sizes =
        [
            .. (Environment.GetEnvironmentVariable("LOAD_ORDERS") ?? "10000,1000000")
                .Split(',')
                .Select(size => int.Parse(size, CultureInfo.InvariantCulture)),
        ];
        await using var issuer = await TestIssuer.StartAsync();
        await using var few = await Side.StartAsync(place, "orders_few", sizes[0], issuer);
        await using var many = await Side.StartAsync(place, "orders_many", sizes[1], issuer);
        var rows = new List<Row>();
        foreach (var (name, of) in Questions)
        {
            var took = await TwoSizes.AskAsync(
                20,
                Rounds,
                round => few.AskAsync(name, of(few, round)),
                round => many.AskAsync(name, of(many, round))
            );
            rows.Add(took.Compare(name, Limit, $"the same with {sizes[0]:#,0} orders"));
        }

        return rows;
    }

    private static IReadOnlyList<(string Name, Func<Side, int, Question> Of)> Questions { get; } =
    [
        ("orders, first page", (_, _) => new("/v1/repair-orders", null)),
        ("orders of a project", (side, i) => new($"/v1/repair-orders?projectId={side.Project(i)}", null)),
        ("orders of a unit", (side, i) => new($"/v1/repair-orders?repairUnitId={side.Unit(i)}", null)),
        ("orders by state", (_, _) => new("/v1/repair-orders?state=dispatched", null)),
        ("orders by number", (side, i) => new($"/v1/repair-orders?number={side.Number(i)}", null)),
        (
            "the same defect again",
            (side, i) => new($"/v1/repair-orders/similar?projectId={side.Project(i)}&partCode=roof&location=3", null)
        ),
        ("a unit's own orders", (side, i) => new("/v1/repair-orders", side.Unit(i))),
        ("a unit's work list of 200", (side, i) => new("/v1/work-items?view=mine", side.Unit(i))),
        ("the same, counted", (side, i) => new("/v1/work-items/counts", side.Unit(i))),
        ("what the head of engineering is to do", (_, _) => new("/v1/work-items?view=mine", null)),
    ];

    /// <summary>A read, by staff or by the people of a unit.</summary>
    private sealed record Question(string Path, Guid? Unit);

    /// <summary>A database with so many orders and the program that reads it.</summary>
    private sealed class Side : IAsyncDisposable
    {
        private readonly ServiceProcess _process;
        private readonly HttpClient _http;
        private readonly TestIssuer _issuer;
        private readonly int _orders;
        private readonly Dictionary<string, string> _tokens = [];

        private Side(ServiceProcess process, TestIssuer issuer, int orders)
        {
            (_process, _issuer, _orders) = (process, issuer, orders);
            _http = new HttpClient { BaseAddress = process.Http, Timeout = TimeSpan.FromMinutes(5) };
        }

        private int Units => Math.Max(1, _orders / OpenShare / OpenPerUnit);

        private int Projects => Math.Max(1, _orders / 100);

        public Guid Unit(int i) => Identity("unit", i % Units);

        public Guid Project(int i) => Identity("project", (i * 37) % Projects);

        public string Number(int i) => FormattableString.Invariant($"WX-2026-{1 + (i * 7919L % _orders):00000000}");

        public static async Task<Side> StartAsync(Place place, string name, int orders, TestIssuer issuer)
        {
            var began = Stopwatch.GetTimestamp();
            var database = await place.NewEmptyDatabaseAsync(name);
            await ServiceProcess.MigrateAsync(database, ServiceProcess.Repairs);
            var process = await ServiceProcess.StartAsync(
                database,
                await place.NewVirtualHostAsync(name),
                issuer,
                program: ServiceProcess.Repairs
            );
            var side = new Side(process, issuer, orders);
            await side.FillAsync(database);
            Console.WriteLine(
                FormattableString.Invariant(
                    $"orders    {orders} orders, {side.Units} units in {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s"
                )
            );
            return side;
        }

        public async Task<double> AskAsync(string name, Question question)
        {
            var began = Stopwatch.GetTimestamp();
            using var request = new HttpRequestMessage(HttpMethod.Get, question.Path);
            request.Headers.Authorization = question.Unit is { } unit
                ? Bearer(unit.ToString(), [Roles.RepairUnit], unit)
                : Bearer("工程部長", [Roles.EngineeringHead, Roles.Engineering], null);
            using var answer = await _http.SendAsync(request);
            var body = await answer.Content.ReadAsStringAsync();
            var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            if (
                !answer.IsSuccessStatusCode
                || JsonNode.Parse(body) is JsonObject page && page["items"] is JsonArray { Count: 0 }
            )
            {
                throw new InvalidOperationException(
                    $"{name}: {(int)answer.StatusCode} from {question.Path}: {body[..Math.Min(300, body.Length)]}"
                );
            }

            return took;
        }

        public async ValueTask DisposeAsync()
        {
            _http.Dispose();
            await _process.DisposeAsync();
        }

        // One order goes its way through the API; the others are its copies, at other projects and units.
        private async Task FillAsync(string database)
        {
            var (project, owner, unit, person) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
            await Place.ExecuteAsync(
                database,
                $"""
                insert into project_copies values ('{project}', 1, '濱江花園', 'HT-1', 'ht-1', '{owner}', '業主', false);
                insert into organisation_copies (id, version, name, kind, merge_version, addresses)
                values ('{owner}', 1, '業主', 'Owner', 0, '[]'), ('{unit}', 1, '宏達防水', 'Subcontractor', 0, '[]');
                insert into person_copies (id, version, name, role_title, merge_version)
                values ('{person}', 1, '張經理', '', 0);
                """
            );
            var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
            var opened = await PostAsync(
                "/v1/repair-orders",
                null,
                Roles.CustomerService,
                new
                {
                    projectId = project,
                    partCode = "roof",
                    location = "3 號樓 5 層 502 室",
                    description = "屋面滲漏，雨天更甚",
                    severity = "major",
                    notifiedOn = today,
                    siteContact = new { name = "王先生", phone = "021-5555" },
                }
            );
            var id = opened["id"]!.ToString();
            var order = "/v1/repair-orders/" + id;
            (string Action, string Role, object Body)[] way =
            [
                (
                    "confirm",
                    Roles.CustomerService,
                    new
                    {
                        method = "on-site",
                        on = today,
                        ownerRepresentative = "王先生",
                        reworkAgreed = "重做防水層",
                    }
                ),
                (
                    "analyse",
                    Roles.Engineering,
                    new
                    {
                        facts = "女兒牆根部滲水",
                        causes = "收口開裂",
                        mainCause = "附加層漏做",
                        measures = new[] { "鏟除重做附加層" },
                    }
                ),
                ("review", Roles.EngineeringHead, new { opinion = "同意" }),
                ("plan", Roles.Production, new { from = today, to = today.AddDays(3) }),
                ("approve", Roles.UnitLeader, new { opinion = "批准" }),
                (
                    "dispatch",
                    Roles.Engineering,
                    new
                    {
                        leader = new { basis = "original-manager", personId = person },
                        repairUnitId = unit,
                        chargeBack = false,
                    }
                ),
            ];
            var version = opened["version"]!.ToString();
            foreach (var (action, role, body) in way)
            {
                version = (await PostAsync($"{order}/{action}", version, role, body))["version"]!.ToString();
            }

            var open = Units * OpenPerUnit;
            await Place.ExecuteAsync(database + ";Command Timeout=1800", Copies(id, project, unit, open));
            foreach (var table in new[] { "repair_orders", "work_items", "audit_trail" })
            {
                await Place.ExecuteAsync(database + ";Command Timeout=1800", $"vacuum analyze {table}");
            }
        }

        private string Copies(string id, Guid project, Guid unit, int open) =>
            $"""
                set synchronous_commit = off;
                create function pg_temp.named(kind text, i bigint) returns uuid language sql immutable as
                  $f$ select md5(kind || '/' || i)::uuid $f$;
                create function pg_temp.identity(i bigint) returns uuid language sql immutable as
                  $f$ select (lpad(to_hex(1700000000000 + i * 1000), 12, '0') || '7000a' || lpad(to_hex(i), 15, '0'))::uuid $f$;
                create temp table template as select to_jsonb(o) as o from repair_orders o where id = '{id}';
                insert into repair_orders
                select r.* from generate_series(1, {_orders}) i, template t, lateral jsonb_populate_record(null::repair_orders,
                  replace(t.o::text, '{unit}', pg_temp.named('unit', i % {Units})::text)::jsonb || jsonb_build_object(
                    'id', pg_temp.identity(i),
                    'number', 'WX-2026-' || lpad(i::text, 8, '0'),
                    'project_id', pg_temp.named('project', i % {Projects}),
                    'project_name', '工程' || (i % {Projects}),
                    'state', case when i <= {open} then 'Dispatched' else 'Withdrawn' end,
                    'work_actions', case when i <= {open} then t.o ->> 'work_actions' else '' end,
                    'opened_on', current_date - (i % 700)::int)) r;
                insert into work_items
                select w.* from generate_series(1, {open}) i,
                  (select to_jsonb(w) as w from work_items w where record_id = '{id}') t,
                  lateral jsonb_populate_record(null::work_items,
                    replace(t.w::text, '{unit:N}', replace(pg_temp.named('unit', i % {Units})::text, '-', ''))::jsonb || jsonb_build_object(
                      'record_id', pg_temp.identity(i), 'number', 'WX-2026-' || lpad(i::text, 8, '0'))) w;
                delete from work_items where record_id = '{id}';
                delete from repair_orders where id = '{id}';
                """;

        // The same identity here and in the statements above.
        private static Guid Identity(string kind, int i) =>
#pragma warning disable CA5351 // No secret: a name for a row.
            Guid.Parse(
                Convert.ToHexStringLower(
                    System.Security.Cryptography.MD5.HashData(
                        System.Text.Encoding.UTF8.GetBytes(FormattableString.Invariant($"{kind}/{i}"))
                    )
                )
            );
#pragma warning restore CA5351

        private async Task<JsonNode> PostAsync(string path, string? version, string role, object body)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
            request.Headers.Authorization = Bearer(role, [role], null);
            request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
            if (version is not null)
            {
                request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
            }

            using var answer = await _http.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            return answer.IsSuccessStatusCode
                ? JsonNode.Parse(text)!
                : throw new InvalidOperationException($"{(int)answer.StatusCode} from {path}: {text}");
        }

        private AuthenticationHeaderValue Bearer(string person, string[] roles, Guid? organisation)
        {
            if (!_tokens.TryGetValue(person, out var token))
            {
                token = _issuer.Token(
                    person,
                    person,
                    roles,
                    organisation: organisation,
                    lifetime: TimeSpan.FromHours(6)
                );
                _tokens[person] = token;
            }

            return new("Bearer", token);
        }
    }
}
