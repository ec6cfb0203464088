using System.Net;
using CustomerService.Servers;

namespace CustomerService.Local;

/// <summary>
/// Loads the demonstration data through the public API, as its users would. Every call has an idempotency key of its own, so a load
/// that was interrupted is simply done again.
/// </summary>
internal sealed class Seed(Uri gateway, Secrets secrets, Screen screen)
{
    public static Task LoadAsync(Uri gateway, Secrets secrets, Screen screen, CancellationToken cancellation) =>
        new Seed(gateway, secrets, screen).LoadAsync(cancellation);

    private async Task LoadAsync(CancellationToken cancellation)
    {
        await LoadPeopleAsync(cancellation);
    }

    private async Task LoadPeopleAsync(CancellationToken cancellation)
    {
        var accounts = DemoAccounts.Read();
        var password = secrets.ForPeople(DemoAccounts.PasswordSecret);
        using var administrator = new DemoClient(gateway, DemoAccounts.Administrator, password);
        foreach (var department in accounts.Departments)
        {
            (await administrator.PostAsync("/api/identity/v1/departments", new { department.Code, department.Names }, $"seed:department:{department.Code}", cancellation))
                .MustBe(HttpStatusCode.Created);
        }

        foreach (var person in accounts.People)
        {
            (await administrator.PostAsync(
                "/api/identity/v1/users",
                new { person.UserName, person.DisplayName, person.Roles, person.Department, person.OrganisationId, password },
                $"seed:user:{person.UserName}",
                cancellation)).MustBe(HttpStatusCode.Created);
        }

        screen.Say($"Demonstration data: {accounts.Departments.Count} departments, {accounts.People.Count} people.");
    }
}
