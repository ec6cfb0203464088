using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Contacts;
using CustomerService.Surveys.Responses.Forms;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Responses.Features;

/// <summary>The customer does not want to be asked again (C5.8.2).</summary>
internal static class OptOutOfSurveys
{
    /// <summary>What the customer gets back.</summary>
    /// <param name="Since">From this day on nobody asks.</param>
    internal sealed record Noted(DateOnly Since);

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/f/{token}/opt-out", Handle)
            .Accepts<PostedForm>("application/x-www-form-urlencoded")
            .AddEndpointFilter(SecretAddress.ProtectAsync)
            .AddEndpointFilter(AsPageAsync)
            .AddEndpointFilter(SecretAddress.IdentifyHolderAsync)
            .AsCommand()
            .WithKeyInForm(PostedForm.KeyField)
            .AllowAnonymous()
            .ExcludeFromDescription();
    }

    private static async Task<CommandResult> Handle(
        string token,
        PostedForm posted,
        FormLink link,
        IDocumentStore store,
        CancellationToken cancellation
    )
    {
        if (await link.FindAsync(token, cancellation) is not { Recipient: { } recipient } invitation)
        {
            return CommandResult.NotFound();
        }

        var optOut = await store.FindAsync(DocumentQuery<OptOut>.All.Where(o => o.Recipient, recipient), cancellation);
        if (optOut is null)
        {
            optOut = OptOut.Of(link.ContextOf(invitation), invitation.CustomerId, recipient);
            store.Add(optOut);
        }

        return CommandResult.Ok(optOut, () => new Noted(optOut.Since));
    }

    private static async ValueTask<object?> AsPageAsync(
        EndpointFilterInvocationContext invocation,
        EndpointFilterDelegate next
    )
    {
        var pages = invocation.HttpContext.RequestServices.GetRequiredService<FormPages>();
        var result = await next(invocation);
        return SecretAddress.ProblemOf(result) is { } problem
            ? pages.Closed(problem.Status ?? StatusCodes.Status404NotFound, "link-unknown")
            : pages.Said("form.optedOut");
    }
}
