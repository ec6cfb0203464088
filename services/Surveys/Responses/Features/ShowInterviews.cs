using System.Globalization;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.Responses.Forms;

namespace CustomerService.Surveys.Responses.Features;

/// <summary>The page of an interviewer (C5.8.2 C and D): whom to ask, and the form.</summary>
internal static class ShowInterviews
{
    // Until when the page's script may keep it on the device; names nothing that a cache on the way knows.
    private const string KeptUntil = "Kept-Until";

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/f/i/{token}", Handle)
            .AddEndpointFilter(SecretAddress.ProtectAsync)
            .AllowAnonymous()
            .ExcludeFromDescription();

    private static async Task<IResult> Handle(
        string token,
        string? person,
        string? saved,
        Interviews interviews,
        InterviewPages pages,
        CompanyClock clock,
        HttpContext http,
        CancellationToken cancellation
    )
    {
        if (await interviews.FindAsync(token, cancellation) is not { } link)
        {
            return pages.Closed(StatusCodes.Status404NotFound, "link-unknown");
        }

        var closed = await interviews.WhyClosedAsync(link, cancellation);
        if (closed is null)
        {
            http.Response.Headers[KeptUntil] = clock
                .Zone.EndOf(link.LastDay)
                .ToString("O", CultureInfo.InvariantCulture);
        }

        // What the device still keeps can be sent after the link's day.
        return closed is { Code: not "link-expired" }
            ? pages.Closed(Problems.StatusOf(closed.Kind), closed.Code)
            : await pages.DeskAsync(
                token,
                link,
                new()
                {
                    Person = person,
                    IsSaved = saved is not null,
                    Closed = closed,
                    Filled = new FilledForm(),
                },
                cancellation
            );
    }
}
