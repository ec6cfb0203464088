using System.Text;
using SkiaSharp;
using UglyToad.PdfPig.Core;

namespace CustomerService.Forms;

/// <summary>A path of a page, of which a rectangle's part is written.</summary>
internal sealed class PdfCutPath
{
    private const int Halvings = 6;

    private readonly List<Step> _steps = [];
    private PdfPoint _start;

    /// <summary>Where the path is.</summary>
    public PdfPoint At { get; private set; }

    public void Clear() => _steps.Clear();

    public void Move(PdfPoint to)
    {
        _steps.Add(new(Kind.Move, to, to, to));
        (At, _start) = (to, to);
    }

    public void Line(PdfPoint to)
    {
        Begin(to);
        _steps.Add(new(Kind.Line, to, to, to));
        At = to;
    }

    public void Curve(PdfPoint first, PdfPoint second, PdfPoint to)
    {
        Begin(first);
        _steps.Add(new(Kind.Curve, first, second, to));
        At = to;
    }

    public void Close()
    {
        if (_steps.Count > 0 && _steps[^1].Kind != Kind.Close)
        {
            _steps.Add(new(Kind.Close, _start, _start, _start));
            At = _start;
        }
    }

    /// <summary>Whether all of it is in a rectangle of the page.</summary>
    public bool Within(TransformationMatrix matrix, PdfBox box, double grown) =>
        _steps.All(step =>
            new[] { step.First, step.Second, step.To }.Select(matrix.Transform).All(point => Inside(point, box, grown))
        );

    /// <summary>As it is.</summary>
    public string Whole()
    {
        var text = new StringBuilder();
        foreach (var step in _steps)
        {
            Append(text, step);
        }

        return text.ToString();
    }

    /// <summary>What of its area is in a rectangle of the page; null where there is none.</summary>
    public (string Text, bool EvenOdd)? Filled(TransformationMatrix matrix, PdfBox box, double grown, FillingRule rule)
    {
        if (Math.Abs((matrix.A * matrix.D) - (matrix.B * matrix.C)) < 1e-12)
        {
            return null;
        }

        // Small numbers: those of a drawing can be coordinates of the country.
        SKPoint On(PdfPoint point)
        {
            var at = matrix.Transform(point);
            return new((float)(at.X - box.Left), (float)(at.Y - box.Bottom));
        }

        using var drawn = new SKPathBuilder();
        foreach (var step in _steps)
        {
            switch (step.Kind)
            {
                case Kind.Move:
                    drawn.MoveTo(On(step.To));
                    break;
                case Kind.Line:
                    drawn.LineTo(On(step.To));
                    break;
                case Kind.Curve:
                    drawn.CubicTo(On(step.First), On(step.Second), On(step.To));
                    break;
                default:
                    drawn.Close();
                    break;
            }
        }

        using var area = drawn.Detach();
        area.FillType = rule == FillingRule.EvenOdd ? SKPathFillType.EvenOdd : SKPathFillType.Winding;
        using var frame = new SKPathBuilder();
        frame.AddRect(new((float)-grown, (float)-grown, (float)(box.Width + grown), (float)(box.Height + grown)));
        using var part = frame.Detach();
        if (!area.Bounds.IntersectsWith(part.Bounds))
        {
            return null;
        }

        using var cut = area.Op(part, SKPathOp.Intersect);
        if (cut is null)
        {
            throw new InvalidDataException("An area of the page cannot be cut.");
        }

        var back = matrix.Inverse();
        PdfPoint Back(SKPoint point) => back.Transform(new PdfPoint(point.X + box.Left, point.Y + box.Bottom));
        var text = new StringBuilder();
        using var walk = cut.CreateRawIterator();
        var points = new SKPoint[4];
        for (var verb = walk.Next(points); verb != SKPathVerb.Done; verb = walk.Next(points))
        {
            switch (verb)
            {
                case SKPathVerb.Move:
                    Append(text, new(Kind.Move, default, default, Back(points[0])));
                    break;
                case SKPathVerb.Line:
                    Append(text, new(Kind.Line, default, default, Back(points[1])));
                    break;
                case SKPathVerb.Cubic:
                    Append(text, new(Kind.Curve, Back(points[1]), Back(points[2]), Back(points[3])));
                    break;
                case SKPathVerb.Quad:
                    AppendQuad(text, points[0], points[1], points[2], Back);
                    break;
                case SKPathVerb.Conic:
                    var quads = SKPath.ConvertConicToQuads(points[0], points[1], points[2], walk.ConicWeight(), 2);
                    for (var i = 0; i + 2 < quads.Length; i += 2)
                    {
                        AppendQuad(text, quads[i], quads[i + 1], quads[i + 2], Back);
                    }

                    break;
                case SKPathVerb.Close:
                    text.Append("h\n");
                    break;
            }
        }

        return text.Length > 0 ? (text.ToString(), cut.FillType == SKPathFillType.EvenOdd) : null;
    }

