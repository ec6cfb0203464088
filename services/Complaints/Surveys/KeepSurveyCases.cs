using System.Globalization;
using CustomerService.Complaints.Capas;
using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Contracts.Surveys.V1;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Surveys;

/// <summary>Keeps which forms and assessments a CAPA can serve (C5.4): those with an item graded 不滿意, and those with items
/// that failed.</summary>
internal sealed class KeepSurveyCases(ComplaintsDb db, CommandContexts contexts, Texts texts)
    : IConsumer<ResponseDissatisfied>,
        IConsumer<ServicePointAssessed>,
        IConsumer<SurveysRecordErased>
{
    // No caller has a language here: it is written in the company's working language.
    private static readonly CultureInfo WorkingLanguage = CultureInfo.GetCultureInfo("zh-Hant");

    public Task Consume(ConsumeContext<ResponseDissatisfied> context)
    {
        var form = context.Message;
        var day = Spelling.Day(form.ReceivedOn);
        return KeepAsync(
            form.ResponseId,
            CapaSource.SurveyResponse,
            form.SourceNumber is { } about ? $"FM006 {day} {about}" : $"FM006 {day}",
            texts.Find(
                "survey-case.response",
                new Dictionary<string, object?>
                {
                    ["items"] = string.Join('、', form.DissatisfiedItems.Select(item => item.NameZhHant)),
                },
                WorkingLanguage
            )!,
            form.ReceivedOn,
            [.. form.DissatisfiedItems.Select(item => item.Item)],
            context.CancellationToken
        );
    }

    public Task Consume(ConsumeContext<ServicePointAssessed> context)
    {
        var held = context.Message;
        return held.FailedItems.Count == 0
            ? Task.CompletedTask
            : KeepAsync(
                held.AssessmentId,
                CapaSource.Assessment,
                held.Number,
                texts.Find(
                    "survey-case.assessment",
                    new Dictionary<string, object?>
                    {
                        ["point"] = held.PointName,
                        ["items"] = string.Join('、', held.FailedItems),
                    },
                    WorkingLanguage
                )!,
                held.HeldOn,
                held.FailedItems,
                context.CancellationToken
            );
    }

    public async Task Consume(ConsumeContext<SurveysRecordErased> context)
    {
        var (id, cancellation) = (context.Message.RecordId, context.CancellationToken);
        await db.LockCasesAsync(erases: true, cancellation);
        await db.MarkErasedAsync([id], cancellation);
        await db.ForgetCasesAsync(contexts.ForSystem("surveys"), id, cancellation);
    }

    private async Task KeepAsync(
        Guid id,
        CapaSource source,
        string number,
        string subject,
        DateOnly on,
        IReadOnlyList<string> items,
        CancellationToken cancellation
    )
    {
        await db.LockCasesAsync(erases: false, cancellation);
        await db.LockAsync($"survey-case/{id:N}", cancellation);
        if (
            !await db.SurveyCases.AnyAsync(known => known.Id == id, cancellation)
            && (await db.ErasedAsync([id], cancellation)).Count == 0
        )
        {
            var (line, context) = (subject.Truncate(TextLength.Line, "…"), contexts.ForSystem("surveys"));
            db.Add(SurveyCase.Hear(context, id, source, number, line, on, items));
        }
    }
}
