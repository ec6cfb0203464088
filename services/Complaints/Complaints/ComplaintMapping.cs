using CustomerService.Complaints.Complaints.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Complaints.Complaints;

internal sealed class ComplaintMapping : IEntityTypeConfiguration<Complaint>
{
    public void Configure(EntityTypeBuilder<Complaint> complaint)
    {
        complaint.IsAggregate();
        complaint.Property(c => c.Number).HasMaxLength(30);
        complaint.Property(c => c.FormNumber).HasMaxLength(30);
        complaint.HasIndex(c => c.Number).IsUnique();
        complaint.HasIndex(c => c.FormNumber).IsUnique().HasFilter("form_number is not null");
        // One complaint a survey response, however often its event comes (C5.9); other origins may have several.
        complaint
            .HasIndex(c => new { c.OriginKind, c.OriginId })
            .IsUnique()
            .HasFilter($"origin_kind = '{OriginKind.SurveyResponse}'")
            .HasDatabaseName("ux_complaints_survey_response");
        complaint.HasIndex(c => new { c.CustomerId, c.Id });
        complaint.HasIndex(c => new { c.State, c.Id });
        complaint.HasIndex(c => new { c.ProjectId, c.Id }).HasFilter("project_id is not null");
        complaint.HasIndex(c => c.RegisteredOn);
        complaint.HasIndex(c => c.FaultKey).HasFilter("fault_key is not null");
        complaint.Ignore(c => c.MeetingsNow);
        complaint.Ignore(c => c.NoticesNow);
        complaint.Ignore(c => c.ObjectionsNow);
        complaint.Ignore(c => c.RemediesNow);
        complaint.Property(c => c.Language).HasMaxLength(10);
        complaint.HasIndex(c => c.SearchGrams).HasMethod("gin");
        complaint.HasIndex(c => c.SimilarKeys).HasMethod("gin");
        complaint.HasIndex(c => new { c.SerialKey, c.Id }).HasFilter("serial_key is not null");
        complaint.HasIndex(c => c.ParentId).HasFilter("parent_id is not null");
        complaint.HasIndex(c => c.RemindAt).HasFilter("remind_at is not null");
        complaint.HasIndex(c => c.ClockRemindAt).HasFilter("clock_remind_at is not null");
        complaint.HasIndex(c => c.PromisedUntil).HasFilter("promised_until is not null");
        complaint.Ignore(c => c.EscalationsNow);
        complaint.Ignore(c => c.HasOpenCapa);
        complaint.Ignore(c => c.IsPaused);
        complaint.Ignore(c => c.IsAnswered);
        complaint.Ignore(c => c.IsAnonymous);
        complaint.Ignore(c => c.AwaitsConfirmation);
    }
}

internal sealed class AnswerLinkMapping : IEntityTypeConfiguration<AnswerLink>
{
    public void Configure(EntityTypeBuilder<AnswerLink> link)
    {
        link.IsAggregate();
        link.Ignore(l => l.Holder);
        link.Property(l => l.SecretHash).HasMaxLength(64);
        link.HasIndex(l => l.SecretHash).IsUnique();
        link.HasIndex(l => l.ComplaintId);
    }
}
