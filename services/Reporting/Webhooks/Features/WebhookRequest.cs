using CustomerService.Reporting.Archive;
using CustomerService.Reporting.Webhooks.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Reporting.Webhooks.Features;

/// <summary>What a webhook is told.</summary>
/// <param name="Name">What the receiver is called, at most 200 characters.</param>
/// <param name="Address">Where events are posted; <c>https</c>, at most 500 characters.</param>
/// <param name="Patterns">Which events, 1 to 20 patterns: words joined by dots, <c>*</c> for one word, <c>#</c> for any
/// number of them, such as <c>repairs.#</c> or <c>*.complaint.registered.v1</c>.</param>
internal sealed record WebhookRequest(string Name, string Address, IReadOnlyList<string> Patterns)
{
    public WebhookSettings Settings => new(Name, Address, [.. Patterns.Distinct()]);

    internal sealed class Validator : AbstractValidator<WebhookRequest>
    {
        private const int MostPatterns = 20;

        public Validator()
        {
            RuleFor(r => r.Name).RequiredText(TextLength.Line);
            RuleFor(r => r.Address).RequiredText(WebhookAddress.Longest);
            RuleFor(r => r.Patterns).NotEmpty().AtMost(MostPatterns);
            RuleForEach(r => r.Patterns)
                .Must(EventPattern.IsWellFormed)
                .WithErrorCode("event-pattern")
                .Must(pattern =>
                    !EventPattern.IsWellFormed(pattern)
                    || ArchiveModule.Events.Keys.Any(name => EventPattern.Matches(pattern, name))
                )
                .WithErrorCode("event-unknown");
        }
    }
}
