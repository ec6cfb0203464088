using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Invitations;
using Microsoft.Extensions.Configuration;

namespace CustomerService.Surveys.Tests;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("Store:Kind=oracle", "Store:Kind")]
    [InlineData("ConnectionStrings:Store=", "ConnectionStrings:Store")]
    [InlineData("ConnectionStrings:Store=mongodb://localhost/surveys", "Store:Kind=mongo")]
    [InlineData("Store:Kind=mongo", "mongodb://")]
    [InlineData("Store:Kind=mongo;ConnectionStrings:Store=mongodb://localhost:27017/", "names no database")]
    [InlineData("Company:PublicUrl=somewhere", "Company:PublicUrl")]
    [InlineData("Surveys:SweepSeconds=0", "Surveys:SweepSeconds")]
    public void A_wrong_setting_ends_the_start_with_one_line_that_names_it(string settings, string named)
    {
        string[] args =
        [
            "--ConnectionStrings:Store=Host=localhost;Database=x",
            .. settings.Split(';').Select(s => "--" + s),
        ];
        var wrong = Should.Throw<SettingException>(() => SurveysService.Build(args));
        wrong.Message.ShouldContain(named);
        wrong.Message.ShouldNotContain("\n");
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=2;Database=x;Username=x;Password=p", true)]
    [InlineData("Host=127.0.0.1;Port=1;Database=x;Username=x;Password=q", false)]
    public void Given_a_store_that_is_reached_elsewhere_When_links_are_made_again_Then_they_are_those_that_are_out(
        string connection,
        bool same
    )
    {
        static string Token(string store) =>
            new LinkTokens(
                SurveysSettings.From(
                    new ConfigurationBuilder().AddInMemoryCollection([new("ConnectionStrings:Store", store)]).Build()
                )
            ).TokenOf(Guid.Empty);

        (Token(connection) == Token("Host=127.0.0.1;Port=1;Database=x;Username=x;Password=p")).ShouldBe(same);
    }
}
