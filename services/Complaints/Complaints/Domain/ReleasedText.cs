namespace CustomerService.Complaints.Complaints.Domain;

/// <summary>What QC released goes to the customer word for word; customer service may add before and behind it, and the
/// difference is kept (C5.6.1).</summary>
internal static class ReleasedText
{
    /// <summary>Each text that is handed in holds the released one unaltered.</summary>
    public static bool AddsOnly(Release release, AnswerInput answer) =>
        Pairs(release, answer).All(pair => pair.Given is null || Position(pair.Released, pair.Given) >= 0);

    /// <summary>What was added, part by part; nothing for parts that are as released.</summary>
    public static IReadOnlyList<AnswerAddition> Added(Release release, AnswerInput answer) =>
        [
            .. Pairs(release, answer)
                .Where(pair => pair.Given is not null && pair.Given != pair.Released)
                .Select(pair =>
                {
                    var at = Position(pair.Released, pair.Given!);
                    return new AnswerAddition(pair.Part, pair.Given![..at], pair.Given[(at + pair.Released.Length)..]);
                }),
        ];

    private static int Position(string released, string given) => given.IndexOf(released, StringComparison.Ordinal);

    private static IEnumerable<(string Part, string Released, string? Given)> Pairs(
        Release release,
        AnswerInput answer
    ) =>
        [
            ("cause", release.Cause, answer.Cause),
            ("traceability", release.Traceability, answer.Traceability),
            ("conclusion", release.Conclusion, answer.Conclusion),
        ];
}
