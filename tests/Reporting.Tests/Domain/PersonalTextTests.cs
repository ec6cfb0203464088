using CustomerService.Reporting.Retention.Domain;

namespace CustomerService.Reporting.Tests.Domain;

public sealed class PersonalTextTests
{
    [Theory]
    [InlineData("customerName", "王小明", true)]
    [InlineData("customerName", "acme", true)]
    [InlineData("contactPhone", "13800138000", true)]
    [InlineData("contact", "wang", true)]
    [InlineData("subject", "電壓不穩", true)]
    [InlineData("link", "https://x/f/abc", true)]
    [InlineData("number", "TS-2026-000123", false)]
    [InlineData("partCode", "Roof A", false)]
    [InlineData("severity", "major", false)]
    [InlineData("state", "under-repair", false)]
    [InlineData("registeredOn", "2026-03-10", false)]
    [InlineData("respondedAt", "2026-03-10T08:00:00Z", false)]
    [InlineData("customerId", "0193b5a0-0000-7000-8000-000000000001", false)]
    [InlineData("subject", "—", false)]
    [Trait("Rule", "C8")]
    public void Given_a_text_When_it_can_name_somebody_Then_it_goes(string member, string text, bool goes) =>
        PersonalText.Is(member, text).ShouldBe(goes);

    [Fact, Trait("Rule", "C8")]
    public void Given_an_event_When_personal_texts_go_Then_figures_stay_and_nothing_is_null()
    {
        const string json = """
            {"customerName":"王","count":3,"paid":true,"none":null,"lines":[{"text":"寄到上海","code":"A 1"}],"tags":["王","roof"]}
            """;

        PersonalText
            .Drop(json)
            .ShouldBe(
                """{"customerName":"\u2014","count":3,"paid":true,"none":null,"lines":[{"text":"\u2014","code":"A 1"}],"tags":["\u2014","roof"]}"""
            );
    }
}
