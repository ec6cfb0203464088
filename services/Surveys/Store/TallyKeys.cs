using System.Linq.Expressions;

namespace CustomerService.Surveys.Store;

/// <summary>The members by which documents are counted.</summary>
internal static class TallyKeys
{
    private const int Most = 3;

    /// <summary>Their names.</summary>
    /// <exception cref="NotSupportedException">None, more than three, or one that is no text.</exception>
    public static IReadOnlyList<string> Of(DocumentType type, IEnumerable<LambdaExpression> by)
    {
        var members = by.Select(member => type.Member(MemberPath.Of(member).Name)).ToList();
        return members.Count is > 0 and <= Most && members.TrueForAll(member => member.Form == MemberForm.Text)
            ? [.. members.Select(member => member.Name)]
            : throw new NotSupportedException($"Documents are counted by one to {Most} members that are texts.");
    }
}
