using CustomerService.Repairs.Data;
using CustomerService.Repairs.Returns.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.Returns.Features;

/// <summary>One step with the red copies of many slips (C5.1.5), with a result a line.</summary>
internal static class ActOnReturns
{
    private const int Most = 200;

    /// <summary>Steps that can be taken with many.</summary>
    internal enum BulkAction
    {
        CollectSlip,
        SignSlip,
    }

    /// <param name="Action">The step.</param>
    /// <param name="ReturnIds">The returns and exchanges.</param>
    /// <param name="PrintedName">Name in print, to sign.</param>
    /// <param name="Note">Remark, to collect.</param>
    internal sealed record Request(
        BulkAction? Action,
        IReadOnlyList<Guid> ReturnIds,
        string? PrintedName = null,
        string? Note = null
    );

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Action).NotNull();
            RuleFor(r => r.ReturnIds).NotEmpty().AtMost(Most);
            RuleFor(r => r.PrintedName!).RequiredText(TextLength.Line).When(r => r.Action == BulkAction.SignSlip);
            RuleFor(r => r.Note).OptionalText();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/return-case-steps", Handle)
            .AsCommand()
            .ForRoles(Roles.Staff)
            .WithSummary("Collects or signs the slips of many returns, with a result a line")
            .WithDescription(
                "Rule C5.1.5. Each line is judged as if it came alone; the refused ones name their rule and change nothing."
            )
            .WithExample(new Request(BulkAction.CollectSlip, [Guid.Parse("0198c0de-0000-7000-8000-000000000001")]))
            .Produces<BulkView>();

    private static Task<CommandResult> Handle(
        Request body,
        RepairsDb db,
        Bulk bulk,
        Caller caller,
        CancellationToken cancellation
    ) =>
        bulk.EachAsync(
            db.ReturnCases.VisibleTo(caller.Actor),
            [.. body.ReturnIds.Select(id => new BulkLineRequest(id, null))],
            one => one.Number,
            (one, context) =>
                Task.FromResult(
                    body.Action == BulkAction.SignSlip
                        ? one.SignSlip(context, body.PrintedName!)
                        : one.CollectSlip(context, body.Note)
                ),
            cancellation
        );
}
