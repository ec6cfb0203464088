using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Responses.Forms;
using CustomerService.Surveys.Store;
using Microsoft.AspNetCore.Mvc;

namespace CustomerService.Surveys.Responses.Features;

/// <summary>
/// The customer answers in a browser. The form's fields become the command of <see cref="AnswerForm"/>, which runs
/// through the same pipeline; its key comes in a hidden field, and its outcome is shown as a page.
/// </summary>
internal static class AnswerFormPage
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/f/{token}", Handle)
            .Accepts<PostedForm>("application/x-www-form-urlencoded")
            // A body that does not say what it is goes to the command, which refuses it.
            .WithOrder(1)
            .AddEndpointFilter(SecretAddress.ProtectAsync)
            .AddEndpointFilter(AsPageAsync)
            .AddEndpointFilter(AnswerAnonymously.TakeAsync)
            .AddEndpointFilter(SecretAddress.IdentifyHolderAsync)
            .AsCommand()
            .WithKeyInForm(PostedForm.KeyField)
            .AllowAnonymous()
            .ExcludeFromDescription();

    private static async Task<CommandResult> Handle(
        string token,
        PostedForm posted,
        FormLink link,
        IDocumentStore store,
        Texts texts,
        HttpContext http,
        CancellationToken cancellation
    )
    {
        if (!posted.IsDraft)
        {
            return await AnswerForm.Handle(token, posted.Filled, link, store, texts, http, cancellation);
        }

        return await link.SaveDraftAsync(token, posted.Filled, cancellation) is not { } saved ? CommandResult.NotFound()
            : saved.Failed(out var refusal, out var invitation) ? refusal
            : CommandResult.Ok(invitation, () => new { invitation.ExpiresAt });
    }

    private static async ValueTask<object?> AsPageAsync(
        EndpointFilterInvocationContext invocation,
        EndpointFilterDelegate next
    )
    {
        var context = invocation.HttpContext;
        var pages = context.RequestServices.GetRequiredService<FormPages>();
        var posted = invocation.GetArgument<PostedForm>(1);
        if (!posted.IsForm)
        {
            return pages.Closed(StatusCodes.Status415UnsupportedMediaType, "form-unreadable");
        }

        if (!posted.IsReadable)
        {
            return pages.Closed(StatusCodes.Status400BadRequest, "form-unreadable");
        }

        var result = await next(invocation);
        if (SecretAddress.ProblemOf(result) is not { } problem)
        {
            return posted.IsDraft ? pages.Said("form.saved") : pages.Thanks();
        }

        var code = SecretAddress.CodeOf(result);
        return problem.Status switch
        {
            StatusCodes.Status404NotFound => pages.Closed(StatusCodes.Status404NotFound, "link-unknown"),
            StatusCodes.Status400BadRequest when problem.Extensions.ContainsKey("rule") => await AgainAsync(
                invocation,
                posted,
                problem
            ),
            StatusCodes.Status400BadRequest => pages.Closed(StatusCodes.Status400BadRequest, "form-unreadable"),
            StatusCodes.Status410Gone => pages.Closed(StatusCodes.Status410Gone, code ?? "link-expired"),
            _ => pages.Closed(StatusCodes.Status409Conflict, "form-try-again"),
        };
    }

    // What was filled in is shown again, with what is wrong.
    private static async Task<IResult> AgainAsync(
        EndpointFilterInvocationContext invocation,
        PostedForm posted,
        ProblemDetails problem
    )
    {
        var context = invocation.HttpContext;
        var link = context.RequestServices.GetRequiredService<FormLink>();
        var invitation = await link.FindAsync(invocation.GetArgument<string>(0), context.RequestAborted);
        var wrong = Refusal.Invalid(
            (string)problem.Extensions["code"]!,
            (string)problem.Extensions["rule"]!,
            [.. (IReadOnlyList<string>)problem.Extensions["missing"]!]
        );
        foreach (var (name, value) in problem.Extensions)
        {
            wrong = wrong.With(name, value);
        }

        return context
            .RequestServices.GetRequiredService<FormPages>()
            .Form(
                invocation.GetArgument<string>(0),
                invitation!,
                await link.QuestionnaireOfAsync(invitation!, context.RequestAborted),
                posted.Filled,
                wrong
            );
    }
}
