using CustomerService.Repairs.Rmas.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.Rmas.Features;

/// <summary>A line of a count as the customer confirms it.</summary>
/// <param name="Quantity">How many were received; 0 of what is missing.</param>
/// <param name="Serial">Serial number of a machine.</param>
/// <param name="ModelCode">Or the model, of what has none.</param>
internal sealed record CountedLineRequest(int? Quantity, string? Serial = null, string? ModelCode = null)
{
    /// <summary>More at once is no count.</summary>
    public const int Most = 5000;

    /// <summary>The lines that are confirmed; null where the total is.</summary>
    public static IReadOnlyList<ConfirmedLine>? Confirmed(IReadOnlyList<CountedLineRequest>? entered) =>
        entered is { Count: > 0 } lines
            ? [.. lines.Select(line => new ConfirmedLine(line.ModelCode, line.Serial, line.Quantity!.Value))]
            : null;

    internal sealed class Validator : AbstractValidator<CountedLineRequest>
    {
        public Validator()
        {
            RuleFor(r => r.Quantity).NotNull();
            RuleFor(r => r.Serial).OptionalCode();
            RuleFor(r => r.ModelCode).OptionalCode();
        }
    }
}
