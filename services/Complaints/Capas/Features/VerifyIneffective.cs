using CustomerService.Complaints.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.Capas.Features;

internal static class VerifyIneffective
{
    /// <param name="Evidence">What shows that the effect is not there.</param>
    /// <param name="DueOn">New due day of the CAPA.</param>
    internal sealed record Request(string Evidence, DateOnly? DueOn);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Evidence).RequiredText();
            RuleFor(r => r.DueOn).NotNull();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/capas/{id:guid}/verify-ineffective", Handle)
            .AsCommand()
            .WithSummary("QC or customer service finds no effect; when both have spoken, back to analysis")
            .WithDescription(
                """
                Rules C3.2.3 and C5.6.2; QC and customer service each verify, in any order. One word against the effect
                is enough: once both have spoken the CAPA goes back to analysis, counted, with the new due day (409
                `due-in-the-past`). 409 `verifier-is-owner`, `not-a-verifying-side`, `other-side-verifies` as for
                `verify-effective`.
                """
            )
            .Produces<CapaView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeCapaAsync(
            db,
            id,
            (capa, context) => capa.VerifyIneffective(context, body.Evidence, body.DueOn!.Value),
            cancellation
        );
}
