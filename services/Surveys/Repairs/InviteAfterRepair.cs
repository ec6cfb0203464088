using CustomerService.Contracts.Repairs.V1;
using CustomerService.Records;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Projects;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.Store;
using MassTransit;

namespace CustomerService.Surveys.Repairs;

/// <summary>A repair is done and its record returned: the owner is asked how it was, once an order (C5.8.2,
/// kind B).</summary>
internal sealed class InviteAfterRepair(
    IDocumentStore store,
    Links links,
    CommandContexts contexts,
    KnownOrganisations organisations,
    QuestionnaireCatalogue questionnaires,
    SurveysSettings settings
) : IConsumer<RepairOrderReturned>
{
    public async Task Consume(ConsumeContext<RepairOrderReturned> context)
    {
        var order = context.Message;
        // The inbox stops a second delivery of the same message; this stops a second message about the same order.
        var occasion = $"repair-order:{order.RepairOrderId:D}";
        if (
            await store.AnyAsync(
                DocumentQuery<Invitation>.All.Where(i => i.Occasion, occasion),
                context.CancellationToken
            )
        )
        {
            return;
        }

        // Who was merged meanwhile means the one that stayed (S4).
        var stayed = await organisations.StayedAsync(order.OwnerId, context.CancellationToken);
        var acting = contexts.ForSystem("surveys");
        var link = SecretLink.New();
        var invitation = Invitation
            .Send(
                acting,
                new Addressee
                {
                    Survey = SurveyKind.B,
                    CustomerId = stayed?.Id ?? order.OwnerId,
                    CustomerName = stayed?.Name ?? order.OwnerName,
                    Contact = order.Contact,
                    Phone = order.Phone,
                    SourceId = order.RepairOrderId,
                    SourceNumber = order.Number,
                    Occasion = occasion,
                },
                questionnaires.InForceOn(acting.Today),
                new IssuedLink(link.Hash, settings.LinkOf(link.Token))
            )
            .Required();
        store.Add(invitation);
        await links.LinkAsync(
            acting,
            new LinkedPair(
                new RecordRef("surveys", invitation.Kind, invitation.Id, null),
                LinkKind.CausedBy,
                new RecordRef("repairs", "repair-order", order.RepairOrderId, order.Number)
            ),
            context.CancellationToken
        );
    }
}
