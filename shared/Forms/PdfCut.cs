using System.Globalization;
using System.IO.Compression;
using System.Text;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Filters;
using UglyToad.PdfPig.Geometry;
using UglyToad.PdfPig.Graphics;
using UglyToad.PdfPig.Graphics.Colors;
using UglyToad.PdfPig.Graphics.Core;
using UglyToad.PdfPig.Graphics.Operations;
using UglyToad.PdfPig.Graphics.Operations.ClippingPaths;
using UglyToad.PdfPig.Graphics.Operations.General;
using UglyToad.PdfPig.Graphics.Operations.InlineImages;
using UglyToad.PdfPig.Graphics.Operations.MarkedContent;
using UglyToad.PdfPig.Graphics.Operations.PathConstruction;
using UglyToad.PdfPig.Graphics.Operations.PathPainting;
using UglyToad.PdfPig.Graphics.Operations.SpecialGraphicsState;
using UglyToad.PdfPig.Graphics.Operations.TextPositioning;
using UglyToad.PdfPig.Graphics.Operations.TextShowing;
using UglyToad.PdfPig.Graphics.Operations.TextState;
using UglyToad.PdfPig.Outline.Destinations;
using UglyToad.PdfPig.Parser;
using UglyToad.PdfPig.PdfFonts;
using UglyToad.PdfPig.Tokenization.Scanner;
using UglyToad.PdfPig.Tokens;

namespace CustomerService.Forms;

/// <summary>What the reading library needs to read content.</summary>
internal sealed record PdfTools(
    IPdfTokenScanner Scanner,
    IResourceStore Resources,
    ILookupFilterProvider Filters,
    IPageContentParser Parser,
    ParsingOptions Options
);

/// <summary>The library makes one and hands over its tools.</summary>
internal sealed class PdfToolsFactory(
    IPdfTokenScanner scanner,
    IResourceStore resources,
    ILookupFilterProvider filters,
    IPageContentParser parser,
    ParsingOptions options
) : IPageFactory<PdfTools>
{
    public PdfTools Create(
        int number,
        DictionaryToken dictionary,
        PageTreeMembers pageTreeMembers,
        NamedDestinations namedDestinations
    ) => new(scanner, resources, filters, parser, options);
}

/// <summary>
/// Writes what a page draws within a rectangle, and nothing else of it: characters, lines, areas and pictures outside
/// are not in the result, not even hidden.
/// </summary>
internal sealed class PdfCut : BaseStreamProcessor<int>
{
    private const int MostOperations = 10_000_000;
    private const int MostNested = 20;

    // Lines that end on the edge are cut a little behind it, where the edge hides their ends.
    private const double Margin = 1;

    private static readonly NameToken Properties = NameToken.Create("Properties");

    private readonly PdfSource _source;
    private readonly PdfObjects.Copier _copier;
    private readonly PdfObjects _into;
    private readonly PdfTools _tools;
    private PdfBox _cut;
    private readonly List<DictionaryToken> _resources = [];
    private PdfCutPath _path = new();

    // What the matrix of a pattern starts from: the page, or the form that uses it.
    private TransformationMatrix _base = TransformationMatrix.Identity;
    private readonly List<Glyph> _glyphs = [];
    private Sheet _sheet = new();
    private FillingRule _clip = FillingRule.None;
    private IReadOnlyDictionary<NameToken, IToken>? _inline;
    private int _operations;

    private PdfCut(
        PdfObjects into,
        PdfObjects.Copier copier,
        PdfSource source,
        PdfTools tools,
        PdfPage page,
        PdfBox cut
    )
        : base(
            1,
            tools.Resources,
            tools.Scanner,
            tools.Parser,
            tools.Filters,
            new CropBox(new PdfRectangle(cut.Left, cut.Bottom, cut.Left + cut.Width, cut.Bottom + cut.Height)),
            UserSpaceUnit.Default,
            new PageRotationDegrees(0),
            TransformationMatrix.Identity,
            tools.Options
        )
    {
        (_source, _copier, _into, _tools, _cut) = (source, copier, into, tools, cut);
        _resources.Add(source.Of<DictionaryToken>(page.Dictionary, NameToken.Resources) ?? DictionaryToken.Empty);
    }

