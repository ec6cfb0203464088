using CustomerService.Records;
using CustomerService.Registry;
using CustomerService.Repairs.ChargeBacks.Domain;
using CustomerService.Repairs.ChargeBacks.Features;
using CustomerService.Repairs.Data;
using CustomerService.Work;

namespace CustomerService.Repairs.ChargeBacks;

/// <summary>Charge-backs: routes.</summary>
internal static class ChargeBacksModule
{
    internal static void Add(IServiceCollection services) =>
        services
            .AddScoped<IMoveReferences, ChargeBacksFollowMerges>()
            .AddScoped<IFollowRegistry, ChargeBacksFollowMerges>();

    internal static void Map(IEndpointRouteBuilder v1)
    {
        var routes = v1.MapGroup("").WithTags("Charge-backs");
        ListChargeBacks.Map(routes);
        GetChargeBack.Map(routes);
        AcceptChargeBack.Map(routes);
        DisputeChargeBack.Map(routes);
        ReviseChargeBack.Map(routes);
        UpholdChargeBack.Map(routes);
        SettleChargeBack.Map(routes);
        WithdrawChargeBack.Map(routes);
        routes.MapRecords<RepairsDb, ChargeBack>(
            "charge-backs",
            (charges, actor) => charges.VisibleTo(actor),
            charge => charge.Number,
            ChargeBackAction.Propose,
            ChargeBackAction.Accept,
            ChargeBackAction.Dispute,
            ChargeBackAction.Revise,
            ChargeBackAction.Uphold,
            ChargeBackAction.Settle,
            ChargeBackAction.Withdraw
        );
        v1.MapAssignment<RepairsDb, ChargeBack, ChargeBackView>(
            "charge-backs",
            (db, actor) => db.ChargeBacks.VisibleTo(actor),
            ChargeBackView.From
        );
    }
}
