using System.Globalization;
using System.Security.Claims;
using CustomerService.Identity.Data;
using CustomerService.Identity.Users.Domain;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace CustomerService.Identity.OpenId;

/// <summary>
/// What OpenIddict leaves to us: who is signed in, and what stands in the token. It has checked client,
/// redirect address,
/// PKCE, code, refresh token and secret before any of this runs.
/// </summary>
internal static class Endpoints
{
    public const string Authorize = "/connect/authorize";
    public const string Token = "/connect/token";
    public const string EndSession = "/connect/logout";
    public const string UserInfo = "/connect/userinfo";
    public const string Revoke = "/connect/revoke";
    public const string Introspect = "/connect/introspect";

    public static void MapOpenId(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").ExcludeFromDescription().AllowAnonymous().DisableAntiforgery();
        group.MapMethods(Authorize, ["GET", "POST"], (Delegate)AuthorizeAsync);
        group.MapPost(Token, TokenAsync);
        group.MapMethods(EndSession, ["GET", "POST"], (Delegate)EndSessionAsync);
        group.MapMethods(UserInfo, ["GET", "POST"], (Delegate)UserInfoAsync);
    }

    private static async Task<IResult> AuthorizeAsync(
        HttpContext context,
        IdentityDb db,
        IOpenIddictScopeManager scopes,
        TimeProvider clock
    )
    {
        if (context.GetOpenIddictServerResponse() is { Error: { } error })
        {
            return Results.Redirect("/account/error?code=" + Uri.EscapeDataString(error));
        }

        var request = context.GetOpenIddictServerRequest()!;
        var signedIn = await context.AuthenticateAsync(PasswordSignIn.Scheme);
        var user = signedIn.Succeeded ? await FindAsync(db, signedIn.Principal, context.RequestAborted) : null;
        var tooOld =
            request.MaxAge is { } maxAge
            && signedIn.Properties?.IssuedUtc is { } issued
            && clock.GetUtcNow() - issued > TimeSpan.FromSeconds(maxAge);
        var stale =
            user is null || !user.Active || signedIn.Principal!.FindFirstValue(Tokens.Stamp) != user.SecurityStamp;
        if (stale || tooOld || request.HasPromptValue(PromptValues.Login))
        {
            if (request.HasPromptValue(PromptValues.None))
            {
                return Refuse(Errors.LoginRequired, "Nobody is signed in.");
            }

            // Without the prompt that is served now, or it would be asked for again after each sign-in.
            var parameters = (
                context.Request.HasFormContentType ? context.Request.Form : context.Request.Query.AsEnumerable()
            )
                .Where(p => p.Key is not Parameters.Prompt)
                .ToList();
            var rest = request.GetPromptValues().Where(p => p is not PromptValues.Login).ToList();
            if (rest.Count > 0)
            {
                parameters.Add(new(Parameters.Prompt, string.Join(' ', rest)));
            }

            var back =
                Authorize
                + new QueryBuilder(
                    parameters.SelectMany(
                        p => p.Value,
                        (p, value) => new KeyValuePair<string, string>(p.Key, value ?? "")
                    )
                ).ToQueryString();
            return Results.Redirect("/account/login" + QueryString.Create("ReturnUrl", back));
        }

        var principal = Tokens.For(user!, request.GetScopes());
        principal.SetResources(await ListAsync(scopes.ListResourcesAsync(principal.GetScopes())));
        principal.SetClaim(
            Claims.AuthenticationTime,
            signedIn.Properties?.IssuedUtc?.ToUnixTimeSeconds() ?? clock.GetUtcNow().ToUnixTimeSeconds()
        );
        return Results.SignIn(principal, authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }

    private static async Task<IResult> TokenAsync(
        HttpContext context,
        IdentityDb db,
        IOpenIddictScopeManager scopes,
        TimeProvider clock
    )
    {
        var request = context.GetOpenIddictServerRequest()!;
        if (request.IsClientCredentialsGrantType())
        {
            var client = Clients.Services.Single(c => c.Id == request.ClientId);
            // There is one API; a system that does not name the scope means it.
            var asked = request.GetScopes();
            var forSystem = Tokens.For(client, asked.IsDefaultOrEmpty ? [Clients.ApiScope] : asked);
            forSystem.SetResources(await ListAsync(scopes.ListResourcesAsync(forSystem.GetScopes())));
            return Results.SignIn(
                forSystem,
                authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme
            );
        }

        // Code or refresh token. Who the person is comes from it; what they may do is read each time.
        var presented = (
            await context.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme)
        ).Principal!;
        var user = await FindAsync(db, presented, context.RequestAborted);
        if (user is null || !user.Active || presented.GetClaim(Tokens.Stamp) != user.SecurityStamp)
        {
            return Refuse(Errors.InvalidGrant, "The account may no longer use this grant. Sign in again.");
        }

        // Less than a second after a change of rights: a token of this very second would be refused at once.
        if (user.TokensValidFrom is { } from && from - clock.GetUtcNow() is var left && left > TimeSpan.Zero)
        {
            await Task.Delay(left, clock, context.RequestAborted);
        }

        var principal = Tokens.For(user, presented.GetScopes());
        principal.SetResources(await ListAsync(scopes.ListResourcesAsync(principal.GetScopes())));
        if (
            presented.GetClaim(Claims.AuthenticationTime) is { } time
            && long.TryParse(time, CultureInfo.InvariantCulture, out var seconds)
        )
        {
            principal.SetClaim(Claims.AuthenticationTime, seconds);
        }

        return Results.SignIn(principal, authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }

    private static async Task<IResult> EndSessionAsync(HttpContext context)
    {
        if (context.GetOpenIddictServerResponse() is { Error: { } error })
        {
            return Results.Redirect("/account/error?code=" + Uri.EscapeDataString(error));
        }

        var signedIn = await context.AuthenticateAsync(PasswordSignIn.Scheme);
        var hint = await context.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        if (
            signedIn.Succeeded
            && hint.Principal?.GetClaim(Claims.Subject) != signedIn.Principal.FindFirstValue(Claims.Subject)
        )
        {
            // Any page can send a browser here; without a token that proves whose session is meant, the person
            // is asked.
            return Results.Redirect(
                "/account/logout" + QueryString.Create("ReturnUrl", EndSession + context.Request.QueryString)
            );
        }

        await context.SignOutAsync(PasswordSignIn.Scheme);
        return Results.SignOut(
            new AuthenticationProperties { RedirectUri = "/account/logout" },
            [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]
        );
    }

    private static async Task<IResult> UserInfoAsync(HttpContext context, IdentityDb db)
    {
        var token = (
            await context.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme)
        ).Principal!;
        var user = await FindAsync(db, token, context.RequestAborted);
        if (user is null || !user.Active || token.GetCreationDate() < user.TokensValidFrom)
        {
            return Results.Challenge(
                Problem(Errors.InvalidToken, "The account is not active, or the token was withdrawn."),
                [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]
            );
        }

        var claims = new Dictionary<string, object> { [Claims.Subject] = user.Id.ToString() };
        if (token.HasScope(Scopes.Profile))
        {
            claims[Claims.Name] = user.DisplayName;
            claims[Claims.PreferredUsername] = user.UserName;
        }

        if (token.HasScope(Scopes.Email) && user.Email is not null)
        {
            claims[Claims.Email] = user.Email;
        }

        if (token.HasScope(Scopes.Roles))
        {
            claims[Claims.Role] = user.Roles;
            if (user.Department is not null)
            {
                claims[Tokens.Department] = user.Department;
            }

            if (user.OrganisationId is { } organisation)
            {
                claims[Tokens.Organisation] = organisation.ToString();
            }

            if (user.Regions.Count > 0)
            {
                claims[Tokens.Region] = user.Regions;
            }
        }

        return Results.Json(claims);
    }

    private static Task<User?> FindAsync(
        IdentityDb db,
        ClaimsPrincipal principal,
        CancellationToken cancellationToken
    ) =>
        Guid.TryParse(principal.FindFirstValue(Claims.Subject), out var id)
            ? db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == id, cancellationToken)
            : Task.FromResult<User?>(null);

    private static IResult Refuse(string error, string description) =>
        Results.Forbid(Problem(error, description), [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);

    private static AuthenticationProperties Problem(string error, string description) =>
        new(
            new Dictionary<string, string?>
            {
                [OpenIddictServerAspNetCoreConstants.Properties.Error] = error,
                [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = description,
            }
        );

    private static async Task<List<string>> ListAsync(IAsyncEnumerable<string> source)
    {
        var list = new List<string>();
        await foreach (var item in source)
        {
            list.Add(item);
        }

        return list;
    }
}
