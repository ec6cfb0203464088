using CustomerService.Complaints.Codes.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Codes.Features;

internal static class AddCode
{
    /// <param name="Catalogue">What it tells.</param>
    /// <param name="Code">The code; it never changes.</param>
    /// <param name="Names">What it is called.</param>
    /// <param name="ValidFrom">First day on which it is entered; today by default.</param>
    internal sealed record Request(CodeKind? Catalogue, string Code, CodeNamesView Names, DateOnly? ValidFrom = null);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Catalogue).NotNull();
            RuleFor(r => r.Code).RequiredCode();
            RuleFor(r => r.Names).NotNull().SetValidator(new NamesValidator());
        }
    }

    internal sealed class NamesValidator : AbstractValidator<CodeNamesView>
    {
        public NamesValidator()
        {
            RuleFor(n => n.ZhHant).RequiredText(TextLength.Line);
            RuleFor(n => n.ZhHans).RequiredText(TextLength.Line);
            RuleFor(n => n.En).RequiredText(TextLength.Line);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/codes", Handle)
            .AsCommand()
            .ForRoles(CatalogueCode.Keepers)
            .WithSummary("Add a code of a product, fault or cause")
            .WithDescription(
                """
                Rule C5.7. Once a catalogue has codes, entries take only those that are in force. 409 `code-known` where the
                catalogue has it, however it is written.
                """
            )
            .WithExample(new Request(CodeKind.Cause, "W-03", new("防水搭接不足", "防水搭接不足", "Lap too narrow")))
            .Produces<CodeView>(StatusCodes.Status201Created);

    private static async Task<CommandResult> Handle(
        Request body,
        ComplaintsDb db,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var (catalogue, code) = (body.Catalogue!.Value, body.Code.Trim());
        var key = TextFolding.Key(code);
        await db.LockAsync($"code/{catalogue}/{key}", cancellation);
        var isKnown = await db.Codes.AnyAsync(c => c.Catalogue == catalogue && c.CodeKey == key, cancellation);
        var context = caller.Context();
        return caller.Create(
            db,
            "codes",
            CatalogueCode.Add(context, catalogue, code, body.Names.Names, body.ValidFrom ?? context.Today, isKnown),
            CodeView.From
        );
    }
}
