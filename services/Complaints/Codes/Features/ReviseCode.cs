using CustomerService.Complaints.Codes.Domain;
using CustomerService.Complaints.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.Codes.Features;

internal static class ReviseCode
{
    /// <param name="Names">What it is called from now on.</param>
    /// <param name="ValidFrom">First day.</param>
    /// <param name="ValidThrough">Last day; null while no end is known.</param>
    /// <param name="Why">Why it is changed.</param>
    internal sealed record Request(CodeNamesView Names, DateOnly? ValidFrom, DateOnly? ValidThrough, string Why);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Names).NotNull().SetValidator(new AddCode.NamesValidator());
            RuleFor(r => r.ValidFrom).NotNull();
            RuleFor(r => r.Why).RequiredText();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/codes/{id:guid}/revise", Handle)
            .AsCommand()
            .ForRoles(CatalogueCode.Keepers)
            .WithSummary("Correct a code, or end it")
            .WithDescription(
                """
                Rule C5.7. What it said, who changed it and why is kept. A code that ended is refused for new entries
                (409 `code-ended`) and stays readable in old ones. 400 `code-end-impossible` for an end that has passed.
                """
            )
            .Produces<CodeView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Codes,
            id,
            (code, context) =>
                code.Revise(context, body.Names.Names, body.ValidFrom!.Value, body.ValidThrough, body.Why),
            CodeView.From,
            cancellation
        );
}
