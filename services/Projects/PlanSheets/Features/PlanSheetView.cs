using System.Text.Json.Serialization;
using CustomerService.Projects.PlanSheets.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Projects.PlanSheets.Features;

/// <summary>A plan sheet with its revisions and pins.</summary>
internal sealed record PlanSheetView
{
    public required Guid Id { get; init; }

    /// <summary>Drawing number.</summary>
    public required string Number { get; init; }

    public required PlanSheetState State { get; init; }

    public required long Version { get; init; }

    /// <summary>What the caller can do now; each is the last part of the route under which it is called.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    public required Guid ProjectId { get; init; }

    public required string ProjectName { get; init; }

    public required string Title { get; init; }

    /// <summary>The last one is in force.</summary>
    public required IReadOnlyList<PlanRevisionView> Revisions { get; init; }

    public required IReadOnlyList<PlanPinView> Pins { get; init; }

    public static PlanSheetView From(PlanSheet sheet, Caller caller) =>
        new()
        {
            Id = sheet.Id,
            Number = sheet.Number,
            State = sheet.State,
            Version = sheet.Version,
            Actions = sheet.AllowedActions(caller.Context(sheet)),
            ProjectId = sheet.ProjectId,
            ProjectName = sheet.ProjectName,
            Title = sheet.Title,
            Revisions =
            [
                .. sheet.Revisions.Select(r => new PlanRevisionView(
                    r.Label,
                    r.FileId,
                    r.ContentType,
                    r.On,
                    r.By.Name,
                    r.Pages
                )),
            ],
            Pins = [.. sheet.Pins.Select(PlanPinView.Of)],
        };
}

/// <summary>A drawing that was filed.</summary>
/// <param name="FileId">Among the sheet's files.</param>
/// <param name="Pages">Of the file.</param>
internal sealed record PlanRevisionView(
    string Label,
    Guid FileId,
    string ContentType,
    DateOnly FiledOn,
    string FiledBy,
    int Pages
);

/// <summary>A finding or order on a sheet.</summary>
internal sealed record PlanPinView
{
    public required Guid Id { get; init; }

    public required PinnedKind Kind { get; init; }

    public required Guid TargetId { get; init; }

    public string? TargetNumber { get; init; }

    /// <summary>From the left edge, 0 to 1.</summary>
    public required double X { get; init; }

    /// <summary>From the upper edge, 0 to 1.</summary>
    public required double Y { get; init; }

    /// <summary>Of the drawing, from 1.</summary>
    public required int Page { get; init; }

    public string? Note { get; init; }

    /// <summary>The revision on which its place was last checked.</summary>
    public required string Revision { get; init; }

    /// <summary>A newer revision was filed since: its place is to be checked.</summary>
    public required bool CheckPlace { get; init; }

    public static PlanPinView Of(PlanPin pin) =>
        new()
        {
            Id = pin.Id,
            Kind = pin.Kind,
            TargetId = pin.TargetId,
            TargetNumber = pin.TargetNumber,
            X = pin.X,
            Y = pin.Y,
            Page = pin.Page,
            Note = pin.Note,
            Revision = pin.Revision,
            CheckPlace = pin.CheckPlace,
        };
}

/// <summary>A plan sheet in a list.</summary>
internal sealed record PlanSheetListItem
{
    public required Guid Id { get; init; }

    public required string Number { get; init; }

    public required PlanSheetState State { get; init; }

    public required long Version { get; init; }

    /// <summary>What the caller can do now.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    public required Guid ProjectId { get; init; }

    public required string Title { get; init; }

    /// <summary>The revision in force.</summary>
    public string? Revision { get; init; }

    public required int Pins { get; init; }

    /// <summary>How many of them are to be checked.</summary>
    public required int PinsToCheck { get; init; }

    public static PlanSheetListItem From(PlanSheet sheet, Caller caller) =>
        new()
        {
            Id = sheet.Id,
            Number = sheet.Number,
            State = sheet.State,
            Version = sheet.Version,
            Actions = sheet.AllowedActions(caller.Context(sheet)),
            ProjectId = sheet.ProjectId,
            Title = sheet.Title,
            Revision = sheet.Current?.Label,
            Pins = sheet.Pins.Count,
            PinsToCheck = sheet.Pins.Count(pin => pin.CheckPlace),
        };
}
