using CustomerService.Projects.Revisits.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Projects.Revisits.Features;

/// <summary>What is sent about a finding.</summary>
/// <param name="Part">Part code of Table 3.1.</param>
/// <param name="Location">Where in the building.</param>
/// <param name="Description">What was found.</param>
/// <param name="Severity">minor, major or emergency (structure, safety, loss of an essential function).</param>
/// <param name="RepairWanted">A repair order opens for it.</param>
/// <param name="CapaWanted">A construction fault that must not recur: a CAPA opens for it (P2.2.3).</param>
/// <param name="Explanation">The contractor's explanation, needed for a construction fault (P2.2.2).</param>
/// <param name="ProposedSolution">The solution that the contractor proposes, needed for a construction fault.</param>
internal sealed record FindingRequest(
    string Part,
    string Location,
    string Description,
    FindingSeverity? Severity,
    bool RepairWanted = false,
    bool CapaWanted = false,
    string? Explanation = null,
    string? ProposedSolution = null
)
{
    internal static readonly InlineValidator<FindingRequest> Rules = new()
    {
        v => v.RuleFor(f => f.Part).RequiredText(60),
        v => v.RuleFor(f => f.Location).RequiredText(300),
        v => v.RuleFor(f => f.Description).RequiredText(),
        v => v.RuleFor(f => f.Severity).NotNull(),
        v => v.RuleFor(f => f.Explanation).MaximumLength(TextLength.Text),
        v => v.RuleFor(f => f.ProposedSolution).MaximumLength(TextLength.Text),
    };

    public Finding Finding(CommandContext context) =>
        new(
            Guid.CreateVersion7(context.Now),
            Part,
            Location,
            Description,
            Severity!.Value,
            RepairWanted,
            CapaWanted,
            Explanation,
            ProposedSolution
        );
}
