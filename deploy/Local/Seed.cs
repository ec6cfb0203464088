using System.Net;
using CustomerService.Servers;

namespace CustomerService.Local;

/// <summary>
/// Loads the demonstration data through the public API, as its users would. What is there already stays as it
/// is, so a load that was
/// interrupted is simply done again.
/// </summary>
internal static class Seed
{
    public static async Task LoadAsync(Uri gateway, Secrets secrets, Screen screen, CancellationToken cancellation)
    {
        using var people = new People(gateway, secrets);
        var accounts = DemoAccounts.Read();
        var password = secrets.ForPeople(DemoAccounts.PasswordSecret);
        var administrator = people[DemoAccounts.Administrator];
        foreach (var department in accounts.Departments)
        {
            (
                await administrator.PostAsync(
                    "/api/identity/v1/departments",
                    new { department.Code, department.Names },
                    $"seed:department:{department.Code}",
                    cancellation
                )
            ).MustBe(HttpStatusCode.Created, HttpStatusCode.Conflict);
        }

        await AddAsync(accounts.People.Where(person => person.Organisation is null), _ => null);
        var company = new Company(people, Today());
        await company.RegisterAsync(cancellation);
        await AddAsync(
            accounts.People.Where(person => person.Organisation is not null),
            person => company.Organisations[person.Organisation!]
        );
        var projects = await company.BuildAsync(cancellation);
        await company.ComplainAsync(cancellation);
        screen.Say(
            $"Demonstration data: {accounts.Departments.Count} departments, {accounts.People.Count} accounts, {company.Organisations.Count} organisations, {company.Persons.Count} people, {projects} projects."
        );

        async Task AddAsync(IEnumerable<DemoPerson> some, Func<DemoPerson, Guid?> organisation)
        {
            foreach (var person in some)
            {
                (
                    await administrator.PostAsync(
                        "/api/identity/v1/users",
                        new
                        {
                            person.UserName,
                            person.DisplayName,
                            person.Roles,
                            person.Department,
                            organisationId = organisation(person),
                            password,
                        },
                        $"seed:user:{person.UserName}",
                        cancellation
                    )
                ).MustBe(HttpStatusCode.Created, HttpStatusCode.Conflict);
            }
        }
    }

    /// <summary>The date in the company's time zone, as the services see it.</summary>
    public static DateOnly Today() =>
        DateOnly.FromDateTime(
            TimeZoneInfo
                .ConvertTime(TimeProvider.System.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"))
                .DateTime
        );
}
