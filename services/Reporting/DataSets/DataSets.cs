using System.Globalization;
using System.Text.Json.Serialization;
using CustomerService.Reporting.Data;
using CustomerService.Reporting.Figures;
using CustomerService.Reporting.Views;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CustomerService.Reporting.DataSets;

/// <summary>A column of a data set.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Type as PostgreSQL calls it: <c>uuid</c>, <c>text</c>, <c>integer</c>, <c>bigint</c>, <c>numeric</c>,
/// <c>boolean</c>, <c>date</c>, <c>timestamp with time zone</c> (UTC).</param>
internal sealed record DataColumn(string Name, string Type)
{
    /// <summary>Whether it may name a person.</summary>
    [JsonIgnore]
    public bool IsPersonal { get; init; }
}

/// <summary>A set of <c>bi.sql</c>, whole or of some days.</summary>
/// <param name="Name">Name of the view.</param>
/// <param name="Description">What a row is.</param>
/// <param name="Columns">Its columns.</param>
internal sealed record DataSet(string Name, string? Description, IReadOnlyList<DataColumn> Columns)
{
    /// <summary>Whether readers who are limited to some rows get it at all.</summary>
    public bool Covers(RowScope scope) => scope.Covers(Name, [.. Columns.Select(column => column.Name)]);
}

/// <summary>The data sets of schema <c>bi</c>: what a BI tool reads by SQL is fetched here as a file.</summary>
internal sealed class DataSets(ReportingDb db)
{
    /// <summary>All of them, by name.</summary>
    public async Task<IReadOnlyList<DataSet>> AllAsync(CancellationToken cancellation)
    {
        var rows = await db
            .Database.SqlQuery<Row>(
                $"""
                SELECT c.relname AS "Name", obj_description(c.oid) AS "Description", a.attname AS "Column",
                       format_type(a.atttypid, NULL) AS "Type",
                       coalesce(col_description(c.oid, a.attnum) = 'personal', false) AS "Personal"
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
                WHERE n.nspname = {BiViews.Schema} AND c.relkind = 'v' AND a.attnum > 0
                ORDER BY c.relname, a.attnum
                """
            )
            .ToListAsync(cancellation);
        return
        [
            .. rows.GroupBy(row => (row.Name, row.Description))
                .Select(set => new DataSet(
                    set.Key.Name,
                    set.Key.Description,
                    [.. set.Select(row => new DataColumn(row.Column, row.Type) { IsPersonal = row.Personal })]
                )),
        ];
    }

    /// <summary>The query of a set, in the order of its key. Its names come from the server's own catalogue.</summary>
    /// <param name="set">The set.</param>
    /// <param name="days">The column that says which day a row belongs to; null for all rows.</param>
    /// <param name="from">First day.</param>
    /// <param name="to">Last day.</param>
    /// <param name="scope">Whose rows.</param>
    /// <param name="isPersonalShown">Whether personal columns are.</param>
    /// <param name="only">Columns of the set with the values of which a row has one, as text.</param>
    public string QueryOf(
        DataSet set,
        DataColumn? days,
        DateOnly? from,
        DateOnly? to,
        RowScope scope,
        bool isPersonalShown,
        IEnumerable<(string Column, IReadOnlyList<string> Values)>? only = null
    )
    {
        var conditions = (only ?? []).Select(one => HasOneOf(one.Column, one.Values)).ToList();
        if (days is not null && from is { } first)
        {
            conditions.Add(string.Create(CultureInfo.InvariantCulture, $"{Quoted(days.Name)} >= '{first:yyyy-MM-dd}'"));
        }

        if (days is not null && to is { } last)
        {
            conditions.Add(string.Create(CultureInfo.InvariantCulture, $"{Quoted(days.Name)} <= '{last:yyyy-MM-dd}'"));
        }

        if (set.Columns.Any(column => column.Name == "department") && scope.Department is { } department)
        {
            conditions.Add($"department = {Literal(department)}");
        }

        if (set.Columns.Any(column => column.Name == "region") && scope.Regions.Count > 0)
        {
            conditions.Add($"region IN ({string.Join(", ", scope.Regions.Select(Literal))})");
        }

        var where = conditions.Count == 0 ? "" : " WHERE " + string.Join(" AND ", conditions);
        var columns = string.Join(", ", set.Columns.Select(column => Shown(column, isPersonalShown)));
        var order = string.Join(", ", KeyOf(set).Select(Quoted));
        return $"SELECT {columns} FROM {BiViews.Schema}.{Quoted(set.Name)}{where} ORDER BY {order}";
    }

    /// <summary>What tells the rows of a set apart, as OData does.</summary>
    public IReadOnlyList<string> KeyOf(DataSet set) =>
        db
            .Model.GetEntityTypes()
            .FirstOrDefault(type => type.GetViewName() == set.Name && type.GetViewSchema() == BiViews.Schema)
            is { } rows
            ? [.. rows.FindPrimaryKey()!.Properties.Select(property => property.GetColumnName())]
            : [set.Columns[0].Name];

    /// <summary>The request's connection.</summary>
    public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellation)
    {
        await db.Database.OpenConnectionAsync(cancellation);
        return (NpgsqlConnection)db.Database.GetDbConnection();
    }

    private static string HasOneOf(string column, IReadOnlyList<string> values)
    {
        var named = string.Join(", ", values.Select(Literal));
        var isOne = $"{Quoted(column)}::text IN ({named})";
        return values.Contains(FigureDimension.Unknown) ? $"({isOne} OR {Quoted(column)} IS NULL)" : isOne;
    }

    private static string Shown(DataColumn column, bool isPersonalShown) =>
        column.IsPersonal && !isPersonalShown
            ? $"CASE WHEN {Quoted(column.Name)} IS NOT NULL THEN {Literal(PersonalData.Masked)} END AS {Quoted(column.Name)}"
            : Quoted(column.Name);

    // The server reads a backslash as itself in such a literal.
    private static string Literal(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Quoted(string name) => new NpgsqlCommandBuilder().QuoteIdentifier(name);

    private sealed record Row(string Name, string? Description, string Column, string Type, bool Personal);
}
