using System.Text;
using CustomerService.Rules;
using CustomerService.Testing;
using Microsoft.Extensions.Configuration;

namespace CustomerService.ServiceDefaults.Tests;

/// <summary>A wrong setting ends the start with exit code 2 and one line that names it.</summary>
public sealed class SettingTests : IDisposable
{
    private const string Store = "Host=127.0.0.1;Port=1;Database=none;Username=none;Password=none-of-your-business";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("settings-");

    [Theory]
    [InlineData("Surveys", "Hosting:HttpPort", "eighty", "Hosting:HttpPort")]
    [InlineData("Surveys", "Company:TimeZone", "Mars/Olympus", "Company:TimeZone")]
    [InlineData("Surveys", "Messaging:Prefetch", "0", "Messaging:Prefetch")]
    [InlineData("Surveys", "Messaging:Prefetch", "many", "Messaging:Prefetch")]
    [InlineData("Surveys", "Messaging:Drain", "00:00:20", "Hosting:DrainSeconds")]
    [InlineData("Surveys", "ConnectionStrings:RabbitMq", "rabbit", "ConnectionStrings:RabbitMq")]
    [InlineData(
        "Surveys",
        "ConnectionStrings:RabbitMq",
        "amqp://a:b@127.0.0.1:1/one/two",
        "ConnectionStrings:RabbitMq"
    )]
    [InlineData("Surveys", "Hosting:Address", "localhost", "Hosting:Address")]
    [InlineData("Surveys", "Company:PoliciesFile", "/nowhere/policies.json", "Company:PoliciesFile")]
    [InlineData("Surveys", "Company:CalendarsFile", "/nowhere/calendars.json", "Company:CalendarsFile")]
    [InlineData("Identity", "ConnectionStrings:Store", "Host=localhost;Port=five", "ConnectionStrings:Store")]
    [InlineData("Identity", "ConnectionStrings:Store", "nonsense", "ConnectionStrings:Store")]
    [InlineData(
        "Identity",
        "ConnectionStrings:Store",
        "Database=identity;Username=identity",
        "ConnectionStrings:Store"
    )]
    [InlineData("Identity", "Identity:Keys:RotateAfter", "soon", "Identity:Keys:RotateAfter")]
    [InlineData("Identity", "Identity:Keys:RefreshEvery", "00:00:00", "Identity:Keys:RefreshEvery")]
    [InlineData(
        "Identity",
        "Identity:DataProtection:Certificate",
        "/nowhere/keys.pfx",
        "Identity:DataProtection:Certificate"
    )]
    [InlineData("Gateway", "Gateway:TrustedProxies", "everybody", "Gateway:TrustedProxies")]
    public async Task A_wrong_setting_ends_the_program_with_2_and_one_line(
        string program,
        string key,
        string value,
        string named
    )
    {
        var (code, lines) = await RealProgram.RunAsync(
            program,
            new Dictionary<string, string> { ["ConnectionStrings:Store"] = Store, [key] = value }
        );

        lines.Count.ShouldBe(1, string.Join('\n', lines));
        lines[0].ShouldContain(named);
        lines[0].ShouldNotContain("none-of-your-business");
        code.ShouldBe(2);
    }

    [Fact]
    public async Task So_do_two_uses_of_one_port()
    {
        var (code, lines) = await RealProgram.RunAsync(
            "Surveys",
            new Dictionary<string, string>
            {
                ["ConnectionStrings:Store"] = Store,
                ["Hosting:HttpPort"] = "8080",
                ["Hosting:GrpcPort"] = "8080",
            }
        );

        lines.ShouldHaveSingleItem().ShouldContain("Hosting:GrpcPort (8080)");
        code.ShouldBe(2);
    }

    [Theory]
    [InlineData(
        "Surveys",
        "Company:CalendarsFile",
        """{ "calendars": [ { "id": "company", "extends": "mars" } ] }""",
        "extends 'mars'"
    )]
    [InlineData("Surveys", "Company:PoliciesFile", """{ "versions": [] }""", "there is no version")]
    [InlineData("Identity", "Identity:DataProtection:Certificate", "no certificate", "PKCS#12")]
    public async Task So_does_a_file_whose_content_is_wrong(string program, string key, string content, string says)
    {
        var (code, lines) = await RealProgram.RunAsync(
            program,
            new Dictionary<string, string> { ["ConnectionStrings:Store"] = Store, [key] = Write(content) }
        );

        lines.Count.ShouldBe(1, string.Join('\n', lines));
        lines[0].ShouldContain(key);
        lines[0].ShouldContain(says);
        code.ShouldBe(2);
    }

    [Fact]
    [Trait("Rule", "C1")]
    public void The_companys_calendars_are_read_from_its_file_and_used_by_its_policies()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["Company:CalendarsFile"] = Write(
                        """
                        { "calendars": [
                            { "id": "china", "extends": "china", "knownFrom": "2027-01-01", "knownThrough": "2027-12-31", "closed": [ { "date": "2027-01-01" } ] },
                            { "id": "company", "extends": "company", "hours": { "default": ["10:00-18:00"] } } ] }
                        """
                    ),
                }
            )
            .Build();

        var policies = Policies.Load(configuration);

        policies
            .Calendars["company"]
            .Hours(new DateOnly(2027, 1, 4))
            .Select(hours => hours.ToString())
            .ShouldBe(["10:00-18:00"]);
        policies.Calendars["company"].IsWorkingDay(new DateOnly(2027, 1, 1)).ShouldBeFalse();
        policies.Versions.Count.ShouldBe(PolicyCatalogue.BuiltIn.Versions.Count);
        CalendarWatch.Ending(policies, new DateOnly(2026, 12, 20)).ShouldBeEmpty();
        CalendarWatch.Ending(policies, new DateOnly(2027, 12, 20)).ShouldContain(("company", new DateOnly(2028, 1, 1)));
    }

    [Fact]
    [Trait("Rule", "C1")]
    public void Before_the_announced_years_end_it_is_said_which_calendar_and_when()
    {
        CalendarWatch.Ending(PolicyCatalogue.BuiltIn, new DateOnly(2026, 11, 24)).ShouldBeEmpty();
        CalendarWatch
            .Ending(PolicyCatalogue.BuiltIn, new DateOnly(2026, 12, 20))
            .ShouldBe([("company", new DateOnly(2027, 1, 1))]);
        CalendarWatch
            .Ending(PolicyCatalogue.BuiltIn, new DateOnly(2027, 3, 1))
            .ShouldBe([("company", new DateOnly(2027, 3, 1))]);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Write(string content)
    {
        var path = Path.Combine(_folder.FullName, Guid.CreateVersion7().ToString("N"));
        File.WriteAllText(path, content, Encoding.UTF8);
        return path;
    }
}
