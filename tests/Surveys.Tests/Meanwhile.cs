using System.Reflection;
using CustomerService.Rules;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Tests;

/// <summary>The real store; something else happens between its heads and its entries.</summary>
public class Meanwhile : DispatchProxy
{
    private IDocumentStore? _store;
    private Func<Task>? _happens;

    internal static IDocumentStore Of(IDocumentStore store, Func<Task> happens)
    {
        var proxy = Create<IDocumentStore, Meanwhile>();
        ((Meanwhile)(object)proxy)._store = store;
        ((Meanwhile)(object)proxy)._happens = happens;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod!.Name == nameof(IDocumentStore.ReadAuditTrailAsync)
            ? TrailAsync()
            : targetMethod.Invoke(_store, args);

    private async IAsyncEnumerable<AuditEntry> TrailAsync()
    {
        await _happens!();
        await foreach (var entry in _store!.ReadAuditTrailAsync(default))
        {
            yield return entry;
        }
    }
}
