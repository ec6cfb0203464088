using CustomerService.Projects.CalendarFeeds.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Projects.CalendarFeeds;

internal sealed class CalendarFeedMapping : IEntityTypeConfiguration<CalendarFeed>
{
    public void Configure(EntityTypeBuilder<CalendarFeed> feed)
    {
        feed.IsAggregate();
        feed.Property(f => f.SecretHash).HasMaxLength(64);
        feed.HasIndex(f => f.SecretHash).IsUnique();
        feed.Property(f => f.CreatedBy).HasMaxLength(100);
        feed.HasIndex(f => f.CreatedBy);
        feed.Ignore(f => f.State);
    }
}
