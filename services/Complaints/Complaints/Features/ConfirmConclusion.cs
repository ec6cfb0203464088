using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Records;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.Complaints.Features;

internal static class ConfirmConclusion
{
    private const int MostScans = 20;

    /// <param name="ConfirmedBy">Printed name of who confirmed; a customer's own by default.</param>
    /// <param name="Opinion">What the customer said.</param>
    /// <param name="Method">How somebody confirmed to staff: <c>phone</c>, <c>letter</c>, <c>mail</c>, <c>on-site</c>,
    /// <c>signed</c>.</param>
    /// <param name="On">When; today by default.</param>
    /// <param name="Scans">Files of the complaint that show the signature.</param>
    internal sealed record Request(
        string? ConfirmedBy,
        string? Opinion,
        ConfirmationChannel? Method = null,
        DateOnly? On = null,
        IReadOnlyList<Guid>? Scans = null
    );

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.ConfirmedBy).OptionalText(TextLength.Line);
            RuleFor(r => r.Opinion).OptionalText();
            RuleFor(r => r.Scans).AtMost(MostScans);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/complaints/{id:guid}/confirm", Handle)
            .AsCommand()
            .WithSummary("The customer confirms the conclusion")
            .WithDescription(
                """
                Rule C5.6.1; the customer on the portal, or customer service and sales for a named person (else 409
                `confirmed-by-missing`), 簽章或記錄: with scans of the signature (`signed`), or with the opinion and how it was given
                (else 409 `confirmation-unproven`). 409 `confirmation-scan-unknown`, `confirmation-day-impossible`,
                `customer-anonymous`.
                """
            )
            .WithExample(new Request("王小姐", "已修復，滿意。", ConfirmationChannel.Phone, new DateOnly(2026, 12, 18)))
            .Produces<ComplaintView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        ComplaintsDb db,
        Files files,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Complaints.VisibleTo(caller.Actor),
            id,
            async (complaint, context) =>
            {
                // What a customer says needs no proof.
                if (!caller.IsStaff || body.Method is not { } method)
                {
                    return complaint.Confirm(context, body.ConfirmedBy, body.Opinion);
                }

                var named = body.Scans?.Distinct().ToList() ?? [];
                var scans = await files.HoldAsync(context, id, named, null, cancellation);
                return complaint.Confirm(
                    context,
                    body.ConfirmedBy,
                    body.Opinion,
                    new(method, body.On ?? context.Today) { Scans = named },
                    allScansAreHere: scans.Count == named.Count
                );
            },
            ComplaintView.From,
            cancellation
        );
}
