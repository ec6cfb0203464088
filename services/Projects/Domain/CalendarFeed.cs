using System.Security.Cryptography;
using System.Text;
using CustomerService.Rules;

namespace CustomerService.Projects.Domain;

/// <summary>
/// A calendar that somebody's calendar program reads by a secret address, because such programs cannot sign in.
/// Only the hash of the
/// secret is kept; the address is told once.
/// </summary>
internal sealed class CalendarFeed : Aggregate
{
    public override string Kind => "calendar-feed";

    /// <summary>The person whose revisits it shows; null for a department's.</summary>
    public Guid? PersonId { get; private set; }

    /// <summary>The department whose people's revisits it shows.</summary>
    public string? Department { get; private set; }

    public string Title { get; private set; } = "";

    public string SecretHash { get; private set; } = "";

    public string CreatedBy { get; private set; } = "";

    public DateTimeOffset? RevokedAt { get; private set; }

    public static Refusal? Create(
        Person? person,
        string? department,
        FlowContext context,
        out CalendarFeed feed,
        out string secret
    )
    {
        secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        feed = new CalendarFeed
        {
            Id = Guid.CreateVersion7(context.Now),
            PersonId = person?.Id,
            Department = department,
            Title = person?.Name ?? department ?? "",
            SecretHash = Hash(secret),
            CreatedBy = context.Actor.Id,
        };
        if (RegistryRoles.Check([.. Roles.Staff], "create", context) is { } refusal)
        {
            return refusal;
        }

        feed.Record("create", null, "active", context, null);
        return null;
    }

    public Refusal? Revoke(FlowContext context)
    {
        if (RegistryRoles.Check([.. Roles.Staff], "revoke", context) is { } refusal)
        {
            return refusal;
        }

        if (RevokedAt is null)
        {
            RevokedAt = context.Now;
            Record("revoke", "active", "revoked", context, null);
        }

        return null;
    }

    public static string Hash(string secret) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
