using CustomerService.Contracts.Files;
using CustomerService.Records;
using CustomerService.Rules;
using CustomerService.Surveys.ServicePoints.Domain;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.ServicePoints.Features;

/// <summary>Who sees which assessments, and who came to a mystery visit.</summary>
internal static class AssessmentAccess
{
    /// <summary>Staff see all, but of a mystery visit that is still to come its site sees nothing; assessors must.</summary>
    public static DocumentQuery<Assessment> VisibleTo(Actor actor) =>
        StaffAccess
            .Of<Assessment>(actor)
            .Except(a => a.HiddenFrom, actor.Has(Roles.Assessor) ? null : actor.Department);

    /// <summary>Notes and timeline of a mystery visit would tell who came: they are for those who know.</summary>
    public static FindRecord Finds { get; } =
        async (services, actor, id, cancellation) =>
            await services
                .GetRequiredService<IDocumentStore>()
                .ListAsync(VisibleTo(actor).Where(a => a.Id, id), null, 1, cancellation)
                is [var found]
            && Knows(actor, found)
                ? new FoundRecord(found.Number)
                {
                    Discretion =
                        found.IsKeptQuiet ? Discretion.KeptQuiet
                        : found.IsMystery ? Discretion.NamesNobody
                        : Discretion.None,
                }
                : null;

    /// <summary>What events tell of a photo: events go to all staff, and who took it came to the visit.</summary>
    public static FileOfRecord Told(FileOfRecord file) =>
        file.RecordKind == "assessment"
            ? file with
            {
                UploadedById = "system:surveys",
                UploadedBy = file.RecordNumber ?? "",
            }
            : file;

    /// <summary>Whether this actor may know who came.</summary>
    public static bool Knows(Actor actor, Assessment assessment) =>
        !assessment.IsMystery
        || actor.Id == assessment.Assessor.Id
        || (actor.HasAny(AssessmentFlow.Planners) && actor.Department != assessment.Department);
}
