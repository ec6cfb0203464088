using CustomerService.Complaints.Data;
using CustomerService.Complaints.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.Features;

/// <summary>QC fixes liability and cause (C3.2.2, C5.3.1).</summary>
internal static class DecideLiability
{
    /// <param name="ResponsibleDepartment">Code of the department that remedies.</param>
    /// <param name="CauseCode">Cause code for the statistics (C5.7).</param>
    /// <param name="Findings">What the investigation found.</param>
    internal sealed record Ours(string ResponsibleDepartment, string CauseCode, string Findings);

    internal sealed record NotOurs(string? CauseCode, string Findings);

    internal sealed record Unclear(string Findings);

    internal sealed class OursValidator : AbstractValidator<Ours>
    {
        public OursValidator()
        {
            RuleFor(r => r.ResponsibleDepartment).IsCode();
            RuleFor(r => r.CauseCode).IsCode();
            RuleFor(r => r.Findings).IsText();
        }
    }

    internal sealed class NotOursValidator : AbstractValidator<NotOurs>
    {
        public NotOursValidator()
        {
            RuleFor(r => r.CauseCode).MayBeCode();
            RuleFor(r => r.Findings).IsText();
        }
    }

    internal sealed class UnclearValidator : AbstractValidator<Unclear>
    {
        public UnclearValidator() => RuleFor(r => r.Findings).IsText();
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/complaints/{id:guid}/decide-ours", DecideOurs)
            .AsCommand()
            .WithSummary("QC: our liability, with responsible department and cause code")
            .WithDescription("Rules C3.2.2 and C5.3.1; QC. May be corrected until the customer is answered.")
            .Produces<ComplaintView>();
        routes
            .MapPost("/complaints/{id:guid}/decide-not-ours", DecideNotOurs)
            .AsCommand()
            .WithSummary("QC: not our liability; customer service answers the customer")
            .WithDescription(
                "Rules C5.3.1 and C5.3.2; QC. 409 `corrective-action-open` while a corrective action is open."
            )
            .Produces<ComplaintView>();
        routes
            .MapPost("/complaints/{id:guid}/decide-unclear", DecideUnclear)
            .AsCommand()
            .WithSummary("QC: liability cannot be fixed yet")
            .WithDescription("Rule C5.5.1; QC. It is a ground for customer service to report to the sales manager.")
            .Produces<ComplaintView>();
    }

    private static Task<CommandResult> DecideOurs(
        Guid id,
        Ours body,
        ComplaintsDb store,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        caller.ChangeComplaintAsync(
            store,
            id,
            (c, flow) => c.Decide(flow, Liability.Ours, body.ResponsibleDepartment, body.CauseCode, body.Findings),
            cancellationToken
        );

    private static Task<CommandResult> DecideNotOurs(
        Guid id,
        NotOurs body,
        ComplaintsDb store,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        caller.ChangeComplaintAsync(
            store,
            id,
            (c, flow) => c.Decide(flow, Liability.NotOurs, null, body.CauseCode, body.Findings),
            cancellationToken
        );

    private static Task<CommandResult> DecideUnclear(
        Guid id,
        Unclear body,
        ComplaintsDb store,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        caller.ChangeComplaintAsync(
            store,
            id,
            (c, flow) => c.Decide(flow, Liability.Unclear, null, null, body.Findings),
            cancellationToken
        );
}
