using System.Globalization;
using CustomerService.Contracts.Identity.V1;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Registry;

/// <summary>A department as it was last announced: "the head of …" is a person whom a service can find.</summary>
public sealed class DepartmentCopy
{
    /// <summary>The department.</summary>
    public Guid Id { get; init; }

    /// <summary>Version of the announcement; an older one that comes late changes nothing.</summary>
    public long Version { get; private set; }

    /// <summary>Stable short name, the <c>department</c> claim of tokens.</summary>
    public string Code { get; private set; } = "";

    /// <summary>Name in English.</summary>
    public string NameEn { get; private set; } = "";

    /// <summary>Name in Traditional Chinese.</summary>
    public string NameZhHant { get; private set; } = "";

    /// <summary>Name in Simplified Chinese.</summary>
    public string NameZhHans { get; private set; } = "";

    /// <summary>The account of its head, where one is named.</summary>
    public Guid? HeadId { get; private set; }

    /// <summary>Printed name of the head.</summary>
    public string? HeadName { get; private set; }

    /// <summary>The account of the deputy, where one is named.</summary>
    public Guid? DeputyId { get; private set; }

    /// <summary>Printed name of the deputy.</summary>
    public string? DeputyName { get; private set; }

    /// <summary>Language in which it is written to.</summary>
    public string Language { get; private set; } = "";

    /// <summary>Name of its working calendar.</summary>
    public string Calendar { get; private set; } = "";

    /// <summary>Whether records can be given to it.</summary>
    public bool Active { get; private set; }

    /// <summary>Its name in a reader's language.</summary>
    public string NameIn(CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(culture);
        return culture.Name switch
        {
            "zh-Hans" => NameZhHans,
            "en" => NameEn,
            _ => NameZhHant,
        };
    }

    internal bool Apply(DepartmentChanged e)
    {
        if (e.Version <= Version)
        {
            return false;
        }

        (Version, Code, Language, Calendar, Active) = (e.Version, e.Code, e.Language, e.Calendar, e.Active);
        (NameEn, NameZhHant, NameZhHans) = (e.NameEn, e.NameZhHant, e.NameZhHans);
        (HeadId, HeadName, DeputyId, DeputyName) = (e.HeadId, e.HeadName, e.DeputyId, e.DeputyName);
        return true;
    }
}

internal sealed class DepartmentCopyMapping : IEntityTypeConfiguration<DepartmentCopy>
{
    public void Configure(EntityTypeBuilder<DepartmentCopy> department)
    {
        department.ToTable("department_copies");
        department.Property(d => d.Id).ValueGeneratedNever();
        department.Property(d => d.Version).IsConcurrencyToken();
        department.Property(d => d.Code).HasMaxLength(100);
        department.HasIndex(d => d.Code);
    }
}