    /// <summary>Writes the part as a form.</summary>
    /// <returns>Its number.</returns>
    public static int Write(PdfObjects into, PdfSource source, PdfPage page, PdfBox cut)
    {
        var (tools, copier) = (source.Tools(), new PdfObjects.Copier(into, source));
        var resources = source.Of<DictionaryToken>(page.Dictionary, NameToken.Resources);
        if (resources is not null)
        {
            tools.Resources.LoadResourceDictionary(resources);
        }

        var content = source.ContentOf(page.Dictionary).Decode(tools.Filters, tools.Scanner);
        var processor = new PdfCut(into, copier, source, tools, page, cut);
        var number = into.Reserve();
        processor.Process(1, tools.Parser.Parse(1, new MemoryInputBytes(content), tools.Options.Logger));
        var entries = new StringBuilder(
            FormattableString.Invariant(
                $"/Type/XObject/Subtype/Form/BBox[{Text(cut.Left)} {Text(cut.Bottom)} {Text(cut.Left + cut.Width)} {Text(cut.Bottom + cut.Height)}]"
            )
        );
        copier.Entry(entries, page.Dictionary, NameToken.Group);
        processor._sheet.Write(into, number, entries.ToString());
        copier.Finish();
        return number;
    }

    public override int Process(int pageNumberCurrent, IReadOnlyList<IGraphicsStateOperation> operations)
    {
        ProcessOperations(operations);
        return 0;
    }

    protected override void ProcessOperations(IReadOnlyList<IGraphicsStateOperation> operations)
    {
        var outer = StackSize;
        foreach (var operation in operations)
        {
            if (++_operations > MostOperations)
            {
                throw new InvalidDataException("The page draws more than is taken.");
            }

            // One too many restores nothing, least of all what is around a form.
            if (operation is Pop && StackSize <= outer)
            {
                continue;
            }

            if (!Draws(operation) && !Paints(operation) && !Shows(operation) && !Uses(operation))
            {
                operation.Write(_sheet.Content);
                operation.Run(this);
            }
        }

        for (; StackSize > outer; PopState())
        {
            _sheet.Say("Q\n");
        }

        _path.Clear();
    }

    private bool Draws(IGraphicsStateOperation operation)
    {
        switch (operation)
        {
            case BeginNewSubpath move:
                _path.Move(new(move.X, move.Y));
                return true;
            case AppendStraightLineSegment line:
                _path.Line(new(line.X, line.Y));
                return true;
            case AppendDualControlPointBezierCurve curve:
                _path.Curve(new(curve.X1, curve.Y1), new(curve.X2, curve.Y2), new(curve.X3, curve.Y3));
                return true;
            case AppendStartControlPointBezierCurve curve:
                _path.Curve(_path.At, new(curve.X2, curve.Y2), new(curve.X3, curve.Y3));
                return true;
            case AppendEndControlPointBezierCurve curve:
                _path.Curve(new(curve.X1, curve.Y1), new(curve.X3, curve.Y3), new(curve.X3, curve.Y3));
                return true;
            case AppendRectangle area:
                _path.Move(new(area.LowerLeftX, area.LowerLeftY));
                _path.Line(new(area.LowerLeftX + area.Width, area.LowerLeftY));
                _path.Line(new(area.LowerLeftX + area.Width, area.LowerLeftY + area.Height));
                _path.Line(new(area.LowerLeftX, area.LowerLeftY + area.Height));
                _path.Close();
                return true;
            case UglyToad.PdfPig.Graphics.Operations.PathConstruction.CloseSubpath:
                _path.Close();
                return true;
            case ModifyClippingByNonZeroWindingIntersect:
                _clip = FillingRule.NonZeroWinding;
                return true;
            case ModifyClippingByEvenOddIntersect:
                _clip = FillingRule.EvenOdd;
                return true;
            default:
                return false;
        }
    }

