using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Records;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Complaints.Features;

/// <summary>Handles a complaint with another one, and takes that back (S4).</summary>
internal static class MergeComplaint
{
    /// <param name="ParentId">The complaint that goes on.</param>
    /// <param name="Message">What the customer is told; it is the first response where there was none.</param>
    internal sealed record MergeRequest(Guid? ParentId, string Message);

    internal sealed record UnmergeRequest(string Reason);

    internal sealed class MergeValidator : AbstractValidator<MergeRequest>
    {
        public MergeValidator()
        {
            RuleFor(r => r.ParentId).NotNull().NotEqual(Guid.Empty);
            RuleFor(r => r.Message).RequiredText();
        }
    }

    internal sealed class UnmergeValidator : AbstractValidator<UnmergeRequest>
    {
        public UnmergeValidator() => RuleFor(r => r.Reason).RequiredText();
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/complaints/{id:guid}/merge-into", Merge)
            .AsCommand()
            .WithName("MergeComplaint")
            .WithSummary("Handle the complaint with another one")
            .WithDescription(
                """
                Rule S4; customer service or sales. The complaint keeps its number and customer, its clock stops, and the
                parent's answer goes to its customer. The customer is told `message`, by mail where a mail server is set and the
                address is known; the other customer is not named.
                409 `parent-does-not-fit`, `has-merged-complaints`, `capa-open`.
                """
            )
            .Produces<ComplaintView>();
        routes
            .MapPost("/complaints/{id:guid}/unmerge", Unmerge)
            .AsCommand()
            .WithName("UnmergeComplaint")
            .WithSummary("It is a case of its own after all")
            .WithDescription(
                """
                Rule S4; within the policy's days (`complaints.unmergeDays`, 409 `merged-too-long-ago`). It is triaged,
                and the clock runs again without the time in which it was merged.
                """
            )
            .Produces<ComplaintView>();
    }

    private static Task<CommandResult> Merge(
        Guid id,
        MergeRequest body,
        ComplaintsDb db,
        Links links,
        ComplaintsMails mails,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Complaints.VisibleTo(caller.Actor),
            id,
            async (complaint, context) =>
            {
                if (complaint.CheckRole(context, ComplaintAction.MergeInto) is { } forbidden)
                {
                    return forbidden;
                }

                var parent = await db.Complaints.FirstOrDefaultAsync(c => c.Id == body.ParentId, cancellation);
                if (parent is null)
                {
                    return Refusal.Invalid("parent-unknown", "S4", "parent-id");
                }

                if (complaint.MergeInto(context, parent, body.Message) is { } refusal)
                {
                    return refusal;
                }

                await links.LinkAsync(context, Pair(complaint, parent), cancellation);
                await mails.MergedAsync(context, complaint, body.Message, cancellation);
                return null;
            },
            ComplaintView.From,
            cancellation
        );

    private static Task<CommandResult> Unmerge(
        Guid id,
        UnmergeRequest body,
        ComplaintsDb db,
        Links links,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Complaints.VisibleTo(caller.Actor),
            id,
            async (complaint, context) =>
            {
                if (complaint.CheckRole(context, ComplaintAction.Unmerge) is { } forbidden)
                {
                    return forbidden;
                }

                var parent = await db.Complaints.SingleAsync(c => c.Id == complaint.ParentId, cancellation);
                if (complaint.Unmerge(context, parent, body.Reason) is { } refusal)
                {
                    return refusal;
                }

                await links.UnlinkAsync(context, Pair(complaint, parent), cancellation);
                return null;
            },
            ComplaintView.From,
            cancellation
        );

    private static LinkedPair Pair(Complaint child, Complaint parent) =>
        new(
            new RecordRef("complaints", child.Kind, child.Id, child.Number),
            LinkKind.DuplicateOf,
            new RecordRef("complaints", parent.Kind, parent.Id, parent.Number)
        );
}
