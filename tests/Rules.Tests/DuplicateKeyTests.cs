namespace CustomerService.Rules.Tests;

/// <summary>What counts as the same customer or person (S4).</summary>
public sealed class DuplicateKeyTests
{
    [Theory, Trait("Rule", "S4")]
    [InlineData("濱江置業有限公司", "滨江置业股份有限公司")]
    [InlineData("濱江置業（集團）有限公司", "滨江置业集团有限责任公司")]
    [InlineData("ABC Co., Ltd.", "ＡＢＣ　Limited")]
    [InlineData("abc co.,ltd", "A-B-C Company")]
    [InlineData("恆達 科技", "恒达科技公司")]
    public void Given_one_name_in_two_spellings_When_folded_Then_the_key_is_one(string one, string other) =>
        DuplicateKeys.Name(one).ShouldBe(DuplicateKeys.Name(other));

    [Theory, Trait("Rule", "S4")]
    [InlineData("Zinc", "zinc")]
    [InlineData("有限公司", "有限公司")]
    [InlineData("Limited", "limited")]
    [InlineData("Co. Ltd.", "co")]
    public void Given_a_name_that_only_looks_like_a_legal_form_When_folded_Then_it_stays(string name, string key) =>
        DuplicateKeys.Name(name).ShouldBe(key);

    [Theory, Trait("Rule", "S4")]
    [InlineData("139-0000 1111", "13900001111")]
    [InlineData("+86 139 0000 1111", "13900001111")]
    [InlineData("0086 13900001111", "13900001111")]
    [InlineData("8613900001111", "13900001111")]
    [InlineData("(021) 5555 1234", "2155551234")]
    [InlineData("+86-21-5555-1234#801", "2155551234")]
    [InlineData("+886 2 2345 6789", "223456789")]
    [InlineData("02-2345-6789", "223456789")]
    [InlineData("+886 (0)912 345 678", "912345678")]
    [InlineData("０９１２－３４５－６７８", "912345678")]
    [InlineData("86123456", "86123456")]
    [InlineData("110", null)]
    [InlineData("#801", null)]
    [InlineData(null, null)]
    public void Given_a_telephone_number_When_folded_Then_only_the_line_counts(string? phone, string? key) =>
        DuplicateKeys.Phone(phone).ShouldBe(key);

    [Fact, Trait("Rule", "S4")]
    public void Given_tax_numbers_and_addresses_When_folded_Then_spaces_and_width_do_not_count()
    {
        DuplicateKeys.TaxNumber(" 9131 0000-ma1fl ").ShouldBe("91310000ma1fl");
        DuplicateKeys.TaxNumber("－").ShouldBeNull();
        DuplicateKeys.TaxNumber(null).ShouldBeNull();
        DuplicateKeys.Address("上海市濱江路 88 號").ShouldBe(DuplicateKeys.Address("上海市滨江路８８号"));
        DuplicateKeys.Address(" ").ShouldBeNull();
    }
}
