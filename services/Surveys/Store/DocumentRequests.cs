using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Work;

namespace CustomerService.Surveys.Store;

/// <summary>The walks of every request, on documents: read one, change one, list. The same as those of
/// <see cref="Caller"/> and <see cref="Lists"/> on EF Core.</summary>
internal static class DocumentRequests
{
    /// <summary>Reads one record: its representation with the ETag; 404 where it is not there or not to be
    /// seen.</summary>
    public static async Task<QueryResult> ReadAsync<T>(
        this Caller caller,
        IDocumentStore store,
        DocumentQuery<T> visible,
        Guid id,
        Func<T, Caller, object> view,
        CancellationToken cancellation
    )
        where T : Aggregate =>
        (await store.ListAsync(visible.Where(r => r.Id, id), null, 1, cancellation)) is [var record]
            ? QueryResult.Of(view(record, caller), record.Version)
            : QueryResult.NotFound;

    /// <summary>Changes a record, as <see cref="Caller.Change{T}"/> says.</summary>
    public static async Task<CommandResult> ChangeAsync<T>(
        this Caller caller,
        IDocumentStore store,
        DocumentQuery<T> visible,
        Guid id,
        Func<T, CommandContext, Refusal?> change,
        Func<T, Caller, object> view,
        CancellationToken cancellation
    )
        where T : Aggregate =>
        caller.Change(await store.FindAsync(visible.Where(r => r.Id, id), cancellation), change, view);

    /// <summary>A page, newest first: identities are of version 7 and so in order of time.</summary>
    public static async Task<QueryResult> ToPageAsync<T, TItem>(
        this DocumentQuery<T> query,
        IDocumentStore store,
        PageQuery page,
        Func<T, TItem> item,
        CancellationToken cancellation
    )
        where T : Aggregate
    {
        if (!page.TryAfter(out var after))
        {
            return PageQuery.BadCursor;
        }

        // One more than the page holds, so that a following page is known of.
        var read = await store.ListAsync(query, after, page.Size + 1, cancellation);
        return QueryResult.Of(Lists.Cut(read, page, record => record.Id.ToString("N"), item));
    }

    /// <summary>Maps <c>assign-to</c>, <c>take</c> and <c>release</c> of a kind of records.</summary>
    /// <param name="routes">The versioned routes.</param>
    /// <param name="collection">The collection in the address.</param>
    /// <param name="view">Makes the representation.</param>
    public static void MapAssignment<T, TView>(
        this IEndpointRouteBuilder routes,
        string collection,
        Func<T, Caller, IServiceProvider, TView> view
    )
        where T : Aggregate
        where TView : class =>
        routes.MapAssignment<T, TView>(
            collection,
            (context, caller, id, change, cancellation) =>
                caller.ChangeAsync(
                    context.RequestServices.GetRequiredService<IDocumentStore>(),
                    StaffAccess.Of<T>(caller.Actor),
                    id,
                    change,
                    (record, reader) => view(record, reader, context.RequestServices),
                    cancellation
                )
        );
}
