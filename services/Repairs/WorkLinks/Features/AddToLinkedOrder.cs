using CustomerService.Attachments;
using CustomerService.Records;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.WorkLinks.Features;

/// <summary>The holder of a link adds photos and notes to an order (P3.2.3).</summary>
internal static class AddToLinkedOrder
{
    /// <param name="Text">What the company is to know; at most 4000 characters.</param>
    internal sealed record NoteRequest(string Text);

    internal sealed class NoteValidator : AbstractValidator<NoteRequest>
    {
        public NoteValidator() => RuleFor(r => r.Text).RequiredText();
    }

    /// <summary>A file as its sender sees it.</summary>
    internal sealed record LinkedFileView(
        Guid Id,
        string Purpose,
        string? Caption,
        string FileName,
        string ContentType,
        long Size,
        DateTimeOffset? TakenAt,
        DateTimeOffset UploadedAt
    )
    {
        public static LinkedFileView From(RecordFile file) =>
            new(
                file.Id,
                file.Purpose,
                file.Caption,
                file.Name,
                file.ContentType,
                file.Size,
                file.TakenAt,
                file.UploadedAt
            );
    }

    /// <summary>A note as its author sees it.</summary>
    internal sealed record LinkedNoteView(Guid Id, string Text, DateTimeOffset At);

    internal static void Map(IEndpointRouteBuilder routes)
    {
        var limits = routes.ServiceProvider.GetRequiredService<FileLimits>();
        routes
            .MapPost("/repair-links/{token}/orders/{orderId:guid}/files", AddFile)
            .ForLinkHolders()
            .AsCommand()
            .DisableAntiforgery()
            .WithMetadata(limits.ForRequests)
            .WithName("AddLinkedFile")
            .WithSummary("The holder of a link adds a photo or paper to an order")
            .WithDescription(
                """
                Rules P3.2.3 and S2. As `/repair-orders/{id}/files`, with the same words, limits and codes: before and after
                the work, of an attempt (`photo`). 404: no such link, or an order that it does not lead to. 410: link-expired,
                link-revoked.
                """
            )
            .Produces<LinkedFileView>(StatusCodes.Status201Created);
        routes
            .MapPost("/repair-links/{token}/orders/{orderId:guid}/notes", AddNote)
            .ForLinkHolders()
            .AsCommand()
            .WithName("AddLinkedNote")
            .WithSummary("The holder of a link writes a note on an order for the company")
            .WithDescription(
                """
                Rules P3.2.3 and S2. Staff read it; neither the owner nor the holder of a link reads notes. 404: no such link,
                or an order that it does not lead to. 410: link-expired, link-revoked.
                """
            )
            .WithExample(new NoteRequest("業主要求週六施工。"))
            .Produces<LinkedNoteView>(StatusCodes.Status201Created);
    }

    private static async Task<CommandResult> AddFile(
        string token,
        Guid orderId,
        IFormFile file,
        TextFilter? purpose,
        TextGiven? caption,
        RepairsDb db,
        NewFiles files,
        CommandContexts contexts,
        CancellationToken cancellation
    )
    {
        if (await db.HeldOrderAsync(token, orderId, contexts.Clock.Now, cancellation) is not { } found)
        {
            return CommandResult.NotFound();
        }

        if (found.Failed(out var closed, out var held))
        {
            return closed;
        }

        var result = await files.AddAsync(
            contexts.For(held.Link.Holder, held.Order),
            held.Record,
            RepairOrderFiles.Rules,
            file,
            purpose?.Value,
            caption?.Value,
            null,
            cancellation
        );
        return result.Failed(out var refusal, out var added)
            ? refusal
            : CommandResult.Created(
                $"repair-orders/{orderId}/files/{added.Id}",
                added,
                () => LinkedFileView.From(added)
            );
    }

    private static async Task<CommandResult> AddNote(
        string token,
        Guid orderId,
        NoteRequest body,
        RepairsDb db,
        CommandContexts contexts,
        CancellationToken cancellation
    )
    {
        if (await db.HeldOrderAsync(token, orderId, contexts.Clock.Now, cancellation) is not { } found)
        {
            return CommandResult.NotFound();
        }

        if (found.Failed(out var closed, out var held))
        {
            return closed;
        }

        var note = Note.Add(contexts.For(held.Link.Holder, held.Order), held.Record, new(body.Text, [], []));
        db.Add(note);
        return CommandResult.Created(
            $"repair-orders/{orderId}/notes/{note.Id}",
            note,
            () => new LinkedNoteView(note.Id, note.Text, note.At)
        );
    }
}
