using CustomerService.Complaints.ActionItems.Domain;
using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Codes.Domain;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Enquiries.Domain;
using CustomerService.Complaints.Knowledge.Domain;
using CustomerService.Complaints.Letters.Domain;
using CustomerService.Complaints.Meetings.Domain;
using CustomerService.Complaints.YearReports.Domain;
using CustomerService.Messaging;
using CustomerService.Records;
using CustomerService.Registry;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Data;

internal sealed class ComplaintsDb(DbContextOptions<ComplaintsDb> options) : ServiceDbContext(options)
{
    public DbSet<Complaint> Complaints => Set<Complaint>();

    public DbSet<AnswerLink> AnswerLinks => Set<AnswerLink>();

    public DbSet<CatalogueCode> Codes => Set<CatalogueCode>();

    public DbSet<Capa> Capas => Set<Capa>();

    public DbSet<SurveyCase> SurveyCases => Set<SurveyCase>();

    public DbSet<EffectSample> EffectSamples => Set<EffectSample>();

    public DbSet<ActionItem> ActionItems => Set<ActionItem>();

    public DbSet<ReviewMeeting> Meetings => Set<ReviewMeeting>();

    public DbSet<Enquiry> Enquiries => Set<Enquiry>();

    public DbSet<KnowledgeArticle> KnowledgeArticles => Set<KnowledgeArticle>();

    public DbSet<AffectedLetter> AffectedLetters => Set<AffectedLetter>();

    public DbSet<YearReport> YearReports => Set<YearReport>();

    public DbSet<YearCase> YearCases => Set<YearCase>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.AddRegistry();
        modelBuilder.AddRecords();
        modelBuilder.AddErasedSubjects();
    }
}

/// <summary>For <c>dotnet ef</c>; needs no server.</summary>
internal sealed class DesignTime : DesignTimeFactory<ComplaintsDb>;
