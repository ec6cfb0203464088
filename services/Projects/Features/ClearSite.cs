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
    internal sealed record Request(DateOnly? On, bool? LandReturned, IReadOnlyList<StayRequest>? Stays, string? Remarks);

    internal sealed record StayRequest(StayKind? Kind, string What, string Why);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.On).NotNull();
            RuleFor(r => r.LandReturned).NotNull();
            RuleFor(r => r.Remarks).MaximumLength(2000);
            RuleForEach(r => r.Stays).ChildRules(stay =>
            {
                stay.RuleFor(s => s.Kind).NotNull();
                stay.RuleFor(s => s.What).NotEmpty().MaximumLength(200);
                stay.RuleFor(s => s.Why).NotEmpty().MaximumLength(500);
            });
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/projects/{id:guid}/clear-site", Handle)
        .AsCommand()
        .WithTags("Projects")
        .WithSummary("Records that the site was cleared (撤場) and the land returned")
        .WithDescription("Rule P1. What stays is named with its reason. Refused (409): land-not-returned, clearance-before-acceptance, date-in-future, already-cleared. Event projects.project.site-cleared.v1.")
        .Produces<ProjectView>();

    private static async Task<CommandResult> Handle(Guid id, Request body, ProjectsDb store, Caller caller, PolicyCatalogue policies, CancellationToken cancellationToken)
    {
        var project = await store.Projects.VisibleTo(caller.Actor).FirstOrDefaultAsync(p => p.Id == id, cancellationToken);
        var clearance = new SiteClearance(
            body.On!.Value, body.LandReturned!.Value, (body.Stays ?? []).Select(s => new Stay(s.Kind!.Value, s.What, s.Why)).ToList(), body.Remarks);
        return caller.Change(project, p => p.ClearSite(clearance, caller.Flow(p.PolicyVersion)), p => ProjectView.From(p, policies.Version(p.PolicyVersion), caller));
    }
}
