using System.Data;
using System.Globalization;
using System.Security.Cryptography;
using CustomerService.Forms;
using CustomerService.Registry;
using CustomerService.Reporting.Data;
using CustomerService.Reporting.DataSets;
using CustomerService.Reporting.Figures;
using CustomerService.Reporting.Figures.Forms;
using CustomerService.Reporting.Reports;
using CustomerService.Reporting.Subscriptions.Domain;
using CustomerService.Reporting.Views;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CustomerService.Reporting.Subscriptions;

/// <summary>A report as a file.</summary>
/// <param name="Name">Name of the file.</param>
/// <param name="Type">Its media type.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="Rows">How many rows it has; on paper, how many cases its first figure counts.</param>
/// <param name="Hash">Hash of its rows or figures, whatever the format.</param>
/// <param name="AsOf">When the last event happened that is in it.</param>
/// <param name="Figure">On paper, its first figure; null where there is nothing to divide by.</param>
internal sealed record ReportFile(
    string Name,
    string Type,
    byte[] Content,
    int Rows,
    string Hash,
    DateTimeOffset AsOf,
    decimal? Figure = null
);

/// <summary>That a report cannot be made, in words for its readers.</summary>
internal sealed class ReportFailedException(string message) : Exception(message);

/// <summary>Makes the files of subscriptions from the data sets, without personal data, and from the figures.</summary>
internal sealed class ReportFiles(
    ReportingDb db,
    DataSets.DataSets sets,
    Freshness freshness,
    RegistryLookup registry,
    FormFont font,
    Texts texts,
    CompanyClock clock
)
{
    /// <summary>Most bytes of a file: mail servers refuse what is larger.</summary>
    private const int MostBytes = 15 * 1024 * 1024;

    /// <summary>The file of a day.</summary>
    /// <exception cref="ReportFailedException">There is no such data set any more, or it is too large for mail.</exception>
    public async Task<ReportFile> MakeAsync(
        SubscriptionSettings settings,
        DateOnly today,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Format == ReportFormat.Pdf)
        {
            return await PaperAsync(settings, today, cancellation);
        }

        var all = await sets.AllAsync(cancellation);
        var set =
            all.FirstOrDefault(one => one.Name == settings.Report)
            ?? throw new ReportFailedException($"There is no data set '{settings.Report}' any more.");
        var days = set.Columns.FirstOrDefault(column => column.Name == settings.On);
        if (days is null && settings.Period != ReportPeriod.All)
        {
            throw new ReportFailedException($"'{settings.Report}' has no column '{settings.On}' any more.");
        }

        var (from, to) = settings.Period.DaysOf(today);
        // Only staff subscribe, but a mail goes to whom it may.
        var only = settings.Where.Select(condition => (condition.Column, condition.Values)).ToList();
        if (only.FirstOrDefault(one => set.Columns.All(column => column.Name != one.Column)).Column is { } gone)
        {
            throw new ReportFailedException($"'{settings.Report}' has no column '{gone}' any more.");
        }

        var query = sets.QueryOf(set, days, from, to, RowScope.All, isPersonalShown: false, only);
        // All readings see the same rows.
        await using var moment = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        var asOf = await freshness.AsOfAsync(cancellation);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var (csv, rows) = await CsvAsync(connection, query, cancellation);
        var name = string.Create(CultureInfo.InvariantCulture, $"{settings.Report}-{today:yyyy-MM-dd}");
        // When a row was written is nothing that its readers see: a row that is written again as it was has not changed.
        var content = set with
        {
            Columns = [.. set.Columns.Where(column => column.Name != "changed_at")],
        };
        var (hashed, _) = await CsvAsync(
            connection,
            sets.QueryOf(content, days, from, to, RowScope.All, isPersonalShown: false, only),
            cancellation
        );
        var hash = Convert.ToHexStringLower(SHA256.HashData(hashed));
        return settings.Format == ReportFormat.Csv
            ? new($"{name}.csv", "text/csv", csv, rows, hash, asOf)
            : new(
                $"{name}.xlsx",
                RowFile.Workbook.ContentType,
                await XlsxAsync(connection, set, query, cancellation),
                rows,
                hash,
                asOf
            );
    }

    private async Task<ReportFile> PaperAsync(
        SubscriptionSettings settings,
        DateOnly today,
        CancellationToken cancellation
    )
    {
        var report =
            PaperReports.Find(settings.Report)
            ?? throw new ReportFailedException($"There is no report or figure '{settings.Report}' any more.");
        if (settings.Period.DaysOf(today) is not ({ } from, { } to))
        {
            throw new ReportFailedException("A report on paper needs a period.");
        }

        // All figures see the same rows.
        await using var moment = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        var asOf = await freshness.AsOfAsync(cancellation);
        var language = CultureInfo.GetCultureInfo(settings.Language);
        var filled = await new FigurePaper(FigureReader.OfAll(db), registry, clock).FillAsync(
            report,
            new FigureFilter(
                new Period(from, to),
                settings.Where.ToDictionary(condition => condition.Column, condition => condition.Values[0])
            ),
            asOf,
            new FormTexts(texts, language, clock.Zone),
            cancellation
        );
        var printed = filled.Document.Print(font, FormWords.In(texts, language), clock.Now);
        return new(
            string.Create(CultureInfo.InvariantCulture, $"{settings.Report}-{today:yyyy-MM-dd}.pdf"),
            "application/pdf",
            printed.Pdf.Length > MostBytes
                ? throw new ReportFailedException("The report is too large for mail; take fewer days.")
                : printed.Pdf,
            filled.Cases,
            filled.Hash,
            asOf,
            filled.Value
        );
    }

    private static async Task<(byte[] Content, int Rows)> CsvAsync(
        NpgsqlConnection connection,
        string query,
        CancellationToken cancellation
    )
    {
        using var content = new MemoryStream();
        var (quoted, count) = (false, 0);
        await CsvExport.WriteAsync(
            connection,
            query,
            content,
            cancellation,
            written =>
            {
                foreach (var sign in written.Span)
                {
                    // A line break inside quotes is no new row.
                    quoted ^= sign == '"';
                    count += sign == '\n' && !quoted ? 1 : 0;
                }

                if (content.Length > MostBytes)
                {
                    throw new ReportFailedException("The report is too large for mail; take fewer days.");
                }
            }
        );

        // The header is a line, too.
        return (content.ToArray(), count - 1);
    }

    private static async Task<byte[]> XlsxAsync(
        NpgsqlConnection connection,
        DataSets.DataSet set,
        string query,
        CancellationToken cancellation
    )
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Names of the server's own catalogue, and days.
        command.CommandText = query;
#pragma warning restore CA2100
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        using var content = new MemoryStream();
        await RowFile.Workbook.WriteAsync(rows, set.Name, content, cancellation);
        return content.Length > MostBytes
            ? throw new ReportFailedException("The report is too large for mail; take fewer days.")
            : content.ToArray();
    }
}
