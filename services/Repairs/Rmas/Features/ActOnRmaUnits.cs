using CustomerService.Messaging;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.Rmas.Features;

/// <summary>One step for many units, with a result a line: what is refused does not hold up the others.</summary>
internal static class ActOnRmaUnits
{
    private const int Most = 500;

    /// <summary>Steps that can be taken with many.</summary>
    internal enum BulkAction
    {
        HandOver,
        StartRepair,
        ReceiveOriginal,
        Annotate,
        PassQc,
        MoveTo,

        /// <summary>Gives them to a person (S2).</summary>
        AssignTo,
    }

    /// <param name="Action">The step.</param>
    /// <param name="UnitIds">The units.</param>
    /// <param name="PrintedName">Name in print, to annotate.</param>
    /// <param name="Opinion">Opinion, to pass.</param>
    /// <param name="Place">Place, to move.</param>
    /// <param name="Note">For example the shelf, to move.</param>
    /// <param name="PersonId">Account of the person, to assign.</param>
    internal sealed record Request(
        BulkAction? Action,
        IReadOnlyList<Guid> UnitIds,
        string? PrintedName = null,
        string? Opinion = null,
        Place? Place = null,
        string? Note = null,
        Guid? PersonId = null
    );

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Action).NotNull();
            RuleFor(r => r.UnitIds).NotEmpty().AtMost(Most);
            RuleFor(r => r.PrintedName!).RequiredText(TextLength.Line).When(r => r.Action == BulkAction.Annotate);
            RuleFor(r => r.Opinion!).RequiredText().When(r => r.Action == BulkAction.PassQc);
            RuleFor(r => r.Place).NotNull().When(r => r.Action == BulkAction.MoveTo);
            RuleFor(r => r.Note).OptionalText(TextLength.Line);
            RuleFor(r => r.PersonId).NotEmpty().When(r => r.Action == BulkAction.AssignTo);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/rma-unit-steps", Handle)
            .AsCommand()
            .ForRoles(Roles.Staff)
            .WithSummary("Takes one step with many units, with a result a line")
            .WithDescription(
                "Rules C3.1.1, C5.1.1, C5.1.1.1, C5.1.2, S2. Each line is judged as if it came alone; the refused ones name their "
                    + "rule and change nothing."
            )
            .WithExample(new Request(BulkAction.HandOver, [Guid.Parse("0198c0de-0000-7000-8000-000000000001")]))
            .Produces<BulkView>();

    private static async Task<CommandResult> Handle(
        Request body,
        RepairsDb db,
        IAccounts accounts,
        Bulk bulk,
        Caller caller,
        CancellationToken cancellation
    )
    {
        var person = body is { Action: BulkAction.AssignTo, PersonId: { } id }
            ? await accounts.FindAsync(id, cancellation)
            : null;
        if (body.Action == BulkAction.AssignTo && person is not { Active: true })
        {
            return Refusal.ByRule("account-unknown", "S3", ["account"], Roles.Administrator);
        }

        return await bulk.EachAsync(
            db.RmaUnits.VisibleTo(caller.Actor),
            [.. body.UnitIds.Select(unit => new BulkLineRequest(unit, null))],
            unit => unit.Number,
            (unit, context) => Task.FromResult(Take(unit, context, body, person?.ToActor())),
            cancellation
        );
    }

    private static Refusal? Take(RmaUnit unit, CommandContext context, Request body, Actor? person) =>
        body.Action!.Value switch
        {
            BulkAction.HandOver => unit.HandOver(context),
            BulkAction.StartRepair => unit.StartRepair(context),
            BulkAction.ReceiveOriginal => unit.ReceiveOriginal(context),
            BulkAction.Annotate => unit.Annotate(context, body.PrintedName!),
            BulkAction.AssignTo => unit.Assign(context, person),
            BulkAction.PassQc => unit.PassQc(context, body.Opinion!),
            _ => unit.MoveTo(context, body.Place!.Value, body.Note),
        };
}
