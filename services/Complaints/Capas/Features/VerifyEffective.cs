using CustomerService.Complaints.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.Features;

internal static class VerifyCorrectiveAction
{
    internal sealed record Effective(string Evidence);

    /// <param name="Evidence">What shows that the effect is not there.</param>
    /// <param name="DueOn">New due day of the action that is now looked for.</param>
    internal sealed record Ineffective(string Evidence, DateOnly? DueOn);

    internal sealed class EffectiveValidator : AbstractValidator<Effective>
    {
        public EffectiveValidator() => RuleFor(r => r.Evidence).IsText();
    }

    internal sealed class IneffectiveValidator : AbstractValidator<Ineffective>
    {
        public IneffectiveValidator()
        {
            RuleFor(r => r.Evidence).IsText();
            RuleFor(r => r.DueOn).NotNull();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/corrective-actions/{id:guid}/verify-effective", VerifyEffective)
            .AsCommand()
            .WithSummary("The effect is there: the action is closed")
            .WithDescription(
                "Rules C3.2.3 and C5.6.2; QC or customer service, neither the proposer nor the executor nor the responsible department: 409 `verifier-is-owner`."
            )
            .Produces<CorrectiveActionView>();
        routes
            .MapPost("/corrective-actions/{id:guid}/verify-ineffective", VerifyIneffective)
            .AsCommand()
            .WithSummary("The effect is not there: back to analysis, counted")
            .WithDescription("Rules C3.2.3 and C5.6.2; as above. Needs a new due day, 409 `due-in-the-past`.")
            .Produces<CorrectiveActionView>();
    }

    private static Task<CommandResult> VerifyEffective(
        Guid id,
        Effective body,
        ComplaintsDb store,
        Caller caller,
        CancellationToken cancellationToken
    ) => caller.ChangeActionAsync(store, id, (a, flow) => a.VerifyEffective(flow, body.Evidence), cancellationToken);

    private static Task<CommandResult> VerifyIneffective(
        Guid id,
        Ineffective body,
        ComplaintsDb store,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        caller.ChangeActionAsync(
            store,
            id,
            (a, flow) => a.VerifyIneffective(flow, body.Evidence, body.DueOn!.Value),
            cancellationToken
        );
}
