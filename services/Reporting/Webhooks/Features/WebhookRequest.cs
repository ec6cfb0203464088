using CustomerService.Contracts;
using CustomerService.Messaging;
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

        private static readonly IReadOnlyList<string> Known =
        [
            .. typeof(IIntegrationEvent)
                .Assembly.GetTypes()
                .Where(type => type.IsClass && !type.IsAbstract && type.IsAssignableTo(typeof(IIntegrationEvent)))
                .Select(EventNames.Of),
        ];

        public Validator(WebhookAddress addresses)
        {
            RuleFor(r => r.Name).RequiredText(TextLength.Line);
            RuleFor(r => r.Address).RequiredText(WebhookAddress.Longest);
            RuleFor(r => r.Address)
                .Custom(
                    (address, context) =>
                    {
                        if (addresses.Fault(address) is { } fault)
                        {
                            context.AddFailure(
                                new FluentValidation.Results.ValidationFailure("Address", fault) { ErrorCode = fault }
                            );
                        }
                    }
                )
                .When(r => !string.IsNullOrEmpty(r.Address));
            RuleFor(r => r.Patterns).NotEmpty().AtMost(MostPatterns);
            RuleForEach(r => r.Patterns)
                .Must(EventPattern.IsWellFormed)
                .WithErrorCode("event-pattern")
                .Must(pattern =>
                    !EventPattern.IsWellFormed(pattern) || Known.Any(n => EventPattern.Matches(pattern, n))
                )
                .WithErrorCode("event-unknown");
        }
    }
}
