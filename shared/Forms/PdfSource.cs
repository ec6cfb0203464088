using System.IO.Compression;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Filters;
using UglyToad.PdfPig.Tokens;

namespace CustomerService.Forms;

/// <summary>A rectangle in the points of a PDF: the origin is at the lower left.</summary>
internal readonly record struct PdfBox(double Left, double Bottom, double Width, double Height);

/// <summary>A page of a PDF that somebody else made.</summary>
/// <param name="Reference">The page's own object.</param>
/// <param name="Dictionary">With what it inherits.</param>
/// <param name="Box">What of it is shown.</param>
/// <param name="Turns">How many quarters it is turned clockwise to be read.</param>
internal sealed record PdfPage(IndirectReferenceToken? Reference, DictionaryToken Dictionary, PdfBox Box, int Turns);

/// <summary>Reads a PDF that somebody else made. Whatever is wrong with it is an exception here, and no picture to
/// those who call.</summary>
internal sealed class PdfSource : IDisposable
{
    private const int MostPages = 2_000;
    private const int MostSteps = 32;
    private const long MostUnpacked = 100_000_000;

    private static readonly NameToken[] Inherited =
    [
        NameToken.Resources,
        NameToken.MediaBox,
        NameToken.CropBox,
        NameToken.Rotate,
    ];

    private readonly PdfDocument _document;
    private (bool Unless, HashSet<long> Numbers)? _off;
    private PdfTools? _tools;

    private PdfSource(PdfDocument document) => _document = document;

    public DictionaryToken Catalog => _document.Structure.Catalog.CatalogDictionary;

    /// <summary>One that opens without a password opens here too.</summary>
    public static PdfSource Open(byte[] pdf) =>
        new(
            PdfDocument.Open(
                pdf,
                new ParsingOptions
                {
                    UseLenientParsing = true,
                    SkipMissingFonts = true,
                    FilterProvider = new Bounded(),
                }
            )
        );

    /// <summary>What the library reads content with.</summary>
    public PdfTools Tools()
    {
        if (_tools is null)
        {
            _document.AddPageFactory<PdfTools, PdfToolsFactory>();
            _tools = _document.GetPage<PdfTools>(1);
        }

        return _tools;
    }

    /// <summary>Pages in their order; a tree that contains itself ends.</summary>
    public IReadOnlyList<PdfPage> Pages()
    {
        var pages = new List<PdfPage>();
        var seen = new HashSet<long>();
        var open = new Stack<(IToken Node, DictionaryToken Above)>();
        open.Push((Catalog.Data.GetValueOrDefault(NameToken.Pages.Data) ?? NullToken.Instance, DictionaryToken.Empty));
        while (open.TryPop(out var next) && pages.Count < MostPages)
        {
            var reference = next.Node as IndirectReferenceToken;
            if (Resolve(next.Node) is not DictionaryToken node)
            {
                continue;
            }

            foreach (var key in Inherited)
            {
                if (!node.ContainsKey(key) && next.Above.TryGet(key, out var value))
                {
                    node = node.With(key, value);
                }
            }

            if (Of<ArrayToken>(node, NameToken.Kids) is not { } kids)
            {
                pages.Add(new(reference, node, BoxOf(node), Turns(node)));
                continue;
            }

            if (reference is not null && !seen.Add(reference.Data.ObjectNumber))
            {
                continue;
            }

            for (var i = kids.Length - 1; i >= 0; i--)
            {
                open.Push((kids[i], node));
            }
        }

        return pages;
    }

    /// <summary>What a token stands for, through its references.</summary>
    public IToken Resolve(IToken? token)
    {
        for (var step = 0; token is IndirectReferenceToken reference && step < MostSteps; step++)
        {
            token = _document.Structure.GetObject(reference.Data)?.Data;
        }

        return token is null or IndirectReferenceToken ? NullToken.Instance : token;
    }

    /// <summary>An entry of a dictionary, where it is of that kind.</summary>
    public T? Of<T>(DictionaryToken dictionary, NameToken key)
        where T : class, IToken => Resolve(dictionary.Data.GetValueOrDefault(key.Data)) as T;

    /// <summary>Whether a layer is not shown when the file is opened.</summary>
    public bool IsOff(IndirectReferenceToken layer)
    {
        _off ??= Off();
        return _off.Value.Numbers.Contains(layer.Data.ObjectNumber) != _off.Value.Unless;
    }

    /// <summary>What draws a page: a stream as it is stored where there is one, else all of them unpacked.</summary>
    /// <exception cref="InvalidDataException">One is packed in a way that is not unpacked here.</exception>
    public StreamToken ContentOf(DictionaryToken page)
    {
        var content = Resolve(page.Data.GetValueOrDefault(NameToken.Contents.Data));
        switch (content)
        {
            case StreamToken stream:
                return stream;
            case ArrayToken { Length: 1 } parts when Resolve(parts[0]) is StreamToken single:
                return single;
            case ArrayToken parts:
                using (var all = new MemoryStream())
                {
                    foreach (var part in parts.Data.Select(Resolve).OfType<StreamToken>())
                    {
                        Unpack(part, all);
                        all.WriteByte((byte)'\n');
                    }

                    return new(DictionaryToken.Empty, all.ToArray());
                }

            default:
                return new(DictionaryToken.Empty, Array.Empty<byte>());
        }
    }

