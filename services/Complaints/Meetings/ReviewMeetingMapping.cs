using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Meetings.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Complaints.Meetings;

internal sealed class ReviewMeetingMapping : IEntityTypeConfiguration<ReviewMeeting>
{
    public void Configure(EntityTypeBuilder<ReviewMeeting> meeting)
    {
        meeting.IsAggregate();
        meeting.ToTable("meetings");
        meeting.Property(m => m.Number).HasMaxLength(30);
        meeting.Property(m => m.Rule).HasMaxLength(20);
        meeting.HasIndex(m => m.Number).IsUnique();
        meeting.HasIndex(m => new { m.ComplaintId, m.Id });
        meeting.HasIndex(m => new { m.State, m.Id });
        meeting.HasOne<Complaint>().WithMany().HasForeignKey(m => m.ComplaintId).OnDelete(DeleteBehavior.Restrict);
    }
}
