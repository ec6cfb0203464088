using CustomerService.Repairs.Products.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Repairs.Products;

internal sealed class ProductModelMapping : IEntityTypeConfiguration<ProductModel>
{
    public void Configure(EntityTypeBuilder<ProductModel> model)
    {
        model.IsAggregate();
        model.HasIndex(m => m.CodeKey).IsUnique();
    }
}

internal sealed class ProductSerialMapping : IEntityTypeConfiguration<ProductSerial>
{
    public void Configure(EntityTypeBuilder<ProductSerial> serial)
    {
        serial.IsAggregate();
        serial.HasIndex(s => s.NumberKey).IsUnique();
        serial.HasIndex(s => new { s.CustomerId, s.Id });
        serial.HasIndex(s => s.ChainId);
        serial.HasIndex(s => s.ModelId);
    }
}

internal sealed class SerialLinkMapping : IEntityTypeConfiguration<SerialLink>
{
    public void Configure(EntityTypeBuilder<SerialLink> link)
    {
        link.IsAggregate();
        link.Ignore(l => l.HolderId);
        link.HasIndex(l => l.SecretHash).IsUnique();
        link.HasIndex(l => l.SerialId);
    }
}

internal sealed class SaleMapping : IEntityTypeConfiguration<Sale>
{
    public void Configure(EntityTypeBuilder<Sale> sale)
    {
        sale.IsAggregate();
        sale.Ignore(s => s.Remaining);
        sale.HasIndex(s => s.Number).IsUnique();
        sale.HasIndex(s => new { s.CustomerId, s.Id });
    }
}
