using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Data;
using CustomerService.Surveys.Domain;

namespace CustomerService.Surveys.Features;

/// <summary>Forms FM006 that came back, one and many (C5.8.3, C5.9).</summary>
internal static class ReadForms
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/recovered-forms/{id:guid}", One)
            .WithSummary("A recovered form FM006")
            .WithDescription("Rule C5.8.3. Staff see all, a customer those of the own organisation.")
            .Produces<FormView>()
            .ProducesProblem(StatusCodes.Status404NotFound, Problems.ContentType);
        routes
            .MapGet("/recovered-forms", Many)
            .WithSummary("Recovered forms, newest first")
            .WithDescription(
                "Rule C5.9. Filters: kind (A to D), verdict (content, warning, complaint), customerId, department, invitationId, from and to (day of recovery, inclusive). Pages: after, limit (1 to 200, default 50)."
            )
            .Produces<Page<FormView>>()
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
        var form = await store.FindFormAsync(id, cancellationToken);
        return form is not null && caller.Actor.Sees(form.CustomerId)
            ? ETags.Representation(context, FormView.From(form, caller), form.Version)
            : ETags.Representation(context, null, 0);
    }

    private static async Task<IResult> Many(
        HttpContext context,
        ISurveyStore store,
        Caller caller,
        string? kind,
        string? verdict,
        Guid? customerId,
        string? department,
        Guid? invitationId,
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

        if (!Filters.TryValue<Verdict>(verdict, out var wanted))
        {
            return Problems.Result(context, Filters.Bad("verdict"));
        }

        var (any, customer) = caller.Actor.Narrow(customerId);
        var found = any
            ? await store.ListAsync(
                new FormFilter(customer, survey, wanted, department, invitationId, from, to),
                page!,
                cancellationToken
            )
            : [];
        return Results.Json(page!.Cut(found, f => f.Id, f => FormView.From(f, caller)), Json.Options);
    }
}
