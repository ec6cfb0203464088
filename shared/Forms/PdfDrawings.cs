using System.Globalization;
using System.Text;
using SkiaSharp;
using UglyToad.PdfPig.Tokens;

namespace CustomerService.Forms;

/// <summary>Drawings that are PDF: what is taken from them stays vectors, as sharp on paper as the
/// drawing, and holds nothing of the page but what it shows.</summary>
public static class PdfDrawings
{
    /// <summary>Bytes of a drawing from which an extract is made, and of an extract.</summary>
    public const int MostBytes = 24_000_000;

    private const int FirstObject = 1;

    /// <summary>Whether a file says that it is a PDF.</summary>
    public static bool IsPdf(ReadOnlySpan<byte> content) => content.StartsWith("%PDF-"u8);

    /// <summary>How many pages it has; null where it cannot be read.</summary>
    public static int? Pages(byte[] content) =>
        Tried(
            content,
            source =>
            {
                var pages = source.Pages().Count;
                return pages > 0 ? (int?)pages : null;
            }
        );

    /// <summary>The surroundings of a place on a page, with a ring around the place: a PDF of one page, upright.</summary>
    /// <param name="content">The drawing, a PDF.</param>
    /// <param name="page">From 1.</param>
    /// <param name="x">From the left edge as it is read, 0 to 1.</param>
    /// <param name="y">From the upper edge as it is read, 0 to 1.</param>
    /// <param name="share">What of width and height the extract shows.</param>
    /// <returns>Null where the drawing cannot be read, has no such page, or is too large.</returns>
    public static byte[]? Extract(byte[] content, int page, double x, double y, double share = 0.4) =>
        Extract(content, [new(page, x, y)], share)[0];

    /// <summary>The same for several places of one drawing, which is read once.</summary>
    /// <returns>One for each place, in their order.</returns>
    /// <inheritdoc cref="Extract(byte[], int, double, double, double)"/>
    public static IReadOnlyList<byte[]?> Extract(byte[] content, IReadOnlyList<DrawnPlace> places, double share = 0.4)
    {
        ArgumentNullException.ThrowIfNull(places);
        return Tried(
                content,
                source =>
                {
                    var pages = source.Pages();
                    return places
                        .Select(place =>
                            place.Page >= 1 && place.Page <= pages.Count
                                ? Tried(() => Extract(source, pages[place.Page - 1], place.X, place.Y, share))
                                : null
                        )
                        .ToList();
                }
            ) ?? [.. places.Select(_ => (byte[]?)null)];
    }

    /// <summary>Width and height of an extract, points; null where it cannot be read.</summary>
    internal static SKSize? SizeOf(byte[] extract) =>
        Tried(
            extract,
            source =>
                source.Pages() is [var page, ..]
                    ? (SKSize?)new SKSize((float)page.Box.Width, (float)page.Box.Height)
                    : null
        );

    /// <summary>Draws extracts on the pages of a PDF that was made here, as an update at its end.</summary>
    /// <param name="pdf">The PDF.</param>
    /// <param name="placed">Where.</param>
    internal static byte[] Place(byte[] pdf, IReadOnlyList<PlacedDrawing> placed)
    {
        if (placed.Count == 0)
        {
            return pdf;
        }

        using var target = PdfSource.Open(pdf);
        var (size, root, info, start) = Trailer(pdf);
        var objects = new PdfObjects(size);
        var pages = target.Pages();
        foreach (var onPage in placed.GroupBy(drawing => drawing.Page))
        {
            var page = pages[onPage.Key];
            var (names, drawn) = (new StringBuilder(), new StringBuilder("Q\n"));
            foreach (var drawing in onPage)
            {
                using var source = PdfSource.Open(drawing.Extract);
                var extract = source.Pages()[0];
                var name = FormattableString.Invariant($"Drawing{names.Length}");
                names.Append(CultureInfo.InvariantCulture, $"/{name} {objects.AddForm(source, extract)} 0 R");
                var (wide, high) = (drawing.Place.Width / extract.Box.Width, drawing.Place.Height / extract.Box.Height);
                var bottom = page.Box.Height - drawing.Place.Bottom;
                drawn.Append(
                    CultureInfo.InvariantCulture,
                    $"q {Text(wide)} 0 0 {Text(high)} {Text(drawing.Place.Left - (wide * extract.Box.Left))} "
                        + $"{Text(bottom - (high * extract.Box.Bottom))} cm /{name} Do Q\n"
                );
            }

            // What was drawn before may have moved the origin.
            var (before, after) = (objects.AddStream("q\n"), objects.AddStream(drawn.ToString()));
            objects.Set(
                (int)page.Reference!.Data.ObjectNumber,
                PdfObjects.Same(page.Dictionary.Without(NameToken.Contents).Without(NameToken.Resources))[..^2]
                    + $"/Contents[{Text(before)} 0 R {ContentsOf(page)} {Text(after)} 0 R]"
                    + $"/Resources{ResourcesOf(target, page, names.ToString())}>>"
            );
        }

        if (objects.Layers is { Length: > 0 } layers)
        {
            objects.Set(
                int.Parse(root.Split(' ')[0], CultureInfo.InvariantCulture),
                PdfObjects.Same(target.Catalog.Without(PdfObjects.LayersOf))[..^2] + layers + ">>"
            );
        }

        return Updated(pdf, objects, root, info, start);
    }

