using System.Diagnostics;
using System.Globalization;
using CustomerService.Contracts.Projects.V1;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Load;

/// <summary>The work list of a reader with 200 items among a million, against the same among ten thousand (S1).</summary>
internal static class WorkLists
{
    private const int Few = 10_000;
    private const int Many = 1_000_000;
    private const int Mine = 200;
    private const int Rounds = 5;
    private const int Asked = 100;
    private const double Limit = 2.0;
    private static readonly Actor Reader = new(
        "reader",
        "讀者",
        new HashSet<string> { Roles.DepartmentHead, Roles.Sales },
        "department-1"
    );

    public static async Task<IReadOnlyList<Row>> MeasureAsync(Place place)
    {
        await using var few = await FilledAsync(place, "work_few", Few);
        await using var many = await FilledAsync(place, "work_many", Many);
        var rows = new List<Row>();
        foreach (var (what, ask) in Questions)
        {
            await P95Async(few, ask);
            await P95Async(many, ask);
            var rounds = new List<(double Baseline, double Ours)>();
            for (var round = 1; round <= Rounds; round++)
            {
                rounds.Add((await P95Async(few, ask), await P95Async(many, ask)));
                Console.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"work      {what}, round {round}: {rounds[^1].Baseline:0.00} and {rounds[^1].Ours:0.00} ms"
                    )
                );
            }

            rows.Add(Row.Of(what + ", p95", "ms", rounds, Limit, true, $"{Few:#,0} open items"));
        }

        return rows;
    }

    private static IReadOnlyList<(string What, Func<IWorkStore, Task> Ask)> Questions { get; } =
    [
        (
            $"work list of {Mine} mine among {Many:#,0}",
            async store =>
            {
                var found = await store.ListAsync(Criteria(WorkView.Mine), 51, default);
                if (found.Count != 51)
                {
                    throw new InvalidOperationException($"The list has {found.Count} items.");
                }
            }
        ),
        (
            "the same, counted",
            async store =>
            {
                var counted = await store.CountAsync(Criteria(WorkView.Mine), default);
                if (counted != Mine)
                {
                    throw new InvalidOperationException($"{counted} items are counted.");
                }
            }
        ),
        ("my department's", store => store.ListAsync(Criteria(WorkView.Department), 51, default)),
        ("what I wait for", store => store.ListAsync(Criteria(WorkView.Waiting), 51, default)),
    ];

    private static WorkCriteria Criteria(WorkView view) => new(view, Reader, new DateOnly(2026, 11, 29));

    private static async Task<ServiceProvider> FilledAsync(Place place, string name, int items)
    {
        var database = await place.NewDatabaseAsync(name);
        // Each head of a department has 200; a tenth of all steps is for a role of other people.
        await Place.ExecuteAsync(
            database + ";Command Timeout=900",
            $"""
            insert into work_items (record_id, action, record_kind, number, title, state, version, rule, alternatives,
                takers, exceptions, missing, waits_for, due_at, since)
            select md5(i::text)::uuid, 'execute', 'capa', 'CAPA-' || i, '東湖花園二期工程', 'execution', 1, 'C5.6.2', array[]::text[],
                case when i % 10 = 0 and i > {Mine} then array['qc', 'qc-head']
                    else array['department-head#department-' || (1 + i / {Mine})] end,
                array['!somebody'], array['execution-date'], array[]::text[],
                timestamptz '2026-11-29 08:00+00' + make_interval(mins => ((i::bigint * 7919) % 100000)::int), now()
            from generate_series(0, {items - 1}) i;
            insert into audit_trail (aggregate_type, aggregate_id, sequence, action, to_state, actor_id, actor_name, at,
                policy_version, previous_hash, hash)
            select 'capa', md5(i::text)::uuid, 1, 'open', 'analysis', case when i % {items
                / Mine} = 0 then 'reader' else 'actor-' || i % 500 end,
                'x', now(), 1, '', '' from generate_series(0, {items - 1}) i;
            """
        );
        // As the server does by itself after such a load: until then what was inserted last is searched row by row.
        await Place.ExecuteAsync(database + ";Command Timeout=900", "vacuum analyze work_items");
        await Place.ExecuteAsync(database + ";Command Timeout=900", "vacuum analyze audit_trail");
        var services = new ServiceCollection();
        services.AddDbContextPool<LoadContext>(options => options.UseNpgsql(database).UseSnakeCaseNamingConvention());
        services.AddWork<LoadContext, ProjectsWorkChanged>();
        return services.BuildServiceProvider();
    }

    private static async Task<double> P95Async(ServiceProvider provider, Func<IWorkStore, Task> ask)
    {
        var times = new List<double>();
        for (var i = 0; i < Asked; i++)
        {
            await using var scope = provider.CreateAsyncScope();
            var store = scope.ServiceProvider.GetRequiredService<IWorkStore>();
            var began = Stopwatch.GetTimestamp();
            await ask(store);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        times.Sort();
        return times[(int)(Asked * 0.95)];
    }
}
