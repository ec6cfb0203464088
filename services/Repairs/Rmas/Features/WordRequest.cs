using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.Rmas.Features;

/// <summary>The customer's word, where it is taken down.</summary>
/// <param name="By">Who said it.</param>
/// <param name="How">How it reached the company.</param>
/// <param name="On">Day.</param>
internal sealed record WordRequest(string By, WordBy? How, DateOnly? On)
{
    public RecordedWord Word() => new(By, How!.Value, On!.Value);

    internal sealed class Validator : AbstractValidator<WordRequest>
    {
        public Validator()
        {
            RuleFor(w => w.By).RequiredText(TextLength.Line);
            RuleFor(w => w.How).NotNull();
            RuleFor(w => w.On).NotNull();
        }
    }
}
