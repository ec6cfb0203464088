using CustomerService.Contracts.Repairs.V1;
using CustomerService.Records;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Contacts;
using CustomerService.Surveys.Invitations;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Projects;
using CustomerService.Surveys.Questionnaires;
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
    QuestionnaireVersions questionnaires,
    ContactHistories histories,
    LinkTokens tokens
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
        var customer = stayed?.Id ?? order.OwnerId;
        // The order itself is closed, although that may not have been heard of here.
        var history = await histories.OfAsync(customer, order.Contact, order.RepairOrderId, context.CancellationToken);
        var sent = Invitation.Send(
            acting,
            new Addressee
            {
                Survey = SurveyKind.B,
                CustomerId = customer,
                CustomerName = stayed?.Name ?? order.OwnerName,
                Contact = order.Contact,
                Phone = order.Phone,
                SourceId = order.RepairOrderId,
                SourceNumber = order.Number,
                Occasion = occasion,
            },
            await questionnaires.InForceOnAsync(acting.Today, context.CancellationToken),
            tokens.New(),
            history
        );
        if (sent.Failed(out _, out var invitation))
        {
            // Asked lately, opted out, or another case is open: then this repair is not asked about.
            return;
        }

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
