using CustomerService.Repairs.Data;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.RepairOrders.Features;

internal static class DrawLessons
{
    internal sealed record Request
    {
        public required FaultLiability Liability { get; init; }

        public required FaultCause CauseCode { get; init; }

        /// <summary>Whether quality calls the fault systemic; default no.</summary>
        public bool? Systemic { get; init; }

        /// <summary>The main cause.</summary>
        public required string Cause { get; init; }

        public string? Lesson { get; init; }

        public string? CorrectiveMeasure { get; init; }

        public string? Countermeasure { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Cause).RequiredText();
            RuleFor(r => r.Lesson).OptionalText();
            RuleFor(r => r.CorrectiveMeasure).OptionalText();
            RuleFor(r => r.Countermeasure).OptionalText();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/repair-orders/{id:guid}/draw-lessons", Handle)
            .AsCommand()
            .WithSummary("Liability, cause, lesson, corrective measure and countermeasure")
            .WithDescription(
                """
                Rule P2.2.3, from the analysis until the record is returned, which it is not without; an order of a
                revisit has them in the revisit's file. A construction fault (contractor, subcontractor) needs all four
                texts. Only quality calls a fault systemic. A CAPA is asked for where it is, or where part and cause recur
                twice in the project or in three projects within 12 months (policy): `capaGround`. 409: texts-missing,
                systemic-by-quality.
                """
            )
            .WithExample(
                new Request
                {
                    Liability = FaultLiability.Subcontractor,
                    CauseCode = FaultCause.Jointing,
                    Cause = "收頭未壓條",
                    Lesson = "節點隱蔽前未驗收",
                    CorrectiveMeasure = "加壓條並補做附加層",
                    Countermeasure = "節點列為停止點，驗收後方可覆蓋",
                }
            )
            .Produces<RepairOrderView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        RepairsDb db,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.RepairOrders.VisibleTo(caller.Actor),
            id,
            async (order, context) =>
                order.DrawLessons(
                    context,
                    new FaultLessons(
                        body.Liability,
                        body.CauseCode,
                        body.Systemic ?? false,
                        body.Cause,
                        body.Lesson,
                        body.CorrectiveMeasure,
                        body.Countermeasure,
                        Stamp.Of(context)
                    ),
                    await db.CountFaultsAsync(order, body.CauseCode, context, cancellation)
                ),
            RepairOrderView.From,
            cancellation
        );
}
