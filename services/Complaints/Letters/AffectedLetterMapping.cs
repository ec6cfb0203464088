using CustomerService.Complaints.Letters.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Complaints.Letters;

internal sealed class AffectedLetterMapping : IEntityTypeConfiguration<AffectedLetter>
{
    public void Configure(EntityTypeBuilder<AffectedLetter> letter)
    {
        letter.IsAggregate();
        letter.Property(l => l.Number).HasMaxLength(30);
        letter.Property(l => l.Language).HasMaxLength(10);
        letter.HasIndex(l => l.Number).IsUnique();
        letter.HasIndex(l => l.ComplaintId);
        letter.HasIndex(l => new { l.CustomerId, l.Id });
        letter.HasIndex(l => new { l.State, l.AnswerDueOn });
    }
}
