using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

internal static class HoldRevisit
{
    /// <param name="On">The day.</param>
    /// <param name="Form">回訪形式: visit, phone, letter or meeting.</param>
    /// <param name="Attendees">Lead, chief engineer and the three heads, each himself or a named substitute
    /// with a reason; others as they come.</param>
    /// <param name="Findings">Quality hazards and problems.</param>
    /// <param name="OwnerRepresentative">Who spoke for the owner.</param>
    /// <param name="OwnerOpinion">The owner's opinion, as far as it was given at once.</param>
    internal sealed record Request(
        DateOnly? On,
        RevisitForm? Form,
        IReadOnlyList<AttendeeRequest>? Attendees,
        IReadOnlyList<FindingRequest>? Findings,
        OwnerRepresentative? OwnerRepresentative,
        string? OwnerOpinion
    );

    /// <param name="Seat">lead, chief-engineer, technical-head, engineering-head, quality-head or other.</param>
    /// <param name="PersonId">The person, where he is in the registry.</param>
    /// <param name="Name">Printed name of somebody who is not.</param>
    /// <param name="SubstituteReason">Why somebody else than the holder of the seat came.</param>
    internal sealed record AttendeeRequest(Seat? Seat, Guid? PersonId, string? Name, string? SubstituteReason);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.On).NotNull();
            RuleFor(r => r.Form).NotNull();
            RuleFor(r => r.OwnerOpinion).MaximumLength(4000);
            RuleFor(r => r.Attendees).Must(a => a is null || a.Count <= 100);
            RuleForEach(r => r.Attendees)
                .ChildRules(attendee =>
                {
                    attendee.RuleFor(a => a.Seat).NotNull();
                    attendee.RuleFor(a => a.Name).NotEmpty().When(a => a.PersonId is null);
                    attendee.RuleFor(a => a.Name).MaximumLength(100);
                    attendee.RuleFor(a => a.SubstituteReason).MaximumLength(500);
                });
            RuleFor(r => r.Findings).Must(f => f is null || f.Count <= 200);
            RuleForEach(r => r.Findings).SetValidator(FindingRequest.Rules);
            RuleFor(r => r.OwnerRepresentative!)
                .ChildRules(owner =>
                {
                    owner.RuleFor(o => o.Name).NotEmpty().MaximumLength(100);
                    owner.RuleFor(o => o.Phone).MaximumLength(40);
                })
                .When(r => r.OwnerRepresentative is not null);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/revisits/{id:guid}/hold", Handle)
            .AsCommand()
            .WithTags("Revisits")
            .WithSummary("Records that a revisit was held: who took part, what was found, what the owner says")
            .WithDescription(
                """
                Rules P2.2.1, P2.2.2. Without a lead it cannot be recorded (409 lead-missing); likewise chief-engineer-missing, technical-head-missing, engineering-head-missing, quality-head-missing;
                somebody else than the project's own needs a substituteReason (substitute-reason-missing). A finding that wants a corrective action is a construction fault and needs explanation and
                proposedSolution (solution-missing). revisit-before-handover, revisit-after-horizon, date-in-future; 400 warranty-part-unknown.
                Events projects.revisit.held.v1, and projects.revisit.finding-recorded.v1 for each finding: Repairs opens an order for one that wants a repair.
                """
            )
            .Produces<RevisitView>();

    private static async Task<CommandResult> Handle(
        Guid id,
        Request body,
        ProjectsDb store,
        Caller caller,
        PolicyCatalogue policies,
        CancellationToken cancellationToken
    )
    {
        var revisit = await store
            .Revisits.VisibleTo(caller.Actor)
            .FirstOrDefaultAsync(r => r.Id == id, cancellationToken);
        if (caller.Precondition(revisit) is { } failed)
        {
            return failed;
        }

        if (revisit!.CheckRole(RevisitAction.Hold, caller.Flow(revisit.PolicyVersion)) is { } forbidden)
        {
            return forbidden;
        }

        var attendees = body.Attendees ?? [];
        var ids = attendees.Select(a => a.PersonId).OfType<Guid>().ToList();
        var names = await store
            .People.AsNoTracking()
            .Where(p => ids.Contains(p.Id))
            .ToDictionaryAsync(p => p.Id, p => p.Name, cancellationToken);
        if (ids.Where(person => !names.ContainsKey(person)).Cast<Guid?>().FirstOrDefault() is { } missing)
        {
            return Refusal.ByRule("person-unknown", "P2.2.1", ["person"], Person.Writers).With("person", missing);
        }

        if (FindingRequest.CheckParts(body.Findings, policies.Version(revisit.PolicyVersion)) is { } unknown)
        {
            return unknown;
        }

        var project = await store.Projects.FirstAsync(p => p.Id == revisit.ProjectId, cancellationToken);
        var contact = await OwnerContact.OfAsync(project, store, cancellationToken);
        var record = new HeldRecord(
            body.On!.Value,
            body.Form!.Value,
            attendees
                .Select(a => new Attendee(
                    a.Seat!.Value,
                    a.PersonId,
                    a.PersonId is { } person ? names[person] : a.Name!,
                    string.IsNullOrWhiteSpace(a.SubstituteReason) ? null : a.SubstituteReason
                ))
                .ToList(),
            (body.Findings ?? []).Select(f => f.Finding(caller.Clock)).ToList(),
            body.OwnerRepresentative,
            string.IsNullOrWhiteSpace(body.OwnerOpinion) ? null : body.OwnerOpinion
        );
        return caller.Change(
            revisit,
            r => r.Hold(record, project, contact, caller.Flow(r.PolicyVersion)),
            r => RevisitView.From(r, caller)
        );
    }
}
