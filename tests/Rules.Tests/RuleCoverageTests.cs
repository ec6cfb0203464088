using CustomerService.RuleCoverage;

namespace CustomerService.Rules.Tests;

/// <summary>The reader of the traits: what it does not see would look like a rule without a test.</summary>
public sealed class RuleCoverageTests
{
    [Fact]
    public void A_trait_of_a_method_and_of_its_class_and_of_several_in_one_list_are_seen()
    {
        var (tests, errors) = Read(
            """
            namespace X;

            @Trait("Rule", "P1")]
            public sealed class First
            {
                @Fact, Trait("Rule", "C1"), Trait("Rule", "C2")]
                public void One() { }

                @Theory]
                @Trait("Rule", "C8")]
                @InlineData("(x")]
                public async Task Two(string text) =>
                    await Other(text);

                private static void Other(string text) { }
            }

            public sealed class Second(Fixture fixture)
                : IClassFixture<Fixture>
            {
                // @Trait("Rule", "P9")]
                @Fact]
                public void None() { }

                @Trait("Rule", "T1")]
                @Trait("Category", "Slow")]
                @Fact(Skip = "not here")]
                public void Three() { }
            }
            """
        );

        errors.ShouldBeEmpty();
        tests
            .Select(test => (test.Rule, test.Test))
            .ShouldBe([
                ("C1", "First.One"),
                ("C2", "First.One"),
                ("P1", "First.One"),
                ("C8", "First.Two"),
                ("P1", "First.Two"),
                ("T1", "Second.Three"),
            ]);
        tests[^1].Place.ShouldBe("tests/X.Tests/X.cs:28");
    }

    [Fact]
    public void A_rule_that_is_no_literal_or_stands_on_something_that_is_no_test_is_an_error()
    {
        var (tests, errors) = Read(
            """
            public sealed class First
            {
                @Fact, Trait("Rule", Known)]
                public void One() { }

                @Trait("Rule", "C1")]
                private static void Other() { }
            }
            """
        );

        tests.ShouldBeEmpty();
        errors.ShouldBe([
            "tests/X.Tests/X.cs:3: the rule of a trait must be a literal",
            "tests/X.Tests/X.cs:7: a rule is named on something that is no test",
        ]);
    }

    // An at sign stands for the bracket, or the command would read these examples as tests.
    private static (List<RuleTest> Tests, List<string> Errors) Read(string source)
    {
        var (tests, errors) = (new List<RuleTest>(), new List<string>());
        TestSources.Read(source.Replace('@', '[').Split('\n'), "X.Tests", "tests/X.Tests/X.cs", tests, errors);
        return (tests, errors);
    }
}