    public void Dispose() => _document.Dispose();

    private void Unpack(StreamToken part, MemoryStream into)
    {
        var filters = Resolve(part.StreamDictionary.Data.GetValueOrDefault(NameToken.Filter.Data)) switch
        {
            NameToken name => [name.Data],
            ArrayToken names => names.Data.Select(name => (Resolve(name) as NameToken)?.Data).ToList(),
            _ => [],
        };
        switch (filters)
        {
            case []:
                into.Write(part.Data.Span);
                break;
            case ["FlateDecode" or "Fl"] when !part.StreamDictionary.ContainsKey(NameToken.DecodeParms):
                Inflate(part.Data, into);
                break;
            default:
                throw new InvalidDataException("The content of the page is packed in an uncommon way.");
        }
    }

    // A small file can unpack to gigabytes.
    private static void Inflate(ReadOnlyMemory<byte> packed, Stream into)
    {
        using var unpacked = new ZLibStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress);
        var buffer = new byte[81_920];
        for (long all = 0; unpacked.Read(buffer) is > 0 and var read; )
        {
            all += read;
            if (all > MostUnpacked)
            {
                throw new InvalidDataException("The file unpacks to more than is taken.");
            }

            into.Write(buffer, 0, read);
        }
    }

    // The layers that are off, or all but those that are on.
    private (bool Unless, HashSet<long> Numbers) Off()
    {
        var first = Of<DictionaryToken>(Catalog, NameToken.Create(PdfObjects.LayersOf)) is { } layers
            ? Of<DictionaryToken>(layers, NameToken.D) ?? DictionaryToken.Empty
            : DictionaryToken.Empty;
        var unless = Of<NameToken>(first, NameToken.Create("BaseState"))?.Data == "OFF";
        var named = Of<ArrayToken>(first, NameToken.Create(unless ? "ON" : "OFF"))?.Data ?? [];
        return (unless, [.. named.OfType<IndirectReferenceToken>().Select(layer => layer.Data.ObjectNumber)]);
    }

    private PdfBox BoxOf(DictionaryToken page)
    {
        var media = BoxOf(page, NameToken.MediaBox) ?? new(0, 0, 612, 792);
        if (BoxOf(page, NameToken.CropBox) is not { } crop)
        {
            return media;
        }

        var (left, bottom) = (Math.Max(media.Left, crop.Left), Math.Max(media.Bottom, crop.Bottom));
        var (right, top) = (
            Math.Min(media.Left + media.Width, crop.Left + crop.Width),
            Math.Min(media.Bottom + media.Height, crop.Bottom + crop.Height)
        );
        return right > left && top > bottom ? new(left, bottom, right - left, top - bottom) : media;
    }

    /// <summary>A rectangle that a dictionary has.</summary>
    public PdfBox? BoxOf(DictionaryToken page, NameToken key)
    {
        var edges = Of<ArrayToken>(page, key)?.Data.Select(Resolve).OfType<NumericToken>().Select(n => n.Data).ToList();
        return edges is { Count: 4 } && edges.All(double.IsFinite) && edges[0] != edges[2] && edges[1] != edges[3]
            ? new(
                Math.Min(edges[0], edges[2]),
                Math.Min(edges[1], edges[3]),
                Math.Abs(edges[2] - edges[0]),
                Math.Abs(edges[3] - edges[1])
            )
            : null;
    }

    /// <summary>From a form or a pattern to where it is drawn.</summary>
    public TransformationMatrix MatrixOf(DictionaryToken drawn)
    {
        var values = Of<ArrayToken>(drawn, NameToken.Matrix)?.Data.Select(Resolve).OfType<NumericToken>().ToList();
        return values is { Count: 6 }
            ? TransformationMatrix.FromArray([.. values.Select(value => value.Data)])
            : TransformationMatrix.Identity;
    }

    private int Turns(DictionaryToken page) =>
        Of<NumericToken>(page, NameToken.Rotate) is { Data: var degrees } && double.IsFinite(degrees)
            ? (int)((((Math.Round(degrees / 90) % 4) + 4) % 4))
            : 0;

    /// <summary>The filters of the library, of which the one that can unpack without end is bounded.</summary>
    private sealed class Bounded : IFilterProvider
    {
        private static readonly IFilterProvider Library = DefaultFilterProvider.Instance;

        public IReadOnlyList<IFilter> GetFilters(DictionaryToken dictionary) => Wrap(Library.GetFilters(dictionary));

        public IReadOnlyList<IFilter> GetNamedFilters(IReadOnlyList<NameToken> names) =>
            Wrap(Library.GetNamedFilters(names));

        public IReadOnlyList<IFilter> GetAllFilters() => Wrap(Library.GetAllFilters());

        private static List<IFilter> Wrap(IReadOnlyList<IFilter> filters) =>
            [.. filters.Select(filter => filter is FlateFilter ? new BoundedFlate(filter) : filter)];
    }

    private sealed class BoundedFlate(IFilter flate) : IFilter
    {
        public bool IsSupported => flate.IsSupported;

        public Memory<byte> Decode(
            Memory<byte> input,
            DictionaryToken streamDictionary,
            IFilterProvider filterProvider,
            int filterIndex
        )
        {
            Inflate(input, Stream.Null);
            return flate.Decode(input, streamDictionary, filterProvider, filterIndex);
        }
    }
}
