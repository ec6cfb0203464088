using System.Text;
using System.Text.Json;
using CustomerService.Contracts;
using CustomerService.Contracts.Work;

namespace CustomerService.Messaging.Tests;

/// <summary>Many records in one event.</summary>
[Trait("Rule", "S1")]
public sealed class GatheredPartsTests
{
    public static TheoryData<Type> WorkEvents =>
        [
            .. typeof(IWorkChangedEvent)
                .Assembly.GetTypes()
                .Where(type => type.IsClass && type.IsAssignableTo(typeof(IWorkChangedEvent))),
        ];

    [Theory, MemberData(nameof(WorkEvents))]
    public void Given_parts_of_two_records_When_they_are_gathered_Then_the_event_holds_the_last_word_of_each(Type type)
    {
        var (one, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        var gathered = GatheredParts.Of([Part(type, one, 1), Part(type, other, 4), Part(type, one, 2)]);

        var read = Read(type, gathered.ShouldHaveSingleItem());
        read.Records.Select(record => (record.RecordId, record.Version)).ShouldBe([(one, 2), (other, 4)]);
        read.Records[0].Title.ShouldBe("漏水 \"屋頂\"");
        read.Records[0].Items.ShouldHaveSingleItem().Takers.ShouldBe(["qc#quality"]);
        ((IIntegrationEvent)read).SubjectId.ShouldBe(gathered[0].SubjectId);
    }

    [Fact]
    public void Given_more_parts_than_an_event_holds_When_they_are_gathered_Then_they_keep_their_order_and_the_last_gives_the_identity()
    {
        var type = (Type)WorkEvents.First();
        var parts = Enumerable
            .Range(1, (2 * GatheredParts.Most) + 1)
            .Select(version => Part(type, Guid.CreateVersion7(), version))
            .ToList();

        var gathered = GatheredParts.Of(parts);

        gathered.Select(e => e.Position).ShouldBe([GatheredParts.Most, 2 * GatheredParts.Most, parts[^1].Position]);
        gathered.Select(e => e.Id).ShouldBe([parts[GatheredParts.Most - 1].Id, parts[^2].Id, parts[^1].Id]);
        gathered.SelectMany(e => Read(type, e).Records).Select(r => r.Version).ShouldBe(parts.Select(p => p.Position));
        // The same parts make the same events, so that what is published twice is seen as a duplicate.
        GatheredParts.Of(parts).Select(e => e.Id).ShouldBe(gathered.Select(e => e.Id));
    }

    [Fact]
    public void Given_parts_of_two_events_When_they_are_gathered_Then_each_event_has_its_own()
    {
        var types = WorkEvents.Take(2).Select(row => (Type)row).ToList();

        var gathered = GatheredParts.Of([
            Part(types[0], Guid.CreateVersion7(), 1),
            Part(types[1], Guid.CreateVersion7(), 2),
        ]);

        gathered.Select(e => e.EventName).ShouldBe(types.Select(EventNames.Of));
    }

    [Fact]
    public void Given_whole_events_When_they_go_out_Then_they_are_left_as_they_are()
    {
        var whole = Part((Type)WorkEvents.First(), Guid.CreateVersion7(), 1) with { Partition = 3 };

        GatheredParts.Of([whole]).ShouldBe([whole]);
    }

    [Fact]
    public async Task Given_a_part_that_was_committed_When_it_is_not_time_yet_Then_only_the_other_partitions_are_taken()
    {
        var signal = new OutboxSignal();
        signal.Wake((1u << OutboxPartition.Gathered) | 1u);

        (await signal.TakeAsync(OutboxPartition.Count, TimeSpan.Zero, default)).ShouldBe(1u);
        (await signal.TakeAsync(OutboxPartition.Count, TimeSpan.Zero, default)).ShouldBe(0u);
        signal.WakeParts();
        (await signal.TakeAsync(OutboxPartition.Count, TimeSpan.Zero, default)).ShouldBe(
            1u << OutboxPartition.Gathered
        );
        signal.Release(1u << OutboxPartition.Gathered, 0);
        signal.WakeParts();
        (await signal.TakeAsync(OutboxPartition.Count, TimeSpan.Zero, default)).ShouldBe(0u, "nothing waits");
    }

    [Fact]
    public async Task Given_parts_and_whole_events_When_it_is_time_Then_the_parts_are_taken_by_themselves()
    {
        var signal = new OutboxSignal();
        signal.Wake(OutboxSignal.All);
        signal.WakeParts();

        (await signal.TakeAsync(OutboxPartition.Count, TimeSpan.Zero, default)).ShouldBe(
            1u << OutboxPartition.Gathered
        );
        (await signal.TakeAsync(OutboxPartition.Count, TimeSpan.Zero, default)).ShouldBe(
            OutboxSignal.All & ~(1u << OutboxPartition.Gathered)
        );
    }

    private static OutboxRecord Part(Type type, Guid record, long version)
    {
        var work = new WorkOfRecord(
            record,
            version,
            "repair-order",
            "WX-2026-0001",
            "漏水 \"屋頂\"",
            null,
            "opened",
            null,
            [new WorkItem("confirm", [], "P3.2.1", ["qc#quality"], [], [], [], null)]
        );
        return new OutboxRecord(
            OutboxPartition.Gathered,
            version,
            Guid.CreateVersion7(),
            EventNames.Of(type),
            record,
            Encoding.UTF8.GetBytes(
                OutboxMessage.From(new EventPart(EventNames.Of(type), work), TimeProvider.System).Body
            ),
            null,
            DateTimeOffset.UnixEpoch
        );
    }

    private static IWorkChangedEvent Read(Type type, OutboxRecord e) =>
        (IWorkChangedEvent)JsonSerializer.Deserialize(e.Body.Span, type, EventJson.Options)!;
}