    /// <summary>What of its lines is in a rectangle of the page.</summary>
    /// <param name="matrix">From the path to the page.</param>
    /// <param name="box">The rectangle.</param>
    /// <param name="grown">How far beyond it a line is seen in it.</param>
    /// <param name="period">Length after which its dashes come again, 0 where it has none.</param>
    public string Stroked(TransformationMatrix matrix, PdfBox box, double grown, double period)
    {
        var text = new StringBuilder();
        var (at, start, pen) = (default(PdfPoint), default(PdfPoint), false);
        var (first, firstKept) = (default(Step?), false);
        var drawn = 0.0;
        void Draw(Step step)
        {
            var (from, before) = (at, drawn);
            at = step.To;
            var length = Math.Sqrt(Square(from, step.To));
            drawn += length;
            if (!Meets(matrix, box, grown, from, step))
            {
                pen = false;
                return;
            }

            if (step.Kind == Kind.Curve)
            {
                Bend(from, step, Halvings);
                return;
            }

            var (begin, end) = Shown(matrix.Transform(from), matrix.Transform(step.To), box, grown);
            if (begin > end)
            {
                pen = false;
                return;
            }

            if (period > 0 && begin > 0)
            {
                // Dashes begin again where the pen is set down.
                var whole = Math.Floor((before + (begin * length)) / period) * period;
                begin = Math.Max(0, (whole - before) / length);
            }

            if (!pen || begin > 0)
            {
                Append(text, new(Kind.Move, default, default, Between(from, step.To, begin)));
            }

            Append(text, new(Kind.Line, default, default, end < 1 ? Between(from, step.To, end) : step.To));
            pen = end >= 1;
        }

        void Bend(PdfPoint from, Step step, int left)
        {
            if (!Meets(matrix, box, grown, from, step))
            {
                pen = false;
                return;
            }

            if (
                left == 0
                || period > 0
                || new[] { from, step.First, step.Second, step.To }.All(p => Inside(matrix.Transform(p), box, grown))
            )
            {
                if (!pen)
                {
                    Append(text, new(Kind.Move, default, default, from));
                }

                Append(text, step);
                pen = true;
                return;
            }

            var (a, b, c) = (
                Between(from, step.First, 0.5),
                Between(step.First, step.Second, 0.5),
                Between(step.Second, step.To, 0.5)
            );
            var (d, e) = (Between(a, b, 0.5), Between(b, c, 0.5));
            var middle = Between(d, e, 0.5);
            Bend(from, new(Kind.Curve, a, d, middle), left - 1);
            Bend(middle, new(Kind.Curve, e, c, step.To), left - 1);
        }

        foreach (var step in _steps)
        {
            switch (step.Kind)
            {
                case Kind.Move:
                    (at, start, pen, first, firstKept, drawn) = (step.To, step.To, false, null, false, 0);
                    break;
                case Kind.Close:
                    Draw(new(Kind.Line, start, start, start));
                    // The corner where it closes is a corner, too.
                    if (pen && firstKept && first is { } again)
                    {
                        Draw(again);
                    }

                    (at, pen) = (start, false);
                    break;
                default:
                    var fresh = first is null;
                    first ??= step;
                    Draw(step);
                    firstKept = fresh ? pen : firstKept;
                    break;
            }
        }

        return text.ToString();
    }

