using CustomerService.Projects.Domain;
using CustomerService.Rules;

namespace CustomerService.Projects.Features;

/// <summary>Who sees what: staff and other systems everything, a customer what belongs to its own organisation,
/// others nothing.</summary>
internal static class Visibility
{
    public static bool SeesAll(this Actor actor) => actor.HasAny(Roles.Staff) || actor.Has(Roles.System);

    public static IQueryable<Project> VisibleTo(this IQueryable<Project> projects, Actor actor)
    {
        if (actor.SeesAll())
        {
            return projects;
        }

        var owner = OwnerOf(actor);
        return projects.Where(p => p.OwnerId == owner);
    }

    /// <summary>The same for what was read already.</summary>
    public static bool SeesWhatBelongsTo(this Actor actor, Guid owner) => actor.SeesAll() || owner == OwnerOf(actor);

    public static IQueryable<Revisit> VisibleTo(this IQueryable<Revisit> revisits, Actor actor)
    {
        if (actor.SeesAll())
        {
            return revisits;
        }

        var owner = OwnerOf(actor);
        return revisits.Where(r => r.OwnerId == owner);
    }

    public static IQueryable<Attachment> VisibleTo(this IQueryable<Attachment> attachments, Actor actor)
    {
        if (actor.SeesAll())
        {
            return attachments;
        }

        var owner = OwnerOf(actor);
        return attachments.Where(a => a.OwnerId == owner);
    }

    public static IQueryable<Organisation> VisibleTo(this IQueryable<Organisation> organisations, Actor actor)
    {
        if (actor.SeesAll())
        {
            return organisations;
        }

        var own = OwnerOf(actor);
        return organisations.Where(o => o.Id == own);
    }

    // The staff register is the company's own.
    public static IQueryable<Person> VisibleTo(this IQueryable<Person> people, Actor actor) =>
        actor.SeesAll() ? people : people.Where(_ => false);

    private static Guid OwnerOf(Actor actor) =>
        actor.Has(Roles.Customer) ? actor.OrganisationId ?? Guid.Empty : Guid.Empty;

    /// <summary>Those that one has made; an administrator's are all.</summary>
    internal static IQueryable<CalendarFeed> MadeBy(this IQueryable<CalendarFeed> feeds, Actor actor) =>
        actor.Has(Roles.Administrator) ? feeds : feeds.Where(f => f.CreatedBy == actor.Id);
}
