using CustomerService.Complaints.Enquiries.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Complaints.Enquiries;

internal sealed class EnquiryMapping : IEntityTypeConfiguration<Enquiry>
{
    public void Configure(EntityTypeBuilder<Enquiry> enquiry)
    {
        enquiry.IsAggregate();
        enquiry.Property(e => e.Number).HasMaxLength(30);
        enquiry.Property(e => e.Language).HasMaxLength(10);
        enquiry.HasIndex(e => e.Number).IsUnique();
        enquiry.HasIndex(e => new { e.CustomerId, e.Id });
        enquiry.HasIndex(e => new { e.State, e.Id });
        enquiry.HasIndex(e => e.SearchGrams).HasMethod("gin");
    }
}
