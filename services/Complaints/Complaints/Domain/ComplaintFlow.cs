using CustomerService.Rules;

namespace CustomerService.Complaints.Domain;

internal enum ComplaintState
{
    /// <summary>Taken; the customer has no answer yet.</summary>
    Registered,

    /// <summary>The customer got the first response; customer service sorts it (C5.2).</summary>
    Responded,

    /// <summary>Not our liability: explained and assisted.</summary>
    Explained,

    /// <summary>Ours and solved by customer service alone.</summary>
    Solved,

    /// <summary>QC investigates (C5.3.1).</summary>
    WithQc,

    /// <summary>QC cannot say yet whose liability it is (C5.5.1).</summary>
    Unclear,

    /// <summary>Not ours: customer service answers (C5.3.2).</summary>
    NotOurs,

    /// <summary>Ours: the responsible department corrects (C5.4).</summary>
    Ours,

    /// <summary>Cause, traceability and conclusion went back to the customer (C5.6.1).</summary>
    Answered,

    /// <summary>The customer confirmed.</summary>
    Confirmed,

    Closed,
}

/// <summary>Each is also the last part of the address under which it is called.</summary>
internal enum ComplaintAction
{
    Register,
    Respond,
    Explain,
    Solve,
    SendToQc,
    DecideOurs,
    DecideNotOurs,
    DecideUnclear,
    OpenCorrectiveAction,
    Answer,
    Confirm,
    Object,
    Close,
    Reopen,
    Pause,
    Resume,
    Reclassify,
    ReportToSalesManager,
    ReportToGeneralManager,
}

internal static class ComplaintFlow
{
    private static readonly string[] Intake = [Roles.CustomerService, Roles.Sales, Roles.SalesManager];
    private static readonly string[] Quality = [Roles.Qc, Roles.QcHead];

    public static Flow<Complaint, ComplaintState, ComplaintAction> Table { get; } = Build();

