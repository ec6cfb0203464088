using System.Globalization;
using CustomerService.Complaints.Data;
using CustomerService.Complaints.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Features;

/// <summary>FM004 顧客投訴處理單, row by row, as it is printed.</summary>
internal static class ReadComplaintForm
{
    /// <summary>A row of the form.</summary>
    /// <param name="Section">Block of the form, a stable code: <c>complaint</c>, <c>response</c>,
    /// <c>triage</c>, <c>quality</c>, <c>corrective-action</c>, <c>answer</c>, <c>confirmation</c>,
    /// <c>closing</c>.</param>
    /// <param name="Key">Stable code of the row.</param>
    /// <param name="Label">Label in the caller's language.</param>
    /// <param name="Value">What stands in it; null while it is empty.</param>
    internal sealed record FormRow(string Section, string Key, string Label, string? Value);

    /// <param name="Form">Number of the form in the procedure (C10).</param>
    /// <param name="Title">Its title in the caller's language.</param>
    /// <param name="Number">Number of this copy.</param>
    internal sealed record FormView(string Form, string Title, string Number, IReadOnlyList<FormRow> Rows);

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/complaints/{id:guid}/form", Handle)
            .WithSummary("The complaint as form FM004, row by row")
            .WithDescription(
                """
                Rules C5.2–C5.6.1 and C10. Labels and values are in the caller's language (Accept-Language), instants in the company's time zone. Rows that are not filled yet are there
                with null, as on paper. Customers get the rows without QC's ruling and the corrective actions.
                """
            )
            .Produces<FormView>()
            .ProducesProblem(StatusCodes.Status404NotFound, Problems.ContentType);

    private static async Task<IResult> Handle(
        Guid id,
        HttpContext context,
        ComplaintsDb store,
        Caller caller,
        Texts texts,
        CancellationToken cancellationToken
    )
    {
        var complaint = await store
            .Complaints.AsNoTracking()
            .VisibleTo(caller.Actor)
            .FirstOrDefaultAsync(c => c.Id == id, cancellationToken);
        var actions =
            complaint is not null && caller.Actor.IsStaff()
                ? await store
                    .CorrectiveActions.AsNoTracking()
                    .Where(a => a.ComplaintId == id)
                    .OrderBy(a => a.Id)
                    .ToListAsync(cancellationToken)
                : [];
        // No ETag: the same version has another text in another language.
        context.Response.Headers.CacheControl = "private, no-store";
        return complaint is null
            ? Problems.Result(context, StatusCodes.Status404NotFound, "not-found")
            : Results.Json(
                new FormView(
                    Complaint.Form,
                    texts.Find("form.fm004")!,
                    complaint.Number,
                    Rows(complaint, actions, caller, texts)
                ),
                Json.Options
            );
    }

