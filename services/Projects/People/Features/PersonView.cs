using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

internal sealed record PersonView(
    Guid Id,
    string State,
    long Version,
    string Name,
    string RoleTitle,
    string? Department,
    string? Phone,
    string? Email,
    string? StaffNumber,
    IReadOnlyList<Assignment> Assignments
)
{
    public static PersonView From(Person p) =>
        new(
            p.Id,
            "registered",
            p.Version,
            p.Name,
            p.RoleTitle,
            p.Department,
            p.Phone,
            p.Email,
            p.StaffNumber,
            p.Assignments
        );
}

/// <summary>What is sent about a person.</summary>
internal sealed record PersonRequest(
    string Name,
    string RoleTitle,
    string? Department,
    string? Phone,
    string? Email,
    string? StaffNumber
)
{
    public PersonDetails Details() =>
        new(
            Name.Trim(),
            RoleTitle.Trim(),
            Department,
            Phone,
            Email,
            string.IsNullOrWhiteSpace(StaffNumber) ? null : StaffNumber.Trim()
        );

    internal sealed class Validator : AbstractValidator<PersonRequest>
    {
        public Validator()
        {
            RuleFor(r => r.Name).NotEmpty().MaximumLength(100);
            RuleFor(r => r.RoleTitle).NotEmpty().MaximumLength(100);
            RuleFor(r => r.Department).MaximumLength(60);
            RuleFor(r => r.Phone).MaximumLength(40).Matches(@"^[0-9+()\-\s#*]*$");
            RuleFor(r => r.Email).MaximumLength(200).EmailAddress();
            RuleFor(r => r.StaffNumber).MaximumLength(60);
        }
    }
}
