using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.FollowUps;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.Responses.Domain;
using CustomerService.Surveys.Responses.Forms;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Responses.Features;

/// <summary>An interviewer's page sends what it took down, at once or when it has a connection (C5.8.2).</summary>
internal static class TakeInterview
{
    /// <param name="InvitationId">Who was asked.</param>
    /// <param name="ResponseId">The response; null where the interview was broken off.</param>
    internal sealed record Taken(Guid InvitationId, Guid? ResponseId);

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/f/i/{token}", Handle)
            .Accepts<PostedInterview>("application/x-www-form-urlencoded")
            .AddEndpointFilter(SecretAddress.ProtectAsync)
            .AddEndpointFilter(AsPageAsync)
            .ForLinkHolders()
            .AsCommand()
            .WithKeyInForm(PostedForm.KeyField)
            .ExcludeFromDescription();

    private static async Task<CommandResult> Handle(
        string token,
        PostedInterview posted,
        HttpContext http,
        Interviews interviews,
        IDocumentStore store,
        CancellationToken cancellation
    )
    {
        if (!posted.IsReadable)
        {
            return Refusal.Invalid("form-unreadable", "C5.8.2");
        }

        // Without one, what is sent again because no answer came would count twice.
        if (string.IsNullOrWhiteSpace(http.Request.Headers[CommandPipeline.KeyHeader]))
        {
            return Refusal.Invalid("idempotency-key-missing", "C5.8.2");
        }

        if (await interviews.FindAsync(token, cancellation) is not { } link)
        {
            return CommandResult.NotFound();
        }

        if (await interviews.WhyNotTakenAsync(link, posted.TakenAt, cancellation) is { } closed)
        {
            return closed;
        }

        if (await interviews.AskedAsync(link, posted.Person, cancellation) is not { } asked)
        {
            return CommandResult.NotFound();
        }

        if (asked.Failed(out var refusal, out var invitation))
        {
            return refusal;
        }

        var context = interviews.ContextOf(invitation, link);
        var questionnaire = await interviews.QuestionnaireOfAsync(invitation.QuestionnaireVersion, cancellation);
        if (posted.IsBrokenOff)
        {
            return BreakOff(context, invitation, questionnaire, posted);
        }

        if (
            Response
                .TakeDown(
                    context,
                    invitation,
                    questionnaire,
                    posted.Form.Filled,
                    new(AnswerMode.Interview, posted.TakenAt?.ToWholeMilliseconds())
                )
                .Failed(out refusal, out var response)
        )
        {
            return refusal;
        }

        store.Add(response);
        AfterReceipt.Follow(store, context, invitation, response);
        return CommandResult.Created($"responses/{response.Id}", response, () => new Taken(invitation.Id, response.Id));
    }

    private static CommandResult BreakOff(
        CommandContext context,
        Invitations.Domain.Invitation invitation,
        Questionnaire questionnaire,
        PostedInterview posted
    ) =>
        posted.Reason.Length is 0 or > PostedInterview.LongestReason
            ? Refusal.Invalid("reason-missing", "C5.8.2", PostedInterview.ReasonField)
        : invitation.BreakOff(context, questionnaire, posted.Form.Filled, posted.Reason) is { } refusal ? refusal
        : CommandResult.Ok(invitation, () => new Taken(invitation.Id, null));

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

        var (token, posted) = (invocation.GetArgument<string>(0), invocation.GetArgument<PostedInterview>(1));
        var pages = context.RequestServices.GetRequiredService<InterviewPages>();
        var result = await next(invocation);
        if (SecretAddress.ProblemOf(result) is not { } problem)
        {
            // So that going back or loading again sends nothing twice.
            return Results.Redirect($"{InterviewPages.AddressOf(token)}&saved=yes");
        }

        var interviews = context.RequestServices.GetRequiredService<Interviews>();
        if (
            await interviews.FindAsync(token, context.RequestAborted) is not { } link
            || problem.Extensions["code"] is not string code
            || !problem.Extensions.ContainsKey("rule")
        )
        {
            return pages.Closed(
                problem.Status ?? StatusCodes.Status404NotFound,
                problem.Status == StatusCodes.Status400BadRequest ? "form-unreadable" : "link-unknown"
            );
        }

        var closed = await interviews.WhyClosedAsync(link, context.RequestAborted);
        return closed is { Code: not "link-expired" }
            ? pages.Closed(Problems.StatusOf(closed.Kind), closed.Code)
            : await pages.DeskAsync(
                token,
                link,
                new()
                {
                    Person = posted.Person.Length > 0 ? posted.Person : InterviewPages.SomebodyElse,
                    Filled = posted.Form.Filled,
                    Reason = posted.Reason,
                    Wrong = WrongOf(problem, code),
                    Closed = closed,
                },
                context.RequestAborted
            );
    }

    private static Refusal WrongOf(Microsoft.AspNetCore.Mvc.ProblemDetails problem, string code)
    {
        var wrong = Refusal.Invalid(
            code,
            (string)problem.Extensions["rule"]!,
            [
                .. problem.Extensions.TryGetValue("missing", out var missing) && missing is IReadOnlyList<string> all
                    ? all
                    : [],
            ]
        );
        foreach (var (name, value) in problem.Extensions)
        {
            wrong = wrong.With(name, value);
        }

        return wrong;
    }
}
