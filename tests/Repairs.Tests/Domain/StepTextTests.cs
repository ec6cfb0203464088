using System.Globalization;
using System.Resources;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.Tests.Domain;

/// <summary>What stands in the timeline of the evidence for a charge-back (P3.1.1).</summary>
public sealed class StepTextTests
{
    public static TheoryData<string> Languages => [.. Texts.Languages];

    [Theory]
    [Trait("Rule", "P3.1.1")]
    [MemberData(nameof(Languages))]
    public void Given_a_step_of_an_order_When_it_is_printed_Then_in_words_of_the_language(string language)
    {
        var texts = new ResourceManager("CustomerService.Repairs.Resources.Texts", typeof(RepairOrder).Assembly);
        var words = texts.GetResourceSet(CultureInfo.GetCultureInfo(language), true, language == "en")!;

        Enum.GetValues<RepairOrderAction>()
            .Select(action => action.ToKebab())
            .Where(action => words.GetString("step." + action) is null)
            .ShouldBeEmpty();
    }
}
