using CustomerService.Projects.Projects.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Projects.Projects.Features;

/// <summary>The contract's term for a part: years, months, seasons, or as the contract (the design life).
/// Without any it is blank: the prescribed term holds.</summary>
/// <param name="Part">Part code of Table 3.1.</param>
/// <param name="Years">Years.</param>
/// <param name="Months">Months.</param>
/// <param name="Seasons">Full heating and cooling seasons.</param>
/// <param name="AsContract">For the design life.</param>
internal sealed record CommitmentRequest(
    string Part,
    int? Years = null,
    int? Months = null,
    int? Seasons = null,
    bool? AsContract = null
)
{
    /// <summary>At most one row a part.</summary>
    public static bool AreOfDifferentParts(IReadOnlyList<CommitmentRequest>? rows) =>
        rows is null || rows.Select(c => c.Part).Distinct().Count() == rows.Count;

    public Commitment? Commitment() =>
        (Years, Months, Seasons, AsContract) switch
        {
            ({ } years, _, _, _) => new(Part, WarrantyLength.Years(years)),
            (_, { } months, _, _) => new(Part, WarrantyLength.Months(months)),
            (_, _, { } seasons, _) => new(Part, WarrantyLength.Seasons(seasons)),
            (_, _, _, true) => new(Part, WarrantyLength.DesignLife),
            _ => null,
        };

    /// <summary>The terms that were given, and the parts whose term was left blank.</summary>
    public static (IReadOnlyList<Commitment> Given, IReadOnlyList<string> Blank) Split(
        IReadOnlyList<CommitmentRequest>? rows
    ) =>
        (
            [.. (rows ?? []).Select(row => row.Commitment()).OfType<Commitment>()],
            [.. (rows ?? []).Where(row => row.Commitment() is null).Select(row => row.Part)]
        );

    internal static readonly InlineValidator<CommitmentRequest> Rules = new()
    {
        v => v.RuleFor(c => c.Part).RequiredText(TextLength.Code),
        v => v.RuleFor(c => c.Years).InclusiveBetween(1, WarrantyLength.LongestYears),
        v => v.RuleFor(c => c.Months).InclusiveBetween(1, WarrantyLength.LongestMonths),
        v => v.RuleFor(c => c.Seasons).InclusiveBetween(1, WarrantyLength.LongestYears),
        v =>
            v.RuleFor(c => c)
                .Must(c =>
                    new[]
                    {
                        c.Years is not null,
                        c.Months is not null,
                        c.Seasons is not null,
                        c.AsContract == true,
                    }.Count(given => given) <= 1
                )
                .OverridePropertyName("term")
                .WithErrorCode("one-term"),
    };
}
