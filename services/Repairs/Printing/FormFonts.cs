using System.Collections.Concurrent;
using SkiaSharp;

namespace CustomerService.Repairs.Printing;

/// <summary>The typefaces of printed forms, out of the Noto Sans CJK collection: the same signs are drawn differently in Taipei and in Beijing.</summary>
internal sealed class FormFonts(RepairsSettings settings) : IDisposable
{
    private const int SimplifiedChinese = 2;
    private const int TraditionalChinese = 3;

    private readonly ConcurrentDictionary<int, Lazy<SKTypeface?>> _loaded = new();

    /// <summary>The typeface for a language, or null where the font is not installed.</summary>
    public SKTypeface? Of(string language) => !File.Exists(settings.FontFile)
        ? null
        : _loaded.GetOrAdd(
            language == "zh-Hans" ? SimplifiedChinese : TraditionalChinese,
            index => new Lazy<SKTypeface?>(() => SKTypeface.FromFile(settings.FontFile, index))).Value;

    public void Dispose()
    {
        foreach (var typeface in _loaded.Values)
        {
            typeface.Value?.Dispose();
        }
    }
}