    private static byte[]? Extract(PdfSource source, PdfPage page, double x, double y, double share)
    {
        var lies = page.Turns % 2 == 1;
        var box = page.Box;
        var (fullWidth, fullHeight) = lies ? (box.Height, box.Width) : (box.Width, box.Height);
        var (width, height) = (fullWidth * share, fullHeight * share);
        // Near an edge the extract keeps within the sheet.
        var left = Math.Clamp((x * fullWidth) - (width / 2), 0, fullWidth - width);
        var top = Math.Clamp((y * fullHeight) - (height / 2), 0, fullHeight - height);
        var objects = new PdfObjects(FirstObject);
        var (catalog, pages, sheet, content) = (
            objects.Reserve(),
            objects.Reserve(),
            objects.Reserve(),
            objects.Reserve()
        );
        var form = PdfCut.Write(objects, source, page, Cut(page, left, top, width, height));
        objects.Set(catalog, $"<</Type/Catalog/Pages {Text(pages)} 0 R{objects.Layers}>>");
        objects.Set(pages, $"<</Type/Pages/Kids[{Text(sheet)} 0 R]/Count 1>>");
        objects.Set(
            sheet,
            $"<</Type/Page/Parent {Text(pages)} 0 R/MediaBox[0 0 {Text(width)} {Text(height)}]"
                + $"/Contents {Text(content)} 0 R/Resources<</XObject<</Drawing {Text(form)} 0 R>>>>>>"
        );
        var (placeX, placeY) = ((x * fullWidth) - left, height - ((y * fullHeight) - top));
        objects.SetStream(
            content,
            "",
            Encoding.Latin1.GetBytes(
                $"q 0 0 {Text(width)} {Text(height)} re W n {Matrix(page, left, top, height)} cm /Drawing Do Q\n"
                    + Ring(placeX, placeY, Math.Max(width, height) / 22)
            )
        );
        var extract = Whole(objects, catalog);
        return extract.Length <= MostBytes ? extract : null;
    }

    // The extract as a part of the page as it is stored.
    private static PdfBox Cut(PdfPage page, double left, double top, double width, double height)
    {
        var box = page.Box;
        var (right, upper) = (box.Left + box.Width, box.Bottom + box.Height);
        return page.Turns switch
        {
            0 => new(box.Left + left, upper - top - height, width, height),
            1 => new(box.Left + top, box.Bottom + left, height, width),
            2 => new(right - left - width, box.Bottom + top, width, height),
            _ => new(right - top - height, upper - left - width, height, width),
        };
    }

    // From the page as it is stored to the extract as it is read.
    private static string Matrix(PdfPage page, double left, double top, double height)
    {
        var box = page.Box;
        var (right, upper) = (box.Left + box.Width, box.Bottom + box.Height);
        double[] matrix = page.Turns switch
        {
            0 => [1, 0, 0, 1, -box.Left - left, height + top - upper],
            1 => [0, -1, 1, 0, -box.Bottom - left, height + top + box.Left],
            2 => [-1, 0, 0, -1, right - left, height + top + box.Bottom],
            _ => [0, 1, -1, 0, upper - left, height + top - right],
        };
        return string.Join(' ', matrix.Select(Text));
    }

    // White below red, so that it is seen on dark parts of a drawing too.
    private static string Ring(double x, double y, double radius) =>
        $"q 1 1 1 RG {Text(radius / 2)} w {Circle(x, y, radius)} S "
        + $"0.816 0.063 0.063 RG 0.816 0.063 0.063 rg {Text(radius / 4)} w {Circle(x, y, radius)} S "
        + $"{Circle(x, y, radius / 5)} f Q\n";

    private static string Circle(double x, double y, double radius)
    {
        // The length of a handle with which four curves make a circle.
        var handle = radius * 0.5523;
        string At(double dx, double dy) => $"{Text(x + dx)} {Text(y + dy)}";
        return $"{At(radius, 0)} m {At(radius, handle)} {At(handle, radius)} {At(0, radius)} c "
            + $"{At(-handle, radius)} {At(-radius, handle)} {At(-radius, 0)} c "
            + $"{At(-radius, -handle)} {At(-handle, -radius)} {At(0, -radius)} c "
            + $"{At(handle, -radius)} {At(radius, -handle)} {At(radius, 0)} c h";
    }

