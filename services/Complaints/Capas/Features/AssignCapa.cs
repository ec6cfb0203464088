using CustomerService.Complaints.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.Capas.Features;

internal static class AssignCapa
{
    /// <param name="Department">Code of the responsible department.</param>
    /// <param name="DueOn">Last day of execution that is in time.</param>
    internal sealed record Request(string Department, DateOnly? DueOn, string? Reason);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Department).RequiredCode();
            RuleFor(r => r.DueOn).NotNull();
            RuleFor(r => r.Reason).OptionalText();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/capas/{id:guid}/assign", Handle)
            .AsCommand()
            .WithSummary("QC names the responsible department and the due day, or changes them")
            .WithDescription("Rule P2.2.3; QC, until something is proposed. 409 `due-in-the-past`.")
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
            (capa, context) => capa.Assign(context, body.Department, body.DueOn!.Value, body.Reason),
            cancellation
        );
}
