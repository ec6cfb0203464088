using CustomerService.Client;
using CustomerService.Servers;

namespace CustomerService.Local;

/// <summary>
/// Loads the demonstration data through the public API, as its users would. What is there already stays as it is,
/// so a load that was interrupted is simply repeated.
/// </summary>
internal static class Seed
{
    public static async Task LoadAsync(Uri gateway, Secrets secrets, Screen screen)
    {
        using var people = new People(gateway, secrets);
        var accounts = DemoAccounts.Read();
        var password = secrets.ForPeople(DemoAccounts.PasswordSecret);
        var administrator = people[DemoAccounts.Administrator].Api.Identity;
        foreach (var department in accounts.Departments)
        {
            await OnceAsync(
                administrator.CreateDepartmentAsync(
                    new() { Code = department.Code, Names = department.Names },
                    $"seed:department:{department.Code}"
                )
            );
        }

        await AddAsync(accounts.People.Where(person => person.Organisation is null), _ => null);
        await NameHeadsAsync(administrator, accounts.Departments);
        var company = new Company(people, Today());
        await company.RegisterAsync();
        await AddAsync(
            accounts.People.Where(person => person.Organisation is not null),
            person => company.Organisations[person.Organisation!]
        );
        var projects = await company.BuildAsync();
        await company.ComplainAsync();
        screen.Say(
            $"Demonstration data: {accounts.Departments.Count} departments, {accounts.People.Count} accounts, "
                + $"{company.Organisations.Count} organisations, {company.Persons.Count} people, {projects} projects."
        );

        async Task AddAsync(IEnumerable<DemoPerson> some, Func<DemoPerson, Guid?> organisation)
        {
            foreach (var person in some)
            {
                await OnceAsync(
                    administrator.CreateUserAsync(
                        new()
                        {
                            UserName = person.UserName,
                            DisplayName = person.DisplayName,
                            Roles = person.Roles,
                            Department = person.Department,
                            OrganisationId = organisation(person),
                            Regions = person.Regions ?? [],
                            Password = password,
                        },
                        $"seed:user:{person.UserName}"
                    )
                );
            }
        }
    }

    // Where somebody has named a head since, that one stays.
    private static async Task NameHeadsAsync(IdentityClient administrator, IReadOnlyList<DemoDepartment> departments)
    {
        var known = (await administrator.ListDepartmentsAsync(limit: 200)).Result.Items.ToDictionary(d => d.Code);
        foreach (var department in departments.Where(d => known[d.Code].Head is null))
        {
            var record = known[department.Code];
            await administrator.ChangeDepartmentAsync(
                record.Id,
                new()
                {
                    Names = record.Names,
                    HeadId = await IdOfAsync(department.Head),
                    DeputyId = await IdOfAsync(department.Deputy),
                    Active = true,
                },
                $"\"{record.Version}\""
            );
        }

        async Task<Guid> IdOfAsync(string userName) =>
            (await administrator.ListUsersAsync(userName: userName)).Result.Items.Single().Id;
    }

    // What is there already is refused by 409, and stays.
    private static async Task OnceAsync<T>(Task<ApiResponse<T>> creation)
    {
        try
        {
            await creation;
        }
        catch (ApiException refused) when (refused.StatusCode == 409) { }
    }

    /// <summary>The date in the company's time zone, as the services see it.</summary>
    public static DateOnly Today() =>
        DateOnly.FromDateTime(
            TimeZoneInfo
                .ConvertTime(TimeProvider.System.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"))
                .DateTime
        );
}