    private static byte[] Whole(PdfObjects objects, int catalog)
    {
        using var file = new MemoryStream();
        file.Write("%PDF-1.7\n%\u00e2\u00e3\n"u8);
        WriteObjects(
            file,
            objects,
            $"/Size {Text(objects.Bodies.Keys.Max() + 1)}/Root {Text(catalog)} 0 R",
            whole: true
        );
        return file.ToArray();
    }

    private static byte[] Updated(byte[] pdf, PdfObjects objects, string root, string info, long start)
    {
        using var file = new MemoryStream();
        file.Write(pdf);
        file.WriteByte((byte)'\n');
        WriteObjects(
            file,
            objects,
            $"/Size {Text(objects.Bodies.Keys.Max() + 1)}/Root {root}{info}/Prev {Text(start)}",
            whole: false
        );
        return file.ToArray();
    }

    private static void WriteObjects(MemoryStream file, PdfObjects objects, string trailer, bool whole)
    {
        void Write(FormattableString text) =>
            file.Write(Encoding.Latin1.GetBytes(text.ToString(CultureInfo.InvariantCulture)));
        var offsets = new List<(int Number, long Offset)>();
        foreach (var (number, body) in objects.Bodies)
        {
            offsets.Add((number, file.Position));
            Write($"{number} 0 obj\n");
            file.Write(body);
            Write($"\nendobj\n");
        }

        var table = file.Position;
        Write($"xref\n");
        if (whole)
        {
            Write($"0 1\n0000000000 65535 f \n");
        }

        foreach (var (number, offset) in offsets)
        {
            Write($"{number} 1\n{offset:D10} 00000 n \n");
        }

        Write($"trailer\n<<{trailer}>>\nstartxref\n{table}\n%%EOF\n");
    }

    private static string ContentsOf(PdfPage page) =>
        page.Dictionary.Data.GetValueOrDefault(NameToken.Contents.Data) switch
        {
            IndirectReferenceToken reference => FormattableString.Invariant($"{reference.Data.ObjectNumber} 0 R"),
            ArrayToken parts => string.Join(
                ' ',
                parts
                    .Data.OfType<IndirectReferenceToken>()
                    .Select(part => FormattableString.Invariant($"{part.Data.ObjectNumber} 0 R"))
            ),
            _ => "",
        };

    private static string ResourcesOf(PdfSource target, PdfPage page, string names)
    {
        var resources = target.Of<DictionaryToken>(page.Dictionary, NameToken.Resources) ?? DictionaryToken.Empty;
        var own = target.Of<DictionaryToken>(resources, NameToken.Xobject) ?? DictionaryToken.Empty;
        return $"{PdfObjects.Same(resources.Without(NameToken.Xobject))[..^2]}"
            + $"/XObject{PdfObjects.Same(own)[..^2]}{names}>>>>";
    }

    // Of a file that the drawing library wrote: one table, one trailer at its end.
    private static (int Size, string Root, string Info, long Start) Trailer(byte[] pdf)
    {
        var text = Encoding.Latin1.GetString(pdf);
        var at = text.LastIndexOf("trailer", StringComparison.Ordinal);
        string After(string key, int from, string stop) =>
            text.IndexOf(key, from, StringComparison.Ordinal) is >= 0 and var found
                ? text[(found + key.Length)..text.IndexOfAny([.. stop], found + key.Length)].Trim()
                : "";
        var info = After("/Info ", at, "/>\n");
        return (
            int.Parse(After("/Size ", at, "/>\n"), CultureInfo.InvariantCulture),
            After("/Root ", at, "/>\n"),
            info.Length > 0 ? $"/Info {info}" : "",
            long.Parse(After("startxref\n", at, "\n"), CultureInfo.InvariantCulture)
        );
    }

    private static string Text(double value) => PdfObjects.Text(value);

    // What a reader of broken files throws is as various as the files.
    private static T? Tried<T>(byte[] content, Func<PdfSource, T?> read)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (content.Length > MostBytes || !IsPdf(content))
        {
            return default;
        }

        return Tried(() =>
        {
            using var source = PdfSource.Open(content);
            return read(source);
        });
    }

    private static T? Tried<T>(Func<T?> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return default;
        }
    }
}

/// <summary>A place on a drawing.</summary>
/// <param name="Page">From 1; a picture has one.</param>
/// <param name="X">From the left edge as it is read, 0 to 1.</param>
/// <param name="Y">From the upper edge as it is read, 0 to 1.</param>
public sealed record DrawnPlace(int Page, double X, double Y);

/// <summary>An extract of a drawing on a page of a form.</summary>
/// <param name="Page">From 0, of the whole file.</param>
/// <param name="Place">Points from the upper left corner.</param>
internal sealed record PlacedDrawing(int Page, SKRect Place, byte[] Extract);
