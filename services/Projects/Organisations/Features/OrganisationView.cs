using CustomerService.Projects.Data;
using CustomerService.Projects.Domain;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Features;

internal sealed record OrganisationView(
    Guid Id,
    string State,
    long Version,
    string Name,
    OrganisationKind Kind,
    string? Code,
    string? Address,
    IReadOnlyList<Contact> Contacts
)
{
    public static OrganisationView From(Organisation o) =>
        new(o.Id, "registered", o.Version, o.Name, o.OrganisationKind, o.Code, o.Address, o.Contacts);
}

/// <summary>What is sent about an organisation.</summary>
internal sealed record OrganisationRequest(
    string Name,
    OrganisationKind? Kind,
    string? Code,
    string? Address,
    IReadOnlyList<Contact>? Contacts
)
{
    public OrganisationDetails Details() =>
        new(Name.Trim(), Kind!.Value, string.IsNullOrWhiteSpace(Code) ? null : Code.Trim(), Address, Contacts ?? []);

    internal sealed class Validator : AbstractValidator<OrganisationRequest>
    {
        public Validator()
        {
            RuleFor(r => r.Name).NotEmpty().MaximumLength(200);
            RuleFor(r => r.Kind).NotNull();
            RuleFor(r => r.Code).MaximumLength(60);
            RuleFor(r => r.Address).MaximumLength(400);
            RuleFor(r => r.Contacts).Must(c => c is null || c.Count <= 50);
            RuleForEach(r => r.Contacts)
                .ChildRules(contact =>
                {
                    contact.RuleFor(c => c.Name).NotEmpty().MaximumLength(100);
                    contact.RuleFor(c => c.Phone).NotEmpty().MaximumLength(40).Matches(@"^[0-9+()\-\s#*]+$");
                    contact.RuleFor(c => c.Title).MaximumLength(100);
                    contact.RuleFor(c => c.Email).MaximumLength(200).EmailAddress();
                });
            // An owner must be reachable: revisits and repairs are agreed with somebody (P3.2.1).
            RuleFor(r => r.Contacts).NotEmpty().When(r => r.Kind == OrganisationKind.Owner);
        }
    }
}