    private bool Paints(IGraphicsStateOperation operation)
    {
        (FillingRule Fill, bool Stroke, bool Close)? painted = operation switch
        {
            UglyToad.PdfPig.Graphics.Operations.PathPainting.EndPath => (FillingRule.None, false, false),
            UglyToad.PdfPig.Graphics.Operations.PathPainting.StrokePath => (FillingRule.None, true, false),
            CloseAndStrokePath => (FillingRule.None, true, true),
            FillPathNonZeroWinding or FillPathNonZeroWindingCompatibility => (FillingRule.NonZeroWinding, false, false),
            FillPathEvenOddRule => (FillingRule.EvenOdd, false, false),
            FillPathNonZeroWindingAndStroke => (FillingRule.NonZeroWinding, true, false),
            FillPathEvenOddRuleAndStroke => (FillingRule.EvenOdd, true, false),
            CloseFillPathNonZeroWindingAndStroke => (FillingRule.NonZeroWinding, true, true),
            CloseFillPathEvenOddRuleAndStroke => (FillingRule.EvenOdd, true, true),
            _ => null,
        };
        if (painted is not var (fill, stroke, close))
        {
            return false;
        }

        if (close)
        {
            _path.Close();
        }

        var state = GetCurrentState();
        var matrix = state.CurrentTransformationMatrix;
        // A line is as wide as its pen, and pointed where it turns.
        var pen =
            state.LineWidth
            * Math.Sqrt(Math.Max(Square(matrix.A, matrix.B), Square(matrix.C, matrix.D)))
            / 2
            * (state.JoinStyle == LineJoinStyle.Miter ? Math.Clamp(state.MiterLimit, 1.5, 10) : 1.5);
        var dashes = state.LineDashPattern.Array;
        var period = dashes.Sum() * (1 + (dashes.Count % 2));
        if (_path.Within(matrix, _cut, -(stroke ? pen : 0)))
        {
            _sheet.Say(_path.Whole());
            if (_clip != FillingRule.None)
            {
                _sheet.Say(_clip == FillingRule.EvenOdd ? "W*\n" : "W\n");
            }

            _sheet.Say(
                (fill, stroke) switch
                {
                    (FillingRule.None, false) => "n\n",
                    (FillingRule.None, true) => "S\n",
                    (FillingRule.NonZeroWinding, false) => "f\n",
                    (FillingRule.NonZeroWinding, true) => "B\n",
                    (_, false) => "f*\n",
                    (_, true) => "B*\n",
                }
            );
        }
        else
        {
            if (fill != FillingRule.None && _path.Filled(matrix, _cut, Margin, fill) is { } area)
            {
                _sheet.Say($"{area.Text}f{(area.EvenOdd ? "*" : "")}\n");
            }

            if (stroke && _path.Stroked(matrix, _cut, Margin + pen, period) is { Length: > 0 } lines)
            {
                _sheet.Say($"{lines}S\n");
            }

            if (_clip != FillingRule.None)
            {
                _sheet.Say(
                    _path.Filled(matrix, _cut, Margin, _clip) is { } clip
                        ? $"{clip.Text}W{(clip.EvenOdd ? "*" : "")} n\n"
                        : "0 0 0 0 re W n\n"
                );
            }
        }

        _path.Clear();
        _clip = FillingRule.None;
        return true;
    }

    private bool Shows(IGraphicsStateOperation operation)
    {
        switch (operation)
        {
            case ShowText show:
                Show([Shown(show.Text, show.Bytes)]);
                return true;
            case ShowTextsWithPositioning show:
                Show(show.Array);
                return true;
            case MoveToNextLineShowText show:
                NextLine();
                Show([Shown(show.Text, show.Bytes)]);
                return true;
            case MoveToNextLineShowTextWithSpacing show:
                foreach (
                    IGraphicsStateOperation spacing in new IGraphicsStateOperation[]
                    {
                        new SetWordSpacing(show.WordSpacing),
                        new SetCharacterSpacing(show.CharacterSpacing),
                    }
                )
                {
                    spacing.Write(_sheet.Content);
                    spacing.Run(this);
                }

                NextLine();
                Show([Shown(show.Text, show.Bytes)]);
                return true;
            default:
                return false;
        }
    }

