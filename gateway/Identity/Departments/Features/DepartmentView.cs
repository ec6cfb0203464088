using System.Text.Json.Serialization;
using CustomerService.Identity.Departments.Domain;
using CustomerService.Identity.Users.Features;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Identity.Departments.Features;

/// <summary>A department.</summary>
/// <param name="Actions">What this caller could do now.</param>
/// <param name="Names">By language.</param>
internal sealed record DepartmentView(
    Guid Id,
    Standing State,
    long Version,
    [property: JsonPropertyName("_actions")] IReadOnlyList<string> Actions,
    string Code,
    DepartmentNames Names
)
{
    public static DepartmentView From(Department department, Caller caller) =>
        new(
            department.Id,
            department.Active ? Standing.Active : Standing.Inactive,
            department.Version,
            caller.Actor.Has(Roles.Administrator) ? ["change"] : [],
            department.Code,
            new(department.NameEn, department.NameZhHant, department.NameZhHans)
        );
}

internal sealed class DepartmentNamesValidator : AbstractValidator<DepartmentNames>
{
    public DepartmentNamesValidator()
    {
        RuleFor(n => n.En).RequiredText(TextLength.Line);
        RuleFor(n => n.ZhHant).RequiredText(TextLength.Line);
        RuleFor(n => n.ZhHans).RequiredText(TextLength.Line);
    }
}
