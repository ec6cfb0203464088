using System.Text.Json.Serialization;
using CustomerService.Records;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.RepairOrders.Features;

/// <summary>The owner accepts the repair, or refuses it.</summary>
internal static class RespondToRepair
{
    private const int MostPhotos = 20;

    private const string Description = """
        Rule P3.2.3: only after the quality department has passed it. The owner signs here by themselves, today, with
        `printedName`. Where they signed on paper, wrote, called or spoke on site, customer service takes their word
        down in `recorded`: who gave it, how, on which day; who took it down is kept with it. 409: not-inspected,
        not-signed, word-not-recorded, before-inspection, date-in-future, owner-not-told. A user may decide inside
        their own unit (`user`), with the owner told. Photos that are named (`photoIds`) stay from then on, with the
        round that they belong to. 400: photo-unknown.
        """;

    /// <param name="Opinion">The owner's opinion.</param>
    /// <param name="PrintedName">Name in print of the person who signs; for the owner.</param>
    /// <param name="Recorded">The owner's word as it was taken down; for customer service.</param>
    /// <param name="User">Where a user accepts or refuses inside their own unit.</param>
    /// <param name="PhotoIds">Photos among the order's files that show what is meant, at most 20.</param>
    internal sealed record Request(
        string Opinion,
        string? PrintedName = null,
        RecordedRequest? Recorded = null,
        UserRequest? User = null,
        IReadOnlyList<Guid>? PhotoIds = null
    )
    {
        internal OwnerDecision Decision =>
            new(
                Opinion,
                PrintedName,
                Recorded is { } word ? new(word.By, word.How, word.On) : null,
                User is { } user ? new(user.Name, user.Place, user.OwnerToldOn, user.OwnerToldBy) : null
            )
            {
                Photos = [.. (PhotoIds ?? []).Distinct()],
            };
    }

    /// <param name="By">Name of the person who gave it for the owner.</param>
    /// <param name="How">How it reached the company.</param>
    /// <param name="On">The day on which it was given, company time zone.</param>
    internal sealed record RecordedRequest(
        string By,
        [property: JsonRequired] WordBy How,
        [property: JsonRequired] DateOnly On
    );

    /// <param name="Name">The user.</param>
    /// <param name="Place">Their unit of the building.</param>
    /// <param name="OwnerToldOn">The day on which the owner was told.</param>
    /// <param name="OwnerToldBy">How.</param>
    internal sealed record UserRequest(
        string Name,
        string Place,
        DateOnly? OwnerToldOn = null,
        WordBy? OwnerToldBy = null
    );

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Opinion).RequiredText();
            RuleFor(r => r.PrintedName).OptionalText(TextLength.Line);
            RuleFor(r => r.Recorded)
                .ChildRules(word => word.RuleFor(w => w!.By).RequiredText(TextLength.Line))
                .When(r => r.Recorded is not null);
            RuleFor(r => r.User)
                .ChildRules(user =>
                {
                    user.RuleFor(u => u!.Name).RequiredText(TextLength.Line);
                    user.RuleFor(u => u!.Place).RequiredText(TextLength.Line);
                })
                .When(r => r.User is not null);
            RuleFor(r => r.PhotoIds).AtMost(MostPhotos);
            RuleForEach(r => r.PhotoIds).NotEqual(Guid.Empty);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/repair-orders/{id:guid}/accept", AcceptRepair)
            .AsCommand()
            .WithSummary("The owner accepts the repair, gives an opinion and signs")
            .WithDescription(Description)
            .WithExample(new Request("滿意", "王先生"))
            .Produces<RepairOrderView>();
        routes
            .MapPost("/repair-orders/{id:guid}/refuse", RefuseRepair)
            .AsCommand()
            .WithSummary("The owner refuses the repair and says why; the work goes back to repair")
            .WithDescription(Description + " The refusal is counted.")
            .WithExample(
                new Request("仍有水漬", "王先生", PhotoIds: [Guid.Parse("0198c0de-0000-7000-8000-000000000001")])
            )
            .Produces<RepairOrderView>();
    }

    private static Task<CommandResult> AcceptRepair(
        Guid id,
        Request body,
        RepairsDb db,
        Files files,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.RepairOrders.VisibleTo(caller.Actor),
            id,
            async (order, context) =>
                order.Accept(context, body.Decision)
                ?? await files.HoldPhotosAsync(context, order, body.Decision.Photos, cancellation),
            RepairOrderView.From,
            cancellation
        );

    private static Task<CommandResult> RefuseRepair(
        Guid id,
        Request body,
        RepairsDb db,
        Files files,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.RepairOrders.VisibleTo(caller.Actor),
            id,
            async (order, context) =>
                order.Refuse(context, body.Decision)
                ?? await files.HoldPhotosAsync(context, order, body.Decision.Photos, cancellation),
            RepairOrderView.From,
            cancellation
        );
}
