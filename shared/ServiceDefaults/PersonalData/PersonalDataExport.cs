using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.ServiceDefaults;

/// <summary>
/// That somebody exported what this service keeps of a person (C8). What was looked for stands here as a hash alone, which
/// answers whether a certain person's data was exported: as a text it would itself be data of that person.
/// </summary>
public sealed class PersonalDataExport : Aggregate
{
    /// <summary>Its kind in the audit trail.</summary>
    public const string Name = "personal-data-export";

    private PersonalDataExport() { }

    /// <inheritdoc/>
    public override string Kind => Name;

    /// <summary>Hash over its identity and what was looked for, see <see cref="HashOf"/>.</summary>
    public string Sha256 { get; private set; } = "";

    /// <summary>How many rows were found.</summary>
    public int Rows { get; private set; }

    /// <summary>An export that is about to be answered.</summary>
    /// <param name="context">Who exports.</param>
    /// <param name="text">What was looked for.</param>
    /// <param name="rows">How many rows have it.</param>
    public static PersonalDataExport Of(CommandContext context, string text, int rows)
    {
        ArgumentNullException.ThrowIfNull(context);
        var id = Guid.CreateVersion7(context.Now);
        var export = new PersonalDataExport
        {
            Id = id,
            Sha256 = HashOf(id, text),
            Rows = rows,
        };
        var why = string.Create(CultureInfo.InvariantCulture, $"{rows} rows, sha256 {export.Sha256}");
        export.Record(context, "export", null, "exported", why);
        return export;
    }

    /// <summary>SHA-256 of the identity of an export and a text, a line each, lower-case hexadecimal.</summary>
    public static string HashOf(Guid export, string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{export:D}\n{text}")));
}

/// <summary>Its table.</summary>
public sealed class PersonalDataExportMapping : IEntityTypeConfiguration<PersonalDataExport>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<PersonalDataExport> builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.ToTable("personal_data_exports");
        builder.IsAggregate();
        builder.Property(e => e.Sha256).HasMaxLength(64);
    }
}
