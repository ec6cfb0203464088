using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CustomerService.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace CustomerService.ServiceDefaults;

/// <summary>What a person sees who opens a link in a browser: what is behind it, and what can be said.</summary>
public sealed record LinkSheet
{
    /// <summary>What it is about.</summary>
    public required string Title { get; init; }

    /// <summary>What is to be read, from top to bottom; a line without a value is not shown.</summary>
    public required IReadOnlyList<LinkLine> Lines { get; init; }

    /// <summary>What can be said now.</summary>
    public IReadOnlyList<LinkForm> Forms { get; init; } = [];
}

/// <summary>A label with its value.</summary>
public sealed record LinkLine(string Label, string? Value);

/// <summary>What the holder can send.</summary>
/// <param name="Address">Where to, seen from below the page: its last part, or <c>../</c> and that.</param>
/// <param name="Label">What it says, on its button.</param>
/// <param name="Fields">What is asked for it.</param>
public sealed record LinkForm(string Address, string Label, IReadOnlyList<LinkField> Fields)
{
    /// <summary>A heading above the button, where several forms are alike.</summary>
    public string? Heading { get; init; }

    /// <summary>Whether the page is looked at again afterwards, because there is more to do.</summary>
    public bool GoesOn { get; init; }
}

/// <summary>How a member of a body is entered.</summary>
public enum LinkInput
{
    /// <summary>One line.</summary>
    Line,

    /// <summary>Several lines.</summary>
    Text,

    /// <summary>A day.</summary>
    Date,

    /// <summary>A day and an hour, in the reader's time zone.</summary>
    Moment,

    /// <summary>One of the choices.</summary>
    Choice,

    /// <summary>One of the choices, each a JSON object whose members belong to the body.</summary>
    Members,

    /// <summary>A list, a line each.</summary>
    Lines,

    /// <summary>A list of the choices, each JSON; all are to be ticked unless it may stay empty.</summary>
    Ticks,

    /// <summary>JSON that is sent as it is, and not shown.</summary>
    Fixed,

    /// <summary>A picture, from the camera or from the phone.</summary>
    Picture,

    /// <summary>Latitude and longitude of the phone, where it gives them; not shown.</summary>
    Place,
}

/// <summary>A member of the body that a form sends.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Label">What is asked; empty for what is fixed.</param>
/// <param name="Input">How it is entered.</param>
public sealed record LinkField(string Name, string Label, LinkInput Input = LinkInput.Line)
{
    /// <summary>Whether it may stay empty.</summary>
    public bool IsOptional { get; init; }

    /// <summary>What stands there at first.</summary>
    public string? Value { get; init; }

    /// <summary>Of a picture: where it is sent first, seen from below the page; the member is its id. Without it the form
    /// sends nothing but the picture.</summary>
    public string? Upload { get; init; }

    /// <summary>Of a choice.</summary>
    public IReadOnlyList<(string Value, string Label)> Choices { get; init; } = [];

    /// <summary>Where the phone is, where its holder lets the page ask.</summary>
    public static LinkField OfPlace() => new("place", "", LinkInput.Place);

    /// <summary>A member that is sent as it is.</summary>
    public static LinkField Of(string name, object? value) =>
        new(name, "", LinkInput.Fixed) { Value = JsonSerializer.Serialize(value, Json.Options) };
}

/// <summary>The words of a page, in its reader's language.</summary>
/// <param name="texts">Texts of the service.</param>
/// <param name="culture">The language.</param>
/// <param name="clock">The company's time zone.</param>
public sealed class LinkWords(Texts texts, CultureInfo culture, CompanyClock clock)
{
    /// <summary>The text of a key.</summary>
    public string Say(string key, params (string Name, object? Value)[] arguments) =>
        texts.Find(key, arguments.ToDictionary(a => a.Name, a => a.Value), culture) ?? key;

    /// <summary>A line whose label is the text <c>link.{key}</c>.</summary>
    public LinkLine Line(string key, string? value) => new(Say("link." + key), value);

    /// <summary>A field whose label is the text <c>link.{key}</c>.</summary>
    public LinkField Field(string name, string key, LinkInput input = LinkInput.Line) =>
        new(name, Say("link." + key), input);

    /// <summary>An instant in the company's time zone.</summary>
    public string At(DateTimeOffset instant) => Spelling.Minute(instant, clock.Zone);

    /// <summary>From one instant to another; the day once where it is the same, so that it can be read on a phone.</summary>
    public string Between(DateTimeOffset from, DateTimeOffset to)
    {
        var (begins, ends) = (At(from), At(to));
        var day = begins.LastIndexOf(' ') + 1;
        return $"{begins} – {(ends.StartsWith(begins[..day], StringComparison.Ordinal) ? ends[day..] : ends)}";
    }
}

