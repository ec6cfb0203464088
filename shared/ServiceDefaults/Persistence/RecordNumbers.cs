using System.Data;
using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace CustomerService.ServiceDefaults;

/// <summary>The next number that no process has reserved yet.</summary>
public sealed class RecordNumber
{
    public required string Kind { get; init; }

    public required int Year { get; init; }

    public required int Next { get; init; }
}

/// <summary>
/// Numbers of records, per kind and year, for example <c>TS-2026-000123</c>: unique over all
/// replicas, roughly in order of time, with gaps. A process reserves ten at once in a short
/// statement of its own, and twice as many each time while they last less than a second, so that a
/// command takes no lock and mostly no round trip. Take the number before any lock: it may need a
/// second connection.
/// </summary>
public sealed class RecordNumbers
{
    /// <summary>How many numbers a process reserves at first; what is left of a block is lost when it
    /// ends.</summary>
    public const int BlockSize = 10;

    // Commands wait for a reservation: with ten at a time they would come no faster than ten a commit.
    private const int LargestBlock = 640;
    private static readonly TimeSpan Rush = TimeSpan.FromSeconds(1);

    private readonly Func<CancellationToken, Task<NpgsqlConnection>> _open;
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Kind, int Year), Block> _blocks = [];

    /// <param name="open">Opens a connection on which no transaction runs; it is disposed of after use.</param>
    public RecordNumbers(Func<CancellationToken, Task<NpgsqlConnection>> open) => _open = open;

    /// <summary>The next number of this kind.</summary>
    /// <param name="kind">Prefix of the number, for example <c>TS</c>; at most 20 characters.</param>
    /// <param name="year">Year of the company's date.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public async ValueTask<string> NextAsync(string kind, int year, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(kind);
        Block block;
        lock (_gate)
        {
            if (!_blocks.TryGetValue((kind, year), out block!))
            {
                _blocks[(kind, year)] = block = new Block();
            }
        }

        int number;
        while (!block.TryTake(out number))
        {
            await block.Refill.WaitAsync(cancellationToken);
            try
            {
                if (block.TryTake(out number))
                {
                    break;
                }

                var size = block.NextSize();
                block.Fill(await ReserveAsync(kind, year, size, cancellationToken), size);
            }
            finally
            {
                block.Refill.Release();
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{kind}-{year:0000}-{number:000000}");
    }

    private async Task<int> ReserveAsync(string kind, int year, int size, CancellationToken cancellationToken)
    {
        await using var connection = await _open(cancellationToken);
        if (connection.State != ConnectionState.Open)
        {
            await connection.OpenAsync(cancellationToken);
        }

        await using var reserve = new NpgsqlCommand(
            """
            INSERT INTO record_numbers AS r (kind, year, next) VALUES ($1, $2, 1 + $3)
            ON CONFLICT (kind, year) DO UPDATE SET next = r.next + $3
            RETURNING next - $3
            """,
            connection
        )
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = kind },
                new NpgsqlParameter<int> { TypedValue = year },
                new NpgsqlParameter<int> { TypedValue = size },
            },
        };
        return (int)(await reserve.ExecuteScalarAsync(cancellationToken))!;
    }

    private sealed class Block
    {
        private readonly Lock _gate = new();
        private int _next;
        private int _left;
        private int _size;
        private long _filled;

        public SemaphoreSlim Refill { get; } = new(1);

        public bool TryTake(out int number)
        {
            lock (_gate)
            {
                number = _next;
                if (_left == 0)
                {
                    return false;
                }

                _next++;
                _left--;
                return true;
            }
        }

        /// <summary>How many to reserve next: by how long the last ones lasted.</summary>
        public int NextSize() =>
            _size > 0 && Stopwatch.GetElapsedTime(_filled) < Rush ? Math.Min(_size * 2, LargestBlock) : BlockSize;

        public void Fill(int first, int size)
        {
            lock (_gate)
            {
                _next = first;
                _left = size;
                _size = size;
                _filled = Stopwatch.GetTimestamp();
            }
        }
    }
}
