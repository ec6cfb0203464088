using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.Complaints.Features;

/// <summary>Goods are inspected 100 %, and what failed is disposed of (C5.3.3, C7).</summary>
internal static class InspectLot
{
    /// <param name="Lot">Lot or serials, as the goods are marked.</param>
    /// <param name="Quantity">What there is.</param>
    /// <param name="Place">Where failed goods are segregated.</param>
    /// <param name="Note">What was found.</param>
    /// <param name="ReworkOf">Number of the lot whose rework is inspected.</param>
    internal sealed record InspectRequest(
        string Lot,
        int? Quantity,
        int? Inspected,
        int? Passed,
        int? Failed,
        string? Place,
        string Note,
        int? ReworkOf
    );

    /// <param name="No">Number of the lot within the complaint.</param>
    internal sealed record DisposeRequest(int? No, DispositionKind? Kind, string Reason);

    internal sealed class InspectValidator : AbstractValidator<InspectRequest>
    {
        public InspectValidator()
        {
            RuleFor(r => r.Lot).RequiredText(TextLength.Line);
            RuleFor(r => r.Quantity).NotNull().GreaterThan(0);
            RuleFor(r => r.Inspected).NotNull();
            RuleFor(r => r.Passed).NotNull();
            RuleFor(r => r.Failed).NotNull();
            RuleFor(r => r.Place).OptionalText(TextLength.Line);
            RuleFor(r => r.Note).RequiredText();
        }
    }

    internal sealed class DisposeValidator : AbstractValidator<DisposeRequest>
    {
        public DisposeValidator()
        {
            RuleFor(r => r.No).NotNull();
            RuleFor(r => r.Kind).NotNull();
            RuleFor(r => r.Reason).RequiredText();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/complaints/{id:guid}/inspect-lot", Inspect)
            .AsCommand()
            .WithName("InspectLotOfComplaint")
            .WithSummary("QC inspects goods 100 %, for the first time or after rework")
            .WithDescription(
                """
                Rules C5.3.3 and C7; QC. Inspected = passed + failed (409 `counts-differ`), all of the quantity (409
                `not-all-inspected`); failed goods stand apart (409 `not-segregated`). With `reworkOf` the goods of that
                lot are inspected again (409 `rework-does-not-fit`).
                """
            )
            .WithExample(new InspectRequest("2026-08-A", 40, 40, 37, 3, "隔離區 B2", "三台控制板虛焊。", null))
            .Produces<ComplaintView>();
        routes
            .MapPost("/complaints/{id:guid}/dispose-lot", Dispose)
            .AsCommand()
            .WithName("DisposeLotOfComplaint")
            .WithSummary("What becomes of the failed goods of a lot")
            .WithDescription(
                """
                Rules C5.3.3 and C7: `rework`, `concession`, `scrap`, `return-to-supplier`, by whoever has the authority
                by the policy (`complaints.dispositionAuthority`): 409 `disposition-authority`, `lot-not-to-dispose`.
                Until every failed lot is disposed of and its rework inspected nothing is released and the complaint not
                closed (409 `lot-unsettled`).
                """
            )
            .Produces<ComplaintView>();
    }

    private static Task<CommandResult> Inspect(
        Guid id,
        InspectRequest body,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Complaints.VisibleTo(caller.Actor),
            id,
            (complaint, context) =>
                complaint.InspectLot(
                    context,
                    new LotResult(
                        body.Lot,
                        body.Quantity!.Value,
                        body.Inspected!.Value,
                        body.Passed!.Value,
                        body.Failed!.Value,
                        body.Place,
                        body.Note,
                        body.ReworkOf
                    )
                ),
            ComplaintView.From,
            cancellation
        );

    private static Task<CommandResult> Dispose(
        Guid id,
        DisposeRequest body,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Complaints.VisibleTo(caller.Actor),
            id,
            (complaint, context) => complaint.DisposeLot(context, body.No!.Value, body.Kind!.Value, body.Reason),
            ComplaintView.From,
            cancellation
        );
}