    private void NextLine()
    {
        MoveToNextLine.Value.Write(_sheet.Content);
        MoveToNextLine.Value.Run(this);
    }

    private static HexToken Shown(string? text, ReadOnlyMemory<byte> bytes) =>
        new(Convert.ToHexString(text is null ? bytes.Span : Encoding.Latin1.GetBytes(text)));

    // What is left out is room of the same width.
    private void Show(IReadOnlyList<IToken> shown)
    {
        var text = new StringBuilder("[");
        foreach (var token in shown)
        {
            if (token is NumericToken room)
            {
                new ShowTextsWithPositioning([room]).Run(this);
                text.Append(Text(room.Data)).Append(' ');
                continue;
            }

            var bytes = token is HexToken hex ? [.. hex.Bytes] : ((StringToken)token).GetBytes();
            _glyphs.Clear();
            var begin = TextMatrices.TextMatrix;
            new ShowTextsWithPositioning([new HexToken(Convert.ToHexString(bytes))]).Run(this);
            if (_glyphs.Count == 0)
            {
                // Of a font that cannot be measured the beginning says where it stands.
                var start = begin.Multiply(CurrentTransformationMatrix).Transform(new PdfPoint(0, 0));
                if (bytes.Length > 0 && Meets([start]))
                {
                    text.Append('<').Append(Convert.ToHexString(bytes)).Append('>');
                }

                continue;
            }

            Append(text, bytes);
        }

        _sheet.Say($"{text}] TJ\n");
    }

    private void Append(StringBuilder text, byte[] bytes)
    {
        var font = GetCurrentState().FontState;
        var from = 0;
        for (var i = 0; i < _glyphs.Count; i++)
        {
            var glyph = _glyphs[i];
            var to = i + 1 < _glyphs.Count ? glyph.End : bytes.Length;
            if (glyph.IsSeen)
            {
                text.Append('<').Append(Convert.ToHexString(bytes.AsSpan(from, to - from))).Append('>');
            }
            else
            {
                var next = i + 1 < _glyphs.Count ? _glyphs[i + 1].Before : TextMatrices.TextMatrix;
                var moved = next.Multiply(glyph.Before.Inverse());
                var unit = glyph.IsVertical ? font.FontSize : font.FontSize * font.HorizontalScaling / 100;
                var room = -(glyph.IsVertical ? moved.F : moved.E) * 1000 / unit;
                if (double.IsFinite(room))
                {
                    text.Append(Text(room)).Append(' ');
                }
            }

            from = to;
        }
    }

    public override void RenderGlyph(
        IFont font,
        CurrentGraphicsState currentState,
        double fontSize,
        double pointSize,
        int code,
        string unicode,
        long currentOffset,
        in TransformationMatrix renderingMatrix,
        in TransformationMatrix textMatrix,
        in TransformationMatrix transformationMatrix,
        CharacterBoundingBox characterBoundingBox
    )
    {
        var all = renderingMatrix.Multiply(textMatrix).Multiply(transformationMatrix);
        var drawn = characterBoundingBox.GlyphBounds;
        // A font that is not in the file says little of its characters' height.
        var usual = new PdfRectangle(0, -0.25, Math.Max(characterBoundingBox.Width, 0.01), 1);
        bool Seen(PdfRectangle box) => Meets(Corners(all.Transform(box)));
        _glyphs.Add(
            new(
                (int)currentOffset,
                TextMatrices.TextMatrix,
                font.IsVertical,
                Seen(usual) || (drawn.Width > 0 && drawn.Height > 0 && Seen(drawn))
            )
        );
    }

