using System.Globalization;
using System.Text.Json.Serialization;
using CustomerService.ServiceDefaults;

namespace CustomerService.Forms;

/// <summary>
/// A form that is filled in: sections of rows of cells. What it says is data, so that the same document is shown by
/// the API (<see cref="ToView"/>) and printed (<see cref="Print"/>).
/// </summary>
public sealed record FormDocument
{
    /// <summary>Number of the form in the company's procedure, for example <c>BS-CP0703-FM004</c>.</summary>
    public required string Form { get; init; }

    /// <summary>Title of the form.</summary>
    public required string Title { get; init; }

    /// <summary>Number of this copy; the file is named after it.</summary>
    public required string Number { get; init; }

    /// <summary>Language of labels and texts.</summary>
    public required CultureInfo Language { get; init; }

    /// <summary>Version of the record that it shows, for the ETag.</summary>
    public required long Version { get; init; }

    /// <summary>Whether the form's number stands on the paper; some paper forms have none.</summary>
    public bool PrintsForm { get; init; } = true;

    public required IReadOnlyList<FormSection> Sections { get; init; }

    /// <summary>Address that opens the record; printed as a QR code in the upper left corner.</summary>
    public string? Link { get; init; }

    /// <summary>Whether its pages lie on their long side, as wide tables need it.</summary>
    public bool IsLandscape { get; init; }

    /// <summary>The form as JSON shows it.</summary>
    public FormView ToView() => new(Form, Title, Number, Language.Name, Sections);

    /// <summary>The form on A4.</summary>
    /// <param name="font">The font of the forms.</param>
    /// <param name="words">What stands on every form, in the language of this one.</param>
    /// <param name="now">Instant of printing.</param>
    /// <exception cref="FontMissingException">There is no font with Chinese characters.</exception>
    public PrintedForm Print(FormFont font, FormWords words, DateTimeOffset now) =>
        PrintAll([this], $"{Title} {Number}", font, words, now);

    /// <summary>Several forms of one language in one file, each with pages of its own.</summary>
    /// <param name="documents">At least one.</param>
    /// <param name="title">Title of the file.</param>
    /// <param name="font">The font of the forms.</param>
    /// <param name="words">What stands on every form, in the language of these.</param>
    /// <param name="now">Instant of printing.</param>
    /// <exception cref="FontMissingException">There is no font with Chinese characters.</exception>
    public static PrintedForm PrintAll(
        IReadOnlyList<FormDocument> documents,
        string title,
        FormFont font,
        FormWords words,
        DateTimeOffset now
    )
    {
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentNullException.ThrowIfNull(font);
        var faces = font.Faces(documents[0].Language.Name);
        return FormSheet.Print([.. documents.Select(document => document.OnSheet(faces, words))], faces, title, now);
    }

    private FormSheet OnSheet(FormFaces faces, FormWords words)
    {
        var sheet = new FormSheet(faces, words, Title, Number, PrintsForm ? Form : null, Link, IsLandscape);
        foreach (var section in Sections)
        {
            sheet.Add(section);
        }

        return sheet;
    }
}

/// <summary>A form as it was printed.</summary>
/// <param name="Pdf">The file.</param>
/// <param name="Missing">Characters that no font has, for example <c>U+1F3D7</c>; the form names each in its
/// place.</param>
public sealed record PrintedForm(byte[] Pdf, IReadOnlyList<string> Missing);

/// <summary>A form as JSON shows it: labels and values in one language, dates of the company's time zone.</summary>
/// <param name="Form">Number of the form in the company's procedure.</param>
/// <param name="Title">Its title.</param>
/// <param name="Number">Number of this copy.</param>
/// <param name="Language">Language of labels and texts: <c>zh-Hant</c>, <c>zh-Hans</c> or <c>en</c>.</param>
/// <param name="Sections">What stands on it, from top to bottom.</param>
public sealed record FormView(
    string Form,
    string Title,
    string Number,
    string Language,
    IReadOnlyList<FormSection> Sections
);

/// <summary>A part of a form.</summary>
/// <param name="Key">Stable code.</param>
/// <param name="Label">Its heading; null where the form has none.</param>
/// <param name="Rows">Its rows.</param>
public sealed record FormSection(string Key, string? Label, IReadOnlyList<FormRow> Rows);

/// <summary>A row of a form: cells side by side.</summary>
public sealed record FormRow(IReadOnlyList<FormCell> Cells)
{
    public static FormRow Of(params FormCell[] cells) => new(cells);
}

/// <summary>A cell of a form: a label and what is filled in.</summary>
/// <param name="Key">Stable code.</param>
/// <param name="Label">As printed; empty where a cell stands under the label of another.</param>
/// <param name="Value">Null while it is not filled in.</param>
public sealed record FormCell(string Key, string Label, string? Value)
{
    /// <summary>Width, as a share of the row's.</summary>
    public int Span { get; init; } = 1;

    /// <summary>Who signed at the foot of the cell, and when; empty where it is not signed.</summary>
    public IReadOnlyList<FormCell> SignedBy { get; init; } = [];

    /// <summary>Points that the cell has on paper even when it is empty.</summary>
    [JsonIgnore]
    public float Room { get; init; } = FormSheet.LineHeight;

    /// <summary>The drawn or scanned signature, printed left of the name.</summary>
    [JsonIgnore]
    public byte[]? SignatureImage { get; init; }

    /// <summary>A picture that takes the cell, with label and value below it. Cells of one row are all pictures, or none
    /// is.</summary>
    [JsonIgnore]
    public FormPicture? Picture { get; init; }

    /// <summary>A chart, drawn in the place of label and value.</summary>
    [JsonIgnore]
    public FormChart? Chart { get; init; }

    /// <summary>A cell of a table: its value takes the whole cell, because its heading stands above it.</summary>
    [JsonIgnore]
    public bool IsInTable { get; init; }

    /// <summary>As wide as that many others.</summary>
    public FormCell Wide(int span) => this with { Span = span };

    /// <summary>With room for text, as the paper form has it, even while it is empty.</summary>
    public FormCell WithRoom(float points) => this with { Room = points };

    /// <summary>Signed at its foot.</summary>
    /// <param name="image">The signature itself, where there is one.</param>
    /// <param name="by">For example the name and the day.</param>
    public FormCell Signed(byte[]? image, params FormCell[] by) => this with { SignatureImage = image, SignedBy = by };

    /// <summary>Signed at its foot.</summary>
    public FormCell Signed(params FormCell[] by) => Signed(null, by);

    /// <summary>With a picture above label and value.</summary>
    /// <param name="image">JPEG, PNG, or a PDF of one page; null where it is missing, which the value then says.</param>
    public FormCell Showing(byte[]? image) => this with { Picture = new(image) };
}

/// <summary>A picture in a form.</summary>
/// <param name="Image">JPEG, PNG, or a PDF of one page, whose vectors stay such; null where it is missing.</param>
public sealed record FormPicture(byte[]? Image);
