using CustomerService.Projects.Data;
using CustomerService.Projects.Organisations;
using CustomerService.Projects.People.Domain;
using CustomerService.Projects.Revisits.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Revisits.Features;

internal static class HoldRevisit
{
    /// <param name="On">The day.</param>
    /// <param name="Form">回訪形式: visit, phone, letter or meeting.</param>
    /// <param name="Attendees">Lead, chief engineer and the three heads, each in person or by a named substitute
    /// with a reason; others as they come.</param>
    /// <param name="Findings">Quality hazards and problems.</param>
    /// <param name="OwnerRepresentative">Who spoke for the owner.</param>
    /// <param name="OwnerOpinion">The owner's or user's opinion, as far as it was given at once.</param>
    /// <param name="UserId">The user (用戶) of the project whose opinion it is; the owner's where it is not given.</param>
    internal sealed record Request(
        DateOnly? On,
        RevisitForm? Form,
        IReadOnlyList<AttendeeRequest>? Attendees,
        IReadOnlyList<FindingRequest>? Findings = null,
        OwnerRepresentative? OwnerRepresentative = null,
        string? OwnerOpinion = null,
        Guid? UserId = null
    );

    /// <param name="Seat">lead, chief-engineer, technical-head, engineering-head, quality-head or other.</param>
    /// <param name="PersonId">The person, where they are in the registry.</param>
    /// <param name="Name">Printed name of a person who is not.</param>
    /// <param name="SubstituteReason">Why another person than the holder of the seat came.</param>
    internal sealed record AttendeeRequest(
        Seat? Seat,
        Guid? PersonId,
        string? Name = null,
        string? SubstituteReason = null
    );

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.On).NotNull();
            RuleFor(r => r.Form).NotNull();
            RuleFor(r => r.OwnerOpinion).MaximumLength(TextLength.Text);
            RuleFor(r => r.Attendees).AtMost(100);
            RuleForEach(r => r.Attendees)
                .ChildRules(attendee =>
                {
                    attendee.RuleFor(a => a.Seat).NotNull();
                    attendee.RuleFor(a => a.Name).NotEmpty().When(a => a.PersonId is null);
                    attendee.RuleFor(a => a.Name).MaximumLength(100);
                    attendee.RuleFor(a => a.SubstituteReason).MaximumLength(500);
                });
            RuleFor(r => r.Findings).AtMost(200);
            RuleForEach(r => r.Findings).SetValidator(FindingRequest.Rules);
            RuleFor(r => r.OwnerRepresentative!)
                .ChildRules(owner =>
                {
                    owner.RuleFor(o => o.Name).RequiredText(100);
                    owner.RuleFor(o => o.Phone).MaximumLength(TextLength.Code);
                })
                .When(r => r.OwnerRepresentative is not null);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/revisits/{id:guid}/hold", Handle)
            .AsCommand()
            .WithSummary("Records that a revisit was held: who took part, what was found, what the owner says")
            .WithDescription(
                """
                Rules P2.2.1, P2.2.2. Without a lead it cannot be recorded (409 lead-missing); likewise
                chief-engineer-missing, technical-head-missing, engineering-head-missing, quality-head-missing; another
                person than the project's own needs a substituteReason (substitute-reason-missing). A finding that wants
                a CAPA is a construction fault and needs explanation and proposedSolution (solution-missing).
                revisit-before-handover, revisit-after-horizon, date-in-future, user-unknown; 400 warranty-part-unknown. Events
                projects.revisit.held.v1, and for each finding projects.revisit.finding-recorded.v1 and what it wants:
                projects.finding.repair-requested.v1, projects.finding.capa-requested.v1.
                """
            )
            .Produces<RevisitView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        ProjectsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeRevisitAsync(
            db,
            id,
            async (revisit, context) =>
            {
                if (revisit.CheckRole(context, RevisitAction.Hold) is { } forbidden)
                {
                    return forbidden;
                }

                var attendees = body.Attendees ?? [];
                var ids = attendees.Select(a => a.PersonId).OfType<Guid>().ToList();
                var names = await db
                    .People.Where(p => ids.Contains(p.Id))
                    .Select(p => new { p.Id, p.Name })
                    .ToDictionaryAsync(p => p.Id, p => p.Name, cancellation);
                if (ids.Where(person => !names.ContainsKey(person)).Cast<Guid?>().FirstOrDefault() is { } missing)
                {
                    return Refusal
                        .ByRule("person-unknown", "P2.2.1", ["person"], Person.Writers)
                        .With("person", missing);
                }

                var record = new HeldRecord(
                    body.On!.Value,
                    body.Form!.Value,
                    [.. attendees.Select(a => Attendee(a, names))],
                    [.. (body.Findings ?? []).Select(f => f.Finding(context))],
                    body.OwnerRepresentative,
                    string.IsNullOrWhiteSpace(body.OwnerOpinion) ? null : body.OwnerOpinion,
                    body.UserId
                );
                var project = await db.ProjectOfAsync(revisit, cancellation);
                var contact = await db.OwnerContactAsync(revisit.OwnerId, cancellation);
                return revisit.Hold(context, record, project, contact);
            },
            cancellation
        );

    private static Attendee Attendee(AttendeeRequest given, Dictionary<Guid, string> names) =>
        new(
            given.Seat!.Value,
            given.PersonId,
            given.PersonId is { } person ? names[person] : given.Name!,
            string.IsNullOrWhiteSpace(given.SubstituteReason) ? null : given.SubstituteReason
        );
}
