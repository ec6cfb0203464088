using CustomerService.Contracts.Projects.V1;
using CustomerService.Registry;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Contacts;
using CustomerService.Surveys.FollowUps.Domain;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Store;
using MassTransit;
using Response = CustomerService.Surveys.Responses.Domain.Response;

namespace CustomerService.Surveys.Projects;

/// <summary>What is kept of a customer moves with it when it is merged into another (S4).</summary>
internal sealed class SurveysFollowMerges(IDocumentStore store, CommandContexts contexts)
    : IConsumer<OrganisationMerged>,
        IConsumer<OrganisationUnmerged>
{
    public async Task Consume(ConsumeContext<OrganisationMerged> context)
    {
        var (e, cancellation) = (context.Message, context.CancellationToken);
        var organisations = new KnownOrganisations(store, contexts);
        await organisations.HeardAsync(e.IntoId, e.IntoName, cancellation);
        await FollowAsync(organisations, e.FromId, e.FromName, e.IntoId, e.Version, cancellation);
    }

    public Task Consume(ConsumeContext<OrganisationUnmerged> context)
    {
        var (e, cancellation) = (context.Message, context.CancellationToken);
        var organisations = new KnownOrganisations(store, contexts);
        return FollowAsync(organisations, e.FromId, e.FromName, null, e.Version, cancellation);
    }

    private async Task FollowAsync(
        KnownOrganisations organisations,
        Guid id,
        string name,
        Guid? into,
        long version,
        CancellationToken cancellation
    )
    {
        var merged = await organisations.HeardAsync(id, name, cancellation);
        var before = merged.MergedInto;
        if (merged.Merge(contexts.ForSystem("surveys"), into, name, version))
        {
            await new ReferenceMoves(organisations, organisations, MoveAsync).FollowAsync(
                id,
                before,
                into,
                cancellation
            );
        }
    }

    private async Task<IReadOnlyList<RecordReference>> MoveAsync(ReferenceMove move, CancellationToken cancellation) =>
        [
            .. await EachAsync(
                "invitation/customer",
                DocumentQuery<Invitation>.All.Where(i => i.CustomerId, move.From),
                move,
                (invitation, context) => invitation.MoveCustomer(context, move.To.Id, move.To.Name),
                cancellation
            ),
            .. await EachAsync(
                "response/customer",
                DocumentQuery<Response>.All.Where(r => r.CustomerId, move.From),
                move,
                (response, context) => response.MoveCustomer(context, move.To.Id, move.To.Name),
                cancellation
            ),
            .. await EachAsync(
                "suggestion/customer",
                DocumentQuery<Suggestion>.All.Where(s => s.CustomerId, move.From),
                move,
                (suggestion, context) => suggestion.MoveCustomer(context, move.To.Id, move.To.Name),
                cancellation
            ),
            .. await EachAsync(
                "owed-answer/customer",
                DocumentQuery<OwedAnswer>.All.Where(o => o.CustomerId, move.From),
                move,
                (owed, context) => owed.MoveCustomer(context, move.To.Id, move.To.Name),
                cancellation
            ),
            .. await EachAsync(
                "opt-out/customer",
                DocumentQuery<OptOut>.All.Where(o => o.CustomerId, move.From),
                move,
                (optOut, context) => optOut.MoveCustomer(context, move.To.Id),
                cancellation
            ),
            .. await EachAsync(
                "customer-case/customer",
                DocumentQuery<CustomerCase>.All.Where(c => c.CustomerId, move.From),
                move,
                (known, context) => known.MoveCustomer(context, move.To.Id),
                cancellation
            ),
        ];

    private async Task<IReadOnlyList<RecordReference>> EachAsync<T>(
        string what,
        DocumentQuery<T> which,
        ReferenceMove move,
        Action<T, CommandContext> change,
        CancellationToken cancellation
    )
        where T : Aggregate
    {
        var only = move.OnlyOf(what);
        var moved = await store.EachAsync(
            which,
            id => only?.Contains(id) != false,
            record => change(record, contexts.OfRecord(record)),
            cancellation
        );
        return [.. moved.Select(id => new RecordReference(what, id))];
    }
}
