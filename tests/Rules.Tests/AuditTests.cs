using CsCheck;
using CustomerService.Testing;

namespace CustomerService.Rules.Tests;

public sealed class AuditTests
{
    private static readonly CommandContext Ann = A.Context(Someone.InProduction("ann"));
    private static readonly CommandContext Bo = A.Context(Someone.With("bo", null, Roles.Repair));
    private static readonly CommandContext Cy = A.Context(Someone.InQuality("cy"));

    [Fact]
    public void The_first_entry_hangs_on_the_beginning_and_each_other_on_the_one_before()
    {
        var entries = Walk();

        entries.Select(entry => entry.Sequence).ShouldBe(Enumerable.Range(1, entries.Count).Select(i => (long)i));
        entries[0].PreviousHash.ShouldBe(AuditEntry.Genesis);
        for (var i = 1; i < entries.Count; i++)
        {
            entries[i].PreviousHash.ShouldBe(entries[i - 1].Hash);
        }

        entries.ShouldAllBe(entry => entry.Hash == entry.ComputeHash() && entry.Hash.Length == 64);
    }

    [Fact]
    public void The_aggregate_remembers_the_head_so_that_a_trail_cut_short_is_seen()
    {
        var errand = Errand.New(Ann).Required();
        errand.Do(Bo, ErrandAction.Start).ShouldBeNull();

        errand.AuditHead.ShouldBe(errand.PendingEntries[^1].Hash);
        errand.AuditSequence.ShouldBe(2);
    }

    [Fact]
    public void Whatever_is_changed_in_an_entry_its_hash_no_longer_fits()
    {
        foreach (var entry in Walk())
        {
            AuditEntry[] forged =
            [
                entry with
                {
                    AggregateType = "other",
                },
                entry with
                {
                    AggregateId = Guid.CreateVersion7(),
                },
                entry with
                {
                    Sequence = entry.Sequence + 1,
                },
                entry with
                {
                    Action = "other",
                },
                entry with
                {
                    From = entry.From is null ? "" : null,
                },
                entry with
                {
                    To = "other",
                },
                entry with
                {
                    ActorId = "other",
                },
                entry with
                {
                    ActorName = "Other",
                },
                entry with
                {
                    At = entry.At.AddMilliseconds(1),
                },
                entry with
                {
                    Why = null,
                },
                entry with
                {
                    Why = "",
                },
                entry with
                {
                    PolicyVersion = entry.PolicyVersion + 1,
                },
                entry with
                {
                    PreviousHash = new string('1', 64),
                },
            ];

            forged.ShouldAllBe(other => other.ComputeHash() != entry.Hash);
        }
    }

    [Fact]
    public void Moving_text_from_one_field_to_the_next_changes_the_hash() =>
        Gen.Select(Gen.String[1, 8], Gen.String[1, 8])
            .Sample(
                (first, second) =>
                {
                    var entry = Walk()[0] with { ActorId = first + second, ActorName = "" };
                    return entry.ComputeHash() != (entry with { ActorId = first, ActorName = second }).ComputeHash();
                }
            );

    [Fact]
    public void An_entry_survives_a_store_that_keeps_milliseconds_and_another_offset()
    {
        var context = A.Context(Roles.Production, Build.At("2025-03-04 10:00").AddTicks(1234567));
        var entry = Errand.New(context).Required().PendingEntries[0];

        (entry.At.Ticks % TimeSpan.TicksPerMillisecond).ShouldBe(0);
        (entry with { At = entry.At.ToOffset(TimeSpan.FromHours(8)) }).ComputeHash().ShouldBe(entry.Hash);
    }

    [Fact]
    public void One_unit_of_work_takes_one_version_however_many_steps_it_has()
    {
        var errand = Errand.New(Ann).Required();
        errand.Do(Bo, ErrandAction.Start).ShouldBeNull();
        errand.Version.ShouldBe(1);

        errand.MarkSaved();
        errand.PendingEntries.ShouldBeEmpty();
        errand.Do(Cy, ErrandAction.Inspect, true).ShouldBeNull();
        errand.Version.ShouldBe(2);
        errand.PendingEntries.ShouldHaveSingleItem().Sequence.ShouldBe(3);
        errand.PendingEvents.ShouldHaveSingleItem();

        errand.MarkSaved();
        errand.PendingEvents.ShouldBeEmpty();
    }

    private static IReadOnlyList<AuditEntry> Walk()
    {
        var errand = Errand.New(Ann).Required();
        errand.Do(Bo, ErrandAction.Start).ShouldBeNull();
        errand.Do(Cy, ErrandAction.Inspect, false).ShouldBeNull();
        errand.Do(Cy, ErrandAction.SendBack).ShouldBeNull();
        return errand.PendingEntries;
    }
}
