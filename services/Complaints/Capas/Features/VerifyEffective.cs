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
            .WithSummary("QC or customer service finds the effect; when both have, the CAPA is closed")
            .WithDescription(
                """
                Rules C3.2.3 and C5.6.2; QC and customer service each verify, in any order. `missingVerifications` says
                who has not yet. The management representative stands in for the one whose own department is
                responsible. 409 `verifier-is-owner` for the proposer, the executor and the responsible department,
                `not-a-verifying-side`, and `other-side-verifies` for a side or a person that has verified already.
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
