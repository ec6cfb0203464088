using System.Globalization;
using System.Text;

namespace CustomerService.Local;

/// <summary>What stands on the screen when the system runs: where it is and who can sign in.</summary>
internal static class Banner
{
    public static string For(Starter starter, Secrets secrets, string folder, bool seeded)
    {
        var text = new StringBuilder();
        text.AppendLine()
            .AppendLine(
                CultureInfo.InvariantCulture,
                $"  The system runs (after {starter.Elapsed.TotalSeconds:0} s). Ctrl-C stops it."
            )
            .AppendLine();
        if (starter.Services.Contains(Service.Gateway))
        {
            Line("API", new Uri(starter.Address, "/api").AbsoluteUri);
            Line("API documentation", new Uri(starter.Address, "/docs").AbsoluteUri);
        }

        foreach (var service in starter.Services.Where(service => service != Service.Gateway))
        {
            Line(service.Name, starter.AddressOf(service).AbsoluteUri.TrimEnd('/'));
        }

        Line("PostgreSQL", starter.StoreAddress);
        if (starter.DocumentStore is { } documents)
        {
            Line("Surveys' documents", documents);
        }

        Line("RabbitMQ", starter.BrokerPage?.AbsoluteUri ?? starter.BrokerAddress);
        if (starter.DashboardPage is { } dashboard)
        {
            Line("Dashboard", dashboard.AbsoluteUri);
        }

        Line("Files and secrets", folder);
        text.AppendLine();
        var password = secrets.ForPeople(DemoAccounts.PasswordSecret);
        text.AppendLine(CultureInfo.InvariantCulture, $"  Accounts, all with the password {password}");
        Line(DemoAccounts.Administrator, "administrator");
        foreach (var person in seeded ? DemoAccounts.Read().People : [])
        {
            Line(person.UserName, $"{string.Join(", ", person.Roles), -40} {person.DisplayName}，{person.Does}");
        }

        return text.ToString();

        void Line(string name, string value) =>
            text.AppendLine(CultureInfo.InvariantCulture, $"    {name, -18} {value}");
    }
}
