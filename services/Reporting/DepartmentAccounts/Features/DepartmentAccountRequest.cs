using System.Text.RegularExpressions;
using CustomerService.Reporting.Archive;
using CustomerService.Reporting.Webhooks.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Reporting.DepartmentAccounts.Features;

/// <summary>What an account hears of.</summary>
/// <param name="Patterns">Which events, 1 to 20 patterns: words joined by dots, <c>*</c> for one word, <c>#</c> for any
/// number of them.</param>
/// <param name="ReadsStream">Whether it may also read the stream with every event of 30 days, whatever the
/// patterns.</param>
internal sealed record DepartmentAccountContent(IReadOnlyList<string> Patterns, bool ReadsStream = false)
{
    internal sealed class Validator : AbstractValidator<DepartmentAccountContent>
    {
        public Validator() => Patterns(RuleFor(r => r.Patterns), RuleForEach(r => r.Patterns));

        internal static void Patterns<T>(
            IRuleBuilderInitial<T, IReadOnlyList<string>> all,
            IRuleBuilderInitialCollection<T, string> each
        )
        {
            all.NotEmpty().AtMost(20);
            each.Must(EventPattern.IsWellFormed)
                .WithErrorCode("event-pattern")
                .Must(pattern =>
                    !EventPattern.IsWellFormed(pattern)
                    || ArchiveModule.Events.Keys.Any(name => EventPattern.Matches(pattern, name))
                )
                .WithErrorCode("event-unknown");
        }
    }
}

/// <summary>An account that is made.</summary>
/// <param name="Name">What it is called: small letters, digits and hyphens, 2 to 40.</param>
/// <param name="Patterns">Which events, 1 to 20 patterns.</param>
/// <param name="ReadsStream">Whether it may also read the stream.</param>
internal sealed partial record DepartmentAccountRequest(
    string Name,
    IReadOnlyList<string> Patterns,
    bool ReadsStream = false
)
{
    internal sealed class Validator : AbstractValidator<DepartmentAccountRequest>
    {
        public Validator()
        {
            RuleFor(r => r.Name)
                .RequiredCode()
                .Must(name => name is null || Form().IsMatch(name))
                .WithErrorCode("account-name");
            DepartmentAccountContent.Validator.Patterns(RuleFor(r => r.Patterns), RuleForEach(r => r.Patterns));
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{0,38}[a-z0-9]$")]
    private static partial Regex Form();
}
