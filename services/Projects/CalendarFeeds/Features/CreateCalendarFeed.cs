using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

/// <param name="Path">Address behind the gateway; told only at creation. Whoever has it can read the
/// calendar.</param>
internal sealed record CalendarFeedView(
    Guid Id,
    string State,
    long Version,
    Guid? PersonId,
    string? Department,
    string Title,
    string CreatedBy,
    DateTimeOffset? RevokedAt,
    string? Path
)
{
    public static CalendarFeedView From(CalendarFeed feed, string? secret = null) =>
        new(
            feed.Id,
            feed.RevokedAt is null ? "active" : "revoked",
            feed.Version,
            feed.PersonId,
            feed.Department,
            feed.Title,
            feed.CreatedBy,
            feed.RevokedAt,
            secret is null ? null : $"/api/projects/v1/calendar-feeds/{secret}.ics"
        );
}

internal static class CreateCalendarFeed
{
    /// <param name="PersonId">Revisits of the projects in whose team this person is.</param>
    /// <param name="Department">Revisits of the projects in whose team people of this department are; for
    /// production all.</param>
    internal sealed record Request(Guid? PersonId, string? Department);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Department).MaximumLength(60);
            RuleFor(r => r)
                .Must(r => r.PersonId is null != string.IsNullOrWhiteSpace(r.Department))
                .OverridePropertyName("personId")
                .WithErrorCode("person-or-department");
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/calendar-feeds", Handle)
            .AsCommand()
            .WithTags("Calendar")
            .WithSummary("Makes a calendar feed (iCalendar) of the revisits of a person or a department")
            .WithDescription(
                "Rule P2.1.1. Calendar programs cannot sign in: the answer's `path` holds a secret and is told this once, also under an Idempotency-Key: who did not get it finds the feed in the list, revokes it and makes another. Revoke the feed when the address has leaked."
            )
            .Produces<CalendarFeedView>(StatusCodes.Status201Created);

    private static async Task<CommandResult> Handle(
        Request body,
        ProjectsDb store,
        Caller caller,
        PolicyCatalogue policies,
        CancellationToken cancellationToken
    )
    {
        var person = body.PersonId is { } id
            ? await store
                .People.AsNoTracking()
                .VisibleTo(caller.Actor)
                .FirstOrDefaultAsync(p => p.Id == id, cancellationToken)
            : null;
        if (body.PersonId is not null && person is null)
        {
            return CommandResult.NotFound();
        }

        if (
            CalendarFeed.Create(
                person,
                person is null ? body.Department : null,
                caller.Flow(policies.At(caller.Today).Version),
                out var feed,
                out var secret
            ) is
            { } refusal
        )
        {
            return refusal;
        }

        store.Add(feed);
        return CommandResult.Created(
            $"/api/projects/v1/calendar-feeds/{feed.Id}",
            CalendarFeedView.From(feed, secret),
            CalendarFeedView.From(feed),
            feed.Version
        );
    }
}
