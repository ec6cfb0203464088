using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Complaints.Letters.Domain;
using CustomerService.Records;
using CustomerService.Registry;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Letters.Features;

/// <summary>Writes the letters to all customers of a traceability table (C7).</summary>
internal static class WriteLetters
{
    /// <param name="Texts">The letter in one language or more; a customer gets it in its own where it is there, else in
    /// the first.</param>
    internal sealed record Request(IReadOnlyList<TextRequest> Texts);

    /// <param name="Language"><c>zh-Hant</c>, <c>zh-Hans</c>, <c>en</c>.</param>
    /// <param name="Subject">One line.</param>
    /// <param name="Body">What is affected, and what the customer is to do.</param>
    internal sealed record TextRequest(string Language, string Subject, string Body);

    internal sealed record LettersView(IReadOnlyList<AffectedLetterView> Items);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Texts)
                .NotNull()
                .Must(texts => texts is null || texts.Count == texts.DistinctBy(text => text?.Language).Count())
                .WithErrorCode("languages-differ");
            RuleFor(r => r.Texts).NotEmpty();
            RuleForEach(r => r.Texts)
                .NotNull()
                .ChildRules(text =>
                {
                    text.RuleFor(t => t.Language)
                        .Must(language => Texts.Languages.Contains(language))
                        .WithErrorCode("language-unknown");
                    text.RuleFor(t => t.Subject).RequiredText(TextLength.Line);
                    text.RuleFor(t => t.Body).RequiredText();
                });
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/complaints/{id:guid}/letters", Handle)
            .AsCommand()
            .ForRoles(AffectedLetterFlow.Writers)
            .WithName("WriteLetters")
            .WithSummary("Write to every customer of the traceability table, each in its language")
            .WithDescription(
                """
                Rules C5.6.1 and C7. One letter a customer, with what of its goods is affected; who has one already gets none.
                The language is the customer's in the registry, else that of its last complaint. 409 `no-affected-customer`.
                """
            )
            .Produces<LettersView>();

    private static async Task<CommandResult> Handle(
        Guid id,
        Request body,
        ComplaintsDb db,
        RecordNumbers numbers,
        Links links,
        RegistryLookup registry,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var complaint = await db.Complaints.VisibleTo(caller.Actor).FirstOrDefaultAsync(c => c.Id == id, cancellation);
        if (complaint is null)
        {
            return CommandResult.NotFound();
        }

        // Two who write at the same moment see each other's letters.
        await db.LockAsync($"letters/{id:N}", cancellation);
        var written = await db.AffectedLetters.Where(l => l.ComplaintId == id).ToListAsync(cancellation);
        var customers = AffectedLetter.ToWriteTo(complaint, written);
        if (customers.Count == 0)
        {
            return Refusal.ByRule("no-affected-customer", "C7", ["affected-customer"], Roles.Qc, Roles.QcHead);
        }

        var context = caller.Context();
        List<LetterText> texts = [.. body.Texts.Select(text => new LetterText(text.Language, text.Subject, text.Body))];
        var letters = new List<AffectedLetter>();
        foreach (var customer in customers)
        {
            var language = await LanguageOfAsync(customer, registry, db, cancellation);
            var number = await numbers.NextAsync(AffectedLetter.NumberKind, context.Today.Year, cancellation);
            if (
                AffectedLetter
                    .Write(context, number, complaint, customer, language, texts)
                    .Failed(out var refusal, out var letter)
            )
            {
                return refusal;
            }

            db.Add(letter);
            letters.Add(letter);
            await links.LinkAsync(
                context,
                new LinkedPair(
                    new RecordRef("complaints", letter.Kind, letter.Id, letter.Number),
                    LinkKind.CausedBy,
                    new RecordRef("complaints", complaint.Kind, complaint.Id, complaint.Number)
                ),
                cancellation
            );
        }

        return CommandResult.Ok(
            new LettersView([.. letters.Select(letter => AffectedLetterView.From(letter, caller))])
        );
    }

    // What the registry does not say, the customer's last complaint does.
    private static async Task<string> LanguageOfAsync(
        Guid customer,
        RegistryLookup registry,
        ComplaintsDb db,
        CancellationToken cancellation
    ) =>
        (await registry.OrganisationAsync(customer, cancellation)).Failed(out _, out var known)
        || known.Language is not { } language
            ? await db
                .Complaints.Where(c => c.CustomerId == customer)
                .OrderByDescending(c => c.Id)
                .Select(c => c.Language)
                .FirstOrDefaultAsync(cancellation)
                ?? Texts.Languages[0]
            : language;
}
