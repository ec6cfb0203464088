using System.Globalization;
using Npgsql;

namespace CustomerService.Load.Projects;

/// <summary>Databases with a contractor's projects.</summary>
internal static class Registry
{
    /// <summary>A migrated database with so many projects; nine of ten were handed over and have so many
    /// revisits each.</summary>
    public static async Task<string> NewAsync(Place place, string name, int projects, int revisits)
    {
        var database = await place.NewEmptyDatabaseAsync(name);
        await ServiceProcess.MigrateAsync(database);
        using var reader = new StreamReader(typeof(Registry).Assembly.GetManifestResourceStream("fill.sql")!);
        var sql = (await reader.ReadToEndAsync())
            .Replace(":projects", projects.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace(":revisits", revisits.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        // VACUUM cannot run together with others.
        var vacuum = sql.IndexOf("\nvacuum", StringComparison.Ordinal);
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(database) { CommandTimeout = 1200, Pooling = false }.ConnectionString
        );
        await connection.OpenAsync();
        await ExecuteAsync(connection, sql[..vacuum]);
        foreach (
            var line in sql[vacuum..].Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        )
        {
            await ExecuteAsync(connection, line);
        }

        return database;
    }

    /// <summary>The first column of a query, as text.</summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database);
#pragma warning disable CA2100 // Constants of this program.
        await using var command = source.CreateCommand(sql);
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        var values = new List<string>();
        while (await reader.ReadAsync())
        {
            values.Add(Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture)!);
        }

        return values;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
#pragma warning disable CA2100 // A file of this program.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
