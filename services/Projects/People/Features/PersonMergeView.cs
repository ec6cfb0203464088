using CustomerService.Projects.Organisations.Domain;

namespace CustomerService.Projects.People.Features;

/// <summary>How a record of a person came to be merged into another (S4).</summary>
/// <param name="Into">The record that stays.</param>
/// <param name="IntoName">Its name at that time.</param>
/// <param name="By">Who merged them.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Reason">Why the two are one.</param>
/// <param name="UndoneUntil">Last day on which it can be undone.</param>
internal sealed record PersonMergeView(
    Guid Into,
    string IntoName,
    string By,
    DateTimeOffset At,
    string Reason,
    DateOnly UndoneUntil
)
{
    public static PersonMergeView? From(Merged? merged) =>
        merged is null
            ? null
            : new(
                merged.Into,
                merged.IntoName,
                merged.By.Name,
                merged.By.At,
                merged.Reason,
                merged.On.AddDays(Merging.UndoDays)
            );
}
