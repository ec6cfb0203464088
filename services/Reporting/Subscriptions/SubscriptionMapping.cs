using CustomerService.Reporting.Subscriptions.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Reporting.Subscriptions;

internal sealed class SubscriptionMapping : IEntityTypeConfiguration<Subscription>
{
    public void Configure(EntityTypeBuilder<Subscription> subscription)
    {
        subscription.ToTable("subscriptions");
        subscription.IsAggregate();
        subscription.Property(s => s.Settings).IsJson();
        subscription.HasIndex(s => s.NextAt).HasFilter("next_at IS NOT NULL");
        subscription.HasIndex(s => s.OwnerId);
    }
}

internal sealed class ReportDeliveryMapping : IEntityTypeConfiguration<ReportDelivery>
{
    private const int LongestError = 500;

    public void Configure(EntityTypeBuilder<ReportDelivery> delivery)
    {
        delivery.ToTable("report_deliveries");
        delivery.HasKey(d => d.Id);
        delivery.Property(d => d.Id).ValueGeneratedNever();
        delivery.Property(d => d.Error).HasMaxLength(LongestError);
        // One that another replica took over meanwhile is not ended twice.
        delivery.Property<uint>("xmin").IsRowVersion();
        delivery.HasIndex(d => new { d.SubscriptionId, d.DueAt }).IsUnique();
        delivery.HasIndex(d => d.NextAt).HasFilter("state = 'Waiting'");
    }
}
