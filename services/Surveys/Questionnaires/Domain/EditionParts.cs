namespace CustomerService.Surveys.Questionnaires.Domain;

/// <summary>An item of a version, worded.</summary>
/// <param name="Code">Its code, which begins with the letter of its dimension and stays the same over the versions.</param>
/// <param name="Names">Its words.</param>
/// <param name="Department">Department that it judges (C5.10).</param>
/// <param name="Weight">Its weight within its dimension.</param>
/// <param name="Required">Whether it must be graded.</param>
/// <param name="Branch">Asked only after another item was graded so low.</param>
internal sealed record EditionItem(
    string Code,
    Words Names,
    string? Department = null,
    int Weight = 1,
    bool Required = false,
    Branch? Branch = null
);

/// <summary>What a kind of survey asks.</summary>
internal sealed record EditionKind(SurveyKind Kind, IReadOnlyList<string> Items, string? Department = null);

/// <summary>All that a version asks.</summary>
/// <param name="Items">Every item, in the order of the form.</param>
/// <param name="Kinds">What each kind asks.</param>
/// <param name="NamesCompetitor">Whether dimension D names who is compared.</param>
internal sealed record EditionContent(
    IReadOnlyList<EditionItem> Items,
    IReadOnlyList<EditionKind> Kinds,
    bool NamesCompetitor
)
{
    /// <summary>The dimensions of C5.8.3.</summary>
    public static IReadOnlyList<string> Dimensions { get; } = ["A", "B", "C", "D", "E", "F"];

    /// <summary>
    /// What keeps it from being published: each kind asks at least one item of every dimension in every form, dimension D
    /// names who is compared (C5.8.3), each item is known, and a branch leads on from an item that is asked before.
    /// </summary>
    public IReadOnlyList<string> Faults()
    {
        var codes = Items.Select(item => item.Code).ToList();
        var faults = new List<string>();
        faults.AddRange(
            codes.GroupBy(code => code).Where(same => same.Count() > 1).Select(same => $"twice:{same.Key}")
        );
        faults.AddRange(codes.Where(code => !Dimensions.Any(d => IsOf(code, d))).Select(code => $"dimension:{code}"));
        foreach (var kind in Enum.GetValues<SurveyKind>())
        {
            var asked = Kinds.Where(k => k.Kind == kind).SelectMany(k => k.Items).ToList();
            faults.AddRange(asked.Except(codes).Select(code => $"unknown:{kind}/{code}"));
            // What stands in a branch is not asked of everybody, and nobody comes to it past an item that is not asked.
            faults.AddRange(
                Dimensions
                    .Where(d => !asked.Exists(code => IsOf(code, d) && BranchOf(code) is null))
                    .Select(d => $"missing:{kind}/{d}")
            );
            faults.AddRange(
                asked
                    .Where(code => BranchOf(code) is { } branch && !asked.Contains(branch.Item))
                    .Select(code => $"branch:{kind}/{code}")
            );
        }

        if (!NamesCompetitor)
        {
            faults.Add("competitor");
        }

        faults.AddRange(
            Items
                .Where((item, place) => item.Branch is { } branch && !codes.Take(place).Contains(branch.Item))
                .Select(item => $"branch:{item.Code}")
        );
        return faults;
    }

    /// <summary>The same as a questionnaire.</summary>
    public Questionnaire As(int version, DateOnly from) =>
        new(
            version,
            from,
            "FM006",
            [
                .. Dimensions
                    .Select(d => new Dimension(d, [.. Items.Select(item => item.Code).Where(code => IsOf(code, d))]))
                    .Where(d => d.Items.Count > 0),
            ],
            Kinds.ToDictionary(kind => kind.Kind, kind => new Template(kind.Items, kind.Department)),
            Items.ToDictionary(
                item => item.Code,
                item => new ItemDetail(item.Names, item.Department, item.Weight, item.Required, item.Branch),
                StringComparer.Ordinal
            ),
            NamesCompetitor
        );

    private Branch? BranchOf(string code) => Items.FirstOrDefault(item => item.Code == code)?.Branch;

    private static bool IsOf(string code, string dimension) =>
        code.StartsWith(dimension + ".", StringComparison.Ordinal);
}
