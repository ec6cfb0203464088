using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.ServiceDefaults.Tests;

/// <summary>How filters of lists become conditions.</summary>
public sealed class FilterTests
{
    [Theory]
    [InlineData("sent", "= 'Sent'", "ANY")]
    [InlineData("sent,lost", "ANY", "= 'Sent'")]
    public void Given_a_filter_When_it_has_one_value_Then_it_is_an_equation_that_keeps_an_index_in_order(
        string given,
        string part,
        string not
    )
    {
        using var shelf = new Shelf();
        EnumFilter<LetterState>.TryParse(given, null, out var filter).ShouldBeTrue();
        EnumFilter<LetterState>? asked = filter;

        var query = shelf
            .Letters.Where(asked, states => letter => states.Contains(letter.State))
            .Where(asked, states => letter => letter.Before != null && states.Contains(letter.Before.Value))
            .ToQueryString();

        var condition = query[query.IndexOf("WHERE", StringComparison.Ordinal)..];
        condition.ShouldContain(part);
        condition.ShouldNotContain(not);
    }

    [Fact]
    public void Given_no_filter_When_a_list_is_asked_Then_all_of_it()
    {
        using var shelf = new Shelf();

        shelf
            .Letters.Where((EnumFilter<LetterState>?)null, states => letter => states.Contains(letter.State))
            .ToQueryString()
            .ShouldNotContain("WHERE");
    }

    private enum LetterState
    {
        Sent,
        Lost,
    }

    private sealed class Letter
    {
        public int Id { get; init; }

        public LetterState State { get; init; }

        public LetterState? Before { get; init; }
    }

    // Never connected: only what it would ask is looked at.
    private sealed class Shelf : DbContext
    {
        public DbSet<Letter> Letters => Set<Letter>();

        protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseNpgsql("Host=nowhere");

        protected override void ConfigureConventions(ModelConfigurationBuilder model) =>
            model.Properties<LetterState>().HaveConversion<string>();
    }
}
