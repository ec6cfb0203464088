using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

internal static class SignRevisit
{
    /// <param name="PrintedName">Who signs for the owner, in print.</param>
    /// <param name="Opinion">The owner's opinion; the one recorded before stays when it is not given.</param>
    /// <param name="SignatureId">Attachment of this revisit with the signature, drawn or scanned (purpose
    /// signature).</param>
    internal sealed record Request(string PrintedName, string? Opinion, Guid? SignatureId);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.PrintedName).NotEmpty().MaximumLength(100);
            RuleFor(r => r.Opinion).MaximumLength(4000);
        }
    }

    /// <summary>What the owner's signature on form 3.3.1 means.</summary>
    internal const string Meaning = "owner-revisit-opinion";

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/revisits/{id:guid}/sign", Handle)
            .AsCommand()
            .WithTags("Revisits")
            .WithSummary("The owner gives an opinion and signs the revisit record")
            .WithDescription(
                """
                Form 3.3.1, rule P2.2.2. By the owner itself, or by whoever takes the signature: then with its image (409 signature-image-missing). Printed name, time and meaning are kept. It stands under an opinion, this one
                or the one recorded before (owner-opinion-missing), is given once (already-signed), and nothing is found any more after it.
                """
            )
            .Produces<RevisitView>();

    private static async Task<CommandResult> Handle(
        Guid id,
        Request body,
        ProjectsDb store,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var revisit = await store
            .Revisits.VisibleTo(caller.Actor)
            .FirstOrDefaultAsync(r => r.Id == id, cancellationToken);
        if (caller.Precondition(revisit) is { } failed)
        {
            return failed;
        }

        if (revisit!.CheckRole(RevisitAction.Sign, caller.Flow(revisit.PolicyVersion)) is { } forbidden)
        {
            return forbidden;
        }

        if (
            body.SignatureId is { } image
            && !await store.Attachments.AnyAsync(
                a => a.Id == image && a.SubjectId == id && a.Purpose == AttachmentPurpose.Signature,
                cancellationToken
            )
        )
        {
            return Refusal.ByRule("signature-image-unknown", "Form3.3.1", ["signature-image"], Attachment.Writers);
        }

        var opinion = string.IsNullOrWhiteSpace(body.Opinion) ? null : body.Opinion;
        var refusal = revisit.Sign(
            new Signing(
                opinion,
                new Signature(body.PrintedName, caller.Clock.Now, Meaning, body.SignatureId?.ToString())
            ),
            caller.Flow(revisit.PolicyVersion)
        );
        return refusal is null
            ? CommandResult.Ok(await RevisitView.FromAsync(revisit, store, caller, cancellationToken), revisit.Version)
            : refusal;
    }
}
