using CustomerService.Projects.Attachments.Domain;
using CustomerService.Projects.Organisations.Domain;
using CustomerService.Rules;

namespace CustomerService.Projects.Attachments;

/// <summary>Staff and other systems see all files, a customer those of its own projects.</summary>
internal static class AttachmentAccess
{
    public static IQueryable<Attachment> VisibleTo(this IQueryable<Attachment> attachments, Actor actor)
    {
        if (actor.SeesAll())
        {
            return attachments;
        }

        var own = actor.OwnOrganisation();
        return attachments.Where(a => a.OwnerId == own);
    }
}
