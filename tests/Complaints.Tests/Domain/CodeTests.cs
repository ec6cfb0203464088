using System.Globalization;
using CustomerService.Complaints.Codes.Domain;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Complaints.Tests.Domain;

/// <summary>Catalogues of product, fault and cause codes.</summary>
public sealed class CodeTests
{
    private static readonly CommandContext Qc = A.Context(Someone.InQuality());
    private static readonly CodeNames Names = new("防水搭接不足", "防水搭接不足", "Lap too narrow");

    [Theory]
    [InlineData("2025-12-31", "code-not-in-force")]
    [InlineData("2026-01-01", null)]
    [InlineData("2026-06-30", null)]
    [InlineData("2026-07-01", "code-ended")]
    [Trait("Rule", "C5.7")]
    public void Given_a_code_with_an_end_When_entered_on_a_day_Then_only_from_its_first_to_its_last(
        string on,
        string? refused
    )
    {
        var code = Added(new(2026, 1, 1));
        code.Revise(
                A.Context(Someone.InQuality(), A.Day("2026-05-01")),
                Names,
                new(2026, 1, 1),
                new(2026, 6, 30),
                "改版"
            )
            .ShouldBeNull();

        (CatalogueCode.Check("W-03", code, isKept: true, A.Day(on))?.Code).ShouldBe(refused);
        (CatalogueCode.Check("W-03", code, isKept: true, A.Day(on)) is null).ShouldBe(refused is null);
    }

    [Fact]
    [Trait("Rule", "C5.7")]
    public void Given_a_code_When_revised_Then_who_changed_what_and_why_is_kept()
    {
        var code = Added(A.Today);

        code.Revise(Qc, Names with { En = "Lap joint" }, A.Today, null, "更正").ShouldBeNull();

        var change = code.Changes.ShouldHaveSingleItem();
        (change.Names.En, change.Why, change.By.Name).ShouldBe(("Lap too narrow", "更正", Qc.Actor.Name));
        code.Names.In(CultureInfo.GetCultureInfo("en")).ShouldBe("Lap joint");
        code.Names.In(CultureInfo.GetCultureInfo("zh-Hans")).ShouldBe("防水搭接不足");
    }

    [Fact]
    [Trait("Rule", "C5.7")]
    public void Given_a_code_When_it_is_to_end_before_it_began_or_in_the_past_Then_refused_and_unchanged()
    {
        var code = Added(A.Today.AddDays(-30));

        code.Revise(Qc, Names, A.Today, A.Today.AddDays(-1), "x").Refused("code-end-impossible", "C5.7");
        code.Revise(Qc, Names, A.Today.AddDays(-30), A.Today.AddDays(-2), "x").Refused("code-end-impossible", "C5.7");
        code.Revise(A.Context(Someone.InSales()), Names, A.Today, null, "x").Refused("role-missing", "C5.7");

        code.Changes.ShouldBeEmpty();
    }

    [Fact]
    [Trait("Rule", "C5.7")]
    public void Given_a_kept_catalogue_When_a_code_is_unknown_Then_refused_and_without_one_any_code_is_taken()
    {
        CatalogueCode.Check("W-99", null, isKept: true, A.Today).Refused("code-unknown", "S3");
        CatalogueCode.Check("W-99", null, isKept: false, A.Today).ShouldBeNull();
        CatalogueCode
            .Add(Qc, CodeKind.Cause, "w-03", Names, A.Today, isKnown: true)
            .Failed(out var refusal, out _)
            .ShouldBeTrue();
        refusal.Refused("code-known", "C5.7");
    }

    private static CatalogueCode Added(DateOnly from) =>
        CatalogueCode.Add(Qc, CodeKind.Cause, "W-03", Names, from, isKnown: false).Required();
}
