using CsCheck;
using CustomerService.Rules;
using CustomerService.Surveys.Domain;

namespace CustomerService.Surveys.Tests;

/// <summary>An invitation under whatever anybody tries, in whatever order, while time goes by.</summary>
public sealed class InvitationWalkTests
{
    private static readonly InvitationState[] Ends =
    [
        InvitationState.Answered,
        InvitationState.Expired,
        InvitationState.Withdrawn,
    ];

    private sealed record Move(int Action, int Actor, int Hours);

    [Fact]
    [Trait("Rule", "C5.8.2")]
    [Trait("Rule", "C5.8.3")]
    public void Whatever_is_tried_in_whatever_order_the_link_works_once_and_in_its_time()
    {
        var reached = new HashSet<InvitationState>();
        var gate = new Lock();
        Gen.Select(
                Gen.Int[0, 3],
                Gen.Int[0, 5],
                Gen.Int[0, 400],
                (action, actor, hours) => new Move(action, actor, hours)
            )
            .Array[0, 25]
            .Sample(
                moves =>
                {
                    var invitation = Some.Invitation(at: Some.Noon);
                    invitation.MarkSaved();
                    var (now, forms) = (Some.Noon, 0);
                    foreach (var move in moves)
                    {
                        // Mostly a little later, at times long after.
                        now = now.AddHours(move.Hours % 7 == 0 ? move.Hours : 0);
                        var context = Some.Context(Actors(invitation)[move.Actor], now);
                        var before = (
                            invitation.State,
                            invitation.Version,
                            invitation.AuditHead,
                            invitation.FormId,
                            invitation.OpenedAt,
                            invitation.EndedAt,
                            invitation.WithdrawnBecause
                        );
                        var refusal = Try(invitation, move.Action, context, ref forms);
                        if (refusal is not null)
                        {
                            (
                                invitation.State,
                                invitation.Version,
                                invitation.AuditHead,
                                invitation.FormId,
                                invitation.OpenedAt,
                                invitation.EndedAt,
                                invitation.WithdrawnBecause
                            ).ShouldBe(before, $"refused: {refusal.Code}");
                            invitation.PendingEntries.ShouldBeEmpty();
                        }
                        else
                        {
                            before.State.ShouldBeOneOf(InvitationState.Sent, InvitationState.Opened);
                            invitation.Version.ShouldBe(before.Version + 1);
                            invitation.PendingEntries.Single().PreviousHash.ShouldBe(before.AuditHead);
                        }

                        invitation.MarkSaved();
                        Holds(invitation, now, forms);
                    }

                    lock (gate)
                    {
                        reached.Add(invitation.State);
                    }
                },
                iter: 3_000
            );
        reached.ShouldBe(
            Enum.GetValues<InvitationState>(),
            ignoreOrder: true,
            "the walk must come everywhere to prove anything"
        );
    }

    private static void Holds(Invitation invitation, DateTimeOffset now, int forms)
    {
        forms.ShouldBeLessThanOrEqualTo(1, "a link works once");
        (invitation.FormId is not null).ShouldBe(invitation.State == InvitationState.Answered);
        (forms == 1).ShouldBe(invitation.State == InvitationState.Answered);
        (invitation.EndedAt is not null).ShouldBe(Ends.Contains(invitation.State));
        (invitation.WithdrawnBecause is not null).ShouldBe(invitation.State == InvitationState.Withdrawn);
        if (invitation.State == InvitationState.Opened)
        {
            invitation.OpenedAt.ShouldNotBeNull();
        }

        if (invitation.State == InvitationState.Answered)
        {
            invitation.EndedAt!.Value.ShouldBeLessThan(invitation.ExpiresAt);
        }

        if (invitation.State == InvitationState.Expired)
        {
            invitation.EndedAt!.Value.ShouldBeGreaterThanOrEqualTo(invitation.ExpiresAt);
        }

        // What the holder of the link is told agrees with what he may do.
        (invitation.Fault(Some.Context(invitation.Holder, now)) is null).ShouldBe(
            !Ends.Contains(invitation.State) && now < invitation.ExpiresAt
        );
    }

    private static Refusal? Try(Invitation invitation, int action, FlowContext context, ref int forms)
    {
        switch (action)
        {
            case 0:
                return invitation.Open(context);
            case 1:
                var (form, refusal) = SurveyForm.Recover(invitation, Some.Answers(), context, Some.Policy.Surveys);
                (form is null).ShouldBe(refusal is not null);
                forms += form is null ? 0 : 1;
                return refusal;
            case 2:
                return invitation.Expire(context);
            default:
                return invitation.Withdraw(context, "wrong person");
        }
    }

    private static Actor[] Actors(Invitation invitation) =>
        [
            invitation.Holder,
            Some.Actor(Roles.System),
            Some.Actor(Roles.Sales),
            Some.Actor(Roles.CustomerService),
            Some.Actor(Roles.Qc),
            invitation.Holder,
        ];
}
