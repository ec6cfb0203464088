using CustomerService.Projects.Data;
using CustomerService.Projects.PlanSheets.Domain;
using CustomerService.Projects.Revisits.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.PlanSheets.Features;

/// <summary>Findings and orders are pinned on a sheet; pins are checked and taken off.</summary>
internal static class PinPlanSheet
{
    /// <param name="X">From the left edge, 0 to 1.</param>
    /// <param name="Y">From the upper edge, 0 to 1.</param>
    /// <param name="RevisitId">The revisit of the finding.</param>
    /// <param name="FindingId">The finding; an order that is opened from it has its pin too.</param>
    /// <param name="RepairOrderId">Or the order.</param>
    /// <param name="Note">For example 女兒牆根部.</param>
    /// <param name="Page">Of a drawing with several, from 1; the first where none is named.</param>
    internal sealed record Request(
        double? X,
        double? Y,
        Guid? RevisitId = null,
        Guid? FindingId = null,
        Guid? RepairOrderId = null,
        string? Note = null,
        int? Page = null
    );

    /// <param name="X">Its place on the newest revision, where it is another one.</param>
    internal sealed record ConfirmRequest(Guid? PinId, double? X = null, double? Y = null, int? Page = null);

    internal sealed record RemoveRequest(Guid? PinId, string? Reason = null);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.X).NotNull();
            RuleFor(r => r.Y).NotNull();
            RuleFor(r => r.Note).OptionalText(TextLength.Line);
            RuleFor(r => r.FindingId).NotNull().When(r => r.RepairOrderId is null);
            RuleFor(r => r.RevisitId).NotNull().When(r => r.FindingId is not null);
        }
    }

    internal sealed class ConfirmValidator : AbstractValidator<ConfirmRequest>
    {
        public ConfirmValidator() => RuleFor(r => r.PinId).NotNull();
    }

    internal sealed class RemoveValidator : AbstractValidator<RemoveRequest>
    {
        public RemoveValidator()
        {
            RuleFor(r => r.PinId).NotNull();
            RuleFor(r => r.Reason).OptionalText(TextLength.Line);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/plan-sheets/{id:guid}/pin", Pin)
            .AsCommand()
            .WithName("PinOnPlanSheet")
            .WithSummary("Pins a finding or a repair order on the sheet")
            .WithDescription(
                """
                Rule P3.3. On the newest revision, in parts of its width and height. One pin a finding or order and sheet: a
                second one is its new place. 409: pin-of-other-project, pin-off-sheet.
                """
            )
            .WithExample(new Request(0.42, 0.7, RepairOrderId: Guid.Parse("0198c0de-0000-7000-8000-000000000001")))
            .Produces<PlanSheetView>();
        routes
            .MapPost("/plan-sheets/{id:guid}/confirm-pin", Confirm)
            .AsCommand()
            .WithName("ConfirmPlanPin")
            .WithSummary("The place of a pin holds on the newest revision, or is another one there")
            .WithDescription("Rule P3.3. 409: pin-checked-already, pin-off-sheet.")
            .Produces<PlanSheetView>();
        routes
            .MapPost("/plan-sheets/{id:guid}/remove-pin", Remove)
            .AsCommand()
            .WithName("RemovePlanPin")
            .WithSummary("Takes a pin off")
            .WithDescription("Rule P3.3. 409: pin-unknown.")
            .Produces<PlanSheetView>();
        routes
            .MapPost("/plan-sheets/{id:guid}/settle", Settle)
            .AsCommand()
            .WithName("SettlePlanSheet")
            .WithSummary("Every pin is checked on the newest revision")
            .WithDescription("Rule P3.3. Happens by itself with the last pin. 409: pins-unchecked.")
            .Produces<PlanSheetView>();
    }

    private static Task<CommandResult> Pin(
        Guid id,
        Request body,
        ProjectsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.PlanSheets.VisibleTo(caller.Actor),
            id,
            async (sheet, context) =>
                sheet.CheckRole(context, PlanSheetAction.Pin)
                ?? sheet.Pin(context, await NewPinAsync(body, db, cancellation)),
            PlanSheetView.From,
            cancellation
        );

    private static Task<CommandResult> Confirm(
        Guid id,
        ConfirmRequest body,
        ProjectsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.PlanSheets.VisibleTo(caller.Actor),
            id,
            (sheet, context) =>
                Settled(sheet, context, sheet.ConfirmPin(context, new(body.PinId!.Value, body.X, body.Y, body.Page))),
            PlanSheetView.From,
            cancellation
        );

    private static Task<CommandResult> Remove(
        Guid id,
        RemoveRequest body,
        ProjectsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.PlanSheets.VisibleTo(caller.Actor),
            id,
            (sheet, context) => Settled(sheet, context, sheet.RemovePin(context, body.PinId!.Value, body.Reason)),
            PlanSheetView.From,
            cancellation
        );

    private static Task<CommandResult> Settle(Guid id, ProjectsDb db, Caller caller, CancellationToken cancellation) =>
        caller.ChangeAsync(
            db.PlanSheets.VisibleTo(caller.Actor),
            id,
            (sheet, context) => sheet.Settle(context),
            PlanSheetView.From,
            cancellation
        );

    // With the last pin the sheet holds again.
    private static Refusal? Settled(PlanSheet sheet, CommandContext context, Refusal? refusal)
    {
        if (refusal is null)
        {
            sheet.SettleWhereChecked(context);
        }

        return refusal;
    }

    // What is pinned must be of the sheet's project: a finding by its revisit, an order by what was heard of it.
    private static async Task<NewPin> NewPinAsync(Request body, ProjectsDb db, CancellationToken cancellation)
    {
        var (x, y, page) = (body.X!.Value, body.Y!.Value, body.Page ?? 1);
        if (body.RepairOrderId is { } order)
        {
            var known = await db
                .LinkedCases.AsNoTracking()
                .FirstOrDefaultAsync(c => c.Kind == LinkedCase.RepairOrder && c.Id == order, cancellation);
            return new(PinnedKind.RepairOrder, order, known?.Number, known?.ProjectId, x, y, body.Note, page);
        }

        var finding = body.FindingId!.Value;
        var revisit = await db.Revisits.AsNoTracking().FirstOrDefaultAsync(r => r.Id == body.RevisitId, cancellation);
        var project = revisit?.Finding(finding) is null ? (Guid?)null : revisit.ProjectId;
        return new(PinnedKind.Finding, finding, revisit?.FileNumber, project, x, y, body.Note, page);
    }
}
