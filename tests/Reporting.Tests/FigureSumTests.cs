using CustomerService.Reporting.Data;
using CustomerService.Reporting.Facts;
using CustomerService.Reporting.Figures;
using CustomerService.Reporting.Figures.Jobs;
using CustomerService.Reporting.Reports;
using CustomerService.Reporting.Views;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Reporting.Tests;

/// <summary>What is kept in sums is what counting the cases gives, whoever changes facts and whenever.</summary>
public sealed class FigureSumTests(ReportingFixture fixture) : OnServers<ReportingFixture>(fixture)
{
    private const int FirstYear = 2006;
    private const int Years = 2;

    private static readonly Dictionary<string, string> Settings = new()
    {
        ["FigureSums:After"] = "00:00:00",
        // Only when the test says so.
        ["FigureSums:Every"] = "1.00:00:00",
    };

    private static readonly Period[] Periods =
    [
        new(new(FirstYear, 1, 1), new(FirstYear, 12, 31)),
        new(new(FirstYear, 2, 11), new(FirstYear + 1, 5, 3)),
        new(new(FirstYear, 3, 1), new(FirstYear, 3, 31)),
        new(new(FirstYear, 3, 2), new(FirstYear, 4, 29)),
    ];

    [Fact, Trait("Rule", "C3.1.3")]
    public async Task Given_sums_When_facts_are_added_changed_and_removed_Then_every_figure_is_what_its_cases_give()
    {
        var service = await Fixture.AnotherAsync(Settings);
        await WithAsync(service, db => FactsAtRandom.AddTo(db, new Random(3), FirstYear, Years, 60));
        await SumAsync(service);
        (await CompareAsync(service)).ShouldBe(0, "all months have sums");

        await WithAsync(service, db => FactsAtRandom.AddTo(db, new Random(4), FirstYear, Years, 1));
        (await CompareAsync(service)).ShouldBeGreaterThan(0, "what changed is counted");
        await SumAsync(service);
        (await CompareAsync(service)).ShouldBe(0);

        // As a consumer that puts a day right, and as who erases past EF Core.
        await using (var scope = service.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<ReportingDb>();
            foreach (var complaint in await db.Complaints.Where(c => c.RegisteredOn != null).Take(9).ToListAsync())
            {
                complaint.RegisteredOn = complaint.RegisteredOn!.Value.AddMonths(3);
            }

            await db.SaveChangesAsync();
            await db.Complaints.Where(c => c.Severity == "minor").Take(5).ExecuteDeleteAsync();
            await db.Set<RmaUnitFact>().ExecuteUpdateAsync(set => set.SetProperty(unit => unit.Quantity, 7));
        }

        (await CompareAsync(service)).ShouldBeGreaterThan(0);
        await SumAsync(service);
        (await CompareAsync(service)).ShouldBe(0);
    }

    [Fact, Trait("Rule", "C3.1.3")]
    public async Task Given_a_change_that_is_committed_after_sums_were_made_When_the_figure_is_read_Then_it_is_in_it()
    {
        var service = await Fixture.AnotherAsync(Settings);
        var job = service.Services.GetRequiredService<SumFigures>();
        var day = new DateOnly(FirstYear, 5, 6);
        await WithAsync(service, db => db.Add(Registered(day)));
        await using var scope = service.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ReportingDb>();
        await using (var transaction = await db.Database.BeginTransactionAsync())
        {
            db.Add(Registered(day));
            await db.SaveChangesAsync();
            // Transactions of other tests end before their changes are forgotten.
            await Eventually.Holds(async () =>
            {
                await job.SumAsync(CancellationToken.None);
                (await SumsAsync(service)).ShouldBe([1]);
            });
            await transaction.CommitAsync();
        }

        (await SumsAsync(service)).ShouldBe([1], "made while the second was not there");
        (await CasesAsync(service)).ShouldBe(2);
        await SumAsync(service);
        (await SumsAsync(service)).ShouldBe([2]);
        (await CasesAsync(service)).ShouldBe(2);
    }

