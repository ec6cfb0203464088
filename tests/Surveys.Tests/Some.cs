using CustomerService.Rules;
using CustomerService.Surveys.Domain;

namespace CustomerService.Surveys.Tests;

/// <summary>Things that tests need and do not care about.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 4, 0, 0, TimeSpan.Zero);

    public static Policy Policy => PolicyCatalogue.BuiltIn.At(DateOnly.FromDateTime(Noon.UtcDateTime));

    public static Questionnaire Questionnaire =>
        QuestionnaireCatalogue.BuiltIn.At(DateOnly.FromDateTime(Noon.UtcDateTime));

    public static Actor Actor(params string[] roles) => new("u1", "Chen", new HashSet<string>(roles));

    public static FlowContext Context(Actor actor, DateTimeOffset? at = null)
    {
        var now = at ?? Noon;
        return new FlowContext(actor, now, DateOnly.FromDateTime(now.UtcDateTime.AddHours(8)), 1);
    }

    public static Addressee Addressee(
        SurveyKind kind = SurveyKind.D,
        Guid? customer = null,
        string? department = null,
        string? occasion = null
    ) =>
        new(
            kind,
            customer ?? Guid.CreateVersion7(),
            "永安置業",
            "李主任",
            "010-5555",
            department,
            "special",
            Guid.CreateVersion7(),
            "WX-2026-0001",
            occasion
        );

    public static Invitation Invitation(
        SurveyKind kind = SurveyKind.D,
        Guid? customer = null,
        string? department = null,
        string? occasion = null,
        string? token = null,
        DateTimeOffset? at = null
    )
    {
        var role = kind == SurveyKind.B ? Actor(Roles.System) : Actor(Roles.Sales);
        var (invitation, refusal) = Domain.Invitation.Send(
            Addressee(kind, customer, department, occasion),
            Context(role, at),
            Policy.Surveys,
            Questionnaire.Version,
            token ?? LinkToken.New(),
            t => "https://x/" + t
        );
        refusal.ShouldBeNull();
        return invitation;
    }

    public static Answers Answers(Grade overall = Grade.Satisfied, params (string Item, Grade Grade)[] items) =>
        new(overall, null, [.. items.Select(i => new GradedAnswer(i.Item, i.Grade, "因為「這樣」"))], "多來看看", null);

    public static SurveyForm Recover(Invitation invitation, Answers? answers = null, DateTimeOffset? at = null)
    {
        var (form, refusal) = SurveyForm.Recover(
            invitation,
            answers ?? Answers(),
            Context(invitation.Holder, at),
            Policy.Surveys
        );
        refusal.ShouldBeNull();
        return form!;
    }
}
