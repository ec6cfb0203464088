using System.Globalization;
using CustomerService.Complaints.Capas;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Contracts.Surveys.V1;
using CustomerService.Records;
using CustomerService.Registry;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Surveys;

/// <summary>
/// A survey response with an item graded 不滿意 enters the complaint procedure (C5.9): one complaint a response,
/// however often the event comes and under whatever message id.
/// </summary>
internal sealed class RegisterComplaintOnDissatisfiedResponse(
    ComplaintsDb db,
    RecordNumbers numbers,
    RegistryLookup registry,
    Links links,
    Files files,
    CommandContexts contexts,
    EffectMeasurement measurement,
    Texts texts
) : IConsumer<ResponseDissatisfied>
{
    // No caller has a language here: it is written in the company's working language.
    private static readonly CultureInfo WorkingLanguage = CultureInfo.GetCultureInfo("zh-Hant");

    public async Task Consume(ConsumeContext<ResponseDissatisfied> context)
    {
        var (response, cancellation) = (context.Message, context.CancellationToken);
        var command = contexts.ForSystem("surveys");
        var number = await numbers.NextAsync(Complaint.NumberKind, command.Today.Year, cancellation);
        await db.LockAsync($"complaint/response/{response.ResponseId:N}", cancellation);
        if (
            await db.Complaints.AnyAsync(
                c => c.OriginKind == OriginKind.SurveyResponse && c.OriginId == response.ResponseId,
                cancellation
            )
        )
        {
            return;
        }

        // An invitation may have gone to somebody whom the registry does not know: the form's word is kept then.
        // And who was merged meanwhile means the one that stayed (S4).
        var customer = await registry.SurvivorOfAsync(response.CustomerId, cancellation);
        var known = await registry.OrganisationsAsync([customer], cancellation);
        // Nobody knows who filled in an anonymous form: the complaint says so in the customer's place.
        var name = response.Anonymous
            ? Text("survey.anonymous", [], TextLength.Line)
            : known.SingleOrDefault()?.Name ?? response.CustomerName;
        var complaint = Complaint
            .Register(
                command,
                number,
                IntakeOf(response, customer, name) with
                {
                    Language = await registry.LanguageOfAsync(customer, cancellation),
                }
            )
            .Required();
        if (complaint.IsAnonymous)
        {
            // Nobody is owed an answer, so it is triaged at once.
            complaint.WaiveResponse(command);
        }

        db.Add(complaint);
        await measurement.CountAsync(complaint, cancellation);
        var own = new RecordRef("complaints", complaint.Kind, complaint.Id, complaint.Number);
        var answer = new RecordRef("surveys", "response", response.ResponseId, null);
        await own.ComesFromAsync(answer, links, files, command, cancellation);
    }

    private Intake IntakeOf(ResponseDissatisfied response, Guid customer, string customerName) =>
        new()
        {
            CustomerId = customer,
            CustomerName = customerName,
            Contact = response.Contact,
            Phone = response.Phone,
            Channel = Channel.Survey,
            Subject = Subject(response),
            Description = Description(response),
            Severity = Severity.Minor,
            Reference = Reference.None with { OrderNumber = response.SourceNumber },
            Origin = new Origin(OriginKind.SurveyResponse, response.ResponseId, response.SourceNumber)
            {
                Items = [.. response.DissatisfiedItems.Select(i => i.Item)],
            },
        };

    private string Subject(ResponseDissatisfied response) =>
        Text(
            "survey.subject",
            new()
            {
                ["items"] = string.Join(
                    Text("detail.separator", []),
                    response.DissatisfiedItems.Select(i => i.NameZhHant)
                ),
                ["source"] = response.SourceNumber ?? Text($"survey-kind.{response.SurveyKind}", []),
            },
            TextLength.Line
        );

    private string Description(ResponseDissatisfied response)
    {
        var lines = response
            .DissatisfiedItems.Select(i =>
                Text("survey.item", new() { ["item"] = i.NameZhHant, ["comment"] = i.Comment ?? "—" })
            )
            .ToList();
        if (!string.IsNullOrWhiteSpace(response.Suggestions))
        {
            lines.Add(Text("survey.suggestions", new() { ["suggestions"] = response.Suggestions }));
        }

        return string.Join('\n', lines);
    }

    private string Text(string key, Dictionary<string, object?> arguments, int length = TextLength.Text) =>
        texts.Find(key, arguments, WorkingLanguage)!.Truncate(length, "…");
}
