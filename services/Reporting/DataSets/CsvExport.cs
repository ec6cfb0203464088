using Npgsql;

namespace CustomerService.Reporting.DataSets;

/// <summary>Rows as CSV by COPY, which is the fastest.</summary>
internal static class CsvExport
{
    private const int BufferLength = 16 * 1024;

    /// <param name="connection">An open connection.</param>
    /// <param name="query">Made of names of the server's own catalogue and quoted values.</param>
    /// <param name="body">Where the text goes, in UTF-8 with a header.</param>
    /// <param name="cancellation">Ends the read.</param>
    /// <param name="written">Sees each piece of the text after it was written.</param>
    public static async Task WriteAsync(
        NpgsqlConnection connection,
        string query,
        Stream body,
        CancellationToken cancellation,
        Action<ReadOnlyMemory<char>>? written = null
    )
    {
        using var rows = await connection.BeginTextExportAsync(
            $"COPY ({query}) TO STDOUT (FORMAT csv, HEADER)",
            cancellation
        );
        await using var text = new StreamWriter(body, leaveOpen: true);
        var buffer = new char[BufferLength];
        int read;
        while ((read = await rows.ReadAsync(buffer, cancellation)) > 0)
        {
            await text.WriteAsync(buffer.AsMemory(0, read), cancellation);
            written?.Invoke(buffer.AsMemory(0, read));
        }
    }
}
