using CustomerService.RuleCoverage;
using CustomerService.Testing;

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
    public void Given_attributes_over_several_lines_When_read_Then_their_rules_belong_to_the_test()
    {
        var (tests, errors) = Read(
            """
            public sealed class First
            {
                @Theory]
                @
                    Trait("Rule", "P1"),
                    Trait("Rule", "C1")
                ]
                @InlineData(
                    "x",
                    "y"
                )]
                public void One(string x, string y)
                {
                    int[] numbers =
                    @
                        1,
                    ];
                }

                @Fact, Trait("Rule", "C2")]
                public void Two() { }
            }
            """
        );

        errors.ShouldBeEmpty();
        tests.Select(t => (t.Rule, t.Test)).ShouldBe([("P1", "First.One"), ("C1", "First.One"), ("C2", "First.Two")]);
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

    [Theory]
    [InlineData("Rules.Tests", "tests/Rules.Tests/X.cs:1", true)]
    [InlineData("Repairs.Tests", "tests/Repairs.Tests/Domain/X.cs:1", true)]
    [InlineData("Repairs.Tests", "tests/Repairs.Tests/X.cs:1", false)]
    [InlineData("Repairs.Tests", "tests/Repairs.Tests/Other/Domain/X.cs:1", false)]
    public void Given_the_place_of_a_test_When_asked_Then_the_folder_says_whether_it_needs_servers(
        string project,
        string place,
        bool inMemory
    ) => new RuleTest("P1", project, "X.One", place).InMemory.ShouldBe(inMemory);

    [Theory]
    [InlineData("Given_an_author_When_they_review_Then_refused", "Given an author, when they review, then refused.")]
    [InlineData("A_sentence_of_another_kind", null)]
    public void Given_the_name_of_a_test_When_it_has_three_parts_Then_it_is_a_sentence(string name, string? sentence) =>
        new RuleTest("P1", "Rules.Tests", $"X.{name}", "tests/Rules.Tests/X.cs:1").Sentence.ShouldBe(sentence);

    [Fact]
    public void Given_a_rule_that_the_code_refuses_by_When_no_test_in_memory_names_it_Then_it_is_a_problem()
    {
        var uses = new Dictionary<string, string>();
        RuleUses.Read(
            [
                """.On(Confirm, Confirmed, "P3.2.1", Confirmers)""",
                """/// for example "C5.4" """,
                """return Refusal.Invalid("no-such-rule", "C5.6.2");""",
                """var format = "P99"; var other = "FLOW";""",
            ],
            "services/X.cs",
            uses
        );
        var coverage = new Coverage(
            [
                new("P3.2.1", "Repairs.Tests", "X.One", "tests/Repairs.Tests/Domain/X.cs:1"),
                new("C5.6.2", "Complaints.Tests", "X.Two", "tests/Complaints.Tests/X.cs:1"),
                new("P99", "Rules.Tests", "X.Three", "tests/Rules.Tests/X.cs:1"),
            ],
            uses
        );

        uses.ShouldBe(
            new Dictionary<string, string> { ["P3.2.1"] = "services/X.cs:1", ["C5.6.2"] = "services/X.cs:3" },
            ignoreOrder: true
        );
        coverage.Problems.ShouldBe([
            "tests/Rules.Tests/X.cs:1: X.Three names 'P99', which is no rule",
            "services/X.cs:3: C5.6.2 refuses, and no test in memory proves it",
        ]);
    }

    [Fact]
    public void Given_the_sources_When_the_code_refuses_by_a_rule_Then_a_test_in_memory_proves_it()
    {
        var root = Snapshot.Root();
        var (tests, errors) = TestSources.Read(root);

        errors.Concat(new Coverage(tests, RuleUses.Read(root)).Problems).ShouldBeEmpty();
    }

    // An at sign stands for the bracket, or the command would read these examples as tests.
    private static (List<RuleTest> Tests, List<string> Errors) Read(string source)
    {
        var (tests, errors) = (new List<RuleTest>(), new List<string>());
        TestSources.Read(source.Replace('@', '[').Split('\n'), "X.Tests", "tests/X.Tests/X.cs", tests, errors);
        return (tests, errors);
    }
}
