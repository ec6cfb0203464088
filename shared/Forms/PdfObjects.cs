using System.Globalization;
using System.Text;
using UglyToad.PdfPig.Tokens;

namespace CustomerService.Forms;

/// <summary>Objects of a PDF that is written here, some of them copied from others.</summary>
/// <param name="first">Number of the first object.</param>
internal sealed class PdfObjects(int first)
{
    /// <summary>The catalog's entry of layers.</summary>
    public const string LayersOf = "OCProperties";

    private const int Deepest = 200;

    // What belongs to the page or the document that a part is taken from, and draws nothing.
    private static readonly HashSet<string> LeftOut =
    [
        "Parent",
        "StructParent",
        "StructParents",
        "Metadata",
        "PieceInfo",
        "LastModified",
        "Thumb",
        "Annots",
        "AA",
        "Alternates",
        "OPI",
    ];

    private readonly SortedDictionary<int, byte[]> _bodies = [];
    private readonly List<(int Number, bool IsOff)> _layers = [];
    private int _next = first;

    /// <summary>Objects by number.</summary>
    public IReadOnlyDictionary<int, byte[]> Bodies => _bodies;

    /// <summary>The catalog's entry for the layers that were copied: what is off in the drawing stays off; empty where there
    /// are none.</summary>
    public string Layers
    {
        get
        {
            string Of(IEnumerable<(int Number, bool IsOff)> layers) =>
                string.Join(' ', layers.Select(layer => FormattableString.Invariant($"{layer.Number} 0 R")));
            return _layers.Count == 0
                ? ""
                : $"/{LayersOf}<</OCGs[{Of(_layers)}]/D<</Order[]/OFF[{Of(_layers.Where(layer => layer.IsOff))}]>>>>";
        }
    }

    /// <summary>A number for an object whose body follows.</summary>
    public int Reserve() => _next++;

    /// <summary>Writes an object of text.</summary>
    public void Set(int number, string body) => _bodies[number] = Encoding.Latin1.GetBytes(body);

    /// <summary>Writes a stream.</summary>
    /// <param name="entries">Of its dictionary, without the length.</param>
    public void SetStream(int number, string entries, ReadOnlySpan<byte> data)
    {
        var head = FormattableString.Invariant($"<<{entries}/Length {data.Length}>>\nstream\n");
        _bodies[number] = [.. Encoding.Latin1.GetBytes(head), .. data, .. "\nendstream"u8];
    }

    /// <summary>Writes a stream of text as a new object.</summary>
    public int AddStream(string text)
    {
        var number = Reserve();
        SetStream(number, "", Encoding.Latin1.GetBytes(text));
        return number;
    }

    /// <summary>
    /// Copies a page as something that can be drawn on another one, with all that its resources need.
    /// </summary>
    /// <returns>Number of the form.</returns>
    public int AddForm(PdfSource source, PdfPage page)
    {
        var number = Reserve();
        var copy = new Copier(this, source);
        var content = source.ContentOf(page.Dictionary);
        var entries = new StringBuilder("/Type/XObject/Subtype/Form/BBox[")
            .Append(Text(page.Box.Left))
            .Append(' ')
            .Append(Text(page.Box.Bottom))
            .Append(' ')
            .Append(Text(page.Box.Left + page.Box.Width))
            .Append(' ')
            .Append(Text(page.Box.Bottom + page.Box.Height))
            .Append(']');
        copy.Entry(entries, page.Dictionary, NameToken.Resources);
        copy.Entry(entries, page.Dictionary, NameToken.Group);
        copy.Entry(entries, content.StreamDictionary, NameToken.Filter);
        copy.Entry(entries, content.StreamDictionary, NameToken.DecodeParms);
        copy.Finish();
        SetStream(number, entries.ToString(), content.Data.Span);
        return number;
    }

    /// <summary>A token as it is written, its references as they are.</summary>
    public static string Same(IToken token)
    {
        var text = new StringBuilder();
        Write(text, token, reference => ((int)reference.Data.ObjectNumber, reference.Data.Generation), []);
        return text.ToString();
    }

    /// <summary>A number as a PDF has it.</summary>
    public static string Text(double value) => value.ToString("0.#######", CultureInfo.InvariantCulture);

