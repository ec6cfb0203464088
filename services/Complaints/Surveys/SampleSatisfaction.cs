using CustomerService.Complaints.Capas;
using CustomerService.Complaints.Capas.Domain;
using CustomerService.Contracts.Surveys.V1;
using MassTransit;

namespace CustomerService.Complaints.Surveys;

/// <summary>Counts each response for the CAPAs that watch the satisfaction with one of its items (C5.6.2).</summary>
internal sealed class SampleSatisfaction(EffectMeasurement measurement) : IConsumer<ResponseReceived>
{
    private static readonly string[] Satisfied = ["very-satisfied", "satisfied", "fairly-satisfied"];

    public Task Consume(ConsumeContext<ResponseReceived> context)
    {
        var response = context.Message;
        return measurement.SampleAsync(
            response
                .Items.DistinctBy(graded => graded.Item)
                .ToDictionary(
                    graded => EffectWatch.OfSatisfaction(graded.Item),
                    graded => Satisfied.Contains(graded.Grade)
                ),
            response.ResponseId,
            response.ReceivedOn,
            context.CancellationToken
        );
    }
}
