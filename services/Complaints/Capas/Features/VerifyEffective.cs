using CustomerService.Complaints.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.Capas.Features;

internal static class VerifyEffective
{
    /// <param name="Evidence">What shows the effect.</param>
    internal sealed record Request(string Evidence);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.Evidence).RequiredText();
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/capas/{id:guid}/verify-effective", Handle)
            .AsCommand()
            .WithSummary("The effect is there: the CAPA is closed")
            .WithDescription(
                """
                Rules C3.2.3 and C5.6.2; QC or customer service, neither the proposer nor the executor nor the
                responsible department: 409 `verifier-is-owner`.
                """
            )
            .Produces<CapaView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    ) => caller.ChangeCapaAsync(db, id, (capa, context) => capa.VerifyEffective(context, body.Evidence), cancellation);
}
