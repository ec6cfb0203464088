namespace CustomerService.Rules;

/// <summary>Whether goods can be returned (C5.1.4): within the window after leaving the factory, and failed by
/// their own quality.</summary>
public static class Returnable
{
    private const string Rule = "C5.1.4";

    /// <summary>Last day on which a return can be asked for: the corresponding day, or the month's end
    /// (2025-11-30 → 2026-02-28).</summary>
    public static DateOnly Through(DateOnly exFactory, ReturnPolicy policy) =>
        CalendarMonths.LastDayOfTerm(exFactory, policy.WindowMonths);

    /// <summary>Whether a return asked for on a day is to be accepted.</summary>
    /// <param name="exFactory">Day on which the goods left the factory.</param>
    /// <param name="requested">Day of the request.</param>
    /// <param name="qualityFault">What QC's detailed inspection found: true where the goods failed by their own
    /// quality.</param>
    /// <param name="exceptionApproved">True where the sales manager's recorded approval lifts the window. It
    /// does not replace the quality fault.</param>
    /// <param name="policy">The policy of the case.</param>
    /// <returns>Null when it is; else <c>no-quality-fault</c>, <c>return-window-passed</c> or
    /// <c>ex-factory-in-future</c>.</returns>
    public static Refusal? Check(
        DateOnly exFactory,
        DateOnly requested,
        bool qualityFault,
        bool exceptionApproved,
        ReturnPolicy policy
    )
    {
        if (exFactory > requested)
        {
            return Refusal
                .Invalid("ex-factory-in-future", Rule, "ex-factory-date")
                .With("exFactory", exFactory)
                .With("requested", requested);
        }

        if (!qualityFault)
        {
            return Refusal.ByRule("no-quality-fault", Rule, ["quality-fault"], Roles.Qc);
        }

        var through = Through(exFactory, policy);
        return requested <= through || exceptionApproved
            ? null
            : Refusal
                .ByRule("return-window-passed", Rule, ["exception-approval"], Roles.SalesManager)
                .With("through", through)
                .With("requested", requested);
    }
}
