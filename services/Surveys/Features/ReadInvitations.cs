using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Data;
using CustomerService.Surveys.Domain;

namespace CustomerService.Surveys.Features;

/// <summary>Invitations, one and many (C5.8.2).</summary>
internal static class ReadInvitations
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/invitations/{id:guid}", One)
            .WithSummary("An invitation")
            .WithDescription(
                "Rule C5.8.2. Staff see all, a customer those of the own organisation. The link is not shown: only its hash is stored."
            )
            .Produces<InvitationView>()
            .ProducesProblem(StatusCodes.Status404NotFound, Problems.ContentType);
        routes
            .MapGet("/invitations", Many)
            .WithSummary("Invitations, newest first")
            .WithDescription(
                "Filters: kind (A to D), state (sent, opened, answered, expired, withdrawn), customerId, department, sourceId, from and to (day of sending, inclusive). Pages: after, limit (1 to 200, default 50)."
            )
            .Produces<Page<InvitationView>>()
            .ProducesProblem(StatusCodes.Status400BadRequest, Problems.ContentType);
    }

    private static async Task<IResult> One(
        Guid id,
        HttpContext context,
        ISurveyStore store,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var invitation = await store.FindInvitationAsync(id, cancellationToken);
        return invitation is not null && caller.Actor.Sees(invitation.CustomerId)
            ? ETags.Representation(context, InvitationView.From(invitation, caller), invitation.Version)
            : ETags.Representation(context, null, 0);
    }

    private static async Task<IResult> Many(
        HttpContext context,
        ISurveyStore store,
        Caller caller,
        string? kind,
        string? state,
        Guid? customerId,
        string? department,
        Guid? sourceId,
        DateOnly? from,
        DateOnly? to,
        string? after,
        int? limit,
        CancellationToken cancellationToken
    )
    {
        var (page, refusal) = PageRequest.Read(after, limit);
        if (refusal is not null)
        {
            return Problems.Result(context, refusal);
        }

        if (!Filters.TryKind(kind, out var survey))
        {
            return Problems.Result(context, Filters.Bad("kind"));
        }

        if (!Filters.TryValue<InvitationState>(state, out var wanted))
        {
            return Problems.Result(context, Filters.Bad("state"));
        }

        var (any, customer) = caller.Actor.Narrow(customerId);
        var found = any
            ? await store.ListAsync(
                new InvitationFilter(customer, survey, wanted, department, sourceId, from, to),
                page!,
                cancellationToken
            )
            : [];
        return Results.Json(page!.Cut(found, i => i.Id, i => InvitationView.From(i, caller)), Json.Options);
    }
}
