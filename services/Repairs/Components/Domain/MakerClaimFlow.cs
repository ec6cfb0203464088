using CustomerService.Rules;
using static CustomerService.Repairs.Components.Domain.MakerClaimAction;
using static CustomerService.Repairs.Components.Domain.MakerClaimState;
using Flow = CustomerService.Rules.Flow<
    CustomerService.Repairs.Components.Domain.MakerClaim,
    CustomerService.Repairs.Components.Domain.MakerClaimState,
    CustomerService.Repairs.Components.Domain.MakerClaimAction
>;
using Guard = CustomerService.Rules.Guard<CustomerService.Repairs.Components.Domain.MakerClaim>;

namespace CustomerService.Repairs.Components.Domain;

/// <summary>The life of what is sent to its maker, rule C3.1.1.</summary>
internal static class MakerClaimFlow
{
    // csharpier-ignore
    public static Flow Table => field ??= Flow.Named("maker-claim")
        .Start(Prepare, Prepared, "C3.1.1", Senders)

        .From(Prepared).On(Send,      Sent,      "C3.1.1", Senders, ExpectedFromToday)
        .From(Sent)    .Stay(Expect,             "C3.1.1", Senders, ExpectedFromToday)
        .From(Sent)    .Stay(Chase,              "C3.1.1", Senders)
        .From(Sent)    .Stay(MarkOverdue,        "C3.1.1", TheSystem, IsOverdue)
        .From(Sent)    .On(Answer,    Answered,  "C3.1.1", Senders, AnsweredByToday, NotMoreThanSent)
        .From(Answered).On(Settle,    Settled,   "C3.1.1", Settlers, NotMoreThanClaimed)
        .From(Prepared).MayOn(Cancel, Cancelled, "C3.1.1", Senders)
        .Ends(Settled)
        .Abandons(Cancelled)
        .Build();

    private static readonly string[] TheSystem = [Roles.System];

    /// <summary>Who sends goods to their makers.</summary>
    public static readonly string[] Senders = [Roles.RepairGroup, Roles.CustomerService, Roles.AfterSales];
    private static readonly string[] Settlers = [Roles.Finance];

    private static readonly Guard ExpectedFromToday = Guard.RequireInput<Sending>(
        (_, context, sending) => sending.ExpectedOn >= context.Today,
        code: "expected-in-the-past",
        rule: "C3.1.1",
        missing: ["expected-on"],
        suppliedBy: Senders
    );
    private static readonly Guard IsOverdue = Guard.Require(
        (claim, context) => claim.OverdueOn is null && claim.ExpectedOn < context.Today,
        code: "claim-not-overdue",
        rule: "C3.1.1",
        missing: ["overdue-claim"],
        suppliedBy: TheSystem
    );
    private static readonly Guard AnsweredByToday = Guard.RequireInput<AnswerOfMaker>(
        (_, context, answer) => answer.On <= context.Today,
        code: "date-in-future",
        rule: "C3.1.1",
        missing: ["past-date"],
        suppliedBy: Senders
    );
    private static readonly Guard NotMoreThanSent = Guard.RequireInput<AnswerOfMaker>(
        (claim, _, answer) =>
            answer.Back >= 0
            && answer.Back <= claim.Goods.Quantity
            // A machine of a customer comes back, whatever the maker says.
            && (!claim.Goods.WholeUnit || answer.Back == claim.Goods.Quantity),
        code: "more-than-sent",
        rule: "C3.1.1",
        missing: ["quantity-that-was-sent"],
        suppliedBy: Senders
    );
    private static readonly Guard NotMoreThanClaimed = Guard.RequireInput<ClaimSettlement>(
        (claim, _, given) =>
            given.Recovered >= 0
            && given.Recovered <= claim.Goods.Claimed
            && decimal.Round(given.Recovered, 2) == given.Recovered,
        code: "recovered-out-of-range",
        rule: "C3.1.1",
        missing: ["sum-within-claim"],
        suppliedBy: Settlers
    );
}
