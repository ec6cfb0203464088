using CustomerService.Rules;

namespace CustomerService.Repairs.Products.Domain;

/// <summary>What the QR code on a machine leads to: this machine and nothing else, until a day, and revocable. The store
/// keeps the hash of its token.</summary>
internal sealed class SerialLink : Aggregate
{
    /// <summary>Who makes links.</summary>
    public static readonly string[] Makers =
    [
        Roles.CustomerService,
        Roles.AfterSales,
        Roles.RepairGroup,
        Roles.Sales,
        Roles.SalesManager,
    ];

    private SerialLink() { }

    public override string Kind => "serial-link";

    public Guid SerialId { get; private set; }

    public string SecretHash { get; private set; } = "";

    /// <summary>The last day on which it works.</summary>
    public DateOnly ValidThrough { get; private set; }

    public Stamp MadeBy { get; private set; } = null!;

    public DateTimeOffset? RevokedAt { get; private set; }

    public static Result<SerialLink> Make(CommandContext context, ProductSerial serial, string hash)
    {
        if (!context.Actor.HasAny(Makers))
        {
            return Refusal.RoleMissing("C3.1.1", Makers).With("action", "make-link");
        }

        if (serial.CustomerId is null)
        {
            return Refusal.ByRule("serial-without-customer", "S3", ["product-customer"], ProductModel.Writers);
        }

        var link = new SerialLink
        {
            Id = Guid.CreateVersion7(context.Now),
            SerialId = serial.Id,
            SecretHash = hash,
            ValidThrough = context.Today.AddDays(context.Policy.Rmas.SerialLinkDays),
            MadeBy = Stamp.Of(context),
        };
        link.Record(context, "make", null, "open", serial.Number);
        return link;
    }

    public Refusal? Revoke(CommandContext context)
    {
        if (!context.Actor.HasAny(Makers))
        {
            return Refusal.RoleMissing("C3.1.1", Makers).With("action", "revoke");
        }

        if (RevokedAt is not null)
        {
            return Refusal.ByRule("link-revoked", "C3.1.1", ["open-link"], Makers);
        }

        RevokedAt = context.Now;
        Record(context, "revoke", "open", "revoked", null);
        return null;
    }

    /// <summary>Null where it works today, else why not.</summary>
    public Refusal? Check(DateOnly today) =>
        RevokedAt is not null ? Refusal.Ended("link-revoked", "C3.1.1", ["open-link"], Makers)
        : today > ValidThrough ? Refusal.Ended("link-expired", "C3.1.1", ["open-link"], Makers)
        : null;

    /// <summary>Who acts by it: a person of the machine's customer.</summary>
    public Actor HolderOf(ProductSerial serial, string person) =>
        new(HolderId, person, new HashSet<string> { Roles.Customer }, null, serial.CustomerId);

    /// <summary>Under which identity they act.</summary>
    public string HolderId => $"link:{Id:N}";
}
