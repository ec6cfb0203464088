using CustomerService.Rules;
using static CustomerService.Repairs.ChargeBacks.Domain.ChargeBackAction;
using static CustomerService.Repairs.ChargeBacks.Domain.ChargeBackState;
using Flow = CustomerService.Rules.Flow<
    CustomerService.Repairs.ChargeBacks.Domain.ChargeBack,
    CustomerService.Repairs.ChargeBacks.Domain.ChargeBackState,
    CustomerService.Repairs.ChargeBacks.Domain.ChargeBackAction
>;
using Guard = CustomerService.Rules.Guard<CustomerService.Repairs.ChargeBacks.Domain.ChargeBack>;

namespace CustomerService.Repairs.ChargeBacks.Domain;

/// <summary>The life of a charge-back, rule P3.1.1.</summary>
internal static class ChargeBackFlow
{
    // csharpier-ignore
    public static Flow Table => field ??= Flow.Named("charge-back")
        .Start(Propose, Proposed, "P3.1.1", Proposers)

        .From(Proposed)           .On(Accept,   Accepted,  "P3.1.1", TheUnit, OwnChargeBack)
        .From(Proposed)           .On(Dispute,  Disputed,  "P3.1.1", TheUnit, OwnChargeBack)
        .From(Disputed)           .MustOn(Revise, Proposed, "P3.1.1", Proposers, NotMore)
        .From(Disputed)           .On(Uphold,   Accepted,  "P3.1.1", Deciders, NotTheProposer)
        .From(Accepted)           .On(Settle,   Settled,   "P3.1.1", Settlers, SettledByToday)
        .From(Proposed, Disputed) .On(Withdraw, Withdrawn, "P3.1.1", Proposers)
        .In(Proposed, Disputed, Accepted)
            .Stay(FollowRegistry, "S4", TheSystem)
        .Ends(Settled)
        .Abandons(Withdrawn)
        .Build();

    private static readonly string[] TheSystem = [Roles.System];
    private static readonly string[] Proposers = [Roles.EngineeringHead];
    private static readonly string[] TheUnit = [Roles.RepairUnit];
    private static readonly string[] Deciders = [Roles.GeneralManager, Roles.DeputyGeneralManager];
    private static readonly string[] Settlers = [Roles.Finance];

    private static readonly Guard OwnChargeBack = Guard.RequirePeople(
        (charge, _) => People.Of(new Taker(Roles.RepairUnit, OrganisationId: charge.UnitId)),
        code: "not-own-order",
        rule: "P3.1.1",
        missing: ["assigned-unit"],
        suppliedBy: TheUnit
    );
    private static readonly Guard NotMore = Guard.RequireInput<RevisedSum>(
        (charge, _, given) => given.Amount <= charge.Amount,
        code: "revised-upwards",
        rule: "P3.1.1",
        missing: ["sum-not-above-first"],
        suppliedBy: Proposers
    );
    private static readonly Guard NotTheProposer = Guard.RequirePeople(
        (charge, _) => People.Not(charge.ProposedBy),
        code: "decider-is-proposer",
        rule: "P3.1.1",
        missing: ["other-decider"],
        suppliedBy: Deciders
    );
    private static readonly Guard SettledByToday = Guard.RequireInput<Settlement>(
        (charge, context, given) => given.On <= context.Today && given.On >= charge.ProposedOn,
        code: "date-in-future",
        rule: "P3.1.1",
        missing: ["past-date"],
        suppliedBy: Settlers
    );
}
