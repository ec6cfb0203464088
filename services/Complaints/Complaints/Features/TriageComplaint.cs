using CustomerService.Complaints.Capas;
using CustomerService.Complaints.Codes;
using CustomerService.Complaints.Codes.Domain;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.Complaints.Features;

/// <summary>Triage by customer service (C5.2): three ways out, one command each.</summary>
internal static class TriageComplaint
{
    /// <param name="Note">Why it goes to QC.</param>
    /// <param name="FaultCode">The fault, as a code of the catalogue; as reported by default.</param>
    internal sealed record Request(string Note, string? FaultCode = null);

    /// <param name="Note">What was explained and how the customer was assisted; what was done.</param>
    /// <param name="FaultCode">The fault, as a code of the catalogue; as reported by default.</param>
    /// <param name="Translations">The note in other languages, for merged complaints whose customers read those.</param>
    internal sealed record SettleRequest(
        string Note,
        string? FaultCode = null,
        IReadOnlyList<NoteRequest>? Translations = null
    );

    /// <param name="Language"><c>zh-Hant</c>, <c>zh-Hans</c>, <c>en</c>.</param>
    internal sealed record NoteRequest(string Language, string Note);

    internal sealed class SettleValidator : AbstractValidator<SettleRequest>
    {
        public SettleValidator()
        {
            RuleFor(r => r.Note).RequiredText();
            RuleFor(r => r.FaultCode).OptionalCode();
            RuleFor(r => r.Translations).AtMost(Texts.Languages.Count);
            RuleForEach(r => r.Translations)
                .NotNull()
                .ChildRules(translation =>
                {
                    translation
                        .RuleFor(t => t.Language)
                        .Must(language => Texts.Languages.Contains(language))
                        .WithErrorCode("language-unknown");
                    translation.RuleFor(t => t.Note).RequiredText();
                });
        }
    }

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Note).RequiredText();
            RuleFor(r => r.FaultCode).OptionalCode();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/complaints/{id:guid}/explain", Explain)
            .AsCommand()
            .WithName("ExplainComplaint")
            .WithSummary("Triage: not our liability; explained, and the customer assisted")
            .WithDescription(
                """
                Rule C5.2; customer service, after the first response. The explanation is what the customer then
                confirms or objects to; where a mail server is set and the address is known, it goes there by mail. The
                customers of merged complaints are told it, too: in another language than this one's from `translations`
                (409 `translation-missing`).
                """
            )
            .Produces<ComplaintView>();
        routes
            .MapPost("/complaints/{id:guid}/solve", Solve)
            .AsCommand()
            .WithName("SolveComplaint")
            .WithSummary("Triage: ours, and solved by customer service alone")
            .WithDescription(
                """
                Rule C5.2; customer service, after the first response. What was done is recorded, told to the customer and those of merged
                complaints as an explanation is, and confirmed by the customer.
                """
            )
            .Produces<ComplaintView>();
        routes
            .MapPost("/complaints/{id:guid}/send-to-qc", SendToQc)
            .AsCommand()
            .WithName("SendComplaintToQc")
            .WithSummary("Triage: everything else goes to QC with FM004")
            .WithDescription(
                """
                Rules C5.2 and C10; customer service, after the first response. The form gets its number
                (`formNumber`, no gaps) the first time.
                """
            )
            .WithExample(new Request("需現場勘查，轉品管。"))
            .Produces<ComplaintView>();
    }

    private static Task<CommandResult> Explain(
        Guid id,
        SettleRequest body,
        ComplaintsDb db,
        Settling settling,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Complaints.VisibleTo(caller.Actor),
            id,
            (complaint, context) =>
                settling.SettleAsync(
                    complaint,
                    context,
                    body,
                    () => complaint.Explain(context, body.Note, body.FaultCode),
                    cancellation
                ),
            ComplaintView.From,
            cancellation
        );

    private static Task<CommandResult> Solve(
        Guid id,
        SettleRequest body,
        ComplaintsDb db,
        Settling settling,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Complaints.VisibleTo(caller.Actor),
            id,
            (complaint, context) =>
                settling.SettleAsync(
                    complaint,
                    context,
                    body,
                    () => complaint.Solve(context, body.Note, body.FaultCode),
                    cancellation
                ),
            ComplaintView.From,
            cancellation
        );

    private static Task<CommandResult> SendToQc(
        Guid id,
        Request body,
        ComplaintsDb db,
        CodeCatalogue codes,
        EffectMeasurement measurement,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Complaints.VisibleTo(caller.Actor),
            id,
            async (complaint, context) =>
            {
                if (
                    (
                        complaint.SendToQc(context, body.Note, body.FaultCode)
                        ?? await codes.CheckAsync(CodeKind.Fault, body.FaultCode, cancellation)
                    ) is
                    { } refusal
                )
                {
                    return refusal;
                }

                db.NumberFormOf(complaint, context);
                await measurement.FaultKnownAsync(complaint, cancellation);
                return null;
            },
            ComplaintView.From,
            cancellation
        );
}

/// <summary>What follows when customer service settles a complaint alone (C5.2).</summary>
internal sealed class Settling(
    ComplaintsDb db,
    CodeCatalogue codes,
    CommandContexts contexts,
    ComplaintsMails mails,
    EffectMeasurement measurement
)
{
    public async Task<Refusal?> SettleAsync(
        Complaint complaint,
        CommandContext context,
        TriageComplaint.SettleRequest body,
        Func<Refusal?> settle,
        CancellationToken cancellation
    )
    {
        if ((settle() ?? await codes.CheckAsync(CodeKind.Fault, body.FaultCode, cancellation)) is { } refusal)
        {
            return refusal;
        }

        await mails.AnswerAsync(context, complaint, cancellation);
        await measurement.FaultKnownAsync(complaint, cancellation);
        return await MergedComplaints.SettleAsync(
            db,
            contexts,
            mails,
            complaint,
            [.. (body.Translations ?? []).Select(t => new NoteTranslation(t.Language, t.Note))],
            cancellation
        );
    }
}
