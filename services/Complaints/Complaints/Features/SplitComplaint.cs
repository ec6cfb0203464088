using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Records;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Severity = CustomerService.Rules.Severity;

namespace CustomerService.Complaints.Complaints.Features;

internal static class SplitComplaint
{
    /// <param name="Subject">One line on the part that becomes a complaint of its own.</param>
    /// <param name="Description">What of it is said.</param>
    internal sealed record Request(string Subject, string Description, Severity? Severity);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Subject).RequiredText(TextLength.Line);
            RuleFor(r => r.Description).RequiredText();
            RuleFor(r => r.Severity).NotNull();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/complaints/{id:guid}/split", Handle)
            .AsCommand()
            .ForRoles(Roles.CustomerService, Roles.Sales, Roles.SalesManager)
            .WithName("SplitComplaint")
            .WithSummary("A part of the complaint becomes a complaint of its own")
            .WithDescription(
                """
                Rules C3.2.1 and S4; customer service or sales. Same customer, contact and reference; the targets count from
                when this one reached the company. Both are linked. If-Match names the version of this complaint.
                """
            )
            .Produces<ComplaintView>(StatusCodes.Status201Created);

    private static async Task<CommandResult> Handle(
        Guid id,
        Request body,
        ComplaintsDb db,
        RecordNumbers numbers,
        Links links,
        Files files,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var complaint = await db.Complaints.VisibleTo(caller.Actor).FirstOrDefaultAsync(c => c.Id == id, cancellation);
        if (caller.Precondition(complaint) is { } failed)
        {
            return failed;
        }

        var number = await numbers.NextAsync(Complaint.NumberKind, caller.Today.Year, cancellation);
        var part = Complaint.Register(
            caller.Context(),
            number,
            new Intake
            {
                CustomerId = complaint!.CustomerId,
                CustomerName = complaint.CustomerName,
                Contact = complaint.Contact,
                Phone = complaint.Phone,
                Channel = complaint.Channel,
                Subject = body.Subject.Trim(),
                Description = body.Description,
                Severity = body.Severity,
                Reference = complaint.Reference,
                Origin = new(OriginKind.Complaint, complaint.Id, complaint.Number),
                ReceivedAt = complaint.OpenedAt,
                Language = complaint.Language,
                RemedyWanted = complaint.RemedyWanted,
                ServiceConcerned = complaint.ServiceConcerned,
            }
        );
        if (!part.Failed(out _, out var split))
        {
            var (own, cause) = (
                new RecordRef("complaints", split.Kind, split.Id, split.Number),
                new RecordRef("complaints", complaint.Kind, complaint.Id, complaint.Number)
            );
            await own.ComesFromAsync(cause, links, files, caller.Context(), cancellation);
        }

        return caller.Create(db, "complaints", part, ComplaintView.From);
    }
}
