using CustomerService.Projects.Organisations.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Projects.Organisations.Features;

/// <summary>What is sent about an organisation.</summary>
/// <param name="Name">Name.</param>
/// <param name="Kind">owner, subcontractor, contractor-own or customer.</param>
/// <param name="Code">The company's own short code, unique; imports name organisations by it.</param>
/// <param name="Address">Address.</param>
/// <param name="Contacts">The company calls the first one; an owner needs at least one.</param>
/// <param name="IsNew">It is another one than those that are known and look the same (S4); asked for when it is
/// entered.</param>
/// <param name="NewReason">Why it is another one.</param>
/// <param name="TaxNumber">統一社會信用代碼, 統一編號.</param>
internal sealed record OrganisationRequest(
    string Name,
    OrganisationKind? Kind,
    string? Code = null,
    string? Address = null,
    IReadOnlyList<Contact>? Contacts = null,
    bool IsNew = false,
    string? NewReason = null,
    string? TaxNumber = null
)
{
    public OrganisationDetails Details() =>
        new(
            Name.Trim(),
            Kind!.Value,
            TextFolding.IsBlank(Code) ? null : Code!.Trim(),
            Address,
            Contacts ?? [],
            TextFolding.IsBlank(TaxNumber) ? null : TaxNumber!.Trim()
        );

    internal sealed class Validator : AbstractValidator<OrganisationRequest>
    {
        public Validator()
        {
            RuleFor(r => r.Name).RequiredText(TextLength.Line);
            RuleFor(r => r.Kind).NotNull();
            RuleFor(r => r.Code).MaximumLength(TextLength.Code);
            RuleFor(r => r.Address).MaximumLength(400);
            RuleFor(r => r.TaxNumber).MaximumLength(40);
            RuleFor(r => r.NewReason!).RequiredText().When(r => r.IsNew);
            RuleFor(r => r.NewReason).OptionalText();
            RuleFor(r => r.Contacts).AtMost(50);
            RuleForEach(r => r.Contacts)
                .ChildRules(contact =>
                {
                    contact.RuleFor(c => c.Name).RequiredText(100);
                    contact.RuleFor(c => c.Phone).RequiredText(TextLength.Code).Matches(@"^[0-9+()\-\s#*]+$");
                    contact.RuleFor(c => c.Title).MaximumLength(100);
                    contact.RuleFor(c => c.Email).MaximumLength(TextLength.Line).EmailAddress();
                });
            // An owner must be reachable: revisits and repairs are agreed with a contact (P3.2.1).
            RuleFor(r => r.Contacts).NotEmpty().When(r => r.Kind == OrganisationKind.Owner);
        }
    }
}
