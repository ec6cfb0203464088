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

/// <summary>A repair is done and its record returned, or everything of an RMA is back: the customer is asked how it was,
/// once an order or RMA (C5.8.2, kind B).</summary>
internal sealed class InviteAfterRepair(
    IDocumentStore store,
    Links links,
    CommandContexts contexts,
    KnownOrganisations organisations,
    QuestionnaireVersions questionnaires,
    ContactHistories histories,
    LinkTokens tokens,
    SurveysMails mails
) : IConsumer<RepairOrderReturned>, IConsumer<RmaClosed>
{
    public Task Consume(ConsumeContext<RepairOrderReturned> context)
    {
        var order = context.Message;
        return AskAsync(
            new RecordRef("repairs", "repair-order", order.RepairOrderId, order.Number),
            new Addressee
            {
                Survey = SurveyKind.B,
                CustomerId = order.OwnerId,
                CustomerName = order.OwnerName,
                Contact = order.Contact,
                Phone = order.Phone,
            },
            context.CancellationToken
        );
    }

    public Task Consume(ConsumeContext<RmaClosed> context)
    {
        var rma = context.Message;
        if (rma.CustomerName is not { } name)
        {
            // Told by a version that did not say who that is.
            return Task.CompletedTask;
        }

        return AskAsync(
            new RecordRef("repairs", "rma", rma.RmaId, rma.Number),
            new Addressee
            {
                Survey = SurveyKind.B,
                CustomerId = rma.CustomerId,
                CustomerName = name,
                // Without a person the organisation itself is asked, and not twice either.
                Contact = rma.Contact ?? name,
                Phone = rma.Phone ?? "",
                Language = rma.Language,
                Department = rma.Department,
            },
            context.CancellationToken
        );
    }

    private async Task AskAsync(RecordRef cause, Addressee about, CancellationToken cancellation)
    {
        // The inbox stops a second delivery of the same message; this stops a second message about the same record.
        var occasion = $"{cause.Kind}:{cause.Id:D}";
        if (await store.AnyAsync(DocumentQuery<Invitation>.All.Where(i => i.Occasion, occasion), cancellation))
        {
            return;
        }

        // Who was merged meanwhile means the one that stayed (S4).
        var customer = await organisations.MeantAsync(about.CustomerId, about.CustomerName, cancellation);
        var acting = contexts.ForSystem("surveys");
        var to = about with
        {
            CustomerId = customer.Id,
            CustomerName = customer.Name,
            Source = cause.Kind,
            SourceId = cause.Id,
            SourceNumber = cause.Number,
            Occasion = occasion,
            Language = await store.LanguageAsync(customer.Id, about.Language, cancellation),
        };
        // The record itself is closed, although that may not have been heard of here.
        var history = await histories.OfAsync(to.CustomerId, to.Contact, cause.Id, cancellation);
        var questionnaire = await questionnaires.InForceOnAsync(acting.Today, cancellation);
        var link = tokens.New();
        if (Invitation.Send(acting, to, questionnaire, link, history).Failed(out _, out var invitation))
        {
            // Asked lately, opted out, or another case is open: then this repair is not asked about.
            return;
        }

        store.Add(invitation);
        await mails.InviteAsync(acting, invitation, link.Address, cancellation);
        await links.LinkAsync(
            acting,
            new LinkedPair(new RecordRef("surveys", invitation.Kind, invitation.Id, null), LinkKind.CausedBy, cause),
            cancellation
        );
    }
}
