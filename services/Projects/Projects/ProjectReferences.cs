using CustomerService.Projects.Data;
using CustomerService.Projects.Projects.Domain;
using CustomerService.Registry;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Projects;

/// <summary>What of this service refers to organisations and people, and moves when they are merged (S4).</summary>
internal sealed class ProjectReferences(ProjectsDb db, Caller caller) : IMoveReferences
{
    private const string ProjectOwner = "project/owner";
    private const string ProjectSubcontractor = "project/subcontractor";
    private const string RevisitOwner = "revisit/owner";
    private const string FeedPerson = "calendar-feed/person";
    private const string PersonAssignment = "person/assignment";

    public async Task<IReadOnlyList<RecordReference>> MoveOrganisationAsync(
        ReferenceMove move,
        CancellationToken cancellation
    )
    {
        var moved = new List<RecordReference>();
        var (from, to) = (move.From, move.To);
        var projects = await move.Limit(db.Projects.Where(p => p.OwnerId == from), ProjectOwner)
            .ToListAsync(cancellation);
        foreach (var project in projects)
        {
            project.MoveOwner(caller.Context(project), to.Id, to.Name);
            moved.Add(new(ProjectOwner, project.Id));
        }

        foreach (var project in await WithSubcontractorAsync(move, cancellation))
        {
            project.MoveSubcontractor(caller.Context(project), from, to.Id, to.Name);
            moved.Add(new(ProjectSubcontractor, project.Id));
        }

        var revisits = await move.Limit(db.Revisits.Where(r => r.OwnerId == from), RevisitOwner)
            .ToListAsync(cancellation);
        foreach (var revisit in revisits)
        {
            revisit.MoveOwner(caller.Context(revisit), to.Id, to.Name);
            moved.Add(new(RevisitOwner, revisit.Id));
        }

        return moved;
    }

    public async Task<IReadOnlyList<RecordReference>> MovePersonAsync(
        ReferenceMove move,
        CancellationToken cancellation
    )
    {
        var moved = new List<RecordReference>();
        var (from, to) = (move.From, move.To);
        foreach (var project in await db.Projects.Where(p => p.TeamIds.Contains(from)).ToListAsync(cancellation))
        {
            var seats = project
                .Team.SeatsOf(from)
                .Where(seat => move.Only?.Contains(new(InTeam(seat), project.Id)) != false)
                .ToHashSet();
            if (seats.Count > 0)
            {
                project.MovePerson(caller.Context(project), seats, new(to.Id, to.Name));
                moved.AddRange(seats.Select(seat => new RecordReference(InTeam(seat), project.Id)));
            }
        }

        var feeds = await move.Limit(db.CalendarFeeds.Where(f => f.PersonId == from), FeedPerson)
            .ToListAsync(cancellation);
        foreach (var feed in feeds)
        {
            feed.MovePerson(caller.Context(feed), to.Id, to.Name);
            moved.Add(new(FeedPerson, feed.Id));
        }

        var (source, target) = (
            await db.People.FindAsync([from], cancellation),
            await db.People.FindAsync([to.Id], cancellation)
        );
        if (source is not null && target is not null)
        {
            // The record that was merged keeps its assignments as its history; the other one has them, too, meanwhile.
            var projects = move.OnlyOf(PersonAssignment) is { } only
                ? source.GiveBack(caller.Context(source), only, to.Name)
                : target.TakeOver(caller.Context(target), source);
            moved.AddRange(projects.Select(project => new RecordReference(PersonAssignment, project)));
        }

        return moved;
    }

    private static string InTeam(TeamSeat seat) => "project/" + seat.ToKebab();

    // Packages are one column.
    private async Task<IReadOnlyList<Project>> WithSubcontractorAsync(
        ReferenceMove move,
        CancellationToken cancellation
    ) =>
        await move.Limit(await db.WithSubcontractorAsync(move.From, cancellation), ProjectSubcontractor)
            .ToListAsync(cancellation);
}