    private static Flow<Complaint, ComplaintState, ComplaintAction> Build()
    {
        var flow = Flow<Complaint, ComplaintState, ComplaintAction>
            .Named("complaint")
            .Begins(
                ComplaintAction.Register,
                ComplaintState.Registered,
                "C3.2.1",
                [.. Intake, Roles.Customer, Roles.System]
            )
            .On(ComplaintState.Registered, ComplaintAction.Respond, ComplaintState.Responded, "C1", Intake)
            .On(
                ComplaintState.Responded,
                ComplaintAction.Explain,
                ComplaintState.Explained,
                "C5.2",
                Roles.CustomerService
            )
            .On(ComplaintState.Responded, ComplaintAction.Solve, ComplaintState.Solved, "C5.2", Roles.CustomerService)
            .On(
                ComplaintState.Responded,
                ComplaintAction.SendToQc,
                ComplaintState.WithQc,
                "C5.2",
                Roles.CustomerService
            );

        // QC may correct its ruling as long as the customer has not been answered on the strength of it.
        foreach (
            var from in new[]
            {
                ComplaintState.WithQc,
                ComplaintState.Unclear,
                ComplaintState.NotOurs,
                ComplaintState.Ours,
            }
        )
        {
            flow.On(from, ComplaintAction.DecideOurs, ComplaintState.Ours, "C5.3.1", Quality);
            flow.On(from, ComplaintAction.DecideNotOurs, ComplaintState.NotOurs, "C5.3.1", Quality)
                .When(
                    (c, _) => !c.HasOpenAction,
                    "corrective-action-open",
                    "C5.6.2",
                    ["verified-corrective-actions"],
                    Roles.Qc,
                    Roles.CustomerService
                );
            flow.On(from, ComplaintAction.DecideUnclear, ComplaintState.Unclear, "C5.5.1", Quality)
                .When(
                    (c, _) => !c.HasOpenAction,
                    "corrective-action-open",
                    "C5.6.2",
                    ["verified-corrective-actions"],
                    Roles.Qc,
                    Roles.CustomerService
                );
        }

        foreach (var state in new[] { ComplaintState.Ours, ComplaintState.Answered, ComplaintState.Confirmed })
        {
            flow.On(state, ComplaintAction.OpenCorrectiveAction, state, "C5.4", Quality)
                .When(
                    (c, _) => c.Ruling?.Liability == Liability.Ours,
                    "not-our-liability",
                    "C5.3.2",
                    ["liability-ours"],
                    Quality
                )
                .Given<DateOnly>(
                    (_, context, due) => due >= context.Today,
                    "due-in-the-past",
                    "C5.6.2",
                    ["due-date"],
                    Quality
                );
        }

        flow.On(ComplaintState.NotOurs, ComplaintAction.Answer, ComplaintState.Answered, "C5.3.2", Intake);
        flow.On(ComplaintState.Ours, ComplaintAction.Answer, ComplaintState.Answered, "C5.6.1", Intake)
            .When((c, _) => c.Actions.Count > 0, "corrective-action-missing", "C5.4", ["corrective-action"], Quality)
            .When(
                (c, _) => c.Actions.All(a => a.IsReviewed),
                "capa-not-reviewed",
                "C5.4",
                ["review"],
                Roles.ManagementRepresentative
            );

        foreach (
            var (state, back) in new[]
            {
                (ComplaintState.Answered, ComplaintState.WithQc),
                (ComplaintState.Explained, ComplaintState.Responded),
                (ComplaintState.Solved, ComplaintState.Responded),
            }
        )
        {
            flow.On(state, ComplaintAction.Confirm, ComplaintState.Confirmed, "C5.6.1", [.. Intake, Roles.Customer]);
            flow.On(state, ComplaintAction.Object, back, "C5.6.1", [.. Intake, Roles.Customer]);
        }

        foreach (
            var state in new[]
            {
                ComplaintState.Explained,
                ComplaintState.Solved,
                ComplaintState.Ours,
                ComplaintState.Answered,
                ComplaintState.Confirmed,
            }
        )
        {
            flow.On(state, ComplaintAction.Close, ComplaintState.Closed, "C5.6.1", Intake)
                .When(
                    (c, _) => !c.HasOpenAction,
                    "corrective-action-open",
                    "C5.6.2",
                    ["verified-corrective-actions"],
                    Roles.Qc,
                    Roles.CustomerService
                )
                .When((c, _) => c.IsAnswered, "customer-not-answered", "C5.6.1", ["answer"], Intake);
            if (state != ComplaintState.Confirmed)
            {
                // A customer who never answers must not keep a complaint open for ever: the sales manager may
                // close it, and says why.
                flow.When(
                        (c, context) => context.Actor.Has(Roles.SalesManager),
                        "customer-not-confirmed",
                        "C5.6.1",
                        ["customer-confirmation"],
                        Roles.Customer,
                        Roles.CustomerService,
                        Roles.SalesManager
                    )
                    .Given<ClosingInput>(
                        (_, _, input) => !string.IsNullOrWhiteSpace(input.WithoutConfirmationReason),
                        "unconfirmed-reason-missing",
                        "C5.6.1",
                        ["without-confirmation-reason"],
                        Roles.SalesManager
                    );
            }
        }

        flow.On(
            ComplaintState.Closed,
            ComplaintAction.Reopen,
            ComplaintState.Registered,
            "C5.6.2",
            [.. Intake, .. Quality]
        );

        foreach (
            var state in new[]
            {
                ComplaintState.Registered,
                ComplaintState.Responded,
                ComplaintState.WithQc,
                ComplaintState.Unclear,
                ComplaintState.NotOurs,
                ComplaintState.Ours,
            }
        )
        {
            flow.On(state, ComplaintAction.Pause, state, "C1", [Roles.CustomerService, .. Quality])
                .When((c, _) => !c.IsPaused, "already-paused", "C1", ["resume"], [Roles.CustomerService, .. Quality]);
            flow.On(state, ComplaintAction.Resume, state, "C1", [Roles.CustomerService, .. Quality])
                .When((c, _) => c.IsPaused, "not-paused", "C1", ["pause"], [Roles.CustomerService, .. Quality]);
            flow.On(state, ComplaintAction.Reclassify, state, "C1", [Roles.CustomerService, .. Quality])
                .Given<ReclassifyInput>(
                    (c, _, input) => input.Severity != c.Severity,
                    "severity-unchanged",
                    "C1",
                    ["other-severity"],
                    [Roles.CustomerService, .. Quality]
                );
        }

        foreach (
            var state in new[]
            {
                ComplaintState.Responded,
                ComplaintState.WithQc,
                ComplaintState.Unclear,
                ComplaintState.Ours,
            }
        )
        {
            flow.On(state, ComplaintAction.ReportToSalesManager, state, "C5.5.1", Roles.CustomerService);
            flow.On(state, ComplaintAction.ReportToGeneralManager, state, "C5.5.2", Roles.QcHead)
                .When(
                    (c, _) => c.Severity == Severity.Critical,
                    "not-a-major-problem",
                    "C5.5.2",
                    ["severity-critical"],
                    [Roles.CustomerService, .. Quality]
                );
        }

        // Closed is no end: what recurs is reopened.
        return flow.RestsIn(ComplaintState.Closed).Build();
    }
}
