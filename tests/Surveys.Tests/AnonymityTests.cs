using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Testing;

namespace CustomerService.Surveys.Tests;

/// <summary>Who has the whole store cannot tell which code gave which answer (C5.8.2).</summary>
public sealed partial class AnonymityTests(SurveysFixture fixture) : OnServers<SurveysFixture>(fixture)
{
    private const int Forms = 1000;
    private const int OfBatch = 250;
    private const int AtOnce = 4;

    // Chance has one hit on average; more than ten has it once in a hundred million times.
    private const int MostHits = 10;
    private const double MostCorrelation = 0.16;

    private ApiClient Service => Fixture.As(Someone.InCustomerService());

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task A_thousand_answers_in_the_dumped_store_are_joined_with_their_codes_no_better_than_by_chance()
    {
        var hashes = await AnswerAsync();

        IReadOnlyDictionary<string, IReadOnlyList<string>> dump = new Dictionary<string, IReadOnlyList<string>>();
        await Fixture.PastTheRulesAsync(async store => dump = await store.DumpAsync());

        var codes = dump["sheet_codes"].Where(row => HashIn(row, hashes) is not null).ToList();
        var boxes = dump["answer_boxes"].Where(row => Comment().IsMatch(row)).ToList();
        var spent = dump["spent_codes"].Where(row => HashIn(row, hashes) is not null).ToList();
        codes.Count.ShouldBe(Forms);
        boxes.Sum(row => Comment().Count(row)).ShouldBe(Forms);

        // By a common key: no row anywhere knows a code and an answer.
        foreach (var (table, rows) in dump)
        {
            rows.Where(row => Comment().IsMatch(row) && HashIn(row, hashes) is not null).ShouldBeEmpty(table);
        }

        // By order, id, and size: whatever the attacker sorts by, the n-th code is not the n-th answer's.
        List<List<int>> ofCodes =
        [
            [.. codes.Select(row => hashes[HashIn(row, hashes)!])],
            [.. codes.Order(StringComparer.Ordinal).Select(row => hashes[HashIn(row, hashes)!])],
            [.. codes.Select(row => HashIn(row, hashes)!).Order(StringComparer.Ordinal).Select(hash => hashes[hash])],
            [
                .. spent
                    .SelectMany(row => Hash().Matches(row))
                    .Select(found => found.Value)
                    .Where(hashes.ContainsKey)
                    .Select(hash => hashes[hash]),
            ],
            [.. Enumerable.Range(0, Forms)],
        ];
        var answers = boxes.SelectMany(Answers).ToList();
        List<List<int>> ofAnswers =
        [
            [.. answers.Select(a => a.Place)],
            [.. boxes.Order(StringComparer.Ordinal).SelectMany(Answers).Select(a => a.Place)],
            [.. answers.OrderBy(a => a.Id, StringComparer.Ordinal).Select(a => a.Place)],
            [.. answers.OrderBy(a => a.Size).Select(a => a.Place)],
        ];
        foreach (var code in ofCodes)
        {
            code.Count.ShouldBe(Forms);
            foreach (var answer in ofAnswers)
            {
                code.Zip(answer).Count(pair => pair.First == pair.Second).ShouldBeLessThanOrEqualTo(MostHits);
                Math.Abs(Correlation(code, answer)).ShouldBeLessThan(MostCorrelation);
            }
        }

        // By time: what was written when it was answered has the day alone.
        foreach (var row in boxes.Concat(spent))
        {
            Time()
                .Matches(row)
                .Select(found => found.Value)
                .Distinct()
                .ShouldAllBe(time => IsMidnight(time), row[..200]);
        }

        var ids = boxes.Concat(spent).Select(row => Id().Match(row).Value).ToList();
        var times = dump["audit_trail"]
            .Where(row => ids.Exists(id => row.Contains(id, StringComparison.Ordinal)))
            // Sets and boxes are made when the sheets are printed.
            .Where(row => !Made().IsMatch(row))
            .SelectMany(row => Time().Matches(row).Select(found => found.Value))
            .ToList();
        times.Count.ShouldBe(2 * Forms);
        times.ShouldAllBe(time => IsMidnight(time));
    }

    // The n-th code gives the answer "form-n": that is the truth which the store must not know.
    private async Task<IReadOnlyDictionary<string, int>> AnswerAsync()
    {
        var planned = (
            await Service.PostAsync(
                "/v1/campaigns",
                new
                {
                    title = "匿名",
                    kind = "D",
                    lastDay = "2035-01-31",
                    anonymous = true,
                }
            )
        ).Ok();
        var campaign = (await Service.PostAsync($"/v1/campaigns/{planned.Id}/begin", new { }, planned.ETag)).Ok();
        var codes = new List<string>();
        for (var batch = 0; batch < Forms / OfBatch; batch++)
        {
            var printed = (
                await Service.ChangeAsync($"/v1/campaigns/{campaign.Id}", "print", new { sheets = OfBatch })
            ).Ok();
            codes.AddRange(await Fixture.CodesAsync(printed.Id, OfBatch));
        }

        await Parallel.ForEachAsync(
            codes.Select((code, place) => (code, place)),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (one, _) =>
                (
                    await Fixture
                        .Anonymous()
                        .PostAsync(
                            $"/v1/f/{one.code}",
                            new FilledForm
                            {
                                Overall = "satisfied",
                                OverallComment = $"form-{one.place:D4}" + new string('x', one.place % 7),
                            }
                        )
                ).Ok()
        );
        return codes.Select((code, place) => (SecretLink.HashOf(code), place)).ToDictionary();
    }

    private static string? HashIn(string row, IReadOnlyDictionary<string, int> hashes) =>
        Hash().Matches(row).Select(found => found.Value).FirstOrDefault(hashes.ContainsKey);

    // Answers of a box, in their order.
    private static IEnumerable<(int Place, string Id, int Size)> Answers(string row)
    {
        var body = JsonNode.Parse(row.Split('\t').First(field => field.StartsWith('{')))!;
        foreach (var answer in body["answers"]!.AsArray())
        {
            var comment = answer!["answers"]!["overallComment"]!.ToString();
            yield return (
                int.Parse(comment.AsSpan(5, 4), System.Globalization.CultureInfo.InvariantCulture),
                answer["id"]!.ToString(),
                answer.ToJsonString().Length
            );
        }
    }

    private static double Correlation(List<int> left, List<int> right)
    {
        const double mean = (Forms - 1) / 2.0;
        var shared = left.Zip(right).Sum(pair => (pair.First - mean) * (pair.Second - mean));
        return shared / left.Sum(place => (place - mean) * (place - mean));
    }

    // Midnight of the company's day.
    private static bool IsMidnight(string time) => time.EndsWith("16:00:00", StringComparison.Ordinal);

    [GeneratedRegex("[0-9a-f]{64}")]
    private static partial Regex Hash();

    [GeneratedRegex(@"\t(print|set-up)\t|""(print|set-up)""")]
    private static partial Regex Made();

    [GeneratedRegex("form-[0-9]{4}")]
    private static partial Regex Comment();

    [GeneratedRegex(@"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Id();

    [GeneratedRegex(@"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}")]
    private static partial Regex Time();
}
