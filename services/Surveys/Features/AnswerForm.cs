using System.Security.Claims;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Data;
using CustomerService.Surveys.Domain;
using CustomerService.Surveys.Pages;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace CustomerService.Surveys.Features;

/// <summary>
/// The customer's side (C5.8.2, C5.8.3): whoever holds the link sees the form and answers it, once. As JSON for
/// programs, as a page
/// for people; both take the same way into the same aggregate.
/// </summary>
internal static class AnswerForm
{
    /// <param name="CustomerName">Who is asked.</param>
    /// <param name="SourceNumber">Number of what it is about.</param>
    /// <param name="ExpiresAt">When the link ends, UTC.</param>
    internal sealed record OpenForm(
        string CustomerName,
        string Source,
        string? SourceNumber,
        DateTimeOffset ExpiresAt,
        QuestionnaireView Questionnaire
    );

    /// <summary>What the customer gets back.</summary>
    internal sealed record Receipt(Guid Id, DateOnly RecoveredOn, string Message);

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/forms/{token}", Show)
            .AllowAnonymous()
            .WithSummary("The form behind a link")
            .WithDescription(
                "Rules C5.8.2 and C5.8.3. Needs no token but the one in the address. The questionnaire in the caller's language; a page when text/html is accepted. "
                    + "404 when there is no such link; 409 link-used, link-expired or link-withdrawn when it no longer works."
            )
            .Produces<OpenForm>()
            .Produces<string>(StatusCodes.Status200OK, "text/html")
            .ProducesProblem(StatusCodes.Status404NotFound, Problems.ContentType)
            .ProducesProblem(StatusCodes.Status409Conflict, Problems.ContentType);
        routes
            .MapPost("/forms/{token}", Answer)
            .AddEndpointFilter(IdentifyHolder)
            .AsCommand()
            .AllowAnonymous()
            .WithSummary("Answer the form behind a link")
            .WithDescription(
                "Rules C5.8.3 and C5.9. The overall evaluation is mandatory; items may be left out. 400 overall-missing, unknown-grade, unknown-item, duplicate-item, text-too-long; "
                    + "404 when there is no such link; 409 link-used, link-expired or link-withdrawn. No If-Match: the link itself works once."
            )
            .Produces<Receipt>(StatusCodes.Status201Created);
        routes
            .MapPost("/forms/{token}", AnswerPage)
            .Accepts<IFormCollection>("application/x-www-form-urlencoded")
            .AllowAnonymous()
            // The link is the secret; who does not know it cannot make a browser post to it.
            .DisableAntiforgery()
            .ExcludeFromDescription();
        routes.MapGet("/forms/form.css", FormPage.Style).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> Show(
        string token,
        HttpContext context,
        ISurveyStore store,
        Caller caller,
        QuestionnaireCatalogue questionnaires,
        Texts texts,
        FormPage page,
        CancellationToken cancellationToken
    )
    {
        Protect(context);
        var html = WantsPage(context.Request);
        var invitation = await FindAsync(token, store, cancellationToken);
        if (invitation is null)
        {
            return html ? page.Closed(StatusCodes.Status404NotFound, "link-unknown") : NotFound(context);
        }

        var flow = HolderFlow(invitation, caller);
        if (invitation.Fault(flow) is { } fault)
        {
            return html ? page.Closed(StatusCodes.Status409Conflict, fault.Code) : Problems.Result(context, fault);
        }

        if (invitation.State == InvitationState.Sent && invitation.Open(flow) is null)
        {
            // Whether it could be noted or somebody was faster makes no difference to the form.
            await store.CommitAsync(null, cancellationToken);
        }

        var questionnaire = QuestionnaireView.From(
            questionnaires.Version(invitation.QuestionnaireVersion),
            invitation.Survey,
            texts
        );
        return html
            ? page.Form(invitation, questionnaire, new FilledForm(), null)
            : Results.Json(
                new OpenForm(
                    invitation.CustomerName,
                    invitation.Source,
                    invitation.SourceNumber,
                    invitation.ExpiresAt,
                    questionnaire
                ),
                Json.Options
            );
    }

    private static async Task<CommandResult> Answer(
        string token,
        FilledForm body,
        HttpContext context,
        ISurveyStore store,
        Caller caller,
        PolicyCatalogue policies,
        QuestionnaireCatalogue questionnaires,
        Texts texts,
        CancellationToken cancellationToken
    )
    {
        Protect(context);
        if (await FindAsync(token, store, cancellationToken) is not { } invitation)
        {
            return CommandResult.NotFound();
        }

        var (form, refusal) = Recover(invitation, body, store, caller, policies, questionnaires);
        return refusal is not null
            ? refusal
            : CommandResult.Created(
                $"/api/surveys/v1/recovered-forms/{form!.Id}",
                new Receipt(form.Id, form.RecoveredOn, texts.Find("form.thanks")!),
                form.Version
            );
    }

