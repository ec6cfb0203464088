using CustomerService.Projects.People.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Projects.People.Features;

/// <summary>What is sent about a person.</summary>
/// <param name="Name">Printed name.</param>
/// <param name="RoleTitle">Title or function in the company.</param>
/// <param name="Department">Department code.</param>
/// <param name="Phone">Telephone number.</param>
/// <param name="Email">E-mail address.</param>
/// <param name="StaffNumber">Unique; imports name people by it.</param>
/// <param name="IsNew">It is another one than those of the same name and telephone that are known (S4); asked for when
/// they are entered.</param>
/// <param name="NewReason">Why it is another one.</param>
internal sealed record PersonRequest(
    string Name,
    string RoleTitle,
    string? Department = null,
    string? Phone = null,
    string? Email = null,
    string? StaffNumber = null,
    bool IsNew = false,
    string? NewReason = null
)
{
    public PersonDetails Details() =>
        new(
            Name.Trim(),
            RoleTitle.Trim(),
            Department,
            Phone,
            Email,
            TextFolding.IsBlank(StaffNumber) ? null : StaffNumber!.Trim()
        );

    internal sealed class Validator : AbstractValidator<PersonRequest>
    {
        public Validator()
        {
            RuleFor(r => r.Name).RequiredText(100);
            RuleFor(r => r.RoleTitle).RequiredText(100);
            RuleFor(r => r.Department).MaximumLength(TextLength.Code);
            RuleFor(r => r.Phone).MaximumLength(TextLength.Code).Matches(@"^[0-9+()\-\s#*]*$");
            RuleFor(r => r.Email).MaximumLength(TextLength.Line).EmailAddress();
            RuleFor(r => r.StaffNumber).MaximumLength(TextLength.Code);
            RuleFor(r => r.NewReason!).RequiredText().When(r => r.IsNew);
            RuleFor(r => r.NewReason).OptionalText();
        }
    }
}
