using CustomerService.Contracts.Projects.V1;
using CustomerService.Registry;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Store;
using MassTransit;
using Response = CustomerService.Surveys.Responses.Domain.Response;

namespace CustomerService.Surveys.Projects;

/// <summary>Invitations and responses move with their customer when it is merged into another (S4).</summary>
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
        ];

    private async Task<IReadOnlyList<RecordReference>> EachAsync<T>(
        string what,
        DocumentQuery<T> which,
        ReferenceMove move,
        Action<T, CommandContext> change,
        CancellationToken cancellation
    )
        where T : Aggregate, IUnderPolicy
    {
        const int Batch = 200;
        var (moved, after, only) = (new List<RecordReference>(), Guid.Empty, move.OnlyOf(what));
        while (true)
        {
            var ids = await store.ListIdsAsync(which, after, Batch, cancellation);
            foreach (var id in ids.Where(id => only?.Contains(id) != false))
            {
                if (await store.FindAsync(which.Where(r => r.Id, id), cancellation) is { } record)
                {
                    change(record, contexts.ForSystem("surveys", record));
                    moved.Add(new(what, id));
                }
            }

            if (ids.Count < Batch)
            {
                return moved;
            }

            after = ids[^1];
        }
    }
}
