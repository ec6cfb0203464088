using CustomerService.Contracts.Repairs.V1;
using CustomerService.Rules;
using CustomerService.Surveys.Data;
using CustomerService.Surveys.Domain;
using MassTransit;

namespace CustomerService.Surveys.Messaging;

/// <summary>A repair is done and its record returned: the owner is asked how it was, once an order (C5.8.2,
/// kind B).</summary>
internal sealed class InviteAfterRepair(
    ISurveyStore store,
    CompanyClock clock,
    PolicyCatalogue policies,
    QuestionnaireCatalogue questionnaires,
    SurveySettings settings
) : IConsumer<RepairOrderReturned>
{
    public async Task Consume(ConsumeContext<RepairOrderReturned> context)
    {
        var order = context.Message;
        // The inbox stops a second delivery of the same message; this stops a second message about the same order.
        var occasion = $"repair-order:{order.RepairOrderId:D}";
        if (await store.HasInvitationAsync(occasion, context.CancellationToken))
        {
            return;
        }

        var policy = policies.At(clock.Today);
        var questionnaire = questionnaires.At(clock.Today);
        var addressee = new Addressee(
            SurveyKind.B,
            order.OwnerId,
            order.OwnerName,
            order.Contact,
            order.Phone,
            questionnaire.Kinds[SurveyKind.B].Department,
            "repair-order",
            order.RepairOrderId,
            order.Number,
            occasion
        );
        var (invitation, refusal) = Invitation.Send(
            addressee,
            clock.Context(Actor.System("surveys"), policy.Version),
            policy.Surveys,
            questionnaire.Version,
            LinkToken.New(),
            settings.LinkOf
        );
        if (refusal is not null)
        {
            throw new InvalidOperationException($"An invitation after a repair was refused: {refusal.Code}.");
        }

        store.Add(invitation);
    }
}
