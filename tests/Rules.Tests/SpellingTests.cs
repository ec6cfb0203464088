namespace CustomerService.Rules.Tests;

public sealed class SpellingTests
{
    [Theory]
    [InlineData("Closed", "closed")]
    [InlineData("InRepair", "in-repair")]
    [InlineData("ABC", "a-b-c")]
    [InlineData("", "")]
    public void Given_a_name_of_the_code_When_it_is_spelled_Then_in_small_letters_with_hyphens(
        string name,
        string spelled
    ) => Spelling.Kebab(name).ShouldBe(spelled);

    [Fact]
    public void Given_an_enum_When_its_words_are_read_back_Then_each_is_its_value_and_nothing_else_is()
    {
        Spelling.WordsOf<GoalOutcome>().ShouldBe(["not-available", "reward", "corrective-order"]);
        Spelling.FromKebab<GoalOutcome>("corrective-order").ShouldBe(GoalOutcome.CorrectiveOrder);
        Spelling.FromKebab<GoalOutcome>("CorrectiveOrder").ShouldBeNull();
        Spelling.FromKebab<GoalOutcome>(null).ShouldBeNull();
        ((GoalOutcome)9).ToKebab().ShouldBe("9");
    }
}
