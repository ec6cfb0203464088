using CustomerService.Complaints.ActionItems.Domain;
using CustomerService.Complaints.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.ActionItems.Features;

/// <summary>A later day is asked for, and granted or refused; each is counted.</summary>
internal static class ExtendActionItem
{
    /// <param name="DueOn">The day that is asked for.</param>
    internal sealed record AskRequest(DateOnly? DueOn, string Reason);

    internal sealed record GrantRequest(string? Opinion);

    internal sealed record RefuseRequest(string Reason);

    internal sealed class AskValidator : AbstractValidator<AskRequest>
    {
        public AskValidator()
        {
            RuleFor(r => r.DueOn).NotNull();
            RuleFor(r => r.Reason).RequiredText();
        }
    }

    internal sealed class GrantValidator : AbstractValidator<GrantRequest>
    {
        public GrantValidator() => RuleFor(r => r.Opinion).OptionalText();
    }

    internal sealed class RefuseValidator : AbstractValidator<RefuseRequest>
    {
        public RefuseValidator() => RuleFor(r => r.Reason).RequiredText();
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/action-items/{id:guid}/ask-extension", Ask)
            .AsCommand()
            .WithName("AskExtensionOfActionItem")
            .WithSummary("The owner asks for a later day")
            .WithDescription("Rule C5.6.2. 409 `not-the-owner`, `extension-asked-already`, `extension-not-later`.")
            .Produces<ActionItemView>();
        routes
            .MapPost("/action-items/{id:guid}/grant-extension", Grant)
            .AsCommand()
            .WithName("GrantExtensionOfActionItem")
            .WithSummary("The later day holds")
            .WithDescription(
                """
                Rule C5.6.2: the management representative for an action of a CAPA, else who gave it. 409
                `no-extension-asked`, `not-the-granter`, `extension-passed` where the day that was asked for is over. A
                CAPA that would be due before the day is due on it.
                """
            )
            .Produces<ActionItemView>();
        routes
            .MapPost("/action-items/{id:guid}/refuse-extension", Refuse)
            .AsCommand()
            .WithName("RefuseExtensionOfActionItem")
            .WithSummary("The day stays")
            .WithDescription("Rule C5.6.2. 409 `no-extension-asked`, `not-the-granter`.")
            .Produces<ActionItemView>();
    }

    private static Task<CommandResult> Ask(
        Guid id,
        AskRequest body,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeActionAsync(
            db,
            id,
            (item, context) => item.AskExtension(context, body.DueOn!.Value, body.Reason),
            cancellation
        );

    private static Task<CommandResult> Grant(
        Guid id,
        GrantRequest body,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    ) => caller.ChangeActionAsync(db, id, (item, context) => item.GrantExtension(context, body.Opinion), cancellation);

    private static Task<CommandResult> Refuse(
        Guid id,
        RefuseRequest body,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    ) => caller.ChangeActionAsync(db, id, (item, context) => item.RefuseExtension(context, body.Reason), cancellation);
}
