using System.Globalization;
using System.Text;
using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace CustomerService.Forms;

/// <summary>Draws charts as pictures, in the font of the form.</summary>
internal static class ChartPictures
{
    // Three pixels a point, so that it is sharp on paper.
    private const int Width = 1460;
    private const int Height = 414;
    private const float TextSize = 22;
    private const int LongestLabel = 16;
    private const int LabelsInOneLine = 90;
    private const double GroupWidth = 0.76;

    private static readonly Color[] Colours = [Color.FromHex("#2F6EA5"), Color.FromHex("#93A8BD")];

    // Of the width of the picture: a Latin letter, and how many of them stand between two names.
    private const double LegendLetter = 0.0115;
    private const int LegendGap = 4;
    private static readonly Color LineColour = Color.FromHex("#C2571A");
    private static readonly Lock OneAtATime = new();
    private static readonly FormFonts Fonts = new();

    /// <summary>The chart as PNG.</summary>
    public static byte[] Draw(FormChart chart, FormFaces faces)
    {
        lock (OneAtATime)
        {
            var font = Fonts.NameOf(faces);
            using var plot = new Plot();
            plot.Font.Set(font);
            AddBars(plot, chart, font);
            AddLabels(plot, chart, font);
            AddCumulated(plot, chart, font);
            AddLegend(plot, chart, font);
            return plot.GetImageBytes(Width, Height, ImageFormat.Png);
        }
    }

    private static void AddBars(Plot plot, FormChart chart, string font)
    {
        var most = chart.Series.SelectMany(series => series.Values).DefaultIfEmpty(0).Max();
        var width = GroupWidth / chart.Series.Count;
        for (var index = 0; index < chart.Series.Count; index++)
        {
            var series = chart.Series[index];
            var from = -(GroupWidth / 2) + (width / 2) + (index * width);
            var bars = plot.Add.Bars(
                series
                    .Values.Select(
                        (value, at) =>
                            new Bar
                            {
                                Position = at + from,
                                Value = value,
                                Size = width * 0.92,
                                FillColor = Colours[index % Colours.Length],
                                LineWidth = 0,
                            }
                    )
                    .ToArray()
            );
            for (var at = 0; at < series.Values.Count; at++)
            {
                if (series.Values[at] > 0)
                {
                    var text = plot.Add.Text(
                        series.Values[at].ToString("0.#", CultureInfo.InvariantCulture),
                        at + from,
                        series.Values[at]
                    );
                    text.LabelFontName = font;
                    text.LabelFontSize = TextSize;
                    text.LabelFontColor = Colors.Black;
                    text.LabelAlignment = Alignment.LowerCenter;
                }
            }
        }

        plot.Axes.SetLimits(-0.6, Math.Max(chart.Labels.Count, 1) - 0.4, 0, Math.Max(most, 1) * 1.35);
        plot.HideGrid();
        plot.Axes.Left.TickGenerator = new NumericAutomatic { IntegerTicksOnly = true };
        Style(plot.Axes.Left, font);
    }

    // The library's own legend does not fit fonts whose lines are high.
    private static void AddLegend(Plot plot, FormChart chart, string font)
    {
        var limits = plot.Axes.GetLimits();
        for (var index = 0; index < chart.Series.Count && chart.Series.Count > 1; index++)
        {
            // From the right, each behind those that come after it.
            var place =
                0.01 + (LegendLetter * chart.Series.Skip(index + 1).Sum(later => WidthOf(later.Name) + LegendGap));
            var text = plot.Add.Text(
                "■ " + chart.Series[index].Name,
                limits.Right - (limits.HorizontalSpan * place),
                limits.Top * 0.88
            );
            text.LabelFontName = font;
            text.LabelFontSize = TextSize;
            text.LabelFontColor = Colours[index % Colours.Length];
            text.LabelAlignment = Alignment.MiddleRight;
        }
    }

    private static void AddLabels(Plot plot, FormChart chart, string font)
    {
        var labels = chart.Labels.Select(Shortened).ToList();
        plot.Axes.Bottom.SetTicks([.. Enumerable.Range(0, labels.Count).Select(at => (double)at)], [.. labels]);
        plot.Axes.Bottom.MajorTickStyle.Length = 0;
        plot.Axes.Bottom.TickLabelStyle.OffsetY = 12;
        plot.Axes.Bottom.MinimumSize = 56;
        Style(plot.Axes.Bottom, font);
        if (labels.Count * labels.Select(WidthOf).DefaultIfEmpty(0).Max() > LabelsInOneLine)
        {
            plot.Axes.Bottom.TickLabelStyle.Rotation = 18;
            plot.Axes.Bottom.TickLabelStyle.Alignment = Alignment.MiddleLeft;
            plot.Axes.Bottom.MinimumSize = 90;
        }
    }

    private static void AddCumulated(Plot plot, FormChart chart, string font)
    {
        if (chart.Cumulated is not { Count: > 0 } shares)
        {
            return;
        }

        var line = plot.Add.Scatter([.. Enumerable.Range(0, shares.Count).Select(at => (double)at)], shares.ToArray());
        line.Axes.YAxis = plot.Axes.Right;
        (line.Color, line.LineWidth, line.MarkerSize) = (LineColour, 3, 10);
        plot.Axes.SetLimitsY(0, 135, plot.Axes.Right);
        plot.Axes.Right.SetTicks([0, 50, 100], ["0 %", "50 %", "100 %"]);
        Style(plot.Axes.Right, font);
        plot.Axes.Right.Label.Text = chart.CumulatedName ?? "";
        plot.Axes.Right.Label.FontName = font;
        plot.Axes.Right.Label.FontSize = TextSize;
        plot.Axes.Right.Label.Bold = false;
        plot.Axes.Right.MinimumSize = 130;
    }

    private static void Style(IAxis axis, string font)
    {
        axis.TickLabelStyle.FontName = font;
        axis.TickLabelStyle.FontSize = TextSize;
    }

    private static string Shortened(string label)
    {
        var shortened = new StringBuilder();
        var width = 0;
        foreach (var rune in label.EnumerateRunes())
        {
            width += WidthOf(rune);
            if (width > LongestLabel)
            {
                return shortened.Append('…').ToString();
            }

            shortened.Append(rune);
        }

        return shortened.ToString();
    }

    private static int WidthOf(string label) => label.EnumerateRunes().Sum(WidthOf);

    // A Chinese character is as wide as two Latin ones.
    private static int WidthOf(Rune rune) => rune.Value >= 0x2E80 ? 2 : 1;

    /// <summary>The fonts of forms under names of their own, because the library looks fonts up by name.</summary>
    private sealed class FormFonts : IFontResolver
    {
        private readonly Dictionary<string, SKTypeface> _faces = [];

        public FormFonts() => ScottPlot.Fonts.FontResolvers.Add(this);

        /// <summary>A copy is kept: the form's own font ends with its service.</summary>
        public string NameOf(FormFaces faces)
        {
            var name = "form " + faces.All[0].FamilyName;
            if (!_faces.ContainsKey(name))
            {
                var stream = faces.All[0].OpenStream(out var index);
                _faces.Add(name, SKTypeface.FromStream(stream, index));
            }

            return name;
        }

        public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) =>
            _faces.GetValueOrDefault(fontName);

        public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
            _faces.GetValueOrDefault(fontName);
    }
}
