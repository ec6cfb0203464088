using FluentValidation;

namespace CustomerService.Projects.Projects.Features;

internal static class CityCodes
{
    /// <summary>A code of the season calendar: at most 40 of a-z, 0-9 and '-'.</summary>
    internal static IRuleBuilderOptions<T, string?> CityCode<T>(this IRuleBuilder<T, string?> rule) =>
        rule.MaximumLength(40).Matches(@"^[a-z0-9-]*\z");
}
