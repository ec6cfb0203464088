using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace CustomerService.Forms;

/// <summary>
/// Corrects which characters the glyphs of a drawn PDF stand for (the ToUnicode maps of its fonts), so that a search in
/// it and what is copied from it have the characters that were written. The drawing library takes the lowest code point
/// of a glyph, for example a Kangxi radical, and offers no choice.
/// </summary>
internal static partial class TextLayer
{
    // A map may hold that many entries in one block.
    private const int MostInBlock = 100;

    /// <summary>The PDF with corrected maps; as it came where its structure is not the one that the library
    /// writes.</summary>
    /// <param name="pdf">A PDF.</param>
    /// <param name="meant">The character that a character of a map stands for.</param>
    public static byte[] Correct(byte[] pdf, Func<Rune, Rune> meant)
    {
        // One byte is one character, so that places in the text are places in the file.
        var text = Encoding.Latin1.GetString(pdf);
        var maps = MapReference().Matches(text).Select(match => Number(match.Groups[1])).ToHashSet();
        if (Table().Match(text) is not { Success: true } table || maps.Count == 0)
        {
            return pdf;
        }

        var entries = Entry().Matches(table.Groups["entries"].Value);
        var offsets = entries.Select(entry => Number(entry.Groups["offset"])).ToArray();
        var used = Enumerable
            .Range(0, offsets.Length)
            .Where(number => entries[number].Groups["kind"].Value == "n")
            .OrderBy(number => offsets[number])
            .ToList();
        using var corrected = new MemoryStream(pdf.Length);
        corrected.Write(pdf, 0, offsets[used[0]]);
        for (var i = 0; i < used.Count; i++)
        {
            var (from, to) = (offsets[used[i]], i + 1 < used.Count ? offsets[used[i + 1]] : table.Index);
            offsets[used[i]] = (int)corrected.Position;
            corrected.Write(maps.Contains(used[i]) ? Map(pdf[from..to], meant) : pdf.AsSpan(from, to - from));
        }

        var start = corrected.Position;
        var end = new StringBuilder("xref\n").Append(CultureInfo.InvariantCulture, $"0 {offsets.Length}\n");
        for (var number = 0; number < offsets.Length; number++)
        {
            end.Append(
                CultureInfo.InvariantCulture,
                $"{offsets[number]:D10} {entries[number].Groups["rest"].Value}{entries[number].Groups["kind"].Value} \n"
            );
        }

        end.Append(table.Groups["trailer"].Value).Append(CultureInfo.InvariantCulture, $"startxref\n{start}\n%%EOF\n");
        corrected.Write(Encoding.Latin1.GetBytes(end.ToString()));
        return corrected.ToArray();
    }

    private static byte[] Map(byte[] source, Func<Rune, Rune> meant)
    {
        var text = Encoding.Latin1.GetString(source);
        if (Stream().Match(text) is not { Success: true } stream)
        {
            return source;
        }

        var from = stream.Index + stream.Length;
        var packed = stream.Groups["filter"].Success;
        var content = source.AsSpan(from, Number(stream.Groups["length"])).ToArray();
        var map = Encoding.Latin1.GetString(packed ? Unpack(content) : content);
        if (Block().Matches(map) is not { Count: > 0 } blocks)
        {
            return source;
        }

        var entries = blocks.SelectMany(block => Entries(block)).Select(e => (e.Code, Rune: meant(e.Rune))).ToList();
        var rewritten = new StringBuilder(map[..blocks[0].Index]);
        foreach (var block in entries.Chunk(MostInBlock))
        {
            rewritten.Append(CultureInfo.InvariantCulture, $"{block.Length} beginbfchar\n");
            foreach (var (code, rune) in block)
            {
                var units = string.Concat(rune.ToString().Select(unit => $"{(int)unit:X4}"));
                rewritten.Append(CultureInfo.InvariantCulture, $"<{code}> <{units}>\n");
            }

            rewritten.Append("endbfchar\n");
        }

        rewritten.Append(map[(blocks[^1].Index + blocks[^1].Length)..].TrimStart('\n'));
        var body = Encoding.Latin1.GetBytes(rewritten.ToString());
        var stored = packed ? Pack(body) : body;
        var head = text[..from]
            .Replace(
                stream.Groups["entry"].Value,
                $"/Length {stored.Length.ToString(CultureInfo.InvariantCulture)}",
                StringComparison.Ordinal
            );
        return [.. Encoding.Latin1.GetBytes(head), .. stored, .. "\nendstream\nendobj\n"u8];
    }

    // A block of single entries <code> <char>, or of ranges <first> <last> <char of the first>.
    private static IEnumerable<(string Code, Rune Rune)> Entries(Match block)
    {
        var values = Hex().Matches(block.Groups["values"].Value).Select(match => match.Groups[1].Value).ToList();
        if (block.Groups["kind"].Value == "bfchar")
        {
            for (var i = 0; i + 1 < values.Count; i += 2)
            {
                yield return (values[i], Character(values[i + 1]));
            }

            yield break;
        }

        for (var i = 0; i + 2 < values.Count; i += 3)
        {
            var (first, last, rune) = (Parse(values[i]), Parse(values[i + 1]), Character(values[i + 2]));
            for (var code = first; code <= last; code++)
            {
                var digits = "X" + values[i].Length.ToString(CultureInfo.InvariantCulture);
                yield return (
                    code.ToString(digits, CultureInfo.InvariantCulture),
                    new Rune(rune.Value + (code - first))
                );
            }
        }
    }

    private static Rune Character(string units) =>
        units.Length == 8 ? new Rune((char)Parse(units[..4]), (char)Parse(units[4..])) : new Rune(Parse(units));

    private static int Parse(string hex) => int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static int Number(Group group) => int.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    private static byte[] Unpack(byte[] packed)
    {
        using var stream = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        stream.CopyTo(unpacked);
        return unpacked.ToArray();
    }

    private static byte[] Pack(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var stream = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            stream.Write(body);
        }

        return packed.ToArray();
    }

    [GeneratedRegex(@"/ToUnicode (\d+) 0 R")]
    private static partial Regex MapReference();

    [GeneratedRegex(
        @"xref\s+0 \d+\s+(?<entries>(?:\d{10} \d{5} [nf]\s+)+)(?<trailer>trailer.*?)startxref\s+\d+\s+%%EOF\s*\z",
        RegexOptions.Singleline
    )]
    private static partial Regex Table();

    [GeneratedRegex(@"(?<offset>\d{10}) (?<rest>\d{5} )(?<kind>[nf])")]
    private static partial Regex Entry();

    [GeneratedRegex(
        @"^\d+ 0 obj\s*<<(?:(?<entry>/Length (?<length>\d+))|(?<filter>/Filter\s*/FlateDecode)|\s)+>>\s*stream\r?\n"
    )]
    private static partial Regex Stream();

    [GeneratedRegex(@"\d+ begin(?<kind>bfchar|bfrange)(?<values>(?:\s|<[0-9A-Fa-f]+>)*)end\k<kind>")]
    private static partial Regex Block();

    [GeneratedRegex("<([0-9A-Fa-f]+)>")]
    private static partial Regex Hex();
}
