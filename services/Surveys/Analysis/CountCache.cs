using Microsoft.Extensions.Caching.Memory;

namespace CustomerService.Surveys.Analysis;

/// <summary>Counts of days that are over, so that a report over a year counts in the store what is new alone.</summary>
internal sealed class CountCache : IDisposable
{
    private const int MostEntries = 2000;

    private readonly MemoryCache _counts = new(new MemoryCacheOptions { SizeLimit = MostEntries });

    /// <summary>What was counted, or is counted now.</summary>
    /// <param name="key">What and of which days.</param>
    /// <param name="count">Counts it.</param>
    /// <param name="keep">How long that holds.</param>
    public async Task<T> GetAsync<T>(object key, Func<Task<T>> count, Func<T, TimeSpan> keep)
        where T : class
    {
        if (_counts.TryGetValue(key, out T? known))
        {
            return known!;
        }

        var counted = await count();
        _counts.Set(key, counted, new MemoryCacheEntryOptions().SetSize(1).SetAbsoluteExpiration(keep(counted)));
        return counted;
    }

    public void Dispose() => _counts.Dispose();
}
