using CustomerService.Messaging;
using CustomerService.Projects.CalendarFeeds.Domain;
using CustomerService.Projects.Data;
using CustomerService.Projects.People;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.CalendarFeeds.Features;

internal static class CreateCalendarFeed
{
    /// <param name="PersonId">Revisits of the projects in whose team this person is.</param>
    /// <param name="Department">Revisits of the projects in whose team people of this department are; for
    /// production all.</param>
    internal sealed record Request(Guid? PersonId, string? Department = null);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Department).MaximumLength(TextLength.Code);
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
            .ForRolesBy("P3.3", "create", Roles.Staff)
            .WithSummary("Makes a calendar feed (iCalendar) of the revisits of a person or a department")
            .WithDescription(
                """
                Rule P2.1.1. Calendar programs cannot sign in: the answer's `path` holds a secret and is told this once,
                also under an Idempotency-Key. A feed whose address was lost or has leaked is revoked.
                """
            )
            .WithExample(new Request(null, "production"))
            .Produces<CalendarFeedView>(StatusCodes.Status201Created);

    private static async Task<CommandResult> Handle(
        Request body,
        ProjectsDb db,
        IAccounts accounts,
        Caller caller,
        CancellationToken cancellation
    )
    {
        // Their token may count a moment longer than their account, and the feed would need none.
        var account = caller.Actor.Id;
        await db.LockSharedAsync(CalendarFeed.LockOf(account), cancellation);
        if (
            Guid.TryParse(account, out var user)
            && await accounts.FindAsync(user, cancellation) is { } known
            && !(known.Active && known.Roles.Intersect(Roles.Staff, StringComparer.Ordinal).Any())
        )
        {
            return Refusal.RoleMissing("P3.3", Roles.Staff).With("action", "create");
        }

        var person = body.PersonId is { } id
            ? await db.People.VisibleTo(caller.Actor).FirstOrDefaultAsync(p => p.Id == id, cancellation)
            : null;
        if (body.PersonId is not null && person is null)
        {
            return CommandResult.NotFound();
        }

        var secret = SecretLink.New();
        var department = person is null ? body.Department : null;
        var result = CalendarFeed.Create(caller.Context(), person, department, secret.Hash);
        var answer = caller.Create(
            db,
            "calendar-feeds",
            result,
            (feed, _) => CalendarFeedView.From(feed, caller, CalendarFeedView.PathOf(secret.Token))
        );
        return result.Failed(out _, out var created)
            ? answer
            : answer.ButRemember(() => CalendarFeedView.From(created, caller));
    }
}
