using CustomerService.Rules;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace CustomerService.Identity.OpenId;

/// <summary>A system that signs in by itself, and the one role that its token carries.</summary>
internal sealed record ServiceClient(string Id, string Name, string Role);

/// <summary>The applications that may ask for tokens, and the scope that opens the API. Written by
/// <c>migrate</c>, never by hand.</summary>
internal sealed partial class Clients(
    IOpenIddictApplicationManager applications,
    IOpenIddictScopeManager scopes,
    IdentitySettings settings,
    IConfiguration configuration,
    ILogger<Clients> logger
)
{
    public const string ApiScope = "api";

    /// <summary>The public client of people: the console and the API's documentation page.</summary>
    public const string Console = "console";

    public static IReadOnlyList<ServiceClient> Services { get; } =
    [
        new("svc-projects", "Projects service", Roles.System),
        new("svc-repairs", "Repairs service", Roles.System),
        new("svc-complaints", "Complaints service", Roles.System),
        new("svc-surveys", "Surveys service", Roles.System),
        new("svc-reporting", "Reporting service", Roles.System),
        new("bi", "Business intelligence", Roles.BiReader),
    ];

    /// <summary>Brings the registered clients in line with the configuration. A client without a secret cannot
    /// sign in.</summary>
    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        var api = new OpenIddictScopeDescriptor
        {
            Name = ApiScope,
            DisplayName = "Customer service API",
            Resources = { settings.Audience },
        };
        if (await scopes.FindByNameAsync(ApiScope, cancellationToken) is { } scope)
        {
            await scopes.UpdateAsync(scope, api, cancellationToken);
        }
        else
        {
            await scopes.CreateAsync(api, cancellationToken);
        }

        var console = new OpenIddictApplicationDescriptor
        {
            ClientId = Console,
            DisplayName = "Console",
            ApplicationType = ApplicationTypes.Web,
            ClientType = ClientTypes.Public,
            // Our own front end: asking people whether it may act for them would only teach them to click.
            ConsentType = ConsentTypes.Implicit,
            Permissions =
            {
                Permissions.Endpoints.Authorization,
                Permissions.Endpoints.Token,
                Permissions.Endpoints.EndSession,
                Permissions.Endpoints.Revocation,
                Permissions.GrantTypes.AuthorizationCode,
                Permissions.GrantTypes.RefreshToken,
                Permissions.ResponseTypes.Code,
                Permissions.Scopes.Profile,
                Permissions.Scopes.Email,
                Permissions.Scopes.Roles,
                Permissions.Prefixes.Scope + ApiScope,
            },
            Requirements = { Requirements.Features.ProofKeyForCodeExchange },
        };
        console.RedirectUris.UnionWith(settings.RedirectUris);
        console.PostLogoutRedirectUris.UnionWith(settings.PostLogoutRedirectUris);
        await WriteAsync(console, cancellationToken);

        foreach (var service in Services)
        {
            if (configuration[$"Identity:Clients:{service.Id}:Secret"] is not { Length: > 0 } secret)
            {
                if (await applications.FindByClientIdAsync(service.Id, cancellationToken) is { } orphan)
                {
                    await applications.DeleteAsync(orphan, cancellationToken);
                }

                WithoutSecret(logger, service.Id);
                continue;
            }

            await WriteAsync(
                new OpenIddictApplicationDescriptor
                {
                    ClientId = service.Id,
                    ClientSecret = secret,
                    DisplayName = service.Name,
                    ClientType = ClientTypes.Confidential,
                    Permissions =
                    {
                        Permissions.Endpoints.Token,
                        Permissions.Endpoints.Revocation,
                        Permissions.Endpoints.Introspection,
                        Permissions.GrantTypes.ClientCredentials,
                        Permissions.Prefixes.Scope + ApiScope,
                    },
                },
                cancellationToken
            );
        }
    }

    private async Task WriteAsync(OpenIddictApplicationDescriptor descriptor, CancellationToken cancellationToken)
    {
        if (await applications.FindByClientIdAsync(descriptor.ClientId!, cancellationToken) is { } application)
        {
            await applications.UpdateAsync(application, descriptor, cancellationToken);
        }
        else
        {
            await applications.CreateAsync(descriptor, cancellationToken);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Client {ClientId} has no secret (Identity:Clients:{ClientId}:Secret) and cannot sign in."
    )]
    private static partial void WithoutSecret(ILogger logger, string clientId);
}
