using System.Globalization;
using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Contracts.Surveys.V1;
using CustomerService.Records;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Surveys;

/// <summary>A department below its satisfaction goal is ordered to correct: the correction is a CAPA of the department with
/// the order's deadline (C5.10). One an evaluation, however often the event comes.</summary>
internal sealed class OpenCapaOnCorrectiveOrder(
    ComplaintsDb db,
    RecordNumbers numbers,
    Links links,
    CommandContexts contexts,
    Texts texts
) : IConsumer<CorrectiveOrderIssued>
{
    // No caller has a language here: it is written in the company's working language.
    private static readonly CultureInfo WorkingLanguage = CultureInfo.GetCultureInfo("zh-Hant");

    public async Task Consume(ConsumeContext<CorrectiveOrderIssued> context)
    {
        var (order, cancellation) = (context.Message, context.CancellationToken);
        var command = contexts.ForSystem("surveys");
        var number = await numbers.NextAsync(Capa.NumberKind, command.Today.Year, cancellation);
        await db.LockAsync($"capa/order/{order.EvaluationId:N}", cancellation);
        if (
            await db.Capas.AnyAsync(
                capa => capa.Source == CapaSource.CorrectiveOrder && capa.SourceId == order.EvaluationId,
                cancellation
            )
        )
        {
            return;
        }

        var arguments = new Dictionary<string, object?>
        {
            ["notice"] = order.Notice,
            ["goal"] = Percent(order.GoalPercent),
            ["rate"] = order.Percent is { } rate ? Percent(rate) : "—",
            ["from"] = order.From,
            ["to"] = order.To,
        };
        var capa = Capa.OpenForOrder(
                command,
                number,
                new(
                    order.EvaluationId,
                    order.Notice,
                    order.Department,
                    order.DueOn,
                    texts.Find("order.subject", arguments, WorkingLanguage)!,
                    texts.Find("order.description", arguments, WorkingLanguage)!
                )
            )
            .Required();
        db.Add(capa);
        await links.LinkAsync(
            command,
            new LinkedPair(
                new RecordRef("complaints", capa.Kind, capa.Id, capa.Number),
                LinkKind.CausedBy,
                new RecordRef("surveys", "evaluation", order.EvaluationId, order.Notice)
            ),
            cancellation
        );
    }

    private static string Percent(decimal value) => value.ToString("0.0", CultureInfo.InvariantCulture) + " %";
}
