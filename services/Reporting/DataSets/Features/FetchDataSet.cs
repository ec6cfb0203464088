using CustomerService.Reporting.Views;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Npgsql;

namespace CustomerService.Reporting.DataSets.Features;

/// <summary>A data set as CSV, workbook or Parquet. Rows are sent as the server reads them, whatever their number.</summary>
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
        foreach (var format in RowFile.Formats)
        {
            Map(routes, format);
        }
    }

    private static void Map(IEndpointRouteBuilder routes, RowFile format) =>
        routes
            .MapGet(
                $"/data-sets/{{name}}.{format.Extension}",
                async (
                    string name,
                    [AsParameters] Query query,
                    DataSets sets,
                    RowScope scope,
                    PersonalData personal,
                    CancellationToken cancellation
                ) =>
                {
                    var all = await sets.AllAsync(cancellation);
                    if (all.FirstOrDefault(set => set.Name == name && set.Covers(scope)) is not { } set)
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

                    var text = sets.QueryOf(
                        set,
                        set.Columns.FirstOrDefault(column => column.Name == query.On),
                        query.From,
                        query.To,
                        scope,
                        personal.IsShown
                    );
                    return QueryResult.File(
                        Results.Stream(
                            async body =>
                            {
                                var connection = await sets.OpenAsync(cancellation);
                                await (
                                    format == RowFile.Csv
                                        ? CsvExport.WriteAsync(connection, text, body, cancellation)
                                        : WriteAsync(connection, text, format, set, body, cancellation)
                                );
                            },
                            format.ContentType,
                            $"{name}.{format.Extension}"
                        )
                    );
                }
            )
            .AsQuery()
            .WithName("FetchDataSetAs" + format.Name)
            .WithSummary($"A data set as {format.Extension}")
            .WithDescription(
                $"Rule C3.1.3. {format.About} `on`, `from`, `to` take the rows of some days. `X-Data-As-Of` says when the last event happened that is in it. "
                    + "400 `bad-filter`, `bad-period`."
            )
            .ProducesFile(format.ContentType.Split(';')[0]);

    private static async Task WriteAsync(
        NpgsqlConnection connection,
        string query,
        RowFile format,
        DataSet set,
        Stream body,
        CancellationToken cancellation
    )
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Names of the server's own catalogue, days, and quoted words of the token.
        command.CommandText = query;
#pragma warning restore CA2100
        command.CommandTimeout = 0;
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        await format.WriteAsync(rows, set.Name, body, cancellation);
    }
}
