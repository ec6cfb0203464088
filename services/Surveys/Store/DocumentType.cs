using System.Linq.Expressions;
using System.Text.Json;
using CustomerService.Rules;

namespace CustomerService.Surveys.Store;

/// <summary>How a member stands in a document.</summary>
internal enum MemberForm
{
    /// <summary>A text, also for identities, enums, days and instants; texts compare by their code points.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Flag,
}

/// <summary>A member of a document by which it can be found.</summary>
/// <param name="Name">Its name in the document, camelCase.</param>
/// <param name="Form">How it stands there.</param>
internal sealed record DocumentMember(string Name, MemberForm Form);

/// <summary>What an index is for.</summary>
internal enum IndexUse
{
    /// <summary>Lists. Every such index ends with the identity, so that it serves a list newest
    /// first.</summary>
    Search,

    /// <summary>There is one document at most with these values.</summary>
    Unique,

    /// <summary>The same where the member is set; any number of documents may have none.</summary>
    UniqueWhereSet,
}

/// <summary>An index that every store makes.</summary>
internal sealed record DocumentIndex(IReadOnlyList<DocumentMember> Members, IndexUse Use);

/// <summary>
/// What the stores must know of an aggregate: where its documents are and by which members they are found. A new
/// aggregate adds one of these and nothing in the stores.
/// </summary>
internal abstract class DocumentType
{
    private readonly List<DocumentMember> _members = [];
    private readonly List<DocumentIndex> _indexes = [];

    protected DocumentType(string kind, string collection, Type record) =>
        (Kind, Collection, Record) = (kind, collection, record);

    /// <summary>Kind of the aggregate, as in its audit trail.</summary>
    public string Kind { get; }

    /// <summary>Name of the collection or table, <c>snake_case</c>.</summary>
    public string Collection { get; }

    /// <summary>Type of the aggregate.</summary>
    public Type Record { get; }

    /// <summary>The members by which documents are found, each once.</summary>
    public IReadOnlyList<DocumentMember> Members => _members;

    public IReadOnlyList<DocumentIndex> Indexes => _indexes;

    /// <summary>Starts the description of an aggregate.</summary>
    public static DocumentType<T> Of<T>(string kind, string collection)
        where T : Aggregate => new(kind, collection);

    /// <summary>The member of that name.</summary>
    /// <exception cref="InvalidOperationException">No document of this type is found by it.</exception>
    public DocumentMember Member(string name) =>
        _members.Find(member => member.Name == name)
        ?? throw new InvalidOperationException(
            $"Documents of kind {Kind} are not found by {name}; declare it in their DocumentType."
        );

    /// <summary>A document of this type, to be changed.</summary>
    public abstract Task<Aggregate?> FindAsync(IDocumentStore store, Guid id, CancellationToken cancellationToken);

    protected void Add(IndexUse use, IEnumerable<LambdaExpression> members)
    {
        var found = members.Select(Declare).ToList();
        _indexes.Add(new(found, use));
    }

    protected DocumentMember Declare(LambdaExpression member)
    {
        var (name, type) = MemberPath.Of(member);
        if (_members.Find(known => known.Name == name) is not { } declared)
        {
            declared = new(name, FormOf(type));
            _members.Add(declared);
        }

        return declared;
    }

    private static MemberForm FormOf(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) switch
        {
            var plain when plain == typeof(bool) => MemberForm.Flag,
            var plain when plain == typeof(int) || plain == typeof(long) => MemberForm.Number,
            var plain
                when plain.IsEnum
                    || plain == typeof(string)
                    || plain == typeof(Guid)
                    || plain == typeof(DateOnly)
                    || plain == typeof(DateTimeOffset) => MemberForm.Text,
            var plain => throw new InvalidOperationException($"Documents cannot be found by a {plain.Name}."),
        };
}

/// <inheritdoc/>
internal sealed class DocumentType<T> : DocumentType
    where T : Aggregate
{
    internal DocumentType(string kind, string collection)
        : base(kind, collection, typeof(T)) { }

    public override async Task<Aggregate?> FindAsync(
        IDocumentStore store,
        Guid id,
        CancellationToken cancellationToken
    ) => await store.FindAsync(DocumentQuery<T>.All.Where(record => record.Id, id), cancellationToken);

    /// <summary>There is one document at most with these values.</summary>
    public DocumentType<T> Unique(params Expression<Func<T, object?>>[] members)
    {
        Add(IndexUse.Unique, members);
        return this;
    }

    /// <summary>There is one document at most with this value; any number may have none.</summary>
    public DocumentType<T> UniqueWhereSet(Expression<Func<T, object?>> member)
    {
        Add(IndexUse.UniqueWhereSet, [member]);
        return this;
    }

    /// <summary>Documents are looked for by these members, in this order, newest first.</summary>
    public DocumentType<T> Index(params Expression<Func<T, object?>>[] members)
    {
        Add(IndexUse.Search, members);
        return this;
    }
}

/// <summary>The member that an expression names.</summary>
internal static class MemberPath
{
    /// <summary>Name in the document and type.</summary>
    /// <exception cref="ArgumentException">It is not a member of the record itself.</exception>
    public static (string Name, Type Type) Of(LambdaExpression member)
    {
        var body = member.Body is UnaryExpression { NodeType: ExpressionType.Convert } convert
            ? convert.Operand
            : member.Body;
        return body is MemberExpression { Expression: ParameterExpression } access
            ? (JsonNamingPolicy.CamelCase.ConvertName(access.Member.Name), access.Type)
            : throw new ArgumentException($"{member} is not a member of the record itself.", nameof(member));
    }
}
