using CustomerService.Rules;
using static CustomerService.Surveys.FollowUps.Domain.ContactNoteAction;
using static CustomerService.Surveys.FollowUps.Domain.ContactNoteState;
using Flow = CustomerService.Rules.Flow<
    CustomerService.Surveys.FollowUps.Domain.ContactNote,
    CustomerService.Surveys.FollowUps.Domain.ContactNoteState,
    CustomerService.Surveys.FollowUps.Domain.ContactNoteAction
>;
using Guard = CustomerService.Rules.Guard<CustomerService.Surveys.FollowUps.Domain.ContactNote>;

namespace CustomerService.Surveys.FollowUps.Domain;

/// <summary>The life of an internal contact note 內部聯絡單 (C5.9): what the forms say goes to the department, which
/// corrects; quality and customer service follow up.</summary>
internal static class ContactNoteFlow
{
    // csharpier-ignore
    public static Flow Table => field ??= Flow.Named("contact-note")
        .Start(Issue, Issued, "C5.9", Service)

        .From(Issued)   .On(Receive,     Received, "C5.9", Department, OfTheDepartment)
        .From(Received) .On(SetMeasures, Answered, "C5.9", Department, OfTheDepartment, InTime)
        .From(Answered) .On(ReportDone,  Done,     "C5.9", Department, OfTheDepartment)
        .From(Done)              .On(VerifyByQuality, VerifiedByQuality, "C5.9", Quality)
                                 .On(VerifyByService, VerifiedByService, "C5.9", Service)
        .From(VerifiedByService) .On(VerifyByQuality, Verified,          "C5.9", Quality, AnotherVerifier)
        .From(VerifiedByQuality) .On(VerifyByService, Verified,          "C5.9", Service, AnotherVerifier)
        .From(Done, VerifiedByQuality, VerifiedByService)
                        .MayOn(SendBack, Received, "C5.9", Verifiers)
        .From(Issued, Received, Answered)
                        .On(Withdraw, Withdrawn,   "C5.9", Service)
        .In(Issued, Received, Answered)
                        .Stay(Extend,              "C5.9", Service, LaterDay)
        .Ends(Verified)
        .Abandons(Withdrawn)
        .Build();

    internal static readonly string[] Service = [Roles.CustomerService];
    internal static readonly string[] Quality = [Roles.Qc, Roles.QcHead];
    private static readonly string[] Verifiers = [.. Service, .. Quality];
    private static readonly string[] Department = [Roles.DepartmentHead, Roles.ResponsibleDepartment];

    private static readonly Guard OfTheDepartment = Guard.RequirePeople(
        (note, _) => People.Of(new Taker(Department: note.Department)),
        code: "other-department",
        rule: "C5.9",
        missing: ["person-of-department"],
        suppliedBy: Department
    );

    // The department asks for more time; customer service gives it.
    private static readonly Guard InTime = Guard.RequireInput<GivenMeasures>(
        (note, _, given) => given.DoneBy is not { } day || day <= note.DueOn,
        code: "done-by-too-late",
        rule: "C5.9",
        missing: ["longer-deadline"],
        suppliedBy: Service
    );

    private static readonly Guard LaterDay = Guard.RequireInput<DateOnly>(
        (note, _, day) => day > note.DueOn,
        code: "no-later-day",
        rule: "C5.9",
        missing: ["later-day"],
        suppliedBy: Service
    );

    private static readonly Guard AnotherVerifier = Guard.RequirePeople(
        (note, _) => People.Not(note.ByQuality, note.ByService),
        code: "same-verifier",
        rule: "C5.9",
        missing: ["other-verifier"],
        suppliedBy: [.. Service, .. Quality]
    );
}
