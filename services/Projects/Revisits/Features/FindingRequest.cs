using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

/// <summary>What is sent about a finding.</summary>
/// <param name="Part">Part code of Table 3.1.</param>
/// <param name="Severity">minor, major or emergency (structure, safety, loss of an essential function).</param>
internal sealed record FindingRequest(
    string Part,
    string Location,
    string Description,
    FindingSeverity? Severity,
    bool RepairWanted,
    bool CorrectiveActionWanted,
    string? Explanation,
    string? ProposedSolution
)
{
    internal static readonly InlineValidator<FindingRequest> Rules = new()
    {
        v => v.RuleFor(f => f.Part).NotEmpty().MaximumLength(60),
        v => v.RuleFor(f => f.Location).NotEmpty().MaximumLength(300),
        v => v.RuleFor(f => f.Description).NotEmpty().MaximumLength(4000),
        v => v.RuleFor(f => f.Severity).NotNull(),
        v => v.RuleFor(f => f.Explanation).MaximumLength(4000),
        v => v.RuleFor(f => f.ProposedSolution).MaximumLength(4000),
    };

    public Finding Finding(CompanyClock clock) =>
        new(
            Guid.CreateVersion7(clock.Now),
            Part,
            Location,
            Description,
            Severity!.Value,
            RepairWanted,
            CorrectiveActionWanted,
            Explanation,
            ProposedSolution
        );

    public static Refusal? CheckParts(IEnumerable<FindingRequest>? findings, Policy policy) =>
        Warranty.CheckParts(findings?.Select(f => f.Part) ?? [], policy.Warranty);
}
