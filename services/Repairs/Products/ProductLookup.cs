using CustomerService.Registry;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.Products.Domain;
using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Products;

/// <summary>Finds models, machines and product customers, or says why not (S3).</summary>
internal sealed class ProductLookup(RepairsDb db, RegistryLookup registry)
{
    private static readonly string[] CustomerWriters =
    [
        Roles.Sales,
        Roles.SalesManager,
        Roles.CustomerService,
        Roles.Administrator,
    ];

    public async Task<Result<ProductModel>> ModelAsync(Guid id, CancellationToken cancellation) =>
        await db.ProductModels.FirstOrDefaultAsync(model => model.Id == id, cancellation) is { } model
            ? model
            : Refusal.Invalid("model-unknown", "S3", "model");

    /// <summary>The product customer as the registry has them now.</summary>
    public async Task<Result<OrganisationCopy>> CustomerAsync(Guid id, CancellationToken cancellation)
    {
        if ((await registry.OrganisationAsync(id, cancellation)).Failed(out var refusal, out var customer))
        {
            return refusal;
        }

        return customer.Kind is OrganisationKind.Customer or OrganisationKind.Owner
            ? customer
            : new Refusal(RefusalKind.Invalid, "no-product-customer", "S3", ["product-customer"], CustomerWriters);
    }

    /// <summary>The machines of these numbers, however they are written, by key.</summary>
    public async Task<IReadOnlyDictionary<string, ProductSerial>> SerialsAsync(
        IEnumerable<string> keys,
        CancellationToken cancellation
    )
    {
        var wanted = keys.Distinct().ToList();
        return wanted.Count == 0
            ? new Dictionary<string, ProductSerial>()
            : await db
                .ProductSerials.Where(serial => wanted.Contains(serial.NumberKey))
                .ToDictionaryAsync(serial => serial.NumberKey, cancellation);
    }
}
