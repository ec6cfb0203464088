using CustomerService.Complaints.Codes.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Complaints.Codes;

internal sealed class CodeMapping : IEntityTypeConfiguration<CatalogueCode>
{
    public void Configure(EntityTypeBuilder<CatalogueCode> code)
    {
        code.IsAggregate();
        code.ToTable("catalogue_codes");
        code.Property(c => c.Code).HasMaxLength(TextLength.Code);
        code.HasIndex(c => new { c.Catalogue, c.CodeKey }).IsUnique();
    }
}
