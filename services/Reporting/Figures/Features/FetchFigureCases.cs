using CustomerService.Reporting.DataSets;
using CustomerService.Reporting.Views;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Reporting.Figures.Features;

/// <summary>The cases behind a figure as a file; the column <c>value</c> adds up to it.</summary>
internal static class FetchFigureCases
{
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
                $"/figures/{{code}}/cases.{format.Extension}",
                async (
                    string code,
                    [AsParameters] FigureQuery.Query query,
                    FigureReader reader,
                    RowScope scope,
                    CancellationToken cancellation
                ) =>
                {
                    if (FigureCatalogue.Find(code) is not { } figure)
                    {
                        return QueryResult.NotFound;
                    }

                    if (scope.Refuse(figure) is { } notYours)
                    {
                        return notYours;
                    }

                    if (FigureQuery.Read(figure, query).Failed(out var refusal, out var filter))
                    {
                        return refusal;
                    }

                    var rows = reader
                        .Cases(figure, filter)
                        .OrderBy(c => c.Day)
                        .ThenBy(c => c.CaseId)
                        .ThenBy(c => c.Line)
                        .Select(c => new
                        {
                            c.CaseId,
                            c.Line,
                            c.Kind,
                            c.Number,
                            c.Day,
                            c.Value,
                            c.ProjectId,
                            c.CustomerId,
                            c.Department,
                            c.Region,
                            c.Severity,
                            c.Part,
                            c.Unit,
                            c.Product,
                            c.Fault,
                            c.Cause,
                            c.Liability,
                            c.Source,
                            c.Channel,
                            c.State,
                            c.Result,
                            c.Warranty,
                            c.Survey,
                            c.Grade,
                            c.Item,
                            c.Party,
                            c.Currency,
                            c.ChangedAt,
                        });
                    return QueryResult.File(
                        Results.Stream(
                            async body =>
                            {
                                await using var command = rows.CreateDbCommand();
                                await reader.OpenAsync(cancellation);
                                await using var read = await command.ExecuteReaderAsync(cancellation);
                                await format.WriteAsync(read, figure.Code, body, cancellation);
                            },
                            format.ContentType,
                            $"{figure.Code}.{format.Extension}"
                        )
                    );
                }
            )
            .AsQuery()
            .WithName("FetchFigureCasesAs" + format.Name)
            .WithSummary($"The cases behind a figure as {format.Extension}")
            .WithDescription(
                $"Rule C3.1.3. {format.About} The column `value` adds up to the figure's `total`. 400 `bad-period`, `bad-filter`."
            )
            .ProducesFile(format.ContentType.Split(';')[0]);
}