    private bool Uses(IGraphicsStateOperation operation)
    {
        switch (operation)
        {
            case SetFontAndSize font:
                operation.Run(this);
                _sheet.Say($"{Resource(NameToken.Font, font.Font)} {Text(font.Size)} Tf\n");
                return true;
            case SetGraphicsStateParametersFromDictionary state:
                operation.Run(this);
                _sheet.Say($"{State(state.Name)} gs\n");
                return true;
            case SetStrokeColorSpace space:
                operation.Run(this);
                _sheet.Say($"{Resource(NameToken.ColorSpace, space.Name)} CS\n");
                return true;
            case SetNonStrokeColorSpace space:
                operation.Run(this);
                _sheet.Say($"{Resource(NameToken.ColorSpace, space.Name)} cs\n");
                return true;
            case SetStrokeColorAdvanced colour:
                _sheet.Say($"{Numbers(colour.Operands)}{Pattern(colour.PatternName)}SCN\n");
                return true;
            case SetNonStrokeColorAdvanced colour:
                _sheet.Say($"{Numbers(colour.Operands)}{Pattern(colour.PatternName)}scn\n");
                return true;
            case UglyToad.PdfPig.Graphics.Operations.PaintShading shading:
                _sheet.Say($"{Resource(NameToken.Shading, shading.Name)} sh\n");
                return true;
            case InvokeNamedXObject drawn:
                Draw(drawn.Name);
                return true;
            case UglyToad.PdfPig.Graphics.Operations.InlineImages.BeginInlineImage:
                return true;
            case BeginInlineImageData begin:
                _inline = begin.Dictionary;
                return true;
            case UglyToad.PdfPig.Graphics.Operations.InlineImages.EndInlineImage end:
                if (_inline is { } entries)
                {
                    Picture(new StreamToken(PdfCutPicture.Whole(entries, Look), end.ImageData.ToArray()), null);
                }

                _inline = null;
                return true;
            // Their properties can say in words what is drawn.
            case BeginMarkedContentWithProperties { Name.Data: "OC", PropertyDictionaryName: { } layer }:
                _sheet.Say($"/OC {Resource(Properties, layer)} BDC\n");
                return true;
            case BeginMarkedContentWithProperties:
                _sheet.Say("/Span BMC\n");
                return true;
            case DesignateMarkedContentPoint or DesignateMarkedContentPointWithProperties:
                return true;
            default:
                return false;
        }
    }

    private void Draw(NameToken name)
    {
        if (Find(NameToken.Xobject, name) is not { } token || _source.Resolve(token) is not StreamToken drawn)
        {
            return;
        }

        switch (_source.Of<NameToken>(drawn.StreamDictionary, NameToken.Subtype)?.Data)
        {
            case "Image":
                Picture(drawn, token);
                break;
            case "Form":
                if (Part(drawn, name) is { } part)
                {
                    _sheet.Say($"{_sheet.Use(NameToken.Xobject, $"{part} 0 R")} Do\n");
                }

                break;
        }
    }

    // A form is written again for each place where it is drawn: each shows another part of it.
    private int? Part(StreamToken form, NameToken name)
    {
        if (_resources.Count > MostNested)
        {
            return null;
        }

        var box = _source.BoxOf(form.StreamDictionary, NameToken.Bbox);
        var matrix = _source.MatrixOf(form.StreamDictionary).Multiply(CurrentTransformationMatrix);
        if (box is { } bounds && !Meets(Corners(matrix.Transform(Rectangle(bounds)))))
        {
            return null;
        }

        var (outer, texts) = (_sheet, (TextMatrices.TextMatrix, TextMatrices.TextLineMatrix));
        var around = _base;
        (_sheet, _base) = (new(), matrix);
        _resources.Add(
            _source.Of<DictionaryToken>(form.StreamDictionary, NameToken.Resources) ?? DictionaryToken.Empty
        );
        try
        {
            ProcessFormXObject(form, name);
            var number = _into.Reserve();
            var entries = new StringBuilder("/Type/XObject/Subtype/Form");
            foreach (var key in new[] { NameToken.Bbox, NameToken.Matrix, NameToken.Group, NameToken.Create("OC") })
            {
                _copier.Entry(entries, form.StreamDictionary, key);
            }

            _sheet.Write(_into, number, entries.ToString());
            return number;
        }
        finally
        {
            _resources.RemoveAt(_resources.Count - 1);
            (_sheet, _base) = (outer, around);
            (TextMatrices.TextMatrix, TextMatrices.TextLineMatrix) = texts;
        }
    }

