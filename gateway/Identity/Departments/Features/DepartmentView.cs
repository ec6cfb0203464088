using System.Text.Json.Serialization;
using CustomerService.Identity.Departments.Domain;
using CustomerService.Identity.Users.Features;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Identity.Departments.Features;

/// <summary>A department.</summary>
internal sealed record DepartmentView
{
    public required Guid Id { get; init; }

    public required Standing State { get; init; }

    public required long Version { get; init; }

    /// <summary>What this caller could do now.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    public required string Code { get; init; }

    /// <summary>By language.</summary>
    public required DepartmentNames Names { get; init; }

    public Holder? Head { get; init; }

    public Holder? Deputy { get; init; }

    /// <summary>In which it is written to.</summary>
    public required string Language { get; init; }

    /// <summary>Name of its working calendar.</summary>
    public required string Calendar { get; init; }

    public static DepartmentView From(Department department, Caller caller) =>
        new()
        {
            Id = department.Id,
            State = department.Active ? Standing.Active : Standing.Inactive,
            Version = department.Version,
            Actions = caller.Actor.Has(Roles.Administrator) ? ["change"] : [],
            Code = department.Code,
            Names = new(department.NameEn, department.NameZhHant, department.NameZhHans),
            Head = department.HeadId is { } head ? new(head, department.HeadName ?? "") : null,
            Deputy = department.DeputyId is { } deputy ? new(deputy, department.DeputyName ?? "") : null,
            Language = department.Language,
            Calendar = department.Calendar,
        };
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
