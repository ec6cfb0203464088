using System.Security.Claims;
using System.Text.Json;
using CustomerService.Rules;

namespace CustomerService.ServiceDefaults;

/// <summary>Makes the acting person or system out of a checked token, whoever issued it.</summary>
public static class ActorFromToken
{
    public static Actor Read(ClaimsPrincipal principal, AuthSettings settings)
    {
        var id = principal.FindFirstValue("sub") ?? "unknown";
        var roles = Values(principal, settings.RoleClaim)
            .Select(role => settings.RoleMap.TryGetValue(role, out var ours) ? ours : role)
            .ToHashSet(StringComparer.Ordinal);
        // The system may do what no person may, so an issuer's role of that name is not enough: it must be an
        // account of ours.
        if (!settings.SystemSubjects.Contains(id))
        {
            roles.Remove(Roles.System);
        }

        return new Actor(
            id,
            Values(principal, settings.NameClaim).FirstOrDefault() ?? principal.FindFirstValue("client_id") ?? id,
            roles,
            Values(principal, settings.DepartmentClaim).FirstOrDefault(),
            Guid.TryParse(Values(principal, settings.OrganisationClaim).FirstOrDefault(), out var organisation)
                ? organisation
                : null
        )
        {
            Regions = [.. Values(principal, settings.RegionClaim)],
        };
    }

    private static IEnumerable<string> Values(ClaimsPrincipal principal, string path)
    {
        var direct = principal.FindAll(path).Select(claim => claim.Value).ToList();
        if (direct.Count > 0 || !path.Contains('.', StringComparison.Ordinal))
        {
            return direct;
        }

        // "realm_access.roles": the first part is a claim that holds JSON.
        var parts = path.Split('.');
        return principal.FindAll(parts[0]).SelectMany(claim => InJson(claim.Value, parts.AsSpan(1)));
    }

    private static List<string> InJson(string json, ReadOnlySpan<string> path)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var element = document.RootElement;
            foreach (var name in path)
            {
                if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
                {
                    return [];
                }
            }

            return element.ValueKind switch
            {
                JsonValueKind.Array => element
                    .EnumerateArray()
                    .Where(e => e.ValueKind == JsonValueKind.String)
                    .Select(e => e.GetString()!)
                    .ToList(),
                JsonValueKind.String => [element.GetString()!],
                _ => [],
            };
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
