using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Anonymous;
using CustomerService.Surveys.Invitations;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.Responses.Forms;

namespace CustomerService.Surveys.Responses.Features;

/// <summary>Forms of anonymous campaigns go past the memory of commands, which would keep code and answer
/// together.</summary>
internal static class AnswerAnonymously
{
    /// <summary>What the customer gets back.</summary>
    /// <param name="ReceivedOn">Day of receipt.</param>
    /// <param name="Message">A word of thanks.</param>
    internal sealed record Receipt(DateOnly ReceivedOn, string Message);

    /// <summary>Takes the form where its code is anonymous; else goes on.</summary>
    public static async ValueTask<object?> TakeAsync(
        EndpointFilterInvocationContext invocation,
        EndpointFilterDelegate next
    )
    {
        var context = invocation.HttpContext;
        var services = context.RequestServices;
        var forms = services.GetRequiredService<AnonymousForms>();
        if (
            LinkTokens.Normalise(invocation.GetArgument<string>(0)) is not { Length: LinkTokens.CodeLength } code
            || await forms.FindAsync(SecretLink.HashOf(code), context.RequestAborted) is null
        )
        {
            return await next(invocation);
        }

        var filled = invocation.Arguments[1] switch
        {
            FilledForm form => form,
            PostedForm { IsDraft: false } posted => posted.Filled,
            _ => new FilledForm(),
        };
        return await forms.TakeAsync(SecretLink.HashOf(code), filled, context.RequestAborted) is { } refusal
            ? Problems.Result(context, refusal)
            : Results.Json(
                new Receipt(
                    services.GetRequiredService<CompanyClock>().Today,
                    services.GetRequiredService<Texts>().Find("form.thanks")!
                ),
                Json.Options,
                statusCode: StatusCodes.Status201Created
            );
    }
}
