using CustomerService.Rules;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.Responses.Domain;
using CustomerService.Testing;

namespace CustomerService.Surveys.Tests.Domain;

/// <summary>Invitations and responses where a test needs one.</summary>
internal static class Invitations
{
    /// <summary>An address as customers get it, for the token that belongs to the hash.</summary>
    public static IssuedLink Link { get; } = new("hash", "https://care.example/api/surveys/v1/f/token");

    extension(A)
    {
        public static Questionnaire Questionnaire => QuestionnaireCatalogue.BuiltIn.InForceOn(A.Today);

        public static InvitationBuilder Invitation(SurveyKind kind = SurveyKind.D) => new(kind);

        /// <summary>Who is asked.</summary>
        public static Addressee Addressee(SurveyKind kind = SurveyKind.D) =>
            new()
            {
                Survey = kind,
                CustomerId = Guid.CreateVersion7(),
                CustomerName = "永安置業",
                Contact = "李主任",
                Phone = "010-5555",
                SourceId = Guid.CreateVersion7(),
                SourceNumber = "WX-2026-000001",
            };

        /// <summary>A form as it is filled in.</summary>
        public static FilledForm Filled(Grade overall = Grade.Satisfied, params (string Item, Grade Grade)[] items) =>
            new()
            {
                Overall = overall.ToKebab(),
                Items = [.. items.Select(i => new FilledItem(i.Item, i.Grade.ToKebab(), "因為「這樣」"))],
                Suggestions = "多來看看",
                Competitor = "同行甲",
            };

        /// <summary>What comes of an answer to an invitation.</summary>
        public static Result<Response> Receipt(
            Invitation invitation,
            FilledForm? filled = null,
            DateTimeOffset? at = null
        ) =>
            Responses.Domain.Response.Receive(
                A.Context(invitation.Holder, at),
                invitation,
                A.Questionnaire,
                filled ?? A.Filled()
            );

        /// <summary>A response of so many grades, not saved yet: its events are pending.</summary>
        public static Response Response(Grade overall = Grade.Satisfied, params (string Item, Grade Grade)[] items) =>
            A.Receipt(A.Invitation(), A.Filled(overall, items)).Required();
    }
}

/// <summary>Brings an invitation into a state.</summary>
internal sealed class InvitationBuilder(SurveyKind kind) : RecordBuilder<Invitation, InvitationState, InvitationAction>
{
    private Addressee _to = A.Addressee(kind);
    private IssuedLink _link = new(Guid.CreateVersion7().ToString("N"), Invitations.Link.Address);
    private DateTimeOffset? _at;

    public InvitationBuilder For(Guid customer) => With(to => to with { CustomerId = customer });

    public InvitationBuilder Judging(string department) => With(to => to with { Department = department });

    public InvitationBuilder On(string occasion) => With(to => to with { Occasion = occasion });

    public InvitationBuilder About(string number) => With(to => to with { SourceNumber = number });

    public InvitationBuilder Linked(string hash)
    {
        _link = new(hash, Invitations.Link.Address);
        return this;
    }

    public InvitationBuilder SentAt(DateTimeOffset at)
    {
        _at = at;
        return this;
    }

    /// <summary>Not saved yet: its entries and events are pending.</summary>
    public Invitation Fresh() => Start();

    protected override Invitation Start() =>
        Invitation
            .Send(
                A.Context(kind == SurveyKind.B ? Someone.System("surveys") : Someone.InSales(), _at),
                _to,
                A.Questionnaire,
                _link
            )
            .Required();

    protected override Refusal? Next(Invitation record, InvitationState towards) =>
        towards switch
        {
            InvitationState.Opened => record.Open(A.Context(record.Holder, _at)),
            InvitationState.Answered => record.Answer(A.Context(record.Holder, _at), Guid.CreateVersion7()),
            InvitationState.Expired => record.Expire(A.Context(Someone.System("surveys"), record.ExpiresAt)),
            InvitationState.Withdrawn => record.Withdraw(A.Context(Someone.InSales(), _at), "wrong person"),
            _ => throw new InvalidOperationException($"No way to {towards}."),
        };

    private InvitationBuilder With(Func<Addressee, Addressee> change)
    {
        _to = change(_to);
        return this;
    }
}
