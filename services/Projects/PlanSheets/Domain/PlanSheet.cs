using CustomerService.Rules;

namespace CustomerService.Projects.PlanSheets.Domain;

/// <summary>
/// A sheet of a project's drawings with its revisions (P3.3). Findings and orders are pinned on it; a pin stays when a
/// new revision is filed, and is marked until somebody has checked its place.
/// </summary>
internal sealed class PlanSheet : Aggregate<PlanSheet, PlanSheetState, PlanSheetAction>
{
    private PlanSheet() { }

    public override string Kind => "plan-sheet";

    public override WorkSubject WorkSubject => new(Number, $"{ProjectName}，{Title}");

    protected override Flow<PlanSheet, PlanSheetState, PlanSheetAction> Table => PlanSheetFlow.Table;

    public Guid ProjectId { get; private set; }

    public string ProjectName { get; private set; } = "";

    /// <summary>Drawing number, unique in the project.</summary>
    public string Number { get; private set; } = "";

    public string Title { get; private set; } = "";

    /// <summary>The last one is in force.</summary>
    public IReadOnlyList<PlanRevision> Revisions { get; private set; } = [];

    public IReadOnlyList<PlanPin> Pins { get; private set; } = [];

    public PlanRevision? Current => Revisions.Count > 0 ? Revisions[^1] : null;

    /// <summary>Whether this actor may register sheets at all.</summary>
    public static Refusal? CheckRegister(CommandContext context) =>
        PlanSheetFlow.Table.CheckStart(PlanSheetAction.Register, context);

    public static Result<PlanSheet> Register(
        CommandContext context,
        Guid projectId,
        string projectName,
        string number,
        string title
    )
    {
        var sheet = new PlanSheet
        {
            Id = Guid.CreateVersion7(context.Now),
            ProjectId = projectId,
            ProjectName = projectName,
            Number = number,
            Title = title,
        };
        return sheet.Start(context, PlanSheetAction.Register, number) is { } refusal ? refusal : sheet;
    }

    /// <summary>A drawing becomes the newest revision: every pin keeps its place and is to be checked.</summary>
    public Refusal? FileRevision(CommandContext context, NewRevision given) =>
        Transition(
            context,
            PlanSheetAction.FileRevision,
            input: given,
            why: given.Label,
            change: () =>
            {
                Revisions =
                [
                    .. Revisions,
                    new(given.Label, given.FileId, given.ContentType!, context.Today, Stamp.Of(context), given.Pages),
                ];
                Pins = [.. Pins.Select(pin => pin with { CheckPlace = true })];
            }
        );

    public Refusal? Pin(CommandContext context, NewPin given) =>
        Transition(
            context,
            PlanSheetAction.Pin,
            input: given,
            why: given.TargetNumber ?? given.Note,
            change: () =>
                Pins = [
                    // One pin a finding or order and sheet: a second one is its new place.
                    .. Pins.Where(pin => pin.TargetId != given.TargetId),
                    new(
                        Guid.CreateVersion7(context.Now),
                        given.Kind,
                        given.TargetId,
                        given.TargetNumber,
                        given.X,
                        given.Y,
                        given.Note,
                        Current!.Label,
                        CheckPlace: false,
                        Stamp.Of(context),
                        given.Page
                    ),
                ]
        );

    /// <summary>The place of a pin holds on the newest revision, or is another one there.</summary>
    public Refusal? ConfirmPin(CommandContext context, CheckedPin given) =>
        Transition(
            context,
            PlanSheetAction.ConfirmPin,
            input: given,
            change: () => Pins = [.. Pins.Select(pin => pin.Id == given.PinId ? Checked(pin, given, context) : pin)]
        );

    public Refusal? RemovePin(CommandContext context, Guid pinId, string? reason)
    {
        var gone = Pins.FirstOrDefault(pin => pin.Id == pinId);
        return Transition(
            context,
            PlanSheetAction.RemovePin,
            // A guard is given what was found, or something that is no pin.
            input: gone ?? (object)pinId,
            why: reason,
            change: () => Pins = [.. Pins.Where(pin => pin.Id != pinId)]
        );
    }

    /// <summary>Every pin is checked.</summary>
    public Refusal? Settle(CommandContext context) => Transition(context, PlanSheetAction.Settle);

    /// <summary>The same by itself after a step, where that left no pin to check.</summary>
    public void SettleWhereChecked(CommandContext context)
    {
        if (State == PlanSheetState.ToCheck && Pins.All(pin => !pin.CheckPlace))
        {
            _ = Settle(context);
        }
    }

    public Refusal? Withdraw(CommandContext context, string reason) =>
        Transition(context, PlanSheetAction.Withdraw, why: reason);

    private PlanPin Checked(PlanPin pin, CheckedPin given, CommandContext context) =>
        pin with
        {
            X = given.X ?? pin.X,
            Y = given.Y ?? pin.Y,
            Page = given.Page ?? pin.Page,
            Revision = Current!.Label,
            CheckPlace = false,
            By = Stamp.Of(context),
        };
}
