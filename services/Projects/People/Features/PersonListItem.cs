using System.Text.Json.Serialization;
using CustomerService.Projects.Organisations.Domain;
using CustomerService.Projects.People.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Projects.People.Features;

/// <summary>A person in a list.</summary>
/// <param name="Id">The person.</param>
/// <param name="Number">Staff number, where there is one.</param>
/// <param name="State">registered, or merged into another.</param>
/// <param name="Version">Version.</param>
/// <param name="Actions">What the caller may do now.</param>
/// <param name="Name">Printed name.</param>
/// <param name="RoleTitle">Title or function in the company.</param>
/// <param name="Department">Department code.</param>
/// <param name="MergedInto">The record into which it was merged: new records name that one.</param>
internal sealed record PersonListItem(
    Guid Id,
    string? Number,
    RegistryState State,
    long Version,
    [property: JsonPropertyName("_actions")] IReadOnlyList<string> Actions,
    string Name,
    string RoleTitle,
    string? Department,
    Guid? MergedInto
)
{
    public static PersonListItem From(Person person, Caller caller) =>
        new(
            person.Id,
            person.StaffNumber,
            person.State,
            person.Version,
            person.AllowedActions(caller.Context()),
            person.Name,
            person.RoleTitle,
            person.Department,
            person.MergedInto
        );
}
