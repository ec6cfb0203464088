using CustomerService.Complaints.Codes;
using CustomerService.Complaints.Codes.Domain;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.Complaints.Features;

internal static class DecideNotOurs
{
    /// <param name="CauseCode">Cause code for the statistics (C5.7).</param>
    /// <param name="Findings">What the investigation found.</param>
    internal sealed record Request(string? CauseCode, string Findings);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.CauseCode).OptionalCode();
            RuleFor(r => r.Findings).RequiredText();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/complaints/{id:guid}/decide-not-ours", Handle)
            .AsCommand()
            .WithSummary("QC: not our liability; customer service answers the customer")
            .WithDescription("Rules C5.3.1 and C5.3.2; QC. 409 `capa-open` while a CAPA is open.")
            .Produces<ComplaintView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        ComplaintsDb db,
        CodeCatalogue codes,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Complaints.VisibleTo(caller.Actor),
            id,
            async (complaint, context) =>
                complaint.DecideNotOurs(context, body.CauseCode, body.Findings)
                ?? await codes.CheckAsync(CodeKind.Cause, body.CauseCode, cancellation),
            ComplaintView.From,
            cancellation
        );
}
