using CustomerService.ServiceDefaults;

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
}
