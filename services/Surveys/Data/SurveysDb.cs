using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Store.Postgres;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Surveys.Data;

/// <summary>The PostgreSQL database of this service: a table for each of its document types.</summary>
internal sealed class SurveysDb(DbContextOptions<SurveysDb> options) : DocumentDbContext(options, SurveyDocuments.All);

/// <summary>For <c>dotnet ef</c>.</summary>
internal sealed class DesignTime : DesignTimeFactory<SurveysDb>;
