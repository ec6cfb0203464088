using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Complaints.Capas;

internal sealed class CapaMapping : IEntityTypeConfiguration<Capa>
{
    public void Configure(EntityTypeBuilder<Capa> capa)
    {
        capa.IsAggregate();
        capa.Property(c => c.Number).HasMaxLength(30);
        capa.HasIndex(c => c.ClockRemindAt).HasFilter("clock_remind_at is not null");
        capa.HasIndex(c => c.Number).IsUnique();
        capa.HasIndex(c => c.ServedIds).HasMethod("gin");
        // One CAPA a finding or order, however often its event comes; a complaint may need several.
        capa.HasIndex(c => new { c.Source, c.SourceId })
            .IsUnique()
            .HasFilter($"source in ('{CapaSource.Revisit}', '{CapaSource.CorrectiveOrder}')")
            .HasDatabaseName("ux_capas_finding");
        capa.HasIndex(c => c.ComplaintId);
        capa.HasIndex(c => c.ComplaintIds).HasMethod("gin");
        capa.HasIndex(c => c.WatchThrough)
            .HasFilter("measures_rate and rate is null")
            .HasDatabaseName("ix_capas_rates_due");
        capa.HasIndex(c => new { c.WatchKey, c.WatchThrough }).HasFilter("watch_key is not null");
        capa.HasIndex(c => new { c.State, c.Id });
        capa.HasIndex(c => new { c.Department, c.Id });
        capa.HasOne<Complaint>().WithMany().HasForeignKey(c => c.ComplaintId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class SurveyCaseMapping : IEntityTypeConfiguration<SurveyCase>
{
    public void Configure(EntityTypeBuilder<SurveyCase> survey)
    {
        survey.IsAggregate();
        survey.Ignore(s => s.KindOfRecord);
        survey.Ignore(s => s.HasOneCapa);
        survey.HasIndex(s => new { s.Source, s.Id });
        survey.HasIndex(s => s.RevisitId).HasFilter("revisit_id is not null");
    }
}

internal sealed class EffectSampleMapping : IEntityTypeConfiguration<EffectSample>
{
    public void Configure(EntityTypeBuilder<EffectSample> sample)
    {
        sample.ToTable("effect_samples");
        sample.HasKey(s => new
        {
            s.CapaId,
            s.Round,
            s.SourceId,
        });
        sample.HasOne<Capa>().WithMany().HasForeignKey(s => s.CapaId).OnDelete(DeleteBehavior.Cascade);
    }
}
