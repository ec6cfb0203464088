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
            .WithSummary("The effect is not there: back to analysis, counted")
            .WithDescription(
                """
                Rules C3.2.3 and C5.6.2; QC or customer service, neither the proposer nor the executor nor the
                responsible department: 409 `verifier-is-owner`. Needs a new due day, 409 `due-in-the-past`.
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