    private void Picture(StreamToken picture, IToken? token)
    {
        var matrix = CurrentTransformationMatrix;
        PdfPoint[] corners = Corners(matrix.Transform(new PdfRectangle(0, 0, 1, 1)));
        if (!Meets(corners) || Math.Abs(Determinant(matrix)) < 1e-12)
        {
            return;
        }

        if (corners.All(corner => Inside(corner, _cut)) && token is not null)
        {
            _sheet.Say($"{_sheet.Use(NameToken.Xobject, _copier.Text(token))} Do\n");
            return;
        }

        var back = matrix.Inverse();
        var seen = Corners(Rectangle(_cut)).Select(back.Transform).ToList();
        var part = new PdfCutPicture(_source, _tools, _into, _copier, Look).Write(
            picture,
            Math.Clamp(seen.Min(point => point.X), 0, 1),
            Math.Clamp(seen.Min(point => point.Y), 0, 1),
            Math.Clamp(seen.Max(point => point.X), 0, 1),
            Math.Clamp(seen.Max(point => point.Y), 0, 1)
        );
        if (part is { } cut)
        {
            _sheet.Say(
                $"q {Text(cut.Box.Width)} 0 0 {Text(cut.Box.Height)} {Text(cut.Box.Left)} {Text(cut.Box.Bottom)} cm "
                    + $"{_sheet.Use(NameToken.Xobject, $"{cut.Number} 0 R")} Do Q\n"
            );
        }
    }

    private IToken? Look(string name) => Find(NameToken.ColorSpace, NameToken.Create(name));

    private IToken? Find(NameToken kind, NameToken name)
    {
        for (var i = _resources.Count - 1; i >= 0; i--)
        {
            if (
                _source.Of<DictionaryToken>(_resources[i], kind) is { } named
                && named.Data.TryGetValue(name.Data, out var token)
            )
            {
                return token;
            }
        }

        return null;
    }

    // Names of the format itself, such as DeviceRGB, stand for themselves.
    private string Resource(NameToken kind, NameToken name) =>
        Find(kind, name) is { } token ? _sheet.Use(kind, _copier.Text(token)) : PdfObjects.Same(name);

    private string State(NameToken name)
    {
        if (
            Find(NameToken.ExtGState, name) is not { } token
            || _source.Resolve(token) is not DictionaryToken state
            || _source.Of<DictionaryToken>(state, NameToken.Smask) is not { } mask
            || _source.Of<StreamToken>(mask, NameToken.G) is not { } drawn
        )
        {
            return Resource(NameToken.ExtGState, name);
        }

        // What covers is drawn as well: a part of it is enough.
        var part = Part(drawn, NameToken.Create("mask"));
        var covers = _copier.Text(mask.Without(NameToken.G))[..^2];
        var written = part is { } number ? $"{covers}/G {number} 0 R>>" : "/None";
        return _sheet.Use(
            NameToken.ExtGState,
            $"{_copier.Text(state.Without(NameToken.Smask))[..^2]}/SMask {written}>>"
        );
    }

