using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerService.Messaging;
using CustomerService.Projects.Domain;
using CustomerService.Projects.Features;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Projects.Data;

/// <summary>The store of this service.</summary>
internal sealed class ProjectsDb(DbContextOptions<ProjectsDb> options) : DbContext(options)
{
    public DbSet<Organisation> Organisations => Set<Organisation>();

    public DbSet<Person> People => Set<Person>();

    public DbSet<Project> Projects => Set<Project>();

    public DbSet<Revisit> Revisits => Set<Revisit>();

    public DbSet<Attachment> Attachments => Set<Attachment>();

    public DbSet<CalendarFeed> CalendarFeeds => Set<CalendarFeed>();

    public DbSet<FollowUp> FollowUps => Set<FollowUp>();

    /// <summary>
    /// What is saved now goes by this project as it was read: when somebody changes it meanwhile, for example
    /// shortens its plan, nothing is saved.
    /// </summary>
    public void MustStay(Project? project)
    {
        if (project is not null)
        {
            Entry(project).Property(p => p.Version).IsModified = true;
        }
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configuration)
    {
        configuration.Properties<ProjectState>().HaveConversion<string>().HaveMaxLength(40);
        configuration.Properties<RevisitState>().HaveConversion<string>().HaveMaxLength(40);
        configuration.Properties<RevisitForm>().HaveConversion<string>().HaveMaxLength(40);
        configuration.Properties<AttachmentPurpose>().HaveConversion<string>().HaveMaxLength(40);
        configuration.Properties<OrganisationKind>().HaveConversion<string>().HaveMaxLength(40);
    }

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.AddServiceDefaults();
        model.AddMessaging();

        model.Entity<Organisation>(organisation =>
        {
            organisation.ToTable("organisations");
            organisation.IsAggregate();
            organisation.Property(o => o.Name).HasMaxLength(200);
            organisation.Property(o => o.Code).HasMaxLength(60);
            organisation.HasIndex(o => o.Code).IsUnique();
            organisation.Property(o => o.Contacts).IsJson();
        });

        model.Entity<Person>(person =>
        {
            person.ToTable("people");
            person.IsAggregate();
            person.Property(p => p.Name).HasMaxLength(100);
            person.Property(p => p.StaffNumber).HasMaxLength(60);
            person.HasIndex(p => p.StaffNumber).IsUnique();
            person.Property(p => p.Assignments).IsJson();
        });

        model.Entity<Project>(project =>
        {
            project.ToTable("projects");
            project.IsAggregate();
            project.Property(p => p.ContractNumber).HasMaxLength(60);
            // What was entered by mistake and withdrawn does not keep the number from the project that has it.
            project.HasIndex(p => p.ContractNumber).IsUnique().HasFilter("state <> 'Withdrawn'");
            // Lists are walked in order of identity: each filter has it, and what else is asked for with it, in
            // its index.
            project.HasIndex(p => new { p.OwnerId, p.Id });
            project.HasIndex(p => new { p.City, p.Id });
            project.HasIndex(p => new { p.State, p.Id });
            project.HasIndex(p => new { p.AcceptedOn, p.Id }).IncludeProperties(p => p.State);
            project.HasIndex(p => new { p.HandedOverOn, p.Id }).IncludeProperties(p => p.State);
            project
                .HasIndex(p => p.Id)
                .IncludeProperties(p => p.ClearanceDueOn)
                .HasFilter("clearance is null and clearance_due_on is not null")
                .HasDatabaseName("ix_projects_not_cleared");
            project
                .HasIndex(p => p.Id, "ix_projects_without_revisit")
                .IncludeProperties(p => p.HorizonEndsOn)
                .HasFilter("held_revisits = 0 and horizon_ends_on is not null")
                .HasDatabaseName("ix_projects_without_revisit");
            project.HasIndex(p => new { p.State, p.Latitude });
            project.HasIndex(p => p.SearchGrams).HasMethod("gin");
            project.HasIndex(p => p.TeamIds).HasMethod("gin");
            // What the sweep looks for is rare, so these stay small.
            project
                .HasIndex(p => p.ClearanceDueOn)
                .HasFilter("clearance is null and clearance_overdue_noted_on is null and clearance_due_on is not null")
                .HasDatabaseName("ix_projects_clearance_open");
            project
                .HasIndex(p => p.HorizonEndsOn)
                .HasFilter("held_revisits = 0 and breach_noted_on is null and horizon_ends_on is not null")
                .HasDatabaseName("ix_projects_unvisited");
            project.HasIndex(p => p.WarrantyEndsOn);
            project.Ignore(p => p.Site);
            project.Ignore(p => p.Basis);
            project.Property(p => p.Team).IsJson();
            project.Property(p => p.Packages).IsJson();
            project.Property(p => p.Commitments).IsJson();
            project.Property(p => p.Clearance).IsJson();
            project.Property(p => p.GoodwillGrants).IsJson();
            project.OwnsMany(
                p => p.Terms,
                term =>
                {
                    term.ToTable("project_terms");
                    term.WithOwner().HasForeignKey("ProjectId");
                    term.HasKey("ProjectId", nameof(PartTerm.Part), nameof(PartTerm.Season));
                    term.Property(t => t.Part).HasMaxLength(60);
                    term.Property(t => t.Season).HasMaxLength(20);
                    term.HasIndex(t => t.Through);
                }
            );
        });

