using CustomerService.Complaints.Capas;
using CustomerService.Complaints.Capas.Domain;
using CustomerService.Contracts.Repairs.V1;
using MassTransit;

namespace CustomerService.Complaints.Repairs;

/// <summary>Counts each first inspection of a repair for the CAPAs that watch the first-pass rate of its model, or of
/// its part of Table 3.1 (C5.6.2).</summary>
internal sealed class SampleFirstPass(EffectMeasurement measurement)
    : IConsumer<RmaUnitInspected>,
        IConsumer<RepairOrderInspected>
{
    public Task Consume(ConsumeContext<RmaUnitInspected> context)
    {
        var unit = context.Message;
        return SampleAsync(
            unit.ModelCode,
            unit.Round,
            unit.UnitId,
            unit.Passed,
            unit.InspectedOn,
            context.CancellationToken
        );
    }

    public Task Consume(ConsumeContext<RepairOrderInspected> context)
    {
        var order = context.Message;
        return SampleAsync(
            order.PartCode,
            order.Round,
            order.RepairOrderId,
            order.Passed,
            order.InspectedOn,
            context.CancellationToken
        );
    }

    private Task SampleAsync(
        string? what,
        int round,
        Guid id,
        bool passed,
        DateOnly on,
        CancellationToken cancellation
    ) =>
        what is null || round != 1
            ? Task.CompletedTask
            : measurement.SampleAsync(
                new Dictionary<string, bool> { [EffectWatch.OfFirstPass(what)] = passed },
                id,
                on,
                cancellation
            );
}
