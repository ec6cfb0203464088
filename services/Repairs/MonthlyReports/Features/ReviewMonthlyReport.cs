using CustomerService.Repairs.Data;
using CustomerService.Repairs.MonthlyReports.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.MonthlyReports.Features;

/// <summary>Text, check and issue of a monthly report (C3.1.3).</summary>
internal static class ReviewMonthlyReport
{
    /// <param name="Text">What the month shows.</param>
    internal sealed record WriteRequest(string Text);

    /// <param name="Opinion">What the check found.</param>
    internal sealed record CheckRequest(string Opinion);

    internal sealed record ReasonRequest(string Reason);

    internal sealed class WriteValidator : AbstractValidator<WriteRequest>
    {
        public WriteValidator() => RuleFor(r => r.Text).RequiredText();
    }

    internal sealed class CheckValidator : AbstractValidator<CheckRequest>
    {
        public CheckValidator() => RuleFor(r => r.Opinion).RequiredText();
    }

    internal sealed class ReasonValidator : AbstractValidator<ReasonRequest>
    {
        public ReasonValidator() => RuleFor(r => r.Reason).RequiredText();
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/monthly-reports/{id:guid}/recount", RecountMonth)
            .AsCommand()
            .WithSummary("The figures are frozen as they are now")
            .WithDescription("Rule C3.1.3. Before anybody has checked them.")
            .Produces<MonthlyReportView>();
        routes
            .MapPost("/monthly-reports/{id:guid}/write", WriteMonth)
            .AsCommand()
            .WithSummary("The text of the report")
            .WithDescription("Rule C3.1.3. Until it is checked; written again it replaces the one before.")
            .Produces<MonthlyReportView>();
        routes
            .MapPost("/monthly-reports/{id:guid}/check", CheckMonth)
            .AsCommand()
            .WithSummary("A second person checks figures and text")
            .WithDescription("Rule C3.1.3. 409: month-text-missing, checker-is-author.")
            .Produces<MonthlyReportView>();
        routes
            .MapPost("/monthly-reports/{id:guid}/send-back", SendMonthBack)
            .AsCommand()
            .WithSummary("What was checked is prepared again")
            .WithDescription("Rule C3.1.3.")
            .Produces<MonthlyReportView>();
        routes
            .MapPost("/monthly-reports/{id:guid}/issue", IssueMonth)
            .AsCommand()
            .WithSummary("The report is issued and gets its number")
            .WithDescription("Rules C3.1.3, C10. Its number has no gaps. A correction holds from then on.")
            .Produces<MonthlyReportView>();
        routes
            .MapPost("/monthly-reports/{id:guid}/drop", DropMonth)
            .AsCommand()
            .WithSummary("A report that was not issued is given up")
            .WithDescription("Rule C3.1.3.")
            .Produces<MonthlyReportView>();
    }

    private static Task<CommandResult> RecountMonth(
        Guid id,
        RepairsDb db,
        MonthCounter counter,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.MonthlyReports.VisibleTo(caller.Actor),
            id,
            async (report, context) =>
                report.CheckRole(context, MonthlyReportAction.Recount)
                ?? report.Recount(
                    context,
                    await counter.CountAsync(report.Figures.Year, report.Figures.Month, cancellation)
                ),
            MonthlyReportView.From,
            cancellation
        );

    private static Task<CommandResult> WriteMonth(
        Guid id,
        WriteRequest body,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) => ChangeAsync(id, (report, context) => report.Write(context, body.Text), db, caller, cancellation);

    private static Task<CommandResult> CheckMonth(
        Guid id,
        CheckRequest body,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) => ChangeAsync(id, (report, context) => report.Check(context, body.Opinion), db, caller, cancellation);

    private static Task<CommandResult> SendMonthBack(
        Guid id,
        ReasonRequest body,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) => ChangeAsync(id, (report, context) => report.SendBack(context, body.Reason), db, caller, cancellation);

    private static Task<CommandResult> DropMonth(
        Guid id,
        ReasonRequest body,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) => ChangeAsync(id, (report, context) => report.Drop(context, body.Reason), db, caller, cancellation);

    private static Task<CommandResult> IssueMonth(
        Guid id,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.MonthlyReports.VisibleTo(caller.Actor),
            id,
            async (report, context) =>
            {
                if (report.Issue(context) is { } refusal)
                {
                    return refusal;
                }

                var corrected = report.Corrects is { } former
                    ? await db.MonthlyReports.FirstAsync(r => r.Id == former.Id, cancellation)
                    : null;
                db.NumberOnCommit(MonthlyReport.Form, context.Today.Year, number => Issued(report, corrected, number));
                corrected?.Supersede(context, report);
                return null;
            },
            MonthlyReportView.From,
            cancellation
        );

    private static void Issued(MonthlyReport report, MonthlyReport? corrected, string number)
    {
        report.NumberForm(number);
        corrected?.NumberCorrection(number);
    }

    private static Task<CommandResult> ChangeAsync(
        Guid id,
        Func<MonthlyReport, CommandContext, Refusal?> change,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(db.MonthlyReports.VisibleTo(caller.Actor), id, change, MonthlyReportView.From, cancellation);
}
