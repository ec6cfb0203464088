using CustomerService.Complaints.Domain;
using CustomerService.Messaging;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Complaints.Data;

internal sealed class ComplaintsDb(DbContextOptions<ComplaintsDb> options) : DbContext(options)
{
    public DbSet<Complaint> Complaints => Set<Complaint>();

    public DbSet<CorrectiveAction> CorrectiveActions => Set<CorrectiveAction>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.AddServiceDefaults();
        model.AddMessaging();
        model.AddFormNumbers();
        model.Entity<Complaint>(Map);
        model.Entity<CorrectiveAction>(Map);
    }

    private static void Map(EntityTypeBuilder<Complaint> complaint)
    {
        complaint.ToTable("complaints");
        complaint.IsAggregate();
        complaint.Property(c => c.State).HasConversion<string>().HasMaxLength(30);
        complaint.Property(c => c.Channel).HasConversion<string>().HasMaxLength(30);
        complaint.Property(c => c.Severity).HasConversion<string>().HasMaxLength(30);
        complaint.Property(c => c.Number).HasMaxLength(30);
        complaint.HasIndex(c => c.Number).IsUnique();
        // One complaint a form however often its event comes (C5.9); other origins may lead to several.
        complaint
            .HasIndex(c => new { c.OriginKind, c.OriginId })
            .IsUnique()
            .HasFilter($"origin_kind = '{Complaint.SurveyForm}'")
            .HasDatabaseName("ux_complaints_survey_form");
        complaint.HasIndex(c => new { c.CustomerId, c.Id });
        complaint.HasIndex(c => new { c.State, c.Id });
        complaint.HasIndex(c => c.ProjectId);
        complaint.HasIndex(c => c.RegisteredOn);
        complaint.Property(c => c.Reference).AsJson();
        complaint.Property(c => c.TakenBy).AsJson();
        complaint.Property(c => c.Response).AsJson();
        complaint.Property(c => c.Triage).AsJson();
        complaint.Property(c => c.Ruling).AsJson();
        complaint.Property(c => c.Answered).AsJson();
        complaint.Property(c => c.Confirmation).AsJson();
        complaint.Property(c => c.Pauses).AsJson();
        complaint.Property(c => c.Objections).AsJson();
        complaint.Property(c => c.Reports).AsJson();
        complaint.Property(c => c.Actions).AsJson();
        complaint.Property(c => c.Rounds).AsJson();
        complaint.Ignore(c => c.HasOpenAction);
        complaint.Ignore(c => c.IsPaused);
        complaint.Ignore(c => c.IsAnswered);
    }

    private static void Map(EntityTypeBuilder<CorrectiveAction> action)
    {
        action.ToTable("corrective_actions");
        action.IsAggregate();
        action.Property(a => a.State).HasConversion<string>().HasMaxLength(30);
        action.Property(a => a.Number).HasMaxLength(30);
        action.HasIndex(a => a.Number).IsUnique();
        // One action a finding however often its event comes; a complaint may need several.
        action
            .HasIndex(a => new { a.Source, a.SourceId })
            .IsUnique()
            .HasFilter($"source = '{CorrectiveAction.FromRevisit}'")
            .HasDatabaseName("ux_corrective_actions_finding");
        action.HasIndex(a => a.ComplaintId);
        action.HasIndex(a => new { a.State, a.Id });
        action.HasIndex(a => new { a.Department, a.Id });
        action.HasOne<Complaint>().WithMany().HasForeignKey(a => a.ComplaintId).OnDelete(DeleteBehavior.Restrict);
        action.Property(a => a.Proposal).AsJson();
        action.Property(a => a.Review).AsJson();
        action.Property(a => a.Execution).AsJson();
        action.Property(a => a.Verification).AsJson();
        action.Property(a => a.Rounds).AsJson();
    }
}

/// <summary>For <c>dotnet ef</c>; needs no server.</summary>
internal sealed class ComplaintsDbFactory : IDesignTimeDbContextFactory<ComplaintsDb>
{
    public ComplaintsDb CreateDbContext(string[] args) =>
        new(
            new DbContextOptionsBuilder<ComplaintsDb>()
                .UseNpgsql("Host=localhost;Database=complaints", npgsql => npgsql.MigrationsHistoryTable("migrations"))
                .UseSnakeCaseNamingConvention()
                .Options
        );
}