        model.Entity<Revisit>(revisit =>
        {
            revisit.ToTable("revisits");
            revisit.IsAggregate();
            revisit.HasIndex(r => new { r.ProjectId, r.Number }).IsUnique();
            revisit.HasIndex(r => new
            {
                r.OwnerId,
                r.DueOn,
                r.Id,
            });
            revisit
                .HasIndex(r => new
                {
                    r.ProjectId,
                    r.DueOn,
                    r.Id,
                })
                .IncludeProperties(r => r.State);
            revisit.HasIndex(r => new { r.DueOn, r.Id });
            revisit.HasIndex(r => new
            {
                r.State,
                r.DueOn,
                r.Id,
            });
            revisit
                .HasIndex(r => new { r.DueOn, r.Id }, "ix_revisits_open")
                .HasFilter("state in ('Planned', 'Opened')")
                .HasDatabaseName("ix_revisits_open");
            revisit.HasOne<Project>().WithMany().HasForeignKey(r => r.ProjectId).OnDelete(DeleteBehavior.Restrict);
            revisit.Ignore(r => r.IsOpen);
            revisit.Ignore(r => r.AreFaultsAnswered);
            revisit.Property(r => r.Attendees).IsJson();
            revisit.Property(r => r.Findings).IsJson();
            revisit.Property(r => r.OwnerRepresentative).IsJson();
            revisit.Property(r => r.OwnerSignature).IsJson();
            revisit.Property(r => r.Judgement).IsJson();
            revisit.Property(r => r.Disposition).IsJson();
        });

        model.Entity<Attachment>(attachment =>
        {
            attachment.ToTable("attachments");
            attachment.IsAggregate();
            attachment.Property(a => a.FileName).HasMaxLength(200);
            attachment.Property(a => a.Sha256).HasMaxLength(64);
            attachment.HasIndex(a => a.SubjectId);
        });

        model.Entity<CalendarFeed>(feed =>
        {
            feed.ToTable("calendar_feeds");
            feed.IsAggregate();
            feed.Property(f => f.SecretHash).HasMaxLength(64);
            feed.HasIndex(f => f.SecretHash).IsUnique();
        });

        model.Entity<FollowUp>(followUp =>
        {
            followUp.ToTable("follow_ups");
            followUp.HasKey(f => new { f.Kind, f.Id });
            followUp.Property(f => f.Kind).HasMaxLength(40);
            followUp.Property(f => f.Id).ValueGeneratedNever();
            followUp.HasIndex(f => f.SourceId);
            // Two events of one order at the same time: the second is tried again.
            followUp.Property(f => f.SeenVersion).IsConcurrencyToken();
        });
    }
}

/// <summary>How records that belong to one aggregate alone are kept: as one <c>jsonb</c> column.</summary>
internal static class JsonColumns
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    public static PropertyBuilder<T> IsJson<T>(this PropertyBuilder<T> property) =>
        property
            .HasConversion(
                value => JsonSerializer.Serialize(value, Options),
                text => JsonSerializer.Deserialize<T>(text, Options)!,
                new ValueComparer<T>(
                    // They are replaced and never changed, so what is the same object is the same; else every
                    // look for changes would write all of them out.
                    (a, b) =>
                        ReferenceEquals(a, b)
                        || JsonSerializer.Serialize(a, Options) == JsonSerializer.Serialize(b, Options),
                    value => JsonSerializer.Serialize(value, Options).GetHashCode(StringComparison.Ordinal),
                    value => value
                )
            )
            .HasColumnType("jsonb");
}

/// <summary>For <c>dotnet ef</c>, which needs a model and no server.</summary>
internal sealed class DesignTimeProjectsDb : IDesignTimeDbContextFactory<ProjectsDb>
{
    public ProjectsDb CreateDbContext(string[] args) =>
        new(
            new DbContextOptionsBuilder<ProjectsDb>()
                .UseNpgsql("Host=localhost", npgsql => npgsql.MigrationsHistoryTable("migrations"))
                .UseSnakeCaseNamingConvention()
                .Options
        );
}
