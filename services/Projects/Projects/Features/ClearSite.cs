using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

internal static class ClearSite
{
    /// <param name="On">The day on which the site was cleared.</param>
    /// <param name="LandReturned">Whether occupied land was returned to the owner.</param>
    /// <param name="Stays">Named repair staff and materials that stay, each with the reason.</param>
    /// <param name="Photos">Pictures attached to the project that show the cleared site.</param>
    internal sealed record Request(
        DateOnly? On,
        bool? LandReturned,
        IReadOnlyList<StayRequest>? Stays,
        string? Remarks,
        IReadOnlyList<Guid>? Photos
    );

    internal sealed record StayRequest(StayKind? Kind, string What, string Why);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.On).NotNull();
            RuleFor(r => r.LandReturned).NotNull();
            RuleFor(r => r.Remarks).MaximumLength(2000);
            RuleFor(r => r.Photos).Must(p => p is null || p.Count <= 100);
            RuleForEach(r => r.Stays)
                .ChildRules(stay =>
                {
                    stay.RuleFor(s => s.Kind).NotNull();
                    stay.RuleFor(s => s.What).NotEmpty().MaximumLength(200);
                    stay.RuleFor(s => s.Why).NotEmpty().MaximumLength(500);
                });
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/projects/{id:guid}/clear-site", Handle)
            .AsCommand()
            .WithTags("Projects")
            .WithSummary("Records that the site was cleared (撤場) and the land returned")
            .WithDescription(
                "Rule P1. What stays is named with its reason. `photos`: pictures attached to the project before. Refused (409): photo-unknown, land-not-returned, clearance-before-acceptance, date-in-future, already-cleared. Event projects.project.site-cleared.v1."
            )
            .Produces<ProjectView>();

    private static async Task<CommandResult> Handle(
        Guid id,
        Request body,
        ProjectsDb store,
        Caller caller,
        PolicyCatalogue policies,
        CancellationToken cancellationToken
    )
    {
        var project = await store
            .Projects.VisibleTo(caller.Actor)
            .FirstOrDefaultAsync(p => p.Id == id, cancellationToken);
        if (caller.Precondition(project) is { } failed)
        {
            return failed;
        }

        var photos = (body.Photos ?? []).Distinct().ToList();
        var known = await store
            .Attachments.Where(a => photos.Contains(a.Id) && a.SubjectId == id && a.ContentType.StartsWith("image/"))
            .Select(a => a.Id)
            .ToListAsync(cancellationToken);
        var foreign = photos.Except(known).Select(p => (Guid?)p).FirstOrDefault();
        var clearance = new SiteClearance(
            body.On!.Value,
            body.LandReturned!.Value,
            (body.Stays ?? []).Select(s => new Stay(s.Kind!.Value, s.What, s.Why)).ToList(),
            body.Remarks,
            photos
        );
        // Who may not clear is told that, and nothing about pictures.
        return caller.Change(
            project,
            p =>
                foreign is { } photo && p.AllowedActions(caller.Flow(p.PolicyVersion)).Contains("clear-site")
                    ? Refusal.ByRule("photo-unknown", "P1", ["photo"], Attachment.Writers).With("photo", photo)
                    : p.ClearSite(clearance, caller.Flow(p.PolicyVersion)),
            p => ProjectView.From(p, policies.Version(p.PolicyVersion), caller)
        );
    }
}
