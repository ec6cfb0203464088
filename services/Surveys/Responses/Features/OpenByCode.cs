using CustomerService.Surveys.Invitations;
using CustomerService.Surveys.Responses.Forms;

namespace CustomerService.Surveys.Responses.Features;

/// <summary>Where the code of a printed sheet is typed in (C5.8.2 A).</summary>
internal static class OpenByCode
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/f", Handle)
            .AddEndpointFilter(SecretAddress.ProtectAsync)
            .AllowAnonymous()
            .ExcludeFromDescription();

    // Relative: behind the gateway the address is longer.
    private static IResult Handle(string? code, FormPages pages) =>
        string.IsNullOrEmpty(code) ? pages.Code(wrong: null)
        : LinkTokens.Normalise(code) is { } token ? Results.Redirect("f/" + token)
        : pages.Code(wrong: code);
}
