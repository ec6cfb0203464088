using CustomerService.Repairs.Products.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.Products.Features;

/// <summary>What is sent about a model.</summary>
/// <param name="Code">Unique, however it is written.</param>
/// <param name="Name">Name.</param>
/// <param name="WarrantyMonths">Months of warranty.</param>
/// <param name="WarrantyStart">From which day it counts; by default from the purchase.</param>
/// <param name="Series">Product line.</param>
/// <param name="Components">Its main components (C5.1.1.1).</param>
internal sealed record ProductModelRequest(
    string Code,
    string Name,
    int? WarrantyMonths,
    WarrantyStart WarrantyStart = WarrantyStart.Purchase,
    string? Series = null,
    IReadOnlyList<MainComponent>? Components = null
)
{
    public ModelDetails Details() => new(Code, Name, Series, WarrantyMonths!.Value, WarrantyStart, Components ?? []);

    internal sealed class Validator : AbstractValidator<ProductModelRequest>
    {
        public Validator()
        {
            RuleFor(r => r.Code).RequiredCode();
            RuleFor(r => r.Name).RequiredText(TextLength.Line);
            RuleFor(r => r.Series).OptionalText(TextLength.Line);
            RuleFor(r => r.WarrantyMonths).NotNull().InclusiveBetween(0, 240);
            RuleFor(r => r.Components).AtMost(100);
            RuleForEach(r => r.Components)
                .ChildRules(component =>
                {
                    component.RuleFor(c => c.Code).RequiredCode();
                    component.RuleFor(c => c.Name).RequiredText(TextLength.Line);
                });
        }
    }
}
