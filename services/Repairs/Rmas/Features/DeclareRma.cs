using CustomerService.Repairs.Data;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.Rmas.Features;

/// <summary>A customer, or customer service for them, says what is sent.</summary>
internal static class DeclareRma
{
    private const int MostSerials = 2000;

    private const string Rule = """
        Rules C5.1.1, C3.1.5, S3. A line names serial numbers, or a model and a quantity; models of known serials are
        taken from their machines. 400: quantity-not-positive, serial-twice, serial-blank, serial-unknown (give its
        model), model-unknown, organisation-unknown, no-product-customer. 409: serial-of-another, serial-in-open-rma.
        """;

    /// <param name="ModelId">Model; not needed for known serials.</param>
    /// <param name="Serials">Serial numbers.</param>
    /// <param name="Quantity">How many, where there are no serials.</param>
    /// <param name="Words">The fault in the customer's words.</param>
    internal sealed record LineRequest(
        Guid? ModelId = null,
        IReadOnlyList<string>? Serials = null,
        int? Quantity = null,
        string? Words = null
    );

    /// <param name="CustomerId">The customer; a customer's own where they declare it themselves.</param>
    /// <param name="Lines">What is sent.</param>
    /// <param name="Source">Where it comes from.</param>
    /// <param name="SourceId">The enquiry or complaint.</param>
    internal sealed record Request(
        Guid? CustomerId,
        IReadOnlyList<LineRequest> Lines,
        RmaSource Source = RmaSource.Request,
        Guid? SourceId = null
    );

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Lines).NotEmpty().AtMost(200);
            RuleForEach(r => r.Lines)
                .ChildRules(line =>
                {
                    line.RuleFor(l => l.Serials).AtMost(MostSerials);
                    line.RuleForEach(l => l.Serials).RequiredCode();
                    line.RuleFor(l => l.Quantity).LessThanOrEqualTo(100_000);
                    line.RuleFor(l => l.Words).OptionalText();
                });
            RuleFor(r => r.SourceId).NotNull().When(r => r.Source != RmaSource.Request);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/rmas", Handle)
            .AsCommand()
            .WithSummary("A customer declares what they send for repair")
            .WithDescription(Rule + " 409: already-exists (an RMA for this enquiry or complaint).")
            .WithExample(
                new Request(
                    Guid.Parse("0198c0de-0000-7000-8000-000000000001"),
                    [new(Serials: ["SN-1001", "SN-1002"], Words: "開機無反應")]
                )
            )
            .Produces<RmaView>(StatusCodes.Status201Created);
        routes
            .MapPost("/rmas/{id:guid}/revise", ReviseRma)
            .AsCommand()
            .WithSummary("The declaration is changed before anything came")
            .WithDescription(Rule)
            .Produces<RmaView>();
    }

    private static async Task<CommandResult> Handle(
        Request body,
        RepairsDb db,
        RmaIntake intake,
        RmaOpener opener,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var context = caller.Context();
        if (Rma.CheckDeclare(context) is { } refusal)
        {
            return refusal;
        }

        // Outsiders declare for themselves, whoever they name.
        var customer = caller.IsStaff ? body.CustomerId : caller.Actor.OrganisationId;
        if (customer is not { } customerId)
        {
            return Refusal.Invalid("organisation-unknown", "S3", "organisation");
        }

        var declared = await intake.DeclarationAsync(
            customerId,
            Entered(body),
            caller.IsStaff ? body.Source : RmaSource.Request,
            caller.IsStaff ? body.SourceId : null,
            null,
            cancellation
        );
        return declared.Failed(out var wrong, out var declaration)
            ? wrong
            : caller.Create(db, "rmas", await opener.OpenAsync(context, declaration, cancellation), RmaView.From);
    }

    private static async Task<CommandResult> ReviseRma(
        Guid id,
        Request body,
        RepairsDb db,
        RmaIntake intake,
        Caller caller,
        CancellationToken cancellation
    ) =>
        await caller.ChangeAsync(
            db.Rmas.VisibleTo(caller.Actor),
            id,
            async (rma, context) =>
                rma.CheckRole(context, RmaAction.Revise)
                ?? (
                    (
                        await intake.DeclarationAsync(
                            rma.CustomerId,
                            Entered(body),
                            rma.Source,
                            rma.SourceId,
                            rma.Id,
                            cancellation
                        )
                    ).Failed(out var wrong, out var declaration)
                        ? wrong
                        : rma.Revise(context, declaration)
                ),
            RmaView.From,
            cancellation
        );

    private static IReadOnlyList<EnteredLine> Entered(Request body) =>
        [.. body.Lines.Select(line => new EnteredLine(line.ModelId, line.Serials ?? [], line.Quantity, line.Words))];
}
