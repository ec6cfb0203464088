namespace CustomerService.Rules.Tests;

public sealed class FormCodeTests
{
    [Theory]
    [InlineData("FM001", "BS-CP0703-FM001")]
    [InlineData("FM002", "BS-CP0703F-M002")]
    [InlineData("FM003", "BS-CP0703-FM003")]
    [InlineData("FM004", "BS-CP0703-FM004")]
    [InlineData("FM005", "BS-CP0703-FM005")]
    [InlineData("FM006", "BS-CP0703-FM006")]
    [Trait("Rule", "C10")]
    public void Given_a_form_When_it_is_printed_Then_its_code_is_that_of_the_procedure(string form, string code) =>
        FormCodes.Of(form).ShouldBe(code);

    [Fact]
    [Trait("Rule", "C10")]
    public void Given_the_procedure_When_its_forms_are_counted_Then_there_are_six() =>
        FormCodes.Forms.ShouldBe(["FM001", "FM002", "FM003", "FM004", "FM005", "FM006"]);
}