    private string Pattern(NameToken? name)
    {
        if (name is null)
        {
            return "";
        }

        if (
            Find(NameToken.Pattern, name) is { } token
            && _source.Resolve(token) is StreamToken tile
            && _source.BoxOf(tile.StreamDictionary, NameToken.Bbox) is { } box
        )
        {
            var placed = _source.MatrixOf(tile.StreamDictionary).Multiply(_base);
            var corners = Corners(placed.Transform(Rectangle(box)));
            // A tile larger than the part could show what is beside it.
            if (
                corners.Max(c => c.X) - corners.Min(c => c.X) > _cut.Width
                || corners.Max(c => c.Y) - corners.Min(c => c.Y) > _cut.Height
            )
            {
                return $"{_sheet.Use(NameToken.Pattern, $"{Tile(tile, box, placed)} 0 R")} ";
            }
        }

        return $"{Resource(NameToken.Pattern, name)} ";
    }

    // By its own measures: what is drawn of it is seen from there.
    private int Tile(StreamToken tile, PdfBox box, TransformationMatrix placed)
    {
        double Step(string name, double whole) =>
            _source.Of<NumericToken>(tile.StreamDictionary, NameToken.Create(name)) is { Data: not 0 and var step }
                ? Math.Abs(step)
                : whole;
        var (stepX, stepY) = (Step("XStep", box.Width), Step("YStep", box.Height));
        var back = placed.Inverse();
        var seen = Corners(Rectangle(_cut)).Select(back.Transform).ToList();
        var (fromX, toX) = (
            Math.Floor((seen.Min(c => c.X) - box.Left - box.Width) / stepX) + 1,
            Math.Ceiling((seen.Max(c => c.X) - box.Left) / stepX) - 1
        );
        var (fromY, toY) = (
            Math.Floor((seen.Min(c => c.Y) - box.Bottom - box.Height) / stepY) + 1,
            Math.Ceiling((seen.Max(c => c.Y) - box.Bottom) / stepY) - 1
        );
        if (_resources.Count > MostNested)
        {
            throw new InvalidDataException("The patterns of the page use each other.");
        }

        // Where it is seen in several places, each shows another part.
        var (left, right) =
            toX > fromX
                ? (box.Left, box.Left + box.Width)
                : (seen.Min(c => c.X) - (fromX * stepX), seen.Max(c => c.X) - (fromX * stepX));
        var (bottom, top) =
            toY > fromY
                ? (box.Bottom, box.Bottom + box.Height)
                : (seen.Min(c => c.Y) - (fromY * stepY), seen.Max(c => c.Y) - (fromY * stepY));

        var (outer, texts) = (_sheet, (TextMatrices.TextMatrix, TextMatrices.TextLineMatrix));
        var (path, clip, around, cut) = (_path, _clip, _base, _cut);
        var resources =
            _source.Of<DictionaryToken>(tile.StreamDictionary, NameToken.Resources) ?? DictionaryToken.Empty;
        (_sheet, _path, _clip, _base) = (new(), new(), FillingRule.None, TransformationMatrix.Identity);
        _cut = new(left, bottom, right - left, top - bottom);
        _resources.Add(resources);
        ResourceStore.LoadResourceDictionary(resources);
        PushState();
        try
        {
            GetCurrentState().CurrentTransformationMatrix = TransformationMatrix.Identity;
            ProcessOperations(GetFormOperations(tile));
            var number = _into.Reserve();
            var entries = new StringBuilder("/Type/Pattern/PatternType 1");
            foreach (var key in new[] { "PaintType", "TilingType", "BBox", "XStep", "YStep", "Matrix" })
            {
                _copier.Entry(entries, tile.StreamDictionary, NameToken.Create(key));
            }

            _sheet.Write(_into, number, entries.ToString());
            return number;
        }
        finally
        {
            PopState();
            ResourceStore.UnloadResourceDictionary();
            _resources.RemoveAt(_resources.Count - 1);
            (_sheet, _path, _clip, _base, _cut) = (outer, path, clip, around, cut);
            (TextMatrices.TextMatrix, TextMatrices.TextLineMatrix) = texts;
        }
    }

    private static PdfRectangle Rectangle(PdfBox box) =>
        new(box.Left, box.Bottom, box.Left + box.Width, box.Bottom + box.Height);

