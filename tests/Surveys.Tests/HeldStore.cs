using System.Reflection;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Tests;

/// <summary>Holds one look-up of an invitation, so that a test decides what happens between it and the commit.</summary>
public sealed class Gate
{
    private Held? _armed;

    /// <summary>The next look-up is held.</summary>
    public Held Arm() => _armed = new Held();

    internal async Task<T> PassAsync<T>(Task<T> lookUp)
    {
        var found = await lookUp;
        if (Interlocked.Exchange(ref _armed, null) is { } held)
        {
            await held.WaitAsync();
        }

        return found;
    }

    /// <summary>A look-up that is held.</summary>
    public sealed class Held
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>The record is read.</summary>
        public Task Reached => _reached.Task;

        public void Release() => _released.SetResult();

        internal Task WaitAsync()
        {
            _reached.SetResult();
            return _released.Task;
        }
    }
}

/// <summary>The real store, with a gate behind its look-ups of invitations.</summary>
public class HeldStore : DispatchProxy
{
    private IDocumentStore? _store;
    private Gate? _gate;

    internal static IDocumentStore Of(IDocumentStore store, Gate gate)
    {
        var proxy = Create<IDocumentStore, HeldStore>();
        ((HeldStore)(object)proxy)._store = store;
        ((HeldStore)(object)proxy)._gate = gate;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var result = targetMethod!.Invoke(_store, args);
        return targetMethod.Name == nameof(IDocumentStore.FindAsync) && result is Task<Invitation?> found
            ? _gate!.PassAsync(found)
            : result;
    }
}
