using CustomerService.Complaints.Capas;
using CustomerService.Complaints.Codes;
using CustomerService.Complaints.Codes.Domain;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.Complaints.Features;

internal static class AssessComplaint
{
    /// <param name="Safety">People can be harmed.</param>
    /// <param name="ProductModel">The model, where it was not known before.</param>
    /// <param name="FaultCode">What is wrong with the product, as a code.</param>
    /// <param name="Cost">What it costs the company, in yuan, as far as is known.</param>
    /// <param name="Note">On what it rests.</param>
    internal sealed record Request(bool? Safety, string? ProductModel, string? FaultCode, decimal? Cost, string Note);

    internal sealed class Validator : AbstractValidator<Request>
    {
        private const decimal HighestCost = 1_000_000_000m;

        public Validator()
        {
            RuleFor(r => r.Safety).NotNull();
            RuleFor(r => r.ProductModel).OptionalText(TextLength.Line);
            RuleFor(r => r.FaultCode).OptionalCode();
            RuleFor(r => r.Cost).Must(IsCost).WithErrorCode("cost-range");
            RuleFor(r => r.Note).RequiredText();
        }

        private static bool IsCost(decimal? cost) =>
            cost is null || (cost is >= 0 and <= HighestCost && decimal.Round(cost.Value, 2) == cost);
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/complaints/{id:guid}/assess", Handle)
            .AsCommand()
            .WithSummary("Say whether it is a matter of safety, which fault it is and what it costs")
            .WithDescription(
                """
                Rule C5.5.2; customer service or QC. A matter of safety, the same model and fault with so many customers
                within so many days, or a cost above the policy's limit (`complaints.majorProblem`) make it a major
                quality problem, like severity `critical`: the head of QC reports it and the department heads meet. A
                later assessment takes the place of the one before.
                """
            )
            .WithExample(new Request(false, "M-200", "E-07", 12_500m, "第三家客戶反映相同故障。"))
            .Produces<ComplaintView>();

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        ComplaintsDb db,
        CodeCatalogue codes,
        EffectMeasurement measurement,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Complaints.VisibleTo(caller.Actor),
            id,
            async (complaint, context) =>
            {
                var assessment = new Assessment(
                    body.Safety!.Value,
                    body.FaultCode,
                    body.Cost,
                    body.Note,
                    Stamp.Of(context)
                );
                if (
                    (
                        complaint.Assess(context, assessment, body.ProductModel)
                        ?? await codes.CheckAsync(CodeKind.Fault, body.FaultCode, cancellation)
                    ) is
                    { } refusal
                )
                {
                    return refusal;
                }

                await measurement.FaultKnownAsync(complaint, cancellation);
                return null;
            },
            ComplaintView.From,
            cancellation
        );
}