    private static List<FormRow> Rows(Complaint c, List<CorrectiveAction> actions, Caller caller, Texts texts)
    {
        var rows = new List<FormRow>();
        void Row(string section, string key, string? value) =>
            rows.Add(new(section, key, texts.Find("form." + key)!, value));
        string? Coded<T>(string kind, T? code)
            where T : struct, Enum =>
            code is { } known ? texts.Find($"{kind}.{Spelling.Kebab(known.ToString())}") : null;
        string? At(DateTimeOffset? instant) =>
            instant is { } i
                ? TimeZoneInfo
                    .ConvertTime(i, caller.Clock.Zone)
                    .ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
                : null;
        string? On(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        string? YesNo(bool? yes) => yes is { } known ? texts.Find(known ? "yes" : "no") : null;

        Row("complaint", "number", c.Number);
        Row("complaint", "registered-on", On(c.RegisteredOn));
        Row("complaint", "received-at", At(c.Rounds.Count > 0 ? c.Rounds[0].OpenedAt : c.OpenedAt));
        Row("complaint", "taken-by", c.TakenBy.Name);
        Row("complaint", "channel", Coded<Channel>("channel", c.Channel));
        Row("complaint", "customer", c.CustomerName);
        Row("complaint", "contact", c.Contact);
        Row("complaint", "phone", c.Phone);
        Row("complaint", "project", c.Reference.ProjectName);
        Row("complaint", "product-model", c.Reference.ProductModel);
        Row("complaint", "serial-number", c.Reference.SerialNumber);
        Row("complaint", "order-number", c.Reference.OrderNumber);
        Row("complaint", "subject", c.Subject);
        Row("complaint", "description", c.Description);
        Row("complaint", "severity", Coded<Severity>("severity", c.Severity));
        Row("complaint", "response-due", At(c.ResponseDueAt));
        Row("complaint", "resolution-due", At(c.ResolutionDueAt));
        Row("complaint", "round", c.Round.ToString(CultureInfo.InvariantCulture));
        Row("response", "response", c.Response?.Message);
        Row("response", "response-by", c.Response?.By.Name);
        Row("response", "response-at", At(c.Response?.At));
        var triage = caller.Actor.IsStaff() || c.Triage?.Outcome != TriageOutcome.ToQc ? c.Triage : null;
        Row("triage", "triage", Coded("triage", triage?.Outcome));
        Row("triage", "triage-note", triage?.Note);
        Row("triage", "triage-by", triage?.By.Name);
        Row("triage", "triage-on", On(triage?.On));
        if (caller.Actor.IsStaff())
        {
            Row("quality", "liability", Coded("liability", c.Ruling?.Liability));
            Row("quality", "responsible-department", c.Ruling?.Department);
            Row("quality", "cause-code", c.Ruling?.CauseCode);
            Row("quality", "findings", c.Ruling?.Findings);
            Row("quality", "liability-by", c.Ruling?.By.Name);
            Row("quality", "liability-on", On(c.Ruling?.On));
            foreach (var a in actions)
            {
                Row("corrective-action", "action-number", a.Number);
                Row("corrective-action", "action-state", Coded<CorrectiveActionState>("corrective-action", a.State));
                Row("corrective-action", "action-department", a.Department);
                Row("corrective-action", "action-due", On(a.DueOn));
                Row("corrective-action", "disposition", a.Proposal?.Disposition);
                Row("corrective-action", "main-cause", a.Proposal?.Cause);
                Row("corrective-action", "correction", a.Proposal?.Correction);
                Row("corrective-action", "prevention", a.Proposal?.Prevention);
                Row("corrective-action", "proposed-by", a.Proposal?.By.Name);
                Row("corrective-action", "proposed-on", On(a.Proposal?.On));
                Row("corrective-action", "review", a.Review?.Opinion);
                Row("corrective-action", "reviewed-by", a.Review?.By.Name);
                Row("corrective-action", "reviewed-on", On(a.Review?.On));
                Row("corrective-action", "execution", a.Execution?.Record);
                Row("corrective-action", "executed-by", a.Execution?.By.Name);
                Row("corrective-action", "executed-on", On(a.Execution?.On));
                Row("corrective-action", "executed-in-time", YesNo(a.Execution?.InTime));
                Row("corrective-action", "verification", a.Verification?.Evidence);
                Row("corrective-action", "effective", YesNo(a.Verification?.Effective));
                Row("corrective-action", "verified-by", a.Verification?.By.Name);
                Row("corrective-action", "verified-on", On(a.Verification?.On));
            }
        }

        Row("answer", "cause", c.Answered?.Cause);
        Row("answer", "traceability", c.Answered?.Traceability);
        Row("answer", "conclusion", c.Answered?.Conclusion);
        Row("answer", "answered-by", c.Answered?.By.Name);
        Row("answer", "answered-at", At(c.Answered?.At));
        Row("confirmation", "confirmed-by", c.Confirmation?.Signature.PrintedName);
        Row("confirmation", "confirmed-at", At(c.Confirmation?.Signature.At));
        Row("confirmation", "opinion", c.Confirmation?.Opinion);
        Row("closing", "closed-on", On(c.ClosedOn));
        if (caller.Actor.IsStaff())
        {
            Row("closing", "closed-without-confirmation", c.ClosedWithoutConfirmation);
        }

        return rows;
    }
}
