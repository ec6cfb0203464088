using System.Buffers;
using System.Text.Json;

namespace CustomerService.Messaging;

/// <summary>
/// Makes events of the parts that wait in <see cref="OutboxPartition.Gathered"/>: one for up to <see cref="Most"/> records,
/// each with its last word. An event has the identity of its last part, so that one that is published twice is seen as a
/// duplicate.
/// </summary>
internal static class GatheredParts
{
    /// <summary>Records in one event: some 50 kB.</summary>
    public const int Most = 50;

    /// <summary>The messages as they go out. All are of the partition of parts, or none.</summary>
    public static IReadOnlyList<OutboxRecord> Of(IReadOnlyList<OutboxRecord> messages)
    {
        if (messages.Count == 0 || messages[0].Partition != OutboxPartition.Gathered)
        {
            return messages;
        }

        var events = new List<OutboxRecord>();
        var parts = new List<OutboxRecord>(Most);
        foreach (var message in messages)
        {
            if (parts.Count == Most || (parts.Count > 0 && parts[0].EventName != message.EventName))
            {
                events.Add(Event(parts));
                parts.Clear();
            }

            parts.Add(message);
        }

        events.Add(Event(parts));
        return events;
    }

    private static OutboxRecord Event(List<OutboxRecord> parts)
    {
        var last = parts[^1];
        var body = new ArrayBufferWriter<byte>(parts.Sum(part => part.Body.Length) + 100);
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("batchId", last.Id);
            json.WriteStartArray("records");
            foreach (var record in parts.GroupBy(part => part.SubjectId))
            {
                json.WriteRawValue(record.Last().Body.Span, skipInputValidation: true);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return last with
        {
            SubjectId = last.Id,
            Body = body.WrittenMemory.ToArray(),
            // Many causes have no common trace.
            TraceParent = parts.Count == 1 ? last.TraceParent : null,
        };
    }
}
