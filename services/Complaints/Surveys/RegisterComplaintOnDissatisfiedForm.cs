using System.Globalization;
using CustomerService.Complaints.Data;
using CustomerService.Complaints.Domain;
using CustomerService.Contracts.Surveys.V1;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Messaging;

/// <summary>
/// A form with an item graded 不滿意 enters the complaint procedure (C5.9): one complaint a form, however often
/// the event comes
/// and under whatever message id.
/// </summary>
internal sealed class RegisterComplaintOnDissatisfiedForm(
    ComplaintsDb store,
    ComplaintTargets targets,
    CompanyClock clock,
    Texts texts
) : IConsumer<FormDissatisfied>
{
    // Records that nobody is reading yet are written in the company's working language.
    private static readonly CultureInfo WorkingLanguage = CultureInfo.GetCultureInfo("zh-Hant");

    public async Task Consume(ConsumeContext<FormDissatisfied> context)
    {
        var form = context.Message;
        await store.LockAsync(Complaint.SurveyForm, form.FormId, context.CancellationToken);
        if (
            await store.Complaints.AnyAsync(
                c => c.OriginKind == Complaint.SurveyForm && c.OriginId == form.FormId,
                context.CancellationToken
            )
        )
        {
            return;
        }

        var flow = clock.Context(Actor.System("surveys"), targets.VersionOn(clock.Today));
        var intake = new Intake(
            form.CustomerId,
            form.CustomerName,
            form.Contact,
            form.Phone,
            Channel.Survey,
            Subject(form),
            Description(form),
            Severity.Minor,
            new Reference(null, null, null, null, form.SourceNumber),
            new Origin(Complaint.SurveyForm, form.FormId, form.SourceNumber),
            flow.Now
        );
        var number = await store.NextNumberAsync(Complaint.Form, flow.Today.Year, context.CancellationToken);
        var (complaint, refusal) = Complaint.Register(flow, number, intake, targets);
        store.Add(
            complaint ?? throw new InvalidOperationException($"The form {form.FormId} was refused: {refusal!.Code}.")
        );
    }

    private string Subject(FormDissatisfied form) =>
        Text(
            "survey.subject",
            new()
            {
                ["items"] = string.Join(Text("detail.separator", []), form.DissatisfiedItems.Select(i => i.Item)),
                ["source"] = form.SourceNumber ?? form.SurveyKind,
            },
            Limits.Line
        );

    private string Description(FormDissatisfied form)
    {
        var lines = form
            .DissatisfiedItems.Select(i =>
                Text("survey.item", new() { ["item"] = i.Item, ["comment"] = i.Comment ?? "—" }, Limits.Text)
            )
            .ToList();
        if (!string.IsNullOrWhiteSpace(form.Suggestions))
        {
            lines.Add(Text("survey.suggestions", new() { ["suggestions"] = form.Suggestions }, Limits.Text));
        }

        return string.Join('\n', lines);
    }

    private string Text(string key, Dictionary<string, object?> arguments, int limit = int.MaxValue)
    {
        var text = texts.Find(key, arguments, WorkingLanguage)!;
        return Shortening.To(text, limit, "…");
    }
}
