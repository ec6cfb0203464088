using CustomerService.Rules;
using static CustomerService.Surveys.ServicePoints.Domain.AssessmentAction;
using static CustomerService.Surveys.ServicePoints.Domain.AssessmentState;
using Flow = CustomerService.Rules.Flow<
    CustomerService.Surveys.ServicePoints.Domain.Assessment,
    CustomerService.Surveys.ServicePoints.Domain.AssessmentState,
    CustomerService.Surveys.ServicePoints.Domain.AssessmentAction
>;
using Guard = CustomerService.Rules.Guard<CustomerService.Surveys.ServicePoints.Domain.Assessment>;

namespace CustomerService.Surveys.ServicePoints.Domain;

/// <summary>The life of an assessment (T1 to T3): scored, signed by assessor and site, corrected.</summary>
internal static class AssessmentFlow
{
    // csharpier-ignore
    public static Flow Table => field ??= Flow.Named("assessment")
        .Start(Plan,        Planned, "T1", Planners)
        .Start(PlanMystery, Planned, "T1", Planners)

        .From(Planned)          .On(Score,          Scored,           "T1", Assessors, TheAssessor, EveryItem, KnownItems, FailedHavePhotos, PhotosAreHere)
                                .On(Cancel,         Cancelled,        "T1", Planners)
        .From(Scored)           .On(SignByAssessor, SignedByAssessor, "T1", Assessors, TheAssessor)
        .From(SignedByAssessor) .On(AcceptFindings, Correcting,       "T1", Site, OfTheSite, SomethingFailed)
                                .On(SignBySite,     Closed,           "T1", Site, OfTheSite, NothingFailed)
        .From(Correcting)       .On(Close,          Closed,           "T1", Planners, AllVerified)
        .In(Correcting)         .MustStay(Correct,                    "T1", Site,     a => a.IsToCorrect, OfTheSite, FailedItem)
                                .MustStay(Verify,                     "T1", Planners, a => a.IsToVerify,  CorrectedItem, AnotherOne)
                                .Stay(SendBack,                       "T1", Planners, CorrectedItem)
        .Ends(Closed)
        .Abandons(Cancelled)
        .Build();

    internal static readonly string[] Planners = [Roles.Qc, Roles.QcHead, Roles.CustomerService];
    private static readonly string[] Assessors = [Roles.Assessor];
    private static readonly string[] Site = [Roles.DepartmentHead, Roles.ResponsibleDepartment];

    private static readonly Guard TheAssessor = Guard.RequirePeople(
        (assessment, _) => People.Of(new Taker(PersonId: assessment.Assessor.Id)),
        code: "other-assessor",
        rule: "T1",
        missing: ["assessor"],
        suppliedBy: Assessors
    );

    private static readonly Guard OfTheSite = Guard.RequirePeople(
        (assessment, _) => People.Of(new Taker(Department: assessment.Department)),
        code: "other-site",
        rule: "T1",
        missing: ["person-of-site"],
        suppliedBy: Site
    );

    private static readonly Guard EveryItem = Guard.RequireInput<Scoring>(
        (assessment, _, given) =>
            assessment.Catalogue.Items.All(item => given.Items.Count(s => s.Item == item.Code) == 1),
        code: "items-missing",
        rule: "T1",
        missing: ["every-item"],
        suppliedBy: Assessors
    );

    private static readonly Guard KnownItems = Guard.RequireInput<Scoring>(
        (assessment, _, given) =>
            given.Items.All(s =>
                assessment.Catalogue.Items.FirstOrDefault(item => item.Code == s.Item) is { } item
                && (s.Score is null ? item.MayBeAbsent : s.Score is >= 0 and <= ServiceCatalogue.BestScore)
            ),
        code: "score-unknown",
        rule: "T2",
        missing: ["score"],
        suppliedBy: Assessors
    );

    private static readonly Guard FailedHavePhotos = Guard.RequireInput<Scoring>(
        (_, _, given) => given.Items.All(s => !s.Failed || s.Photos.Count > 0),
        code: "photo-missing",
        rule: "T1",
        missing: ["photo"],
        suppliedBy: Assessors
    );

    private static readonly Guard PhotosAreHere = Guard.RequireInput<Scoring>(
        (_, _, given) => given.Items.SelectMany(s => s.Photos).All(given.Pictures.Contains),
        code: "photo-unknown",
        rule: "T1",
        missing: ["photo"],
        suppliedBy: Assessors
    );

    private static readonly Guard SomethingFailed = Guard.Require(
        (assessment, _) => assessment.Corrections.Count > 0,
        code: "nothing-failed",
        rule: "T1",
        missing: ["failed-item"],
        suppliedBy: Assessors
    );

    private static readonly Guard NothingFailed = Guard.Require(
        (assessment, _) => assessment.Corrections.Count == 0,
        code: "items-failed",
        rule: "T1",
        missing: ["corrections"],
        suppliedBy: Site
    );

    private static readonly Guard FailedItem = Guard.RequireInput<string>(
        (assessment, _, item) => assessment.Corrections.Any(c => c.Item == item && c.VerifiedBy is null),
        code: "item-not-failed",
        rule: "T1",
        missing: ["failed-item"],
        suppliedBy: Site
    );

    private static readonly Guard CorrectedItem = Guard.RequireInput<string>(
        (assessment, _, item) =>
            assessment.Corrections.Any(c => c.Item == item && c.Done is not null && c.VerifiedBy is null),
        code: "item-not-corrected",
        rule: "T1",
        missing: ["correction"],
        suppliedBy: Site
    );

    private static readonly Guard AnotherOne = Guard.RequireInput<string>(
        (assessment, context, item) =>
            assessment.Corrections.FirstOrDefault(c => c.Item == item)?.DoneBy?.ActorId != context.Actor.Id,
        code: "verifier-did-it",
        rule: "T1",
        missing: ["other-verifier"],
        suppliedBy: Planners
    );

    private static readonly Guard AllVerified = Guard.Require(
        (assessment, _) => assessment.Corrections.All(c => c.VerifiedBy is not null),
        code: "corrections-open",
        rule: "T1",
        missing: ["verified-corrections"],
        suppliedBy: [.. Site, .. Planners]
    );
}