/// <summary>
/// Pages for those who open a link in a browser. Programs go on to get JSON. The page sends what the API takes, as JSON with
/// an Idempotency-Key of its own; without scripts it can be read.
/// </summary>
public static class LinkPages
{
    internal static readonly string Style = Read("link.css");
    internal static readonly string Script = Read("link.js");
    private static readonly string Policy =
        $"default-src 'none'; style-src '{HashOf(Style)}'; script-src '{HashOf(Script)}'; connect-src 'self'; "
        + "form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Whether the caller prefers a page to JSON.</summary>
    public static bool AreWanted(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!MediaTypeHeaderValue.TryParseList([.. request.Headers.Accept.OfType<string>()], out var accepted))
        {
            return false;
        }

        double Quality(string type) =>
            accepted
                .Where(a => a.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase))
                .Select(a => a.Quality ?? 1)
                .DefaultIfEmpty(0)
                .Max();
        return Quality("text/html") > Quality("application/json");
    }

    /// <summary>Answers a browser with a page, also where the link has ended. Called after <c>AsQuery</c>.</summary>
    /// <typeparam name="TView">What the endpoint answers programs.</typeparam>
    /// <param name="builder">The endpoint.</param>
    /// <param name="languageOf">Language of whom the link was given to, where it is known.</param>
    /// <param name="sheet">What the page shows.</param>
    public static RouteHandlerBuilder WithPage<TView>(
        this RouteHandlerBuilder builder,
        Func<TView, string?> languageOf,
        Func<TView, LinkWords, LinkSheet> sheet
    )
        where TView : class =>
        builder.AddEndpointFilter(
            async (invocation, next) =>
            {
                var answer = await next(invocation);
                var context = invocation.HttpContext;
                context.Response.Headers.Vary = "Accept, Accept-Language";
                return
                    answer is QueryResult { Raw: null, IsUnauthenticated: false } result && AreWanted(context.Request)
                    ? QueryResult.File(
                        result switch
                        {
                            { Refusal: { } refusal } => Closed(
                                context,
                                Problems.StatusOf(refusal.Kind),
                                refusal.Code,
                                refusal
                            ),
                            { Body: TView view } => Open(context, languageOf(view), words => sheet(view, words)),
                            _ => Closed(context, StatusCodes.Status404NotFound, "link.unknown", null),
                        }
                    )
                    : answer;
            }
        );

    private static IResult Open(HttpContext context, string? language, Func<LinkWords, LinkSheet> sheet)
    {
        // Who asks for a language gets it; else the one in which the company writes to the reader.
        var culture =
            context.Request.Query.ContainsKey("culture") || language is null
                ? CultureInfo.CurrentUICulture
                : CultureInfo.GetCultureInfo(language);
        var words = Words(context, culture);
        return Page(context, StatusCodes.Status200OK, culture, words, sheet(words), null);
    }

    private static IResult Closed(HttpContext context, int status, string code, Refusal? refusal)
    {
        var culture = CultureInfo.CurrentUICulture;
        var words = Words(context, culture);
        var title = words.Say(
            code,
            [.. (refusal?.Arguments ?? new Dictionary<string, object?>()).Select(a => (a.Key, a.Value))]
        );
        var sheet = new LinkSheet { Title = title, Lines = [] };
        return Page(context, status, culture, words, sheet, words.Say("link.ask-again"));
    }

    private static LinkWords Words(HttpContext context, CultureInfo culture) =>
        new(
            context.RequestServices.GetRequiredService<Texts>(),
            culture,
            context.RequestServices.GetRequiredService<CompanyClock>()
        );

    private static PageResult<LinkPage> Page(
        HttpContext context,
        int status,
        CultureInfo culture,
        LinkWords words,
        LinkSheet sheet,
        string? hint
    )
    {
        context.Response.Headers.ContentLanguage = culture.Name;
        return new(
            new LinkPageModel(
                culture.Name,
                sheet,
                hint,
                words.Say("link.sent"),
                words.Say("link.failed"),
                words.Say("link.noscript")
            ),
            status,
            Policy
        );
    }

    /// <summary>The Idempotency-Key of one form.</summary>
    internal static string NewKey() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    private static string Read(string name) =>
        Encoding.UTF8.GetString(EmbeddedFile.Read(typeof(LinkPages).Assembly, name)).ReplaceLineEndings("\n");

    private static string HashOf(string text) =>
        $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";
}

/// <summary>What a page of a link shows.</summary>
/// <param name="Language">Code of its language.</param>
/// <param name="Sheet">What is behind the link.</param>
/// <param name="Hint">What to do where the link is closed.</param>
/// <param name="Sent">Said when something was sent.</param>
/// <param name="Failed">Said when it could not be sent.</param>
/// <param name="NoScript">Said where no scripts run.</param>
public sealed record LinkPageModel(
    string Language,
    LinkSheet Sheet,
    string? Hint,
    string Sent,
    string Failed,
    string NoScript
);
