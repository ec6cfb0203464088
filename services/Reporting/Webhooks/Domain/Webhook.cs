using System.Security.Cryptography;
using CustomerService.Rules;

namespace CustomerService.Reporting.Webhooks.Domain;

/// <summary>What a webhook is told.</summary>
/// <param name="Name">What the receiver is called.</param>
/// <param name="Address">Where events are posted.</param>
/// <param name="Patterns">Which events, see <see cref="EventPattern"/>.</param>
internal sealed record WebhookSettings(string Name, string Address, IReadOnlyList<string> Patterns);

/// <summary>A department's own system that hears of events over HTTP, because it speaks no AMQP (C3.1.4).</summary>
internal sealed class Webhook : Aggregate<Webhook, WebhookState, WebhookAction>
{
    private const int SecretBytes = 32;

    protected override Flow<Webhook, WebhookState, WebhookAction> Table => WebhookFlow.Table;

    public override string Kind => "webhook";

    public string Name { get; private set; } = "";

    public string Address { get; private set; } = "";

    public IReadOnlyList<string> Patterns { get; private set; } = [];

    /// <summary>Key of the signatures, base64. Told once; it must be kept, because each delivery is signed with it.</summary>
    public string Secret { get; private set; } = "";

    /// <summary>The key before it, which signs too until <see cref="FormerSecretUntil"/>.</summary>
    public string? FormerSecret { get; private set; }

    /// <summary>Until when, UTC.</summary>
    public DateTimeOffset? FormerSecretUntil { get; private set; }

    /// <summary>Why it is suspended.</summary>
    public string? SuspendedBecause { get; private set; }

    public string CreatedBy { get; private set; } = "";

    /// <summary>A new webhook.</summary>
    public static Result<Webhook> Register(CommandContext context, WebhookSettings settings)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(settings);
        var webhook = new Webhook
        {
            Id = Guid.CreateVersion7(context.Now),
            Name = settings.Name,
            Address = settings.Address,
            Patterns = settings.Patterns,
            Secret = NewSecret(),
            CreatedBy = context.Actor.Name,
        };
        return webhook.Start(context, WebhookAction.Register, why: settings.Address) is { } refusal ? refusal : webhook;
    }

    /// <summary>Other events, another address.</summary>
    public Refusal? Revise(CommandContext context, WebhookSettings settings) =>
        Transition(
            context,
            WebhookAction.Revise,
            why: settings.Address,
            change: () => (Name, Address, Patterns) = (settings.Name, settings.Address, settings.Patterns)
        );

    /// <summary>Sends nothing until it is resumed; what happens meanwhile is kept.</summary>
    public Refusal? Suspend(CommandContext context, string reason) =>
        Transition(context, WebhookAction.Suspend, why: reason, change: () => SuspendedBecause = reason);

    /// <summary>Sends what was kept, and goes on.</summary>
    public Refusal? Resume(CommandContext context) =>
        Transition(context, WebhookAction.Resume, why: null, change: () => SuspendedBecause = null);

    /// <summary>A new key. Both sign for a day, so that the receiver can change over without losing one.</summary>
    public Refusal? RenewSecret(CommandContext context) =>
        Transition(
            context,
            WebhookAction.RenewSecret,
            why: null,
            change: () =>
            {
                (FormerSecret, FormerSecretUntil) = (Secret, context.Now.AddDays(1));
                Secret = NewSecret();
            }
        );

    /// <summary>Ends it; what was not sent is not sent any more.</summary>
    public Refusal? Remove(CommandContext context) =>
        Transition(
            context,
            WebhookAction.Remove,
            why: null,
            change: () => (FormerSecret, FormerSecretUntil) = (null, null)
        );

    /// <summary>The keys that sign at this instant.</summary>
    public IReadOnlyList<string> SecretsAt(DateTimeOffset now) =>
        FormerSecret is { } former && now < FormerSecretUntil ? [Secret, former] : [Secret];

    /// <summary>Whether it is to hear of an event.</summary>
    public bool Wants(string eventName) => Wants(State, Patterns, eventName);

    /// <summary>The same of one in this state, with these patterns.</summary>
    internal static bool Wants(WebhookState state, IReadOnlyList<string> patterns, string eventName) =>
        state != WebhookState.Removed && patterns.Any(pattern => EventPattern.Matches(pattern, eventName));

    private static string NewSecret() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes));
}
