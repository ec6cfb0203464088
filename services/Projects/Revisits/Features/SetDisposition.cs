using CustomerService.Projects.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Projects.Revisits.Features;

internal static class SetDisposition
{
    /// <param name="Text">The decision.</param>
    internal sealed record Request(string Text);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.Text).RequiredText();
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/revisits/{id:guid}/set-disposition", Handle)
            .AsCommand()
            .WithSummary("The head of engineering decides what is done")
            .WithDescription(
                """
                Rule P2.2.3, form 3.3.1: after quality has decided cause and liability.
                """
            )
            .WithExample(new Request("由防水分包於兩週內返修，質量部複驗。"))
            .Produces<RevisitView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        ProjectsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeRevisitAsync(
            db,
            id,
            (revisit, context) => revisit.SetDisposition(context, body.Text),
            cancellation
        );
}
