using CustomerService.Complaints.Complaints.Domain;

namespace CustomerService.Complaints.Tests.Domain;

/// <summary>The span of a complaint among its grams.</summary>
public sealed class SearchSpanTests
{
    private static readonly DateTimeOffset Opened = new(2026, 3, 10, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Given_identities_in_order_When_their_spans_are_read_Then_they_are_in_the_same_order_and_thirty_days_long()
    {
        var ids = Enumerable.Range(0, 400).Select(day => Guid.CreateVersion7(Opened.AddDays(day))).ToList();

        var spans = ids.ConvertAll(SearchSpan.Of);

        spans.GroupBy(span => span).SkipLast(1).Skip(1).ShouldAllBe(same => same.Count() == 30);
        spans.ShouldBe(spans.OrderBy(span => int.Parse(span[4..], null)));
        SearchSpan.Back(ids[^1], 64)[..14].ShouldBe(spans.Distinct().Reverse().Take(14));
    }

    [Fact]
    public void Given_any_identity_When_its_span_is_read_Then_there_is_one_that_no_gram_is_like()
    {
        foreach (var id in new[] { Guid.Empty, Guid.NewGuid(), Guid.Parse("ffffffff-ffff-ffff-ffff-ffffffffffff") })
        {
            SearchSpan.Of(id).Length.ShouldBeGreaterThan(3);
            SearchSpan.Back(id, 3).ShouldContain(SearchSpan.Of(id));
        }
    }
}