    private static async Task<IResult> AnswerPage(
        string token,
        HttpContext context,
        ISurveyStore store,
        Caller caller,
        PolicyCatalogue policies,
        QuestionnaireCatalogue questionnaires,
        Texts texts,
        FormPage page,
        CancellationToken cancellationToken
    )
    {
        Protect(context);
        if (await FindAsync(token, store, cancellationToken) is not { } invitation)
        {
            return page.Closed(StatusCodes.Status404NotFound, "link-unknown");
        }

        var questionnaire = questionnaires.Version(invitation.QuestionnaireVersion);
        IFormCollection posted;
        try
        {
            posted = await context.Request.ReadFormAsync(cancellationToken);
        }
        catch (InvalidDataException)
        {
            // More fields, or longer ones, than any form of ours has.
            return page.Closed(StatusCodes.Status400BadRequest, "form-unreadable");
        }

        var filled = FormPage.Read(posted, questionnaire.For(invitation.Survey).SelectMany(d => d.Items));
        var (_, refusal) = Recover(invitation, filled, store, caller, policies, questionnaires);
        if (refusal is { Kind: RefusalKind.Invalid })
        {
            return page.Form(
                invitation,
                QuestionnaireView.From(questionnaire, invitation.Survey, texts),
                filled,
                refusal
            );
        }

        if (refusal is not null)
        {
            return page.Closed(StatusCodes.Status409Conflict, refusal.Code);
        }

        return await store.CommitAsync(null, cancellationToken) == Commit.Done
            ? page.Thanks()
            : page.Closed(
                StatusCodes.Status409Conflict,
                (await FaultNowAsync(context, token, cancellationToken))?.Code ?? "form-try-again"
            );
    }

    private static (SurveyForm? Form, Refusal? Refusal) Recover(
        Invitation invitation,
        FilledForm filled,
        ISurveyStore store,
        Caller caller,
        PolicyCatalogue policies,
        QuestionnaireCatalogue questionnaires
    )
    {
        var flow = HolderFlow(invitation, caller);
        // A dead link is said before any mistake in the answers: correcting them would be in vain.
        if (invitation.Fault(flow) is { } fault)
        {
            return (null, fault);
        }

        var (answers, wrong) = questionnaires.Version(invitation.QuestionnaireVersion).Read(invitation.Survey, filled);
        if (wrong is not null)
        {
            return (null, wrong);
        }

        var (form, refusal) = SurveyForm.Recover(
            invitation,
            answers!,
            flow,
            policies.Version(invitation.PolicyVersion).Surveys
        );
        if (form is not null)
        {
            store.Add(form);
        }

        return (form, refusal);
    }

    private static FlowContext HolderFlow(Invitation invitation, Caller caller) =>
        caller.Flow(invitation.PolicyVersion) with
        {
            Actor = invitation.Holder,
        };

    private static async Task<Invitation?> FindAsync(
        string token,
        ISurveyStore store,
        CancellationToken cancellationToken
    ) =>
        LinkToken.IsWellFormed(token)
            ? await store.FindInvitationByTokenAsync(LinkToken.HashOf(token), cancellationToken)
            : null;

    private static IResult NotFound(HttpContext context) =>
        Problems.Result(context, StatusCodes.Status404NotFound, "not-found");

    /// <summary>
    /// Makes the holder of the link the caller, whatever else the request carries, so that every link has
    /// Idempotency-Keys of its own;
    /// and where two answers raced, says what the loser needs to know instead of speaking of versions.
    /// </summary>
    private static async ValueTask<object?> IdentifyHolder(
        EndpointFilterInvocationContext invocation,
        EndpointFilterDelegate next
    )
    {
        var context = invocation.HttpContext;
        var token = invocation.GetArgument<string>(0);
        context.User = new ClaimsPrincipal(
            new ClaimsIdentity([new Claim("sub", "link:" + LinkToken.HashOf(token))], "link")
        );
        var result = await next(invocation);
        return
            result is IValueHttpResult { Value: ProblemDetails problem }
            && problem.Extensions["code"] is "stale-version" or "already-exists"
            && await FaultNowAsync(context, token, context.RequestAborted) is { } fault
            ? Problems.Result(context, fault)
            : result;
    }

    /// <summary>What is wrong with the link as the store has it now, past what this request has in hand.</summary>
    private static async Task<Refusal?> FaultNowAsync(
        HttpContext context,
        string token,
        CancellationToken cancellationToken
    )
    {
        await using var scope = context.RequestServices.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
        var invitation = await FindAsync(
            token,
            scope.ServiceProvider.GetRequiredService<ISurveyStore>(),
            cancellationToken
        );
        return invitation?.Fault(HolderFlow(invitation, context.RequestServices.GetRequiredService<Caller>()));
    }

    // The address holds a secret: it goes into no cache and no referrer.
    private static void Protect(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        context.Response.Headers.Vary = "Accept, Accept-Language";
    }

    private static bool WantsPage(HttpRequest request)
    {
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
}
