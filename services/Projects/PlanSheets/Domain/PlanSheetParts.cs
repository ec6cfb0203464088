using CustomerService.Rules;

namespace CustomerService.Projects.PlanSheets.Domain;

/// <summary>A drawing that was filed.</summary>
/// <param name="Label">As the title block has it, for example <c>B</c>.</param>
/// <param name="FileId">File of the sheet, PDF or PNG.</param>
/// <param name="Pages">Of the file; 1 for a picture, and where a PDF cannot be read.</param>
internal sealed record PlanRevision(
    string Label,
    Guid FileId,
    string ContentType,
    DateOnly On,
    Stamp By,
    int Pages = 1
);

/// <summary>A drawing that is to be filed.</summary>
/// <param name="ContentType">Null where the sheet has no such file, or it is no drawing.</param>
/// <param name="Pages">Of the file.</param>
internal sealed record NewRevision(string Label, Guid FileId, string? ContentType, int Pages = 1);

/// <summary>A finding or order on the sheet.</summary>
/// <param name="X">From the left edge, 0 to 1.</param>
/// <param name="Y">From the upper edge, 0 to 1.</param>
/// <param name="Revision">The revision on which its place was last checked.</param>
/// <param name="CheckPlace">A newer revision was filed since.</param>
/// <param name="Page">Of the drawing, from 1.</param>
internal sealed record PlanPin(
    Guid Id,
    PinnedKind Kind,
    Guid TargetId,
    string? TargetNumber,
    double X,
    double Y,
    string? Note,
    string Revision,
    bool CheckPlace,
    Stamp By,
    int Page = 1
);

/// <summary>What is to be pinned.</summary>
/// <param name="ProjectId">Project of the finding or order; null where it is not known.</param>
internal sealed record NewPin(
    PinnedKind Kind,
    Guid TargetId,
    string? TargetNumber,
    Guid? ProjectId,
    double X,
    double Y,
    string? Note,
    int Page = 1
);

/// <summary>The place of a pin on the newest revision.</summary>
internal sealed record CheckedPin(Guid PinId, double? X, double? Y, int? Page = null);
