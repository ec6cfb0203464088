using System.Data.Common;
using Parquet;
using Parquet.Schema;

namespace CustomerService.Reporting.DataSets;

/// <summary>Writes rows as Apache Parquet: a row group as soon as it is full, so that no more than one is kept.</summary>
internal static class ParquetFile
{
    /// <summary>Rows of a group.</summary>
    private const int Group = 50_000;

    public static async Task WriteAsync(DbDataReader rows, string name, Stream body, CancellationToken cancellation)
    {
        // The format's writer goes back in its file.
        await using var file = RowFile.Temporary();
        Column[] columns =
        [
            .. Enumerable
                .Range(0, rows.FieldCount)
                .Select(i => Column.Of(RowFile.NameOf(rows, i), rows.GetDataTypeName(i))),
        ];
        await using (
            var writer = await ParquetWriter.CreateAsync(
                new ParquetSchema([.. columns.Select(column => column.Field)]),
                file,
                cancellationToken: cancellation
            )
        )
        {
            var count = 0;
            while (await rows.ReadAsync(cancellation))
            {
                for (var i = 0; i < columns.Length; i++)
                {
                    columns[i].Add(rows, i);
                }

                if (++count % Group == 0)
                {
                    await WriteAsync(writer, columns);
                }
            }

            if (count % Group > 0)
            {
                await WriteAsync(writer, columns);
            }
        }

        file.Position = 0;
        await file.CopyToAsync(body, cancellation);
    }

    private static async Task WriteAsync(ParquetWriter writer, Column[] columns)
    {
        using var group = writer.CreateRowGroup();
        foreach (var column in columns)
        {
            await column.WriteAsync(group);
        }
    }

    /// <summary>The values of a column in the group that is being filled.</summary>
    private abstract class Column(DataField of)
    {
        public DataField Field => of;

        public static Column Of(string name, string type) =>
            type switch
            {
                "integer" => new Values<int>(new DataField<int?>(name)),
                "bigint" => new Values<long>(new DataField<long?>(name)),
                "boolean" => new Values<bool>(new DataField<bool?>(name)),
                "numeric" => new Values<decimal>(new DecimalDataField(name, 18, 4, isNullable: true)),
                "date" => new Values<DateOnly>(new DataField<DateOnly?>(name)),
                "timestamp with time zone" => new Values<DateTime>(
                    new DateTimeDataField(
                        name,
                        DateTimeFormat.DateAndTimeMicros,
                        isAdjustedToUTC: true,
                        isNullable: true
                    )
                ),
                _ => new Words(new DataField<string>(name)),
            };

        public abstract void Add(DbDataReader row, int i);

        public abstract ValueTask WriteAsync(ParquetRowGroupWriter group);
    }

    private sealed class Values<T>(DataField field) : Column(field)
        where T : struct
    {
        private readonly List<T?> _values = [];

        public override void Add(DbDataReader row, int i) =>
            _values.Add(row.IsDBNull(i) ? null : row.GetFieldValue<T>(i));

        public override async ValueTask WriteAsync(ParquetRowGroupWriter group)
        {
            await group.WriteAsync<T>(Field, _values.ToArray().AsMemory());
            _values.Clear();
        }
    }

    private sealed class Words(DataField field) : Column(field)
    {
        private readonly List<string?> _values = [];

        public override void Add(DbDataReader row, int i) =>
            _values.Add(row.IsDBNull(i) ? null : row.GetValue(i).ToString());

        public override async ValueTask WriteAsync(ParquetRowGroupWriter group)
        {
            await group.WriteAsync(Field, _values!);
            _values.Clear();
        }
    }
}
