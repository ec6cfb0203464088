namespace CustomerService.Contracts;

/// <summary>
/// The words that a member can hold, where they are a closed set; the published schema has them as its
/// <c>enum</c>. The member stays a string: a consumer that does not know a later word still reads the event.
/// </summary>
/// <remarks>A word that is added later makes a new version of the event. Where words may be added, the
/// documentation names examples and the attribute is left out.</remarks>
/// <param name="words">The words, kebab-case, in the order of their meaning.</param>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class WordsAttribute(params string[] words) : Attribute
{
    public IReadOnlyList<string> Words { get; } = words;
}
