using CustomerService.Contracts.Repairs.V1;
using CustomerService.Rules;

namespace CustomerService.Repairs.MonthlyReports.Domain;

/// <summary>The repaired machines of a month with a text (C3.1.3): figures are frozen, a second person checks them, what
/// changes after the issue makes a numbered correction.</summary>
internal sealed class MonthlyReport : Aggregate<MonthlyReport, MonthlyReportState, MonthlyReportAction>, IUnderPolicy
{
    /// <summary>Prefix of the record's number, which may have gaps.</summary>
    public const string NumberKind = "YJ";

    /// <summary>The report 維修月報; its number has no gaps.</summary>
    public const string Form = "YB";

    private MonthlyReport() { }

    public override string Kind => "monthly-report";

    public override WorkSubject WorkSubject => new(Number, Figures.Name);

    protected override Flow<MonthlyReport, MonthlyReportState, MonthlyReportAction> Table => MonthlyReportFlow.Table;

    public string Number { get; private set; } = "";

    /// <summary>Number of the issued form.</summary>
    public string? FormNumber { get; private set; }

    public int PolicyVersion { get; private set; }

    /// <summary>For example <c>2026-10</c>.</summary>
    public string Month { get; private set; } = "";

    /// <summary>0 for the report, 1, 2 … for its corrections.</summary>
    public int Correction { get; private set; }

    /// <summary>The month while it is not issued: two people do not count it at once.</summary>
    public string? OpenMonth { get; private set; }

    /// <summary>What a correction corrects.</summary>
    public CorrectedReport? Corrects { get; private set; }

    /// <summary>The correction that holds instead of this one.</summary>
    public CorrectedReport? CorrectedBy { get; private set; }

    public MonthFigures Figures { get; private set; } = null!;

    /// <summary>SHA-256 over the figures.</summary>
    public string Hash { get; private set; } = "";

    /// <summary>The month before, counted at the same moment.</summary>
    public MonthFigures Before { get; private set; } = null!;

    public Stamp PreparedBy { get; private set; } = null!;

    public MonthText? Text { get; private set; }

    public Stamp? CheckedBy { get; private set; }

    public string? Opinion { get; private set; }

    public Stamp? IssuedBy { get; private set; }

    public static Refusal? CheckPrepare(CommandContext context) =>
        MonthlyReportFlow.Table.CheckStart(MonthlyReportAction.Prepare, context);

    /// <summary>Freezes the figures of a month that is over.</summary>
    /// <param name="context">Who counts.</param>
    /// <param name="number">Number of the record.</param>
    /// <param name="figures">The month.</param>
    /// <param name="before">The month before it.</param>
    /// <param name="corrected">The issued report of this month that it corrects, the last one.</param>
    /// <param name="reason">Why it is corrected.</param>
    public static Result<MonthlyReport> Prepare(
        CommandContext context,
        string number,
        MonthFigures figures,
        MonthFigures before,
        MonthlyReport? corrected,
        string? reason
    )
    {
        var report = new MonthlyReport
        {
            Id = Guid.CreateVersion7(context.Now),
            Number = number,
            PolicyVersion = context.Policy.Version,
            Month = figures.Name,
            OpenMonth = figures.Name,
            Correction = corrected is null ? 0 : corrected.Correction + 1,
            Corrects = corrected is null ? null : new(corrected.Id, corrected.FormNumber!, reason ?? ""),
            Before = before,
        };
        report.Freeze(context, figures);
        if (report.Start(context, MonthlyReportAction.Prepare, reason) is { } refusal)
        {
            return refusal;
        }

        if (figures.From.AddMonths(1) > context.Today)
        {
            return Refusal.Invalid("month-not-over", "C3.1.3", "finished-month");
        }

        return corrected is not null && TextFolding.IsBlank(reason)
            ? Refusal.ByRule("month-issued", "C3.1.3", ["correction-reason"], MonthlyReportFlow.Writers)
            : report;
    }

    /// <summary>The figures as they are now, before anybody has checked them.</summary>
    public Refusal? Recount(CommandContext context, MonthFigures figures) =>
        Transition(context, MonthlyReportAction.Recount, why: figures.Hash(), change: () => Freeze(context, figures));

    public Refusal? Write(CommandContext context, string text) =>
        Transition(context, MonthlyReportAction.Write, why: text, change: () => Text = new(text, Stamp.Of(context)));

    public Refusal? Check(CommandContext context, string opinion) =>
        Transition(
            context,
            MonthlyReportAction.Check,
            why: opinion,
            change: () => (CheckedBy, Opinion) = (Stamp.Of(context), opinion)
        );

    public Refusal? SendBack(CommandContext context, string reason) =>
        Transition(
            context,
            MonthlyReportAction.SendBack,
            why: reason,
            change: () => (CheckedBy, Opinion) = (null, reason)
        );

    /// <summary>It gets its number in the same commit.</summary>
    public Refusal? Issue(CommandContext context) =>
        Transition(
            context,
            MonthlyReportAction.Issue,
            why: Hash,
            change: () => (IssuedBy, OpenMonth) = (Stamp.Of(context), null)
        );

    /// <summary>The form has its number.</summary>
    public void NumberForm(string number)
    {
        FormNumber = number;
        Raise(
            new MonthlyRepairReportIssued(
                Id,
                Version,
                number,
                Month,
                Correction,
                Figures.Received,
                Figures.Settled,
                Figures.Open,
                Hash,
                CheckedBy!.Name
            )
        );
    }

    public Refusal? Drop(CommandContext context, string reason) =>
        Transition(context, MonthlyReportAction.Drop, why: reason, change: () => OpenMonth = null);

    /// <summary>A correction of this report is issued, which holds instead of it.</summary>
    public void Supersede(CommandContext context, MonthlyReport correction)
    {
        CorrectedBy = new(correction.Id, correction.Number, correction.Corrects?.Reason ?? "");
        Record(context, "corrected", StateName, StateName, correction.Number);
    }

    /// <summary>The correction has its number.</summary>
    public void NumberCorrection(string number) => CorrectedBy = CorrectedBy! with { Number = number };

    private void Freeze(CommandContext context, MonthFigures figures) =>
        (Figures, Hash, PreparedBy) = (figures, figures.Hash(), Stamp.Of(context));
}

/// <summary>The other end of a correction.</summary>
internal sealed record CorrectedReport(Guid Id, string Number, string Reason);

/// <summary>What the counting person says about the month.</summary>
internal sealed record MonthText(string Text, Stamp By);
