using CustomerService.Contracts;
using CustomerService.Reporting.Data;
using CustomerService.Reporting.Facts;
using CustomerService.Reporting.Retention.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Reporting.Retention;

/// <summary>Events may come after the erasing of what they tell of: they have a queue of their own.</summary>
internal static class ErasedSubjects
{
    /// <summary>Those of the subjects of these events that were erased. Asked under the lock of writers, which erasing holds
    /// alone.</summary>
    public static async Task<IReadOnlySet<Guid>> ErasedAsync(
        this ReportingDb db,
        IEnumerable<IIntegrationEvent> events,
        CancellationToken cancellation
    )
    {
        var subjects = events.SelectMany(Projections.SubjectsOf).Distinct().ToList();
        return (
            await db
                .ErasedSubjects.Where(erased => subjects.Contains(erased.Id))
                .Select(erased => erased.Id)
                .ToListAsync(cancellation)
        ).ToHashSet();
    }

    /// <summary>Puts down that these were erased; saved by the caller.</summary>
    public static async Task EraseAsync(
        this ReportingDb db,
        IReadOnlyList<Guid> subjects,
        CancellationToken cancellation
    )
    {
        var known = await db
            .ErasedSubjects.Where(erased => subjects.Contains(erased.Id))
            .Select(erased => erased.Id)
            .ToListAsync(cancellation);
        db.AddRange(subjects.Distinct().Except(known).Select(id => new ErasedSubject { Id = id }));
    }
}

internal sealed class ErasedSubjectMapping : IEntityTypeConfiguration<ErasedSubject>
{
    public void Configure(EntityTypeBuilder<ErasedSubject> erased)
    {
        erased.ToTable("erased_subjects");
        erased.Property(e => e.Id).ValueGeneratedNever();
    }
}
