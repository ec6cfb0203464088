using CustomerService.Rules;

namespace CustomerService.Complaints.Domain;

internal enum CorrectiveActionState
{
    /// <summary>Nobody is responsible yet: it comes from a finding and QC assigns it (P2.2.3).</summary>
    Unassigned,

    /// <summary>The responsible department looks for the cause and proposes (C5.4).</summary>
    Analysis,

    /// <summary>Proposed; the management representative reviews (C5.4).</summary>
    Review,

    /// <summary>Approved; the responsible unit acts within the deadline (C5.6.2).</summary>
    Execution,

    /// <summary>Carried out; QC or customer service verifies the effect (C5.6.2).</summary>
    Verification,

    /// <summary>Verified as effective.</summary>
    Closed,
}

/// <summary>Each is also the last part of the address under which it is called.</summary>
internal enum CorrectiveActionStep
{
    OpenForComplaint,
    OpenForFinding,
    Assign,
    Propose,
    Approve,
    SendBack,
    Execute,
    VerifyEffective,
    VerifyIneffective,
    Reopen,
}

internal static class CorrectiveActionFlow
{
    private static readonly string[] Quality = [Roles.Qc, Roles.QcHead];
    private static readonly string[] Verifiers = [Roles.Qc, Roles.QcHead, Roles.CustomerService];

    public static Flow<CorrectiveAction, CorrectiveActionState, CorrectiveActionStep> Table { get; } = Build();

    private static Flow<CorrectiveAction, CorrectiveActionState, CorrectiveActionStep> Build()
    {
        var flow = Flow<CorrectiveAction, CorrectiveActionState, CorrectiveActionStep>
            .Named("corrective-action")
            .Begins(CorrectiveActionStep.OpenForComplaint, CorrectiveActionState.Analysis, "C5.4", Quality)
            .Begins(CorrectiveActionStep.OpenForFinding, CorrectiveActionState.Unassigned, "P2.2.3", Roles.System);

        foreach (var from in new[] { CorrectiveActionState.Unassigned, CorrectiveActionState.Analysis })
        {
            flow.On(from, CorrectiveActionStep.Assign, CorrectiveActionState.Analysis, "P2.2.3", Quality)
                .Given<DateOnly>(
                    (_, context, due) => due >= context.Today,
                    "due-in-the-past",
                    "C5.6.2",
                    ["due-date"],
                    Quality
                );
        }

        flow.On(
                CorrectiveActionState.Analysis,
                CorrectiveActionStep.Propose,
                CorrectiveActionState.Review,
                "C5.4",
                Roles.ResponsibleDepartment
            )
            .When(IsOwnDepartment, "other-department", "C5.4", ["own-department"], Roles.ResponsibleDepartment)
            .When((a, _) => a.DueOn is not null, "due-date-missing", "C5.6.2", ["due-date"], Quality);

        foreach (
            var (step, to) in new[]
            {
                (CorrectiveActionStep.Approve, CorrectiveActionState.Execution),
                (CorrectiveActionStep.SendBack, CorrectiveActionState.Analysis),
            }
        )
        {
            flow.On(CorrectiveActionState.Review, step, to, "C5.4", Roles.ManagementRepresentative)
                .When(
                    (a, context) => a.Proposal?.By.Id != context.Actor.Id,
                    "reviewer-is-proposer",
                    "C5.4",
                    ["other-reviewer"],
                    Roles.ManagementRepresentative
                );
        }

        // Written for the states before the review, too, so that an early execution is told what it lacks and
        // who can give it.
        foreach (
            var from in new[]
            {
                CorrectiveActionState.Unassigned,
                CorrectiveActionState.Analysis,
                CorrectiveActionState.Review,
                CorrectiveActionState.Execution,
            }
        )
        {
            flow.On(
                    from,
                    CorrectiveActionStep.Execute,
                    CorrectiveActionState.Verification,
                    "C5.6.2",
                    Roles.ResponsibleDepartment
                )
                .When(
                    (a, _) => a.Review?.Approved == true,
                    "capa-not-reviewed",
                    "C5.4",
                    ["review"],
                    Roles.ManagementRepresentative
                )
                .When(IsOwnDepartment, "other-department", "C5.6.2", ["own-department"], Roles.ResponsibleDepartment)
                .Given<DateOnly>(
                    (_, context, on) => on <= context.Today,
                    "execution-in-the-future",
                    "C5.6.2",
                    ["execution-date"],
                    Roles.ResponsibleDepartment
                )
                .Given<DateOnly>(
                    (a, _, on) => on >= a.Review!.On,
                    "executed-before-review",
                    "C5.4",
                    ["execution-date"],
                    Roles.ResponsibleDepartment
                );
        }

        flow.On(
                CorrectiveActionState.Verification,
                CorrectiveActionStep.VerifyEffective,
                CorrectiveActionState.Closed,
                "C5.6.2",
                Verifiers
            )
            .When(IsIndependent, "verifier-is-owner", "C5.6.2", ["other-verifier"], Verifiers);
        flow.On(
                CorrectiveActionState.Verification,
                CorrectiveActionStep.VerifyIneffective,
                CorrectiveActionState.Analysis,
                "C5.6.2",
                Verifiers
            )
            .When(IsIndependent, "verifier-is-owner", "C5.6.2", ["other-verifier"], Verifiers)
            .Given<DateOnly>(
                (_, context, due) => due >= context.Today,
                "due-in-the-past",
                "C5.6.2",
                ["due-date"],
                Verifiers
            );

        // Without a new date QC sets one by assigning; nothing is proposed before.
        flow.On(
                CorrectiveActionState.Closed,
                CorrectiveActionStep.Reopen,
                CorrectiveActionState.Analysis,
                "C5.6.2",
                [.. Verifiers, Roles.Sales, Roles.SalesManager]
            )
            .Given<RecurrenceInput>(
                (_, context, input) => input.DueOn is null || input.DueOn >= context.Today,
                "due-in-the-past",
                "C5.6.2",
                ["due-date"],
                Verifiers
            );

        // Closed is no end: what recurs is reopened.
        return flow.RestsIn(CorrectiveActionState.Closed).Build();
    }

    private static bool IsOwnDepartment(CorrectiveAction action, FlowContext context) =>
        action.Department is not null
        && string.Equals(action.Department, context.Actor.Department, StringComparison.Ordinal);

    // The owner is the responsible department and whoever proposed or executed for it.
    private static bool IsIndependent(CorrectiveAction action, FlowContext context) =>
        context.Actor.Id != action.Proposal?.By.Id
        && context.Actor.Id != action.Execution?.By.Id
        && (context.Actor.Department is null || context.Actor.Department != action.Department);
}
