using CustomerService.Contracts;
using CustomerService.Messaging;
using CustomerService.Reporting.Archive.Consumers;

namespace CustomerService.Reporting.Archive;

/// <summary>Every event, kept, and what is made of it.</summary>
internal static class ArchiveModule
{
    /// <summary>The types of all events, by their names.</summary>
    public static IReadOnlyDictionary<string, Type> Events { get; } =
        typeof(IIntegrationEvent)
            .Assembly.GetTypes()
            .Where(type => type.IsClass && !type.IsAbstract && type.IsAssignableTo(typeof(IIntegrationEvent)))
            .ToDictionary(EventNames.Of);

    /// <summary>Subscribes to every event that there is, in one queue: the facts are made in the same commit, so that they
    /// never have what the archive lacks.</summary>
    public static void Consume(MessagingBuilder bus) =>
        bus.ConsumeTogether(
            "Archive",
            [
                .. Events
                    .OrderBy(e => e.Key, StringComparer.Ordinal)
                    .Select(e => typeof(KeepEvents<>).MakeGenericType(e.Value)),
            ],
            typeof(KeepEventBatch)
        );
}
