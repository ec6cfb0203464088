using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.Responses.Forms;

namespace CustomerService.Surveys.Responses.Features;

/// <summary>The form behind a link (C5.8.2, C5.8.3), as JSON for programs and as a page for people.</summary>
internal static class ShowForm
{
    /// <summary>The form, and what it is about.</summary>
    /// <param name="CustomerName">Who is asked.</param>
    /// <param name="Source">What it is about: <c>repair-order</c>, <c>sample</c>, <c>visit</c> …</param>
    /// <param name="SourceNumber">Number of what it is about.</param>
    /// <param name="ExpiresAt">When the link ends, UTC.</param>
    /// <param name="Questionnaire">What is asked, in the caller's language.</param>
    /// <param name="Draft">What was filled in before and not sent.</param>
    internal sealed record OpenForm(
        string CustomerName,
        string Source,
        string? SourceNumber,
        DateTimeOffset ExpiresAt,
        WordedQuestionnaire Questionnaire,
        FilledForm? Draft
    );

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/f/{token}", Handle)
            .AddEndpointFilter(SecretAddress.ProtectAsync)
            .AddEndpointFilter(AsPageAsync)
            .AsQuery()
            .AllowAnonymous()
            .WithSummary("The form behind a link")
            .WithDescription(
                "Rules C5.8.2 and C5.8.3. Needs no token but the one in the address. The questionnaire is in the "
                    + "caller's language; a page where text/html is preferred. 404 when there is no such link; 410 "
                    + "link-used, link-expired or link-withdrawn when it no longer works."
            )
            .Produces<OpenForm>()
            .ProducesProblems(StatusCodes.Status410Gone);

    private static async Task<QueryResult> Handle(
        string token,
        FormLink link,
        Texts texts,
        CancellationToken cancellation
    )
    {
        if (await link.FindAsync(token, cancellation) is not { } invitation)
        {
            return QueryResult.NotFound;
        }

        return await link.OpenAsync(invitation, cancellation) is { } closed
            ? closed
            : QueryResult.Of(
                new OpenForm(
                    invitation.CustomerName,
                    invitation.Source,
                    invitation.SourceNumber,
                    invitation.ExpiresAt,
                    WordedQuestionnaire.Of(
                        await link.QuestionnaireOfAsync(invitation, cancellation),
                        invitation.Survey,
                        key => texts.Find(key)!
                    ),
                    invitation.Draft
                )
            );
    }

    private static async ValueTask<object?> AsPageAsync(
        EndpointFilterInvocationContext invocation,
        EndpointFilterDelegate next
    )
    {
        var context = invocation.HttpContext;
        if (!FormPages.AreWanted(context.Request))
        {
            return await next(invocation);
        }

        var link = context.RequestServices.GetRequiredService<FormLink>();
        var pages = context.RequestServices.GetRequiredService<FormPages>();
        if (await link.FindAsync(invocation.GetArgument<string>(0), context.RequestAborted) is not { } invitation)
        {
            return pages.Closed(StatusCodes.Status404NotFound, "link-unknown");
        }

        return await link.OpenAsync(invitation, context.RequestAborted) is { } closed
            ? pages.Closed(Problems.StatusOf(closed.Kind), closed.Code)
            : pages.Form(
                invocation.GetArgument<string>(0),
                invitation,
                await link.QuestionnaireOfAsync(invitation, context.RequestAborted),
                invitation.Draft ?? new FilledForm(),
                null
            );
    }
}
