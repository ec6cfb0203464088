using System.Net;
using CustomerService.Contracts.Repairs.V1;
using CustomerService.Rules;
using CustomerService.Testing;
using Parquet;

namespace CustomerService.Reporting.Tests;

/// <summary>Data sets as files: the same rows as in the views, in both formats.</summary>
public sealed class DataSetTests(ReportingFixture fixture) : OnServers<ReportingFixture>(fixture)
{
    private static readonly DateOnly Day = new(2038, 5, 7);

    [Fact, Trait("Rule", "C5.1.2")]
    public async Task Given_machines_that_came_back_When_their_set_is_fetched_Then_both_files_have_each_row_of_the_days()
    {
        var customer = Guid.CreateVersion7();
        for (var i = 1; i <= 3; i++)
        {
            await Fixture.DeliverAsync(
                new RmaUnitEnded(
                    Guid.CreateVersion7(),
                    9,
                    $"RMA-2038-00001{i}-001",
                    Guid.CreateVersion7(),
                    customer,
                    "BP-\"1\", 甲",
                    i,
                    "F-12",
                    false,
                    "repaired",
                    Day.AddDays(-10),
                    Day.AddDays(i - 2)
                )
            );
        }

        var reader = Fixture.As(Roles.BiReader);
        var from = "?on=ended_on&from=2038-05-07&to=2038-05-08";
        var (csv, bytes) = await reader.DownloadAsync("/v1/data-sets/rma_units.csv" + from);
        var lines = System.Text.Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        csv.Raw.Headers.GetValues("X-Data-As-Of").ShouldNotBeEmpty();
        lines.Length.ShouldBe(3);
        lines[0].ShouldStartWith("rma_unit_id,number,");
        lines[1].ShouldContain("\"BP-\"\"1\"\", 甲\"");

        var (_, file) = await reader.DownloadAsync("/v1/data-sets/rma_units.parquet" + from);
        await using var parquet = await ParquetReader.CreateAsync(new MemoryStream(file));
        parquet.RowGroupCount.ShouldBe(1);
        using var rows = parquet.OpenRowGroupReader(0);
        rows.RowCount.ShouldBe(2);
    }

    [Fact]
    public async Task Given_all_sets_When_they_are_listed_Then_each_can_be_fetched_in_both_formats()
    {
        var reader = Fixture.As(Roles.BiReader);
        var sets = (await reader.GetAsync("/v1/data-sets")).Ok().Items.Select(set => set["name"]!.ToString()).ToList();
        sets.ShouldContain("complaints");
        foreach (var set in sets)
        {
            foreach (var format in new[] { "csv", "parquet" })
            {
                var (answer, bytes) = await reader.DownloadAsync($"/v1/data-sets/{set}.{format}");
                answer.Status.ShouldBe(HttpStatusCode.OK, $"{set}.{format}");
                bytes.ShouldNotBeEmpty($"{set}.{format}");
            }
        }
    }

    [Fact]
    public async Task Given_a_set_or_a_column_that_is_not_there_When_it_is_fetched_Then_refused()
    {
        var reader = Fixture.As(Roles.BiReader);
        (await reader.GetAsync("/v1/data-sets/fact_complaint.csv")).Status.ShouldBe(HttpStatusCode.NotFound);
        foreach (
            var (query, code) in new[]
            {
                ("?on=number&from=2026-01-01", "bad-filter"),
                ("?on=closed_on;drop&from=2026-01-01", "bad-filter"),
                ("?from=2026-01-01", "bad-filter"),
                ("?on=closed_on&from=2026-01-02&to=2026-01-01", "bad-period"),
            }
        )
        {
            var refused = await reader.GetAsync("/v1/data-sets/complaints.csv" + query);
            (refused.Status, refused.Code).ShouldBe((HttpStatusCode.BadRequest, code));
        }

        (await Fixture.As(Roles.Customer).GetAsync("/v1/data-sets/complaints.csv")).Status.ShouldBe(
            HttpStatusCode.Forbidden
        );
    }
}