    private void Begin(PdfPoint at)
    {
        // After a close the next begins where that one began; a path without a beginning begins with its first point.
        if (_steps.Count == 0)
        {
            Move(at);
        }
        else if (_steps[^1].Kind == Kind.Close)
        {
            Move(_start);
        }
    }

    private static void AppendQuad(
        StringBuilder text,
        SKPoint from,
        SKPoint by,
        SKPoint to,
        Func<SKPoint, PdfPoint> back
    )
    {
        static SKPoint Third(SKPoint near, SKPoint far) =>
            new(near.X + ((far.X - near.X) * 2 / 3), near.Y + ((far.Y - near.Y) * 2 / 3));
        Append(text, new(Kind.Curve, back(Third(from, by)), back(Third(to, by)), back(to)));
    }

    private static void Append(StringBuilder text, Step step)
    {
        void Say(PdfPoint point) =>
            text.Append(PdfObjects.Text(point.X)).Append(' ').Append(PdfObjects.Text(point.Y)).Append(' ');
        switch (step.Kind)
        {
            case Kind.Move:
                Say(step.To);
                text.Append("m\n");
                break;
            case Kind.Line:
                Say(step.To);
                text.Append("l\n");
                break;
            case Kind.Curve:
                Say(step.First);
                Say(step.Second);
                Say(step.To);
                text.Append("c\n");
                break;
            default:
                text.Append("h\n");
                break;
        }
    }

    private static PdfPoint Between(PdfPoint from, PdfPoint to, double share) =>
        new(from.X + ((to.X - from.X) * share), from.Y + ((to.Y - from.Y) * share));

    private static double Square(PdfPoint from, PdfPoint to) =>
        ((to.X - from.X) * (to.X - from.X)) + ((to.Y - from.Y) * (to.Y - from.Y));

    private static bool Inside(PdfPoint point, PdfBox box, double grown) =>
        point.X >= box.Left - grown
        && point.X <= box.Left + box.Width + grown
        && point.Y >= box.Bottom - grown
        && point.Y <= box.Bottom + box.Height + grown;

    private static bool Meets(TransformationMatrix matrix, PdfBox box, double grown, PdfPoint from, Step step)
    {
        PdfPoint[] points =
            step.Kind == Kind.Curve
                ?
                [
                    matrix.Transform(from),
                    matrix.Transform(step.First),
                    matrix.Transform(step.Second),
                    matrix.Transform(step.To),
                ]
                : [matrix.Transform(from), matrix.Transform(step.To)];
        return points.Max(p => p.X) >= box.Left - grown
            && points.Min(p => p.X) <= box.Left + box.Width + grown
            && points.Max(p => p.Y) >= box.Bottom - grown
            && points.Min(p => p.Y) <= box.Bottom + box.Height + grown;
    }

    // Which share of a line is in the rectangle (Liang and Barsky).
    private static (double Begin, double End) Shown(PdfPoint from, PdfPoint to, PdfBox box, double grown)
    {
        var (begin, end) = (0.0, 1.0);
        bool Narrow(double along, double room)
        {
            if (along == 0)
            {
                return room >= 0;
            }

            var share = room / along;
            (begin, end) = along < 0 ? (Math.Max(begin, share), end) : (begin, Math.Min(end, share));
            return begin <= end;
        }

        var (x, y) = (to.X - from.X, to.Y - from.Y);
        return
            Narrow(-x, from.X - (box.Left - grown))
            && Narrow(x, box.Left + box.Width + grown - from.X)
            && Narrow(-y, from.Y - (box.Bottom - grown))
            && Narrow(y, box.Bottom + box.Height + grown - from.Y)
            ? (begin, end)
            : (1, 0);
    }

    private enum Kind
    {
        Move,
        Line,
        Curve,
        Close,
    }

    private readonly record struct Step(Kind Kind, PdfPoint First, PdfPoint Second, PdfPoint To);
}
