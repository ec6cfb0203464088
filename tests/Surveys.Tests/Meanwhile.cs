using System.Reflection;
using CustomerService.Rules;
using CustomerService.Surveys.Data;

namespace CustomerService.Surveys.Tests;

/// <summary>The real store; between its heads and its entries something else happens.</summary>
public class Meanwhile : DispatchProxy
{
    private ISurveyStore? _store;
    private Func<Task>? _happens;

    internal static ISurveyStore Of(ISurveyStore store, Func<Task> happens)
    {
        var proxy = Create<ISurveyStore, Meanwhile>();
        ((Meanwhile)(object)proxy)._store = store;
        ((Meanwhile)(object)proxy)._happens = happens;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod!.Name == nameof(ISurveyStore.ReadAuditTrailAsync)
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
