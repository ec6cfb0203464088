using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Records.Tests;

public sealed class PartTests
{
    private static readonly RecordRef Order = new("repairs", "repair-order", Guid.CreateVersion7(), "WX-2026-000001");
    private static readonly RecordRef Revisit = new("projects", "revisit", Guid.CreateVersion7(), null);
    private static readonly CommandContext Context = A.Context(Someone.InQuality());

    [Theory]
    [InlineData("漏水", "漏水")]
    [InlineData(" #Leak  at_roof ", "leak-at-roof")]
    [InlineData("ＶＩＰ１", "vip1")]
    [InlineData("Straße", "straße")]
    [InlineData("नमस्ते", "नमस्ते")]
    [InlineData("e\u0301te\u0301", "été")]
    [InlineData("a/b", null)]
    [InlineData("a\u200bb", null)]
    [InlineData("", null)]
    [InlineData("--", null)]
    [InlineData("\ud800", null)]
    [Trait("Rule", "S2")]
    public void Given_what_was_typed_When_it_is_a_tag_Then_normalised(string typed, string? tag) =>
        Tag.Normalised(typed).ShouldBe(tag);

    [Fact]
    [Trait("Rule", "S2")]
    public void Given_a_tag_of_more_than_40_Then_none()
    {
        Tag.Normalised(new string('水', 40)).ShouldNotBeNull();
        Tag.Normalised(new string('水', 41)).ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "S2")]
    public void Given_tag_and_follower_When_set_twice_Then_one_step_in_the_trail()
    {
        var tag = Tag.Of(Order, "漏水");
        tag.Put(Context);
        tag.Put(Context);
        tag.Remove(Context);
        tag.Remove(Context);
        tag.PendingEntries.Select(e => e.Action).ShouldBe(["tag", "untag"]);

        var follower = Follower.Of(Order, "huang");
        follower.Follow(Context, "HUANG");
        follower.Follow(Context, "HUANG");
        follower.Unfollow(Context);
        follower.PendingEntries.Select(e => e.Action).ShouldBe(["follow", "unfollow"]);
        Tag.IdOf(Order.Id, "漏水").ShouldBe(Tag.IdOf(Order.Id, "漏水"));
        Tag.IdOf(Order.Id, "維修").ShouldBe(Tag.IdOf(Order.Id, "维修"), "traditional and simplified are one");
    }

    [Fact]
    [Trait("Rule", "S2")]
    public void Given_words_of_both_ends_When_they_come_in_any_order_Then_the_last_counts()
    {
        (bool Active, long Revision)[] words = [(true, 1), (false, 2), (true, 3), (false, 4)];
        foreach (var order in Orders(words))
        {
            var link = NewLink();
            foreach (var (active, revision) in order.Concat(order))
            {
                link.Change(Context, active, revision, null);
            }

            (link.Active, link.Revision).ShouldBe((false, 4));
        }
    }

    [Fact]
    [Trait("Rule", "S2")]
    public void Given_a_link_When_both_ends_change_it_at_once_Then_the_removal_counts_in_either_order()
    {
        var (first, second) = (NewLink(), NewLink());
        first.Change(Context, true, 5, null);
        first.Change(Context, false, 5, null);
        second.Change(Context, false, 5, null);
        second.Change(Context, true, 5, null);

        (first.Active, second.Active).ShouldBe((false, false));
    }

    [Fact]
    [Trait("Rule", "S2")]
    public void Given_a_pair_When_seen_from_both_ends_Then_each_says_what_the_other_is()
    {
        var pair = new LinkedPair(Order, LinkKind.CausedBy, Revisit);

        pair.Ends.Select(end => (end.Own, end.Relation))
            .ShouldBe([(Order, LinkRelation.CausedBy), (Revisit, LinkRelation.CauseOf)]);
        RecordLink.IdOf(pair, Order).ShouldNotBe(RecordLink.IdOf(pair, Revisit));
        pair.Id.ShouldBe((pair with { From = Order with { Number = null } }).Id, "numbers come later");
        pair.Id.ShouldNotBe((pair with { Kind = LinkKind.Parent }).Id);
    }

    private static RecordLink NewLink() =>
        RecordLink.Of(new(Order, LinkKind.CausedBy, Revisit), Order, LinkRelation.CausedBy, Revisit);

    private static IEnumerable<T[]> Orders<T>(T[] all) =>
        all.Length <= 1
            ? [all]
            : all.SelectMany(
                (first, i) => Orders<T>([.. all[..i], .. all[(i + 1)..]]).Select(rest => (T[])[first, .. rest])
            );
}