    [Fact, Trait("Rule", "C3.1.3")]
    public async Task Given_sums_When_the_service_is_migrated_again_Then_they_are_made_from_nothing()
    {
        var service = await Fixture.AnotherAsync(Settings);
        await WithAsync(service, db => db.Add(Registered(new(FirstYear, 5, 6))));
        await SumAsync(service);
        await using (var scope = service.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<ReportingDb>();
            var schema = scope.ServiceProvider.GetServices<ServiceDefaults.IDerivedSchema>().Single();
            await using var transaction = await db.Database.BeginTransactionAsync();
            await db.Database.ExecuteSqlRawAsync(schema.Drop);
            await db.Database.ExecuteSqlRawAsync(schema.Create);
            await transaction.CommitAsync();
            (await db.Set<FigureSum>().CountAsync()).ShouldBe(0);
        }

        (await CompareAsync(service, "complaints-registered")).ShouldBe(
            2,
            "nothing is kept: it is counted in both periods that have its month"
        );
        await SumAsync(service);
        (await CasesAsync(service)).ShouldBe(1);
    }

    private static ComplaintFact Registered(DateOnly day) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            RegisteredOn = day,
            Severity = "minor",
        };

    private static async Task WithAsync(RunningService service, Action<ReportingDb> change)
    {
        await using var scope = service.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ReportingDb>();
        change(db);
        await db.SaveChangesAsync();
    }

    // The open transactions of other tests, on the same server, keep changes from being forgotten for a while.
    private static async Task SumAsync(RunningService service)
    {
        await using var scope = service.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ReportingDb>();
        await Eventually.Holds(async () =>
        {
            await service.Services.GetRequiredService<SumFigures>().SumAsync(CancellationToken.None);
            (await db.Set<ChangedFact>().CountAsync()).ShouldBe(0);
            (await db.Set<FigureMonth>().CountAsync(month => month.SummedIn == null)).ShouldBe(0);
        });
    }

    private static async Task<List<int>> SumsAsync(RunningService service)
    {
        await using var scope = service.Services.CreateAsyncScope();
        return await scope
            .ServiceProvider.GetRequiredService<ReportingDb>()
            .Set<FigureSum>()
            .Where(sum => sum.Figure == "complaints-registered" && sum.By == "" && sum.Cases > 0)
            .Select(sum => sum.Cases)
            .ToListAsync();
    }

    private static async Task<int> CasesAsync(RunningService service)
    {
        await using var scope = service.Services.CreateAsyncScope();
        var reader = FigureReader.OfAll(scope.ServiceProvider.GetRequiredService<ReportingDb>());
        var figure = FigureCatalogue.Find("complaints-registered")!;
        return (await reader.ReadAsync(figure, new(Periods[0]), [], CancellationToken.None)).Cases;
    }

    /// <summary>Compares every kept figure with its cases, as a whole and by every dimension.</summary>
    /// <returns>How many cases of whole months had to be counted.</returns>
    private static async Task<int> CompareAsync(RunningService service, string? only = null)
    {
        await using var scope = service.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ReportingDb>();
        var reader = FigureReader.OfAll(db);
        var counted = 0;
        foreach (var figure in FigureCatalogue.All.Where(f => FigureSums.Keeps(f) && (only ?? f.Code) == f.Code))
        {
            string[][] groupings =
            [
                ["month"],
                .. FigureSums.GroupingsOf(figure),
                .. FigureSums.GroupingsOf(figure).Where(by => by.Length == 1).Select(by => new[] { "month", by[0] }),
            ];
            foreach (var period in Periods)
            {
                bool IsWhole(string month) =>
                    !Period.OfMonth(month).Failed(out _, out var all) && all.From >= period.From && all.To <= period.To;
                var left = await new FigureSums(db).ReadAsync(
                    figure,
                    period,
                    new FigureAnswer(figure, groupings),
                    CancellationToken.None
                );
                var answer = await reader.ReadAsync(figure, new(period), groupings, CancellationToken.None);
                var cases = await reader.Cases(figure, new(period)).ToListAsync();
                (answer.Cases, answer.Total).ShouldBe(
                    (cases.Count, cases.Sum(c => c.Value)),
                    $"{figure.Code} {period}"
                );
                counted += cases.Count(c => left.Any(days => days.Contains(c.Day)) && IsWhole(c.Month));
                foreach (var by in groupings)
                {
                    var dimensions = by.Select(name => FigureDimension.Find(name)!).ToList();
                    answer
                        .By(by)
                        .Select(g => (string.Join('|', g.Keys), g.Cases, g.Total))
                        .ShouldBe(
                            cases
                                .GroupBy(c =>
                                    string.Join('|', dimensions.Select(d => d.Read(c) ?? FigureDimension.Unknown))
                                )
                                .Select(g => (g.Key, g.Count(), g.Sum(c => c.Value))),
                            ignoreOrder: true,
                            $"{figure.Code} by {string.Join(',', by)} {period}"
                        );
                }
            }
        }

        return counted;
    }
}
