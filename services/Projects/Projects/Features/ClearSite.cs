using CustomerService.Projects.Data;
using CustomerService.Projects.Projects.Domain;
using CustomerService.Records;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Projects.Features;

internal static class ClearSite
{
    /// <param name="On">The day on which the site was cleared.</param>
    /// <param name="LandReturned">Whether occupied land was returned to the owner.</param>
    /// <param name="Retained">Named repair staff and materials that stay, each with the reason.</param>
    /// <param name="Remarks">Further words.</param>
    /// <param name="Photos">Pictures among the files of the project that show the cleared site.</param>
    /// <param name="Restoration">How the ground was restored (恢復).</param>
    internal sealed record Request(
        DateOnly? On,
        bool? LandReturned,
        IReadOnlyList<RetainedRequest>? Retained = null,
        string? Remarks = null,
        IReadOnlyList<Guid>? Photos = null,
        RestorationRequest? Restoration = null
    );

    /// <param name="What">What was done.</param>
    /// <param name="Photos">Pictures among the files of the project that show it.</param>
    /// <param name="Word">The owner's word, where there are no pictures.</param>
    internal sealed record RestorationRequest(
        string What,
        IReadOnlyList<Guid>? Photos = null,
        OwnerWordRequest? Word = null
    );

    /// <param name="By">Who said so for the owner, in print.</param>
    /// <param name="On">When.</param>
    internal sealed record OwnerWordRequest(string By, DateOnly? On);

    /// <param name="Kind">staff or material.</param>
    /// <param name="What">Who or what.</param>
    /// <param name="Why">The reason.</param>
    internal sealed record RetainedRequest(RetainedKind? Kind, string What, string Why);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.On).NotNull();
            RuleFor(r => r.LandReturned).NotNull();
            RuleFor(r => r.Remarks).OptionalText();
            RuleFor(r => r.Photos).AtMost(100);
            RuleFor(r => r.Restoration!)
                .ChildRules(restoration =>
                {
                    restoration.RuleFor(s => s.What).RequiredText();
                    restoration.RuleFor(s => s.Photos).AtMost(100);
                    restoration
                        .RuleFor(s => s.Word!)
                        .ChildRules(word =>
                        {
                            word.RuleFor(w => w.By).RequiredText(100);
                            word.RuleFor(w => w.On).NotNull();
                        })
                        .When(s => s.Word is not null);
                })
                .When(r => r.Restoration is not null);
            RuleForEach(r => r.Retained)
                .ChildRules(item =>
                {
                    item.RuleFor(s => s.Kind).NotNull();
                    item.RuleFor(s => s.What).RequiredText(TextLength.Line);
                    item.RuleFor(s => s.Why).RequiredText(500);
                });
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/projects/{id:guid}/clear-site", Handle)
            .AsCommand()
            .WithSummary("Records that the site was cleared (撤場), the ground restored (恢復) and the land returned")
            .WithDescription(
                """
                Rule P1. What stays is named with its reason. `photos`: pictures among the files of the project, which stay from then on. The
                restoration of the ground is shown by photos or by the owner's word (restoration-not-shown). Refused
                (409): photo-unknown, land-not-returned, clearance-before-acceptance, date-in-future, already-cleared.
                Event projects.project.site-cleared.v1.
                """
            )
            .WithExample(
                new Request(
                    new DateOnly(2024, 2, 8),
                    true,
                    [new RetainedRequest(RetainedKind.Staff, "維修班 3 人", "外牆整改")],
                    Restoration: new("臨時道路拆除，綠地復原", Word: new("王建國", new DateOnly(2024, 2, 8)))
                )
            )
            .Produces<ProjectView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        ProjectsDb db,
        Files files,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Projects.VisibleTo(caller.Actor),
            id,
            async (project, context) =>
            {
                var photos = (body.Photos ?? []).Distinct().ToList();
                var restoration = body.Restoration is { } restored
                    ? new Restoration(
                        restored.What,
                        [.. (restored.Photos ?? []).Distinct()],
                        restored.Word is { } word ? new(word.By, word.On!.Value) : null
                    )
                    : null;
                var shown = photos.Concat(restoration?.Photos ?? []).ToList();
                var pictures = await files.HoldAsync(context, id, shown, file => file.IsPicture, cancellation);
                var retained = (body.Retained ?? []).Select(s => new RetainedItem(s.Kind!.Value, s.What, s.Why));
                return project.ClearSite(
                    context,
                    new(body.On!.Value, body.LandReturned!.Value, [.. retained], body.Remarks, photos, restoration),
                    pictures
                );
            },
            ProjectView.From,
            cancellation
        );
}
