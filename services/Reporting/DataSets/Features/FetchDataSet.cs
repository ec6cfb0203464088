using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Npgsql;

namespace CustomerService.Reporting.DataSets.Features;

/// <summary>A data set as CSV or Parquet. Rows are sent as the server reads them, whatever their number.</summary>
internal static class FetchDataSet
{
    internal sealed record Query
    {
        /// <summary>A column of type <c>date</c>, by which <c>from</c> and <c>to</c> cut.</summary>
        public string? On { get; init; }

        /// <summary>First day, company time zone.</summary>
        public DateOnly? From { get; init; }

        /// <summary>Last day, company time zone.</summary>
        public DateOnly? To { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, "csv", "text/csv; charset=utf-8", "FetchDataSetAsCsv", WriteCsvAsync, "A header, RFC 4180, UTF-8.");
        Map(
            routes,
            "parquet",
            "application/vnd.apache.parquet",
            "FetchDataSetAsParquet",
            ParquetFile.WriteAsync,
            "Apache Parquet, row groups of 50,000."
        );
    }

    private static void Map(
        IEndpointRouteBuilder routes,
        string format,
        string type,
        string name,
        Func<NpgsqlConnection, DataSet, string, Stream, CancellationToken, Task> write,
        string form
    ) =>
        routes
            .MapGet(
                $"/data-sets/{{name}}.{format}",
                async (
                    string name,
                    [AsParameters] Query query,
                    DataSets sets,
                    TimeProvider time,
                    HttpContext http,
                    CancellationToken cancellation
                ) =>
                {
                    var all = await sets.AllAsync(cancellation);
                    if (all.FirstOrDefault(set => set.Name == name) is not { } set)
                    {
                        return QueryResult.NotFound;
                    }

                    string[] days =
                    [
                        .. set.Columns.Where(column => column.Type == "date").Select(column => column.Name),
                    ];
                    if (
                        (query.On is null && (query.From ?? query.To) is not null)
                        || (query.On is { } on && !days.Contains(on))
                    )
                    {
                        return PageQuery.BadFilter("on", days);
                    }

                    if (query.From > query.To)
                    {
                        return Refusal.Invalid("bad-period", "C3.1.3");
                    }

                    // Freshness: what was told later is not in it.
                    http.Response.Headers["X-Data-As-Of"] = time.GetUtcNow().ToString("O");
                    var text = DataSets.QueryOf(
                        set,
                        set.Columns.FirstOrDefault(column => column.Name == query.On),
                        query.From,
                        query.To
                    );
                    return QueryResult.File(
                        Results.Stream(
                            async body =>
                            {
                                await write(await sets.OpenAsync(cancellation), set, text, body, cancellation);
                            },
                            type,
                            $"{name}.{format}"
                        )
                    );
                }
            )
            .AsQuery()
            .WithName(name)
            .WithSummary($"A data set as {format}")
            .WithDescription(
                $"Rule C3.1.3. {form} `on`, `from`, `to` take the rows of some days. `X-Data-As-Of` says when it was read. "
                    + "400 `bad-filter`, `bad-period`."
            )
            .ProducesFile(type.Split(';')[0]);

    private static async Task WriteCsvAsync(
        NpgsqlConnection connection,
        DataSet set,
        string query,
        Stream body,
        CancellationToken cancellation
    )
    {
        using var rows = await connection.BeginTextExportAsync(
            $"COPY ({query}) TO STDOUT (FORMAT csv, HEADER)",
            cancellation
        );
        await using var text = new StreamWriter(body, leaveOpen: true);
        var buffer = new char[16 * 1024];
        int read;
        while ((read = await rows.ReadAsync(buffer, cancellation)) > 0)
        {
            await text.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }
    }
}