    private static void Write(
        StringBuilder text,
        IToken token,
        Func<IndirectReferenceToken, (int Number, int Generation)> numbered,
        HashSet<string> leftOut,
        int depth = 0
    )
    {
        if (depth > Deepest)
        {
            throw new InvalidDataException("An object of the file is nested too deep.");
        }

        switch (token)
        {
            case NameToken name:
                Name(text, name.Data);
                break;
            case NumericToken number:
                text.Append(Text(number.Data));
                break;
            case BooleanToken truth:
                text.Append(truth.Data ? "true" : "false");
                break;
            case StringToken words:
                text.Append('<').Append(Convert.ToHexString(words.GetBytes())).Append('>');
                break;
            case HexToken hex:
                text.Append('<').Append(Convert.ToHexString(hex.Bytes)).Append('>');
                break;
            case IndirectReferenceToken reference:
                var (target, generation) = numbered(reference);
                text.Append(CultureInfo.InvariantCulture, $"{target} {generation} R");
                break;
            case ArrayToken array:
                text.Append('[');
                foreach (var item in array.Data)
                {
                    Write(text, item, numbered, leftOut, depth + 1);
                    text.Append(' ');
                }

                text.Append(']');
                break;
            case DictionaryToken dictionary:
                text.Append("<<");
                Entries(text, dictionary, numbered, leftOut, depth);
                text.Append(">>");
                break;
            default:
                text.Append("null");
                break;
        }
    }

    private static void Entries(
        StringBuilder text,
        DictionaryToken dictionary,
        Func<IndirectReferenceToken, (int Number, int Generation)> numbered,
        HashSet<string> leftOut,
        int depth = 0
    )
    {
        foreach (var (key, value) in dictionary.Data.Where(entry => !leftOut.Contains(entry.Key)))
        {
            Name(text, key);
            text.Append(' ');
            Write(text, value, numbered, leftOut, depth + 1);
        }
    }

    private static void Name(StringBuilder text, string name)
    {
        text.Append('/');
        foreach (var unit in Encoding.UTF8.GetBytes(name))
        {
            if (char.IsAsciiLetterOrDigit((char)unit) || unit is (byte)'-' or (byte)'_' or (byte)'.' or (byte)'+')
            {
                text.Append((char)unit);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"#{unit:X2}");
            }
        }
    }

    /// <summary>Copies objects of one file, each once.</summary>
    internal sealed class Copier(PdfObjects into, PdfSource source)
    {
        private readonly Dictionary<long, int> _numbers = [];
        private readonly Queue<IndirectReferenceToken> _open = [];

        public void Entry(StringBuilder text, DictionaryToken dictionary, NameToken key)
        {
            if (dictionary.TryGet(key, out var value))
            {
                Name(text, key.Data);
                text.Append(' ');
                Write(text, value, Numbered, LeftOut);
            }
        }

        /// <summary>A token as it is written here; what it refers to is copied.</summary>
        public string Text(IToken token)
        {
            var text = new StringBuilder();
            Write(text, token, Numbered, LeftOut);
            return text.ToString();
        }

        public void Finish()
        {
            while (_open.TryDequeue(out var reference))
            {
                var number = _numbers[reference.Data.ObjectNumber];
                var text = new StringBuilder();
                switch (source.Resolve(reference))
                {
                    // Another page draws nothing here.
                    case DictionaryToken page
                        when source.Of<NameToken>(page, NameToken.Type)?.Data == NameToken.Page.Data:
                        into.Set(number, "null");
                        break;
                    case StreamToken stream:
                        Entries(text, stream.StreamDictionary.Without(NameToken.Length), Numbered, LeftOut);
                        into.SetStream(number, text.ToString(), stream.Data.Span);
                        break;
                    case var other:
                        if (
                            other is DictionaryToken group
                            && source.Of<NameToken>(group, NameToken.Type)?.Data == "OCG"
                        )
                        {
                            into._layers.Add((number, source.IsOff(reference)));
                        }

                        Write(text, other, Numbered, LeftOut);
                        into.Set(number, text.ToString());
                        break;
                }
            }
        }

        private (int Number, int Generation) Numbered(IndirectReferenceToken reference)
        {
            if (!_numbers.TryGetValue(reference.Data.ObjectNumber, out var number))
            {
                _numbers[reference.Data.ObjectNumber] = number = into.Reserve();
                _open.Enqueue(reference);
            }

            return (number, 0);
        }
    }
}
