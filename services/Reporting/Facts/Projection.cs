using System.Collections.Frozen;
using System.Reflection;
using CustomerService.Contracts;
using CustomerService.Contracts.Work;
using CustomerService.Reporting.Data;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Reporting.Facts;

/// <summary>Hands events to the facts of one kind.</summary>
internal interface IProjection
{
    /// <summary>The events that it takes.</summary>
    IReadOnlySet<Type> Events { get; }

    /// <summary>Applies many events, in their order: one read of their facts.</summary>
    Task ApplyAsync(ReportingDb db, IReadOnlyList<IIntegrationEvent> events, CancellationToken cancellation);

    /// <summary>Applies one event; who changes the same fact at the same moment waits.</summary>
    Task ApplyAloneAsync(ReportingDb db, IIntegrationEvent e, CancellationToken cancellation);
}

/// <summary>One class for all facts and events.</summary>
internal sealed class Projection<TFact> : IProjection
    where TFact : Fact, new()
{
    private readonly FrozenDictionary<Type, Action<TFact, IIntegrationEvent>> _applies = Projections
        .EventsOf(typeof(TFact))
        .ToFrozenDictionary(e => e, ApplyOf);

    public IReadOnlySet<Type> Events => _events ??= _applies.Keys.ToHashSet();

    private IReadOnlySet<Type>? _events;

    public async Task ApplyAsync(
        ReportingDb db,
        IReadOnlyList<IIntegrationEvent> events,
        CancellationToken cancellation
    )
    {
        var ids = events.SelectMany(Projections.SubjectsOf).Distinct().ToList();
        var facts = await db.Set<TFact>()
            .Where(fact => ids.Contains(fact.Id))
            .ToDictionaryAsync(fact => fact.Id, cancellation);
        foreach (var e in events)
        {
            foreach (var id in Projections.SubjectsOf(e))
            {
                if (!facts.TryGetValue(id, out var fact))
                {
                    db.Add(facts[id] = fact = new TFact { Id = id });
                }

                _applies[e.GetType()](fact, e);
            }
        }
    }

    public async Task ApplyAloneAsync(ReportingDb db, IIntegrationEvent e, CancellationToken cancellation)
    {
        // In one order, or two events of many subjects could wait for each other.
        foreach (var id in Projections.SubjectsOf(e).Order())
        {
            _applies[e.GetType()](await db.FactAsync<TFact>(id, cancellation), e);
        }
    }

    private static Action<TFact, IIntegrationEvent> ApplyOf(Type e) =>
        (Action<TFact, IIntegrationEvent>)
            typeof(Projection<TFact>)
                .GetMethod(nameof(Typed), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(e)
                .Invoke(null, null)!;

    private static Action<TFact, IIntegrationEvent> Typed<TEvent>()
        where TEvent : IIntegrationEvent => (fact, e) => ((IApplies<TEvent>)fact).Apply((TEvent)e);
}

/// <summary>All facts that are kept.</summary>
internal static class Projections
{
    /// <summary>The lock that who writes facts shares, and a rebuild has for itself while it exchanges them.</summary>
    public const string Writers = "fact-writers";

    private static readonly IReadOnlyList<IProjection> All =
    [
        .. typeof(Fact)
            .Assembly.GetTypes()
            .Where(type => type.IsAssignableTo(typeof(Fact)) && !type.IsAbstract)
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => (IProjection)Activator.CreateInstance(typeof(Projection<>).MakeGenericType(type))!),
    ];

    /// <summary>Applies events to every fact that takes them; saved by the caller.</summary>
    public static async Task ApplyAsync(
        this ReportingDb db,
        IReadOnlyList<IIntegrationEvent> events,
        CancellationToken cancellation
    )
    {
        foreach (var projection in All)
        {
            var own = events.Where(e => projection.Events.Contains(e.GetType())).ToList();
            if (own.Count > 0)
            {
                await projection.ApplyAsync(db, own, cancellation);
            }
        }
    }

    /// <summary>Applies one event to every fact that takes it; saved by the caller.</summary>
    public static async Task ApplyAloneAsync(this ReportingDb db, IIntegrationEvent e, CancellationToken cancellation)
    {
        foreach (var projection in All.Where(projection => projection.Events.Contains(e.GetType())))
        {
            await projection.ApplyAloneAsync(db, e, cancellation);
        }
    }

    internal static IEnumerable<Type> EventsOf(Type fact) =>
        fact.GetInterfaces()
            .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IApplies<>))
            .Select(i => i.GetGenericArguments()[0]);

    /// <summary>The facts that an event is about.</summary>
    internal static IEnumerable<Guid> SubjectsOf(IIntegrationEvent e) =>
        e is IWorkChangedEvent work ? work.Records.Select(record => record.RecordId).Distinct() : [e.SubjectId];
}