    private static string Numbers(ReadOnlySpan<double> values)
    {
        var text = new StringBuilder();
        foreach (var value in values)
        {
            text.Append(Text(value)).Append(' ');
        }

        return text.ToString();
    }

    private static string Text(double value) => PdfObjects.Text(value);

    private static double Square(double x, double y) => (x * x) + (y * y);

    private static double Determinant(TransformationMatrix matrix) => (matrix.A * matrix.D) - (matrix.B * matrix.C);

    private static PdfPoint[] Corners(PdfRectangle box) => [box.BottomLeft, box.BottomRight, box.TopRight, box.TopLeft];

    private static bool Inside(PdfPoint point, PdfBox box) =>
        point.X >= box.Left
        && point.X <= box.Left + box.Width
        && point.Y >= box.Bottom
        && point.Y <= box.Bottom + box.Height;

    // By the upright rectangle around it.
    private bool Meets(IReadOnlyList<PdfPoint> corners) =>
        corners.Max(c => c.X) > _cut.Left
        && corners.Min(c => c.X) < _cut.Left + _cut.Width
        && corners.Max(c => c.Y) > _cut.Bottom
        && corners.Min(c => c.Y) < _cut.Bottom + _cut.Height;

    protected override void RenderXObjectImage(XObjectContentRecord xObjectContentRecord) { }

    protected override void RenderInlineImage(InlineImage inlineImage) { }

    protected override void ClipToRectangle(PdfRectangle rectangle, FillingRule clippingRule) { }

    public override void BeginSubpath() { }

    public override PdfPoint? CloseSubpath() => null;

    public override void StrokePath(bool close) { }

    public override void FillPath(FillingRule fillingRule, bool close) { }

    public override void FillStrokePath(FillingRule fillingRule, bool close) { }

    public override void MoveTo(double x, double y) { }

    public override void BezierCurveTo(double x2, double y2, double x3, double y3) { }

    public override void BezierCurveTo(double x1, double y1, double x2, double y2, double x3, double y3) { }

    public override void LineTo(double x, double y) { }

    public override void Rectangle(double x, double y, double width, double height) { }

    public override void EndPath() { }

    public override void ClosePath() { }

    public override void ModifyClippingIntersect(FillingRule clippingRule) { }

    public override void BeginMarkedContent(
        NameToken name,
        NameToken? propertyDictionaryName,
        DictionaryToken? properties
    ) { }

    public override void EndMarkedContent() { }

    public override void PaintShading(NameToken shadingName) { }

    private readonly record struct Glyph(int End, TransformationMatrix Before, bool IsVertical, bool IsSeen);

    /// <summary>A content and what it uses.</summary>
    private sealed class Sheet
    {
        private readonly Dictionary<string, Dictionary<string, string>> _used = [];

        public MemoryStream Content { get; } = new();

        public void Say(string text) => Content.Write(Encoding.Latin1.GetBytes(text));

        /// <returns>The name by which the content uses it.</returns>
        public string Use(NameToken kind, string body)
        {
            if (!_used.TryGetValue(kind.Data, out var named))
            {
                _used[kind.Data] = named = new(StringComparer.Ordinal);
            }

            if (!named.TryGetValue(body, out var name))
            {
                named[body] = name = FormattableString.Invariant($"/{kind.Data[0]}{named.Count}");
            }

            return name;
        }

        public void Write(PdfObjects into, int number, string entries)
        {
            using var packed = new MemoryStream();
            using (var zip = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            {
                zip.Write(Content.GetBuffer(), 0, (int)Content.Length);
            }

            var resources = new StringBuilder();
            foreach (var (kind, named) in _used)
            {
                resources.Append(CultureInfo.InvariantCulture, $"/{kind}<<");
                foreach (var (body, name) in named)
                {
                    resources.Append(CultureInfo.InvariantCulture, $"{name} {body}");
                }

                resources.Append(">>");
            }

            into.SetStream(number, $"{entries}/Resources<<{resources}>>/Filter/FlateDecode", packed.ToArray());
        }
    }
}
