using CustomerService.Records.Keeping;
using CustomerService.Repairs.Appointments.Domain;
using CustomerService.Repairs.ChargeBacks.Domain;
using CustomerService.Repairs.Components.Domain;
using CustomerService.Repairs.MonthlyReports.Domain;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Repairs.Returns.Domain;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Repairs.Trips.Domain;
using CustomerService.Repairs.WorkLinks.Domain;

namespace CustomerService.Repairs;

/// <summary>What is kept and, after its day, erased (C8).</summary>
internal static class RepairsRetention
{
    public static IReadOnlyList<KeptKind> Kinds { get; } =
    [
        KeptKind
            .Of<RepairOrder>(order => order.Number)
            .Warranty<RepairOrder>(order => order.Warranty?.Until)
            .With<Appointment>(appointment => appointment.RepairOrderId)
            .With<WorkLink>(link => link.RepairOrderId!.Value),
        KeptKind.Of<Rma>(rma => rma.Number).With<CustomerLink>(link => link.RmaId),
        KeptKind.Of<RmaUnit>(unit => unit.Number).Warranty<RmaUnit>(unit => unit.WarrantyEndsOn),
        KeptKind.Of<Shipment>(shipment => shipment.Number),
        KeptKind.Of<ReturnCase>(one => one.Number),
        KeptKind.Of<TermsEdition>(edition => edition.Number).InUse(TermsEditionState.Published),
        KeptKind.Of<MakerClaim>(claim => claim.Number),
        KeptKind.Of<MonthlyReport>(report => report.Number),
        KeptKind
            .Of<ChargeBack>(charge => charge.Number)
            .WarrantyOf<ChargeBack, RepairOrder>(charge => charge.RepairOrderId),
        KeptKind.Of<Trip>(trip => trip.Number),
    ];
}
