using CustomerService.Complaints.Capas;
using CustomerService.Complaints.Codes;
using CustomerService.Complaints.Codes.Domain;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.Complaints.Features;

internal static class DecideOurs
{
    /// <param name="ResponsibleDepartment">Code of the department that remedies.</param>
    /// <param name="CauseCode">Cause code for the statistics (C5.7); null while the cause is not known.</param>
    /// <param name="Findings">What the investigation found.</param>
    internal sealed record Request(string ResponsibleDepartment, string? CauseCode, string Findings);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.ResponsibleDepartment).RequiredCode();
            RuleFor(r => r.CauseCode).OptionalCode();
            RuleFor(r => r.Findings).RequiredText();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/complaints/{id:guid}/decide-ours", Handle)
            .AsCommand()
            .WithSummary("QC: our liability, with responsible department and cause code")
            .WithDescription(
                "Rules C3.2.2 and C5.3.1; QC. May be corrected until the customer is answered. The department is informed, and receives the notice by name; its remedy does not wait for the cause."
            )
            .WithExample(new Request("production", "W-03", "防水卷材搭接不足。"))
            .Produces<ComplaintView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        ComplaintsDb db,
        CodeCatalogue codes,
        EffectMeasurement measurement,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Complaints.VisibleTo(caller.Actor),
            id,
            async (complaint, context) =>
            {
                if (
                    (
                        complaint.DecideOurs(context, body.ResponsibleDepartment, body.CauseCode, body.Findings)
                        ?? await codes.CheckAsync(CodeKind.Cause, body.CauseCode, cancellation)
                    ) is
                    { } refusal
                )
                {
                    return refusal;
                }

                await measurement.CountAsync(complaint, cancellation);
                return null;
            },
            ComplaintView.From,
            cancellation
        );
}
