using CustomerService.Rules;
using static CustomerService.Reporting.Subscriptions.Domain.SubscriptionState;
using Do = CustomerService.Reporting.Subscriptions.Domain.SubscriptionAction;
using Flow = CustomerService.Rules.Flow<
    CustomerService.Reporting.Subscriptions.Domain.Subscription,
    CustomerService.Reporting.Subscriptions.Domain.SubscriptionState,
    CustomerService.Reporting.Subscriptions.Domain.SubscriptionAction
>;

namespace CustomerService.Reporting.Subscriptions.Domain;

/// <summary>The life of a subscription of a report (C3.1.3).</summary>
internal static class SubscriptionFlow
{
    public static readonly string[] Keepers =
    [
        Roles.Administrator,
        Roles.GeneralManager,
        Roles.DeputyGeneralManager,
        Roles.ManagementRepresentative,
        Roles.QcHead,
        Roles.EngineeringHead,
        Roles.SalesManager,
        Roles.DepartmentHead,
        Roles.CustomerService,
    ];

    private static readonly string[] Account = [Roles.System];

    // csharpier-ignore
    public static Flow Table => field ??= Flow.Named("subscription")
        .Start(Do.Subscribe, Active, "C3.1.3", Keepers)

        .In(Active, Paused).Stay(Do.Revise, "C3.1.3", Keepers, IsOwn)
        .From(Active).MayOn(Do.Pause, Paused, "C3.1.3", Keepers, IsOwn)
        .From(Active).MayOn(Do.PauseWithAccount, Paused, "C3.1.3", Account)
        .From(Paused).MayOn(Do.Resume, Active, "C3.1.3", Keepers, IsOwn)
        .From(Active, Paused).MayOn(Do.Remove, Removed, "C3.1.3", Keepers, IsOwn)
        .Ends(Removed)
        .Build();

    private static readonly Guard<Subscription> IsOwn = Guard<Subscription>.Require(
        (subscription, context) => context.Actor.Has(Roles.Administrator) || context.Actor.Id == subscription.OwnerId,
        code: "subscription-not-yours",
        rule: "C3.1.3",
        missing: ["owner"],
        suppliedBy: [Roles.Administrator]
    );
}
