using System.Text.Json;
using CustomerService.Client;

namespace CustomerService.Local;

/// <summary>The people of the demonstration data. All have the same password, made for this machine.</summary>
internal sealed record DemoAccounts(IReadOnlyList<DemoDepartment> Departments, IReadOnlyList<DemoPerson> People)
{
    /// <summary>Who makes all the others.</summary>
    public const string Administrator = "admin";

    /// <summary>Name under which the password is kept.</summary>
    public const string PasswordSecret = "demo-password";

    public static DemoAccounts Read() =>
        JsonSerializer.Deserialize<DemoAccounts>(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Seed", "people.json")),
            JsonSerializerOptions.Web
        )!;
}

/// <param name="Code">Code in tokens and records.</param>
/// <param name="Head">User name of the head.</param>
/// <param name="Deputy">User name of the deputy.</param>
internal sealed record DemoDepartment(string Code, DepartmentNames Names, string Head, string Deputy);

/// <param name="Organisation">Key of the outside organisation in company.json, for a customer or a repair
/// unit.</param>
/// <param name="Regions">Sales regions of a salesperson.</param>
/// <param name="Does">What the person does in the company, for the list that is printed.</param>
internal sealed record DemoPerson(
    string UserName,
    string DisplayName,
    IReadOnlyList<string> Roles,
    string? Department,
    string? Organisation,
    string Does,
    IReadOnlyList<string>? Regions = null
);
