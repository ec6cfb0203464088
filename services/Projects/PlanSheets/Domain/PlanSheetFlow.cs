using CustomerService.Rules;
using static CustomerService.Projects.PlanSheets.Domain.PlanSheetAction;
using static CustomerService.Projects.PlanSheets.Domain.PlanSheetState;
using Flow = CustomerService.Rules.Flow<
    CustomerService.Projects.PlanSheets.Domain.PlanSheet,
    CustomerService.Projects.PlanSheets.Domain.PlanSheetState,
    CustomerService.Projects.PlanSheets.Domain.PlanSheetAction
>;
using Guard = CustomerService.Rules.Guard<CustomerService.Projects.PlanSheets.Domain.PlanSheet>;

namespace CustomerService.Projects.PlanSheets.Domain;

/// <summary>The life of a plan sheet, rule P3.3.</summary>
internal static class PlanSheetFlow
{
    // csharpier-ignore
    public static Flow Table => field ??= Flow.Named("plan-sheet")
        .Start(Register, Drafted, "P3.3", Keepers)

        .From(Drafted)           .On(FileRevision, InForce, "P3.3", Keepers, IsDrawing, LabelIsNew)
        .From(InForce)           .On(FileRevision, ToCheck, "P3.3", Keepers, IsDrawing, LabelIsNew)
        .From(ToCheck)           .Stay(FileRevision,        "P3.3", Keepers, IsDrawing, LabelIsNew)
        .In(ToCheck)
            .MustStay(ConfirmPin, "P3.3", Pinners, HasUnchecked, IsPinned, IsOnSheet)
        .From(ToCheck)           .On(Settle,       InForce, "P3.3", Pinners, AllAreChecked)
        .In(ToCheck, InForce)
            .Stay(PlanSheetAction.Pin, "P3.3", Pinners, OfProject, LiesOnSheet)
            .Stay(RemovePin,      "P3.3", Pinners, IsThere)
        .From(Drafted, ToCheck, InForce)
                                 .MayOn(Withdraw, Withdrawn, "P3.3", Keepers)
        .EndsButReopens(InForce)
        .Abandons(Withdrawn)
        .Build();

    private static readonly string[] Keepers = [Roles.Engineering, Roles.EngineeringHead, Roles.Production];
    private static readonly string[] Pinners = [.. Keepers, Roles.CustomerService, Roles.Qc, Roles.QcHead];

    private static readonly Func<PlanSheet, bool> HasUnchecked = sheet => sheet.Pins.Any(pin => pin.CheckPlace);

    private static readonly Guard IsDrawing = Guard.RequireInput<NewRevision>(
        (_, _, given) => given.ContentType is not null,
        code: "drawing-missing",
        rule: "P3.3",
        missing: ["drawing"],
        suppliedBy: Keepers
    );
    private static readonly Guard LabelIsNew = Guard.RequireInput<NewRevision>(
        (sheet, _, given) => sheet.Revisions.All(revision => revision.Label != given.Label),
        code: "revision-there-already",
        rule: "P3.3",
        missing: ["new-revision"],
        suppliedBy: Keepers
    );
    private static readonly Guard OfProject = Guard.RequireInput<NewPin>(
        (sheet, _, given) => given.ProjectId == sheet.ProjectId,
        code: "pin-of-other-project",
        rule: "P3.3",
        missing: ["finding-or-order-of-project"],
        suppliedBy: Pinners
    );
    private static readonly Guard LiesOnSheet = Guard.RequireInput<NewPin>(
        (sheet, _, given) => IsWithin(given.X) && IsWithin(given.Y) && Has(sheet, given.Page),
        code: "pin-off-sheet",
        rule: "P3.3",
        missing: ["place-on-sheet"],
        suppliedBy: Pinners
    );
    private static readonly Guard IsPinned = Guard.RequireInput<CheckedPin>(
        (sheet, _, given) => sheet.Pins.Any(pin => pin.Id == given.PinId && pin.CheckPlace),
        code: "pin-checked-already",
        rule: "P3.3",
        missing: ["pin-to-check"],
        suppliedBy: Pinners
    );
    private static readonly Guard IsOnSheet = Guard.RequireInput<CheckedPin>(
        (sheet, _, given) =>
            IsWithin(given.X ?? 0) && IsWithin(given.Y ?? 0) && Has(sheet, given.Page ?? PageOf(sheet, given.PinId)),
        code: "pin-off-sheet",
        rule: "P3.3",
        missing: ["place-on-sheet-of-pin"],
        suppliedBy: Pinners
    );
    private static readonly Guard IsThere = Guard.RequireInput<PlanPin>(
        (sheet, _, given) => sheet.Pins.Contains(given),
        code: "pin-unknown",
        rule: "P3.3",
        missing: ["pin"],
        suppliedBy: Pinners
    );
    private static readonly Guard AllAreChecked = Guard.Require(
        (sheet, _) => !HasUnchecked(sheet),
        code: "pins-unchecked",
        rule: "P3.3",
        missing: ["checked-pins"],
        suppliedBy: Pinners
    );

    private static bool Has(PlanSheet sheet, int page) => page >= 1 && page <= sheet.Current!.Pages;

    // A newer revision may have fewer pages than the one on which it was pinned.
    private static int PageOf(PlanSheet sheet, Guid pin) => sheet.Pins.FirstOrDefault(p => p.Id == pin)?.Page ?? 1;

    private static bool IsWithin(double value) => value is >= 0 and <= 1;
}
