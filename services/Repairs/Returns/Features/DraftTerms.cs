using CustomerService.Repairs.Data;
using CustomerService.Repairs.Returns.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Returns.Features;

/// <summary>The after-sales terms: drafted, published and withdrawn by two people of sales (C9).</summary>
internal static class DraftTerms
{
    /// <param name="Title">Title.</param>
    /// <param name="EffectiveFrom">First day on which it holds.</param>
    /// <param name="Clauses">Its clauses.</param>
    /// <param name="Number">Number of the edition, unique; only where it is drafted.</param>
    internal sealed record Request(
        string Title,
        DateOnly? EffectiveFrom,
        IReadOnlyList<TermsClause> Clauses,
        string? Number = null
    );

    internal sealed record ReasonRequest(string Reason);

    internal sealed record Query : PageQuery
    {
        /// <summary>States, joined by commas.</summary>
        public EnumFilter<TermsEditionState>? State { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Number).OptionalCode();
            RuleFor(r => r.Title).RequiredText(TextLength.Line);
            RuleFor(r => r.EffectiveFrom).NotNull();
            RuleFor(r => r.Clauses).NotEmpty().AtMost(200);
            RuleForEach(r => r.Clauses)
                .ChildRules(clause =>
                {
                    clause.RuleFor(c => c.Code).RequiredCode();
                    clause.RuleFor(c => c.Text).RequiredText();
                });
        }
    }

    internal sealed class ReasonValidator : AbstractValidator<ReasonRequest>
    {
        public ReasonValidator() => RuleFor(r => r.Reason).RequiredText();
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/terms-editions", Handle)
            .AsCommand()
            .WithSummary("An edition of the after-sales terms is drafted")
            .WithDescription("Rules C9, C5.1.3. 400: clauses-not-unique. 409: edition-exists.")
            .WithExample(
                new Request(
                    "售後條款 2026",
                    new DateOnly(2026, 1, 1),
                    [new("4.2", "出廠三個月內因產品自身品質問題者可退貨")],
                    "2026-1"
                )
            )
            .Produces<TermsEditionView>(StatusCodes.Status201Created);
        routes
            .MapPost("/terms-editions/{id:guid}/revise", ReviseTerms)
            .AsCommand()
            .WithSummary("A draft is changed")
            .WithDescription("Rule C9. 400: clauses-not-unique.")
            .Produces<TermsEditionView>();
        routes
            .MapPost("/terms-editions/{id:guid}/publish", PublishTerms)
            .AsCommand()
            .WithSummary("The sales manager publishes the edition")
            .WithDescription("Rule C9. By another than its author. 409: publisher-is-author, edition-backdated.")
            .Produces<TermsEditionView>();
        routes
            .MapPost("/terms-editions/{id:guid}/withdraw", WithdrawTerms)
            .AsCommand()
            .WithSummary("The edition holds no more from today on")
            .WithDescription("Rule C9. Requests of earlier days are still decided by it.")
            .Produces<TermsEditionView>();
        routes
            .MapPost("/terms-editions/{id:guid}/drop", DropTerms)
            .AsCommand()
            .WithSummary("A draft is given up")
            .WithDescription("Rule C9.")
            .Produces<TermsEditionView>();
        routes
            .MapGet("/terms-editions", ListTerms)
            .AsQuery()
            .ForRoles(Roles.Staff)
            .WithSummary("Editions of the after-sales terms, the newest first")
            .WithDescription("Rules C9, C5.1.3.")
            .Produces<Page<TermsEditionListItem>>();
        routes
            .MapGet("/terms-editions/{id:guid}", GetTerms)
            .AsQuery()
            .ForRoles(Roles.Staff)
            .WithSummary("An edition of the after-sales terms")
            .WithDescription("Rules C9, C5.1.3.")
            .Produces<TermsEditionView>();
    }

    private static async Task<CommandResult> Handle(
        Request body,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var number = body.Number?.Trim() ?? $"{body.EffectiveFrom:yyyy-MM-dd}";
        return await db.TermsEditions.AnyAsync(e => e.Number == number, cancellation)
            ? Refusal.ByRule("edition-exists", "C9", ["other-number"])
            : caller.Create(
                db,
                "terms-editions",
                TermsEdition.Draft(caller.Context(), number, body.Title, body.EffectiveFrom!.Value, body.Clauses),
                TermsEditionView.From
            );
    }

    private static Task<CommandResult> ReviseTerms(
        Guid id,
        Request body,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        ChangeAsync(
            id,
            (edition, context) => edition.Revise(context, body.Title, body.EffectiveFrom!.Value, body.Clauses),
            db,
            caller,
            cancellation
        );

    private static Task<CommandResult> PublishTerms(
        Guid id,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) => ChangeAsync(id, (edition, context) => edition.Publish(context), db, caller, cancellation);

    private static Task<CommandResult> WithdrawTerms(
        Guid id,
        ReasonRequest body,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) => ChangeAsync(id, (edition, context) => edition.Withdraw(context, body.Reason), db, caller, cancellation);

    private static Task<CommandResult> DropTerms(
        Guid id,
        ReasonRequest body,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) => ChangeAsync(id, (edition, context) => edition.Drop(context, body.Reason), db, caller, cancellation);

    private static Task<QueryResult> ListTerms(
        [AsParameters] Query query,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        db
            .TermsEditions.VisibleTo(caller.Actor)
            .Where(query.State, states => edition => states.Contains(edition.State))
            .ToPageAsync(query, edition => TermsEditionListItem.From(edition, caller), cancellation);

    private static Task<QueryResult> GetTerms(Guid id, RepairsDb db, Caller caller, CancellationToken cancellation) =>
        caller.ReadAsync(db.TermsEditions.VisibleTo(caller.Actor), id, TermsEditionView.From, cancellation);

    private static Task<CommandResult> ChangeAsync(
        Guid id,
        Func<TermsEdition, CommandContext, Refusal?> change,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) => caller.ChangeAsync(db.TermsEditions.VisibleTo(caller.Actor), id, change, TermsEditionView.From, cancellation);
}
