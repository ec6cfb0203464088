using CustomerService.Messaging;
using CustomerService.Projects.Organisations.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Projects.Organisations.Features;

/// <summary>An address besides the postal one.</summary>
/// <param name="Purpose">delivery, billing or site.</param>
/// <param name="Address">The address.</param>
/// <param name="Contact">Who takes in there.</param>
/// <param name="Phone">Their telephone number.</param>
internal sealed record AddressRequest(
    AddressPurpose? Purpose,
    string Address,
    string? Contact = null,
    string? Phone = null
);

/// <summary>How a product customer is dealt with (C5.1.5).</summary>
/// <param name="Region">Code of the sales region, as its salespeople have it.</param>
/// <param name="SalespersonId">Account of the salesperson, who has that region.</param>
/// <param name="Language">zh-Hant, zh-Hans or en.</param>
/// <param name="Addresses">Further addresses.</param>
internal sealed record TradeRequest(
    string? Region = null,
    Guid? SalespersonId = null,
    string? Language = null,
    IReadOnlyList<AddressRequest>? Addresses = null
);

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
/// <param name="Trade">Region, salesperson, language and further addresses of a product customer.</param>
internal sealed record OrganisationRequest(
    string Name,
    OrganisationKind? Kind,
    string? Code = null,
    string? Address = null,
    IReadOnlyList<Contact>? Contacts = null,
    bool IsNew = false,
    string? NewReason = null,
    string? TaxNumber = null,
    TradeRequest? Trade = null
)
{
    private static readonly string[] OfRegion = [Roles.SalesManager, Roles.Administrator];

    /// <summary>The details; the salesperson's name is that of the account (S3).</summary>
    public async Task<Result<OrganisationDetails>> DetailsAsync(IAccounts accounts, CancellationToken cancellation)
    {
        if (Trade is not { } trade)
        {
            return Details();
        }

        var region = TextFolding.IsBlank(trade.Region) ? null : trade.Region!.Trim();
        Salesperson? salesperson = null;
        if (trade.SalespersonId is { } id)
        {
            if (
                await accounts.FindAsync(id, cancellation) is not { Active: true } account
                || !account.Roles.Contains(Roles.RegionalSales)
            )
            {
                return new Refusal(
                    RefusalKind.Invalid,
                    "salesperson-unknown",
                    "S3",
                    ["regional-salesperson"],
                    OfRegion
                );
            }

            if (region is null || !account.Regions.Contains(region))
            {
                return new Refusal(
                    RefusalKind.Invalid,
                    "salesperson-of-other-region",
                    "C5.1.5",
                    ["salesperson-of-region"],
                    OfRegion
                );
            }

            salesperson = new(id, account.DisplayName);
        }

        return Details() with
        {
            Trade = new(
                region,
                salesperson,
                trade.Language,
                [
                    .. (trade.Addresses ?? []).Select(a => new PostalAddress(
                        a.Purpose!.Value,
                        a.Address,
                        a.Contact,
                        a.Phone
                    )),
                ]
            ),
        };
    }

    private OrganisationDetails Details() =>
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
            RuleFor(r => r.Trade!)
                .ChildRules(trade =>
                {
                    // As Identity writes the regions of salespeople.
                    trade.RuleFor(t => t.Region).MaximumLength(TextLength.Code).Matches("^[a-z0-9]+(-[a-z0-9]+)*$");
                    trade
                        .RuleFor(t => t.Language)
                        .Must(language => language is null || Texts.Languages.Contains(language))
                        .WithErrorCode("language-unknown");
                    trade.RuleFor(t => t.Addresses).AtMost(50);
                    trade
                        .RuleForEach(t => t.Addresses)
                        .ChildRules(address =>
                        {
                            address.RuleFor(a => a.Purpose).NotNull();
                            address.RuleFor(a => a.Address).RequiredText(400);
                            address.RuleFor(a => a.Contact).MaximumLength(100);
                            address.RuleFor(a => a.Phone).MaximumLength(TextLength.Code);
                        });
                });
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
