using System.Text.Json;
using CustomerService.Messaging;
using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Surveys.Store.Postgres;

/// <summary>A document in PostgreSQL: the aggregate as <c>jsonb</c>. Every other column is computed by the database
/// from it, so it cannot say anything else; these columns carry the indexes.</summary>
internal sealed class DocumentRow
{
    public required Guid Id { get; init; }

    public required long Version { get; set; }

    public required string Body { get; set; }
}

/// <summary>A context whose tables are made of document types, one table each.</summary>
internal abstract class DocumentDbContext(DbContextOptions options, IReadOnlyList<DocumentType> types)
    : ServiceDbContext(options)
{
    internal const string AuditHeadColumn = "auditHead";

    private readonly Dictionary<Guid, (Aggregate Record, DocumentRow Row)> _documents = [];

    public IReadOnlyList<DocumentType> Types => types;

    /// <inheritdoc/>
    protected override bool IsRepeatable => true;

    /// <summary>The rows of a document type.</summary>
    public DbSet<DocumentRow> Rows(DocumentType type) => Set<DocumentRow>(type.Collection);

    /// <summary>A new document: it is inserted with the next save.</summary>
    public void Watch(Aggregate record)
    {
        Lease();
        var row = new DocumentRow
        {
            Id = record.Id,
            Version = record.Version,
            Body = "{}",
        };
        Rows(types.Of(record.GetType())).Add(row);
        _documents[row.Id] = (record, row);
    }

    /// <summary>From now on a change of the aggregate goes with the next save. The same document is the same
    /// object.</summary>
    public T Watch<T>(DocumentRow row)
        where T : Aggregate
    {
        Lease();
        if (_documents.TryGetValue(row.Id, out var known))
        {
            return (T)known.Record;
        }

        var record = DocumentJson.Read<T>(row.Body);
        _documents[row.Id] = (record, row);
        return record;
    }

    /// <summary>The document is deleted with the next save.</summary>
    public DocumentRow Unwatch(Aggregate record)
    {
        var row = _documents[record.Id].Row;
        _documents.Remove(record.Id);
        Rows(types.Of(record.GetType())).Remove(row);
        return row;
    }

    /// <inheritdoc/>
    protected override async Task<Aggregate?> FindRecordAsync(
        string kind,
        Guid id,
        CancellationToken cancellationToken
    ) =>
        types.FirstOrDefault(type => type.Kind == kind) is { } type
            ? await type.FindAsync(new PostgresDocumentStore(this), id, cancellationToken)
            : null;

    /// <inheritdoc/>
    protected override void WriteAgain(Aggregate record)
    {
        var row = _documents[record.Id].Row;
        row.Body = DocumentJson.Write(record);
        Entry(row).Property(r => r.Body).IsModified = true;
    }

    /// <inheritdoc/>
    protected override void WriteWorkOfUntracked()
    {
        foreach (var (record, _) in _documents.Values.Where(d => d.Record.PendingEntries.Count > 0).ToList())
        {
            WriteWork(record);
        }
    }

    /// <inheritdoc/>
    protected override void CollectUntracked(ICollection<Aggregate> aggregates)
    {
        foreach (var (record, row) in _documents.Values)
        {
            if (record.PendingEntries.Count > 0)
            {
                row.Version = record.Version;
                row.Body = DocumentJson.Write(record);
                aggregates.Add(record);
            }
        }
    }

    /// <inheritdoc/>
    protected override void Forget()
    {
        base.Forget();
        _documents.Clear();
    }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        foreach (var type in types)
        {
            modelBuilder.SharedTypeEntity<DocumentRow>(type.Collection, row => Map(row, type));
        }
    }

    private static void Map(EntityTypeBuilder<DocumentRow> row, DocumentType type)
    {
        row.ToTable(type.Collection);
        row.HasKey(r => r.Id);
        row.Property(r => r.Id).ValueGeneratedNever();
        row.Property(r => r.Version).IsConcurrencyToken();
        row.Property(r => r.Body).HasColumnType("jsonb");
        IsComputed(row.Property<string?>(AuditHeadColumn), $"body->>'{AuditHeadColumn}'");
        foreach (var member in type.Members)
        {
            switch (member.Form)
            {
                case MemberForm.Text:
                    // By code points, as every other store compares.
                    IsComputed(row.Property<string?>(member.Name), $"body->>'{member.Name}'").UseCollation("C");
                    break;
                case MemberForm.Number:
                    IsComputed(row.Property<long?>(member.Name), $"(body->>'{member.Name}')::bigint");
                    break;
                default:
                    IsComputed(row.Property<bool?>(member.Name), $"(body->>'{member.Name}')::boolean");
                    break;
            }
        }

        foreach (var index in type.Indexes)
        {
            string[] members = [.. index.Members.Select(member => member.Name)];
            switch (index.Use)
            {
                case IndexUse.Search:
                    row.HasIndex([.. members, nameof(DocumentRow.Id)]);
                    break;
                case IndexUse.Unique:
                    row.HasIndex(members).IsUnique();
                    break;
                default:
                    row.HasIndex(members).IsUnique().HasFilter($"{ColumnOf(members[0])} IS NOT NULL");
                    break;
            }
        }
    }

    internal static string ColumnOf(string member) => JsonNamingPolicy.SnakeCaseLower.ConvertName(member);

    // Nothing here reads it back: the aggregate has the value already.
    private static PropertyBuilder<TValue> IsComputed<TValue>(PropertyBuilder<TValue> property, string sql)
    {
        property.HasComputedColumnSql(sql, stored: true).ValueGeneratedNever();
        property.Metadata.SetBeforeSaveBehavior(PropertySaveBehavior.Ignore);
        property.Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
        return property;
    }
}
