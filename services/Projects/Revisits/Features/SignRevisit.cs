using CustomerService.Projects.Data;
using CustomerService.Projects.Revisits.Domain;
using CustomerService.Records;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Projects.Revisits.Features;

internal static class SignRevisit
{
    /// <param name="PrintedName">Who signs for the owner, in print.</param>
    /// <param name="Opinion">The owner's opinion; the one recorded before stays when it is not given.</param>
    /// <param name="SignatureId">File of this revisit with the signature, drawn or scanned (purpose
    /// signature).</param>
    /// <param name="UserId">The user (用戶) of the project whose opinion it is; the owner's where it is not given.</param>
    internal sealed record Request(
        string PrintedName,
        string? Opinion = null,
        Guid? SignatureId = null,
        Guid? UserId = null
    );

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.PrintedName).RequiredText(100);
            RuleFor(r => r.Opinion).MaximumLength(TextLength.Text);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/revisits/{id:guid}/sign", Handle)
            .AsCommand()
            .WithSummary("The owner gives an opinion and signs the revisit record")
            .WithDescription(
                """
                Form 3.3.1, rule P2.2.2. By the owner itself, or by staff who take the signature: then with its image
                (409 signature-image-missing, signature-image-unknown). Printed name, time and meaning are kept. It
                stands under an opinion, this one or the one recorded before (owner-opinion-missing), is given once
                (already-signed), and no finding is added after it. `userId` names the user whose opinion it is (user-unknown).
                The form keeps the names of this moment.
                """
            )
            .WithExample(new Request("王建國", "整改及時，滿意。"))
            .Produces<RevisitView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        ProjectsDb db,
        Files files,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeRevisitAsync(
            db,
            id,
            async (revisit, context) =>
            {
                var held = await files.HoldAsync(
                    context,
                    id,
                    body.SignatureId is { } image ? [image] : [],
                    file => file.Purpose == FileRules.Signature,
                    cancellation
                );
                var opinion = string.IsNullOrWhiteSpace(body.Opinion) ? null : body.Opinion;
                var input = new SignInput(opinion, body.PrintedName, body.SignatureId, held.Count > 0, body.UserId);
                return revisit.Sign(context, input, await db.ProjectOfAsync(revisit, cancellation));
            },
            cancellation
        );
}
