using System.Text.Json.Serialization;
using CustomerService.Projects.Organisations.Domain;
using CustomerService.Projects.People.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Projects.People.Features;

/// <summary>A person, with the assignment history.</summary>
internal sealed record PersonView
{
    public required Guid Id { get; init; }

    public required RegistryState State { get; init; }

    public required long Version { get; init; }

    /// <summary>What the caller may do now.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    public required string Name { get; init; }

    /// <summary>Title or function in the company.</summary>
    public required string RoleTitle { get; init; }

    public string? Department { get; init; }

    public string? Phone { get; init; }

    public string? Email { get; init; }

    public string? StaffNumber { get; init; }

    /// <summary>The record into which this one was merged: new records name that one (S4).</summary>
    public Guid? MergedInto { get; init; }

    /// <summary>By whom, when and why.</summary>
    public PersonMergeView? Merge { get; init; }

    /// <summary>Newest last.</summary>
    public required IReadOnlyList<Assignment> Assignments { get; init; }

    public static PersonView From(Person person, Caller caller) =>
        new()
        {
            Id = person.Id,
            State = person.State,
            Version = person.Version,
            Actions = person.AllowedActions(caller.Context()),
            Name = person.Name,
            RoleTitle = person.RoleTitle,
            Department = person.Department,
            Phone = person.Phone,
            Email = person.Email,
            StaffNumber = person.StaffNumber,
            MergedInto = person.MergedInto,
            Merge = PersonMergeView.From(person.Merged),
            Assignments = person.Assignments,
        };
}
