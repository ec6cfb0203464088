using System.Linq.Expressions;
using CustomerService.Rules;

namespace CustomerService.Surveys.Store;

/// <summary>A condition on a member of a document. Values are spelled as in the document: text, whole number, true or
/// false.</summary>
/// <param name="Member">Name of the member, camelCase; <c>id</c> is the identity.</param>
internal abstract record Condition(string Member)
{
    /// <summary>Has this value.</summary>
    internal sealed record EqualTo(string Member, object Value) : Condition(Member);

    /// <summary>Has one of these values; none of them matches nothing.</summary>
    internal sealed record OneOf(string Member, IReadOnlyList<object> Values) : Condition(Member);

    /// <summary>Has another value, or none.</summary>
    internal sealed record OtherThan(string Member, string Value) : Condition(Member);

    /// <summary>Lies between, both ends included; an open end is null.</summary>
    internal sealed record Within(string Member, object? From, object? To) : Condition(Member);
}

/// <summary>Names that are the same in every document.</summary>
internal static class DocumentQuery
{
    /// <summary>The member that is the identity.</summary>
    public const string Id = "id";

    /// <summary>The member by which a part names its record.</summary>
    public const string RecordId = "recordId";
}

/// <summary>Which documents: the whole query language of this service, as data. Each store translates it
/// once.</summary>
internal sealed class DocumentQuery<T>
    where T : Aggregate
{
    private DocumentQuery(IReadOnlyList<Condition> conditions) => Conditions = conditions;

    /// <summary>All documents.</summary>
    public static DocumentQuery<T> All { get; } = new([]);

    /// <summary>All of them must hold.</summary>
    public IReadOnlyList<Condition> Conditions { get; }

    /// <summary>Has this value; null, a filter that is not given, keeps all.</summary>
    public DocumentQuery<T> Where<TValue>(Expression<Func<T, TValue>> member, TValue? given)
        where TValue : struct => given is { } value ? With(new Condition.EqualTo(Name(member), Spelled(value))) : this;

    /// <inheritdoc cref="Where{TValue}(Expression{Func{T, TValue}}, TValue?)"/>
    public DocumentQuery<T> Where<TValue>(Expression<Func<T, TValue?>> member, TValue? given)
        where TValue : struct => given is { } value ? With(new Condition.EqualTo(Name(member), Spelled(value))) : this;

    /// <inheritdoc cref="Where{TValue}(Expression{Func{T, TValue}}, TValue?)"/>
    public DocumentQuery<T> Where(Expression<Func<T, string?>> member, string? given) =>
        given is null ? this : With(new Condition.EqualTo(Name(member), given));

    /// <summary>Has one of these values; null, a filter that is not given, keeps all, an empty list none.</summary>
    public DocumentQuery<T> In<TValue>(Expression<Func<T, TValue>> member, IEnumerable<TValue>? given)
        where TValue : struct =>
        given is null ? this : With(new Condition.OneOf(Name(member), [.. given.Select(value => Spelled(value))]));

    /// <summary>Has another value than this, or none; null, a filter that is not given, keeps all.</summary>
    public DocumentQuery<T> Except(Expression<Func<T, string?>> member, string? given) =>
        given is null ? this : With(new Condition.OtherThan(Name(member), given));

    /// <summary>Lies between, both ends included; null is an open end.</summary>
    public DocumentQuery<T> Between<TValue>(Expression<Func<T, TValue>> member, TValue? from, TValue? to)
        where TValue : struct =>
        from is null && to is null
            ? this
            : With(
                new Condition.Within(
                    Name(member),
                    from is { } first ? Spelled(first) : null,
                    to is { } last ? Spelled(last) : null
                )
            );

    /// <inheritdoc cref="Between{TValue}(Expression{Func{T, TValue}}, TValue?, TValue?)"/>
    public DocumentQuery<T> Between<TValue>(Expression<Func<T, TValue?>> member, TValue? from, TValue? to)
        where TValue : struct =>
        from is null && to is null
            ? this
            : With(
                new Condition.Within(
                    Name(member),
                    from is { } first ? Spelled(first) : null,
                    to is { } last ? Spelled(last) : null
                )
            );

    private static string Name(LambdaExpression member) => MemberPath.Of(member).Name;

    private static object Spelled(object value) => DocumentJson.Spell(value);

    private DocumentQuery<T> With(Condition condition) => new([.. Conditions, condition]);
}
