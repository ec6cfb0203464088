using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.Complaints.Features;

internal static class AnswerComplaint
{
    /// <param name="Cause">What caused it: the released words, with what is added; as released by default.</param>
    /// <param name="Traceability">追溯情況: which lots, serials, works are affected.</param>
    /// <param name="Conclusion">What was done about it.</param>
    /// <param name="Translations">The whole answer in other languages, for merged complaints whose customers read
    /// those.</param>
    internal sealed record Request(
        string? Cause,
        string? Traceability,
        string? Conclusion,
        IReadOnlyList<TranslationRequest>? Translations = null
    );

    /// <param name="Language"><c>zh-Hant</c>, <c>zh-Hans</c>, <c>en</c>.</param>
    internal sealed record TranslationRequest(string Language, string Cause, string Traceability, string Conclusion);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Cause).OptionalText();
            RuleFor(r => r.Traceability).OptionalText();
            RuleFor(r => r.Conclusion).OptionalText();
            RuleFor(r => r.Translations).AtMost(Texts.Languages.Count);
            RuleForEach(r => r.Translations)
                .NotNull()
                .ChildRules(translation =>
                {
                    translation
                        .RuleFor(t => t.Language)
                        .Must(language => Texts.Languages.Contains(language))
                        .WithErrorCode("language-unknown");
                    translation.RuleFor(t => t.Cause).RequiredText();
                    translation.RuleFor(t => t.Traceability).RequiredText();
                    translation.RuleFor(t => t.Conclusion).RequiredText();
                });
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/complaints/{id:guid}/answer", Handle)
            .AsCommand()
            .WithSummary("Cause, traceability and conclusion go back to the customer")
            .WithDescription(
                """
                Rules C5.6.1 and C5.3.2; customer service or sales. QC releases the words (409
                `conclusion-not-released`); what is handed in holds them unaltered (409 `released-text-altered`), and what
                is added is kept. The customers of complaints that are merged into this one get the answer, too: in another language
                than this one's from `translations` (409 `translation-missing`); a text in this one's language holds the
                released words, too. Where the liability is ours it needs a CAPA (409
                `capa-missing`) and the management representative's review of each (409 `capa-not-reviewed`, rule
                C5.4). Where a mail server is set and the customer's address is known, it goes there by mail. 409 `meeting-due` while the department heads must meet (C5.5). The resolution target of rule C1 is met with it.
                """
            )
            .WithExample(new Request("防水搭接不足", "二期 3 號樓屋面，2024-05 施工批次", "已重做並試水合格。"))
            .Produces<ComplaintView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        ComplaintsDb db,
        CommandContexts contexts,
        ComplaintsMails mails,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Complaints.VisibleTo(caller.Actor),
            id,
            async (complaint, context) =>
            {
                if (complaint.Answer(context, body.Cause, body.Traceability, body.Conclusion) is { } refusal)
                {
                    return refusal;
                }

                await mails.AnswerAsync(context, complaint, cancellation);
                return await MergedComplaints.AnswerAsync(
                    db,
                    contexts,
                    mails,
                    complaint,
                    [
                        .. (body.Translations ?? []).Select(t => new AnswerTranslation(
                            t.Language,
                            t.Cause,
                            t.Traceability,
                            t.Conclusion
                        )),
                    ],
                    cancellation
                );
            },
            ComplaintView.From,
            cancellation
        );
}
