using CustomerService.Rules;
using static CustomerService.Surveys.Reviews.Domain.HalfYearReviewAction;
using static CustomerService.Surveys.Reviews.Domain.HalfYearReviewState;
using Flow = CustomerService.Rules.Flow<
    CustomerService.Surveys.Reviews.Domain.HalfYearReview,
    CustomerService.Surveys.Reviews.Domain.HalfYearReviewState,
    CustomerService.Surveys.Reviews.Domain.HalfYearReviewAction
>;
using Guard = CustomerService.Rules.Guard<CustomerService.Surveys.Reviews.Domain.HalfYearReview>;

namespace CustomerService.Surveys.Reviews.Domain;

/// <summary>The life of a half-year review (C5.8.1 D): management, product quality and after-sales look at themselves, and
/// what they do about it is verified.</summary>
internal static class HalfYearReviewFlow
{
    // csharpier-ignore
    public static Flow Table => field ??= Flow.Named("half-year-review")
        .Start(Open, Drafted, "C5.8.1", Openers)

        .From(Drafted) .On(Issue,      Issued,    "C5.8.1", Issuers, EveryChapter, WeakOnesHaveMeasures)
                       .On(Withdraw,   Withdrawn, "C5.8.1", Openers)
        .In(Drafted)   .MustStay(Assess,          "C5.8.1", Authors, r => r.IsToAssess, OwnChapter)
                       .Stay(SetMeasure,          "C5.8.1", Authors, OwnChapter, AssessedFirst, DueLater)
        .From(Issued)  .On(Close,      Closed,    "C5.8.1", Issuers, AllVerified)
        .In(Issued)    .MustStay(ReportDone,      "C5.8.1", Departments, r => r.IsToDo,     OfADepartment, OpenMeasure)
                       .MustStay(Verify,          "C5.8.1", Verifiers,   r => r.IsToVerify, DoneMeasure, AnotherOne)
                       .Stay(SendBack,            "C5.8.1", Verifiers,   DoneMeasure)
        .Ends(Closed)
        .Abandons(Withdrawn)
        .Build();

    internal static readonly string[] Openers = [Roles.CustomerService, Roles.QcHead, Roles.ManagementRepresentative];
    private static readonly string[] Authors =
    [
        Roles.ManagementRepresentative,
        Roles.Qc,
        Roles.QcHead,
        Roles.AfterSales,
        Roles.CustomerService,
    ];
    private static readonly string[] Issuers = [Roles.ManagementRepresentative];
    private static readonly string[] Departments = [Roles.DepartmentHead, Roles.ResponsibleDepartment];
    private static readonly string[] Verifiers = [Roles.Qc, Roles.QcHead, Roles.CustomerService];

    private static readonly Guard EveryChapter = Guard.Require(
        (review, _) => !review.IsToAssess,
        code: "chapters-missing",
        rule: "C5.8.1",
        missing: ["every-chapter"],
        suppliedBy: Authors
    );

    private static readonly Guard WeakOnesHaveMeasures = Guard.Require(
        (review, _) => review.WeakChapters.All(chapter => review.Measures.Any(m => m.Chapter == chapter)),
        code: "measures-missing",
        rule: "C5.8.1",
        missing: ["measures"],
        suppliedBy: Authors
    );

    private static readonly Guard OwnChapter = Guard.RequireInput<OnChapter>(
        (_, context, given) => context.Actor.HasAny([.. ReviewChapters.AuthorsOf(given.Chapter)]),
        code: "other-chapter",
        rule: "C5.8.1",
        missing: ["author-of-chapter"],
        suppliedBy: Authors
    );

    private static readonly Guard AssessedFirst = Guard.RequireInput<GivenMeasure>(
        (review, _, given) => review.Texts.Any(text => text.Chapter == given.Chapter),
        code: "chapter-not-written",
        rule: "C5.8.1",
        missing: ["chapter"],
        suppliedBy: Authors
    );

    private static readonly Guard DueLater = Guard.RequireInput<GivenMeasure>(
        (_, context, given) => given.DueOn is not { } due || due >= context.Today,
        code: "due-in-past",
        rule: "C5.8.1",
        missing: ["later-day"],
        suppliedBy: Authors
    );

    private static readonly Guard OfADepartment = Guard.RequirePeople(
        (review, _) =>
            People.Of([
                .. review
                    .Measures.Where(m => m.Done is null)
                    .Select(m => m.Department)
                    .Distinct()
                    .Select(department => new Taker(Department: department)),
            ]),
        code: "other-department",
        rule: "C5.8.1",
        missing: ["person-of-department"],
        suppliedBy: Departments
    );

    private static readonly Guard OpenMeasure = Guard.RequireInput<int>(
        (review, context, number) =>
            review.Measures.Any(m => m.Number == number && m.Done is null && m.Department == context.Actor.Department),
        code: "measure-not-open",
        rule: "C5.8.1",
        missing: ["open-measure"],
        suppliedBy: Departments
    );

    private static readonly Guard DoneMeasure = Guard.RequireInput<int>(
        (review, _, number) =>
            review.Measures.Any(m => m.Number == number && m is { Done: not null, VerifiedBy: null }),
        code: "measure-not-done",
        rule: "C5.8.1",
        missing: ["done-measure"],
        suppliedBy: Departments
    );

    private static readonly Guard AnotherOne = Guard.RequireInput<int>(
        (review, context, number) =>
            review.Measures.FirstOrDefault(m => m.Number == number)?.DoneBy?.ActorId != context.Actor.Id,
        code: "same-verifier",
        rule: "C5.8.1",
        missing: ["other-verifier"],
        suppliedBy: Verifiers
    );

    private static readonly Guard AllVerified = Guard.Require(
        (review, _) => review.Measures.All(m => m.VerifiedBy is not null),
        code: "measures-open",
        rule: "C5.8.1",
        missing: ["verified-measures"],
        suppliedBy: [.. Departments, .. Verifiers]
    );
}
