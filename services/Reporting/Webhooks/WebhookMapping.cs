using CustomerService.Reporting.Webhooks.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Reporting.Webhooks;

internal sealed class WebhookMapping : IEntityTypeConfiguration<Webhook>
{
    public void Configure(EntityTypeBuilder<Webhook> webhook)
    {
        webhook.ToTable("webhooks");
        webhook.IsAggregate();
        webhook.Property(w => w.Name).HasMaxLength(TextLength.Line);
        webhook.Property(w => w.Address).HasMaxLength(WebhookAddress.Longest);
        webhook.Property(w => w.Patterns).IsJson();
        webhook.Property(w => w.SuspendedBecause).HasMaxLength(TextLength.Text);
    }
}

internal sealed class WebhookDeliveryMapping : IEntityTypeConfiguration<WebhookDelivery>
{
    public void Configure(EntityTypeBuilder<WebhookDelivery> delivery)
    {
        delivery.ToTable("webhook_deliveries");
        delivery.HasKey(d => d.Id);
        delivery.Property(d => d.Id).ValueGeneratedNever();
        delivery.Property(d => d.Tries).IsJson();
        delivery.Property(d => d.EventName).HasMaxLength(EventNameLength);
        // A delivery that is replayed while it is being sent is not overwritten.
        delivery.Property<uint>("xmin").IsRowVersion();
        delivery.HasIndex(d => new { d.WebhookId, d.Id });
        delivery.HasIndex(d => new { d.WebhookId, d.EventId }).IsUnique();
        // What is due: only the few that wait.
        delivery.HasIndex(d => d.NextAt).HasFilter("state = 'Waiting'");
        delivery.HasIndex(d => d.At);
    }

    private const int EventNameLength = 120;
}
