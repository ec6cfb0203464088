using CustomerService.Rules;
using static CustomerService.Repairs.Returns.Domain.TermsEditionAction;
using static CustomerService.Repairs.Returns.Domain.TermsEditionState;
using Flow = CustomerService.Rules.Flow<
    CustomerService.Repairs.Returns.Domain.TermsEdition,
    CustomerService.Repairs.Returns.Domain.TermsEditionState,
    CustomerService.Repairs.Returns.Domain.TermsEditionAction
>;
using Guard = CustomerService.Rules.Guard<CustomerService.Repairs.Returns.Domain.TermsEdition>;

namespace CustomerService.Repairs.Returns.Domain;

/// <summary>The life of an edition of the after-sales terms, rules C5.1.3 and C9: by two people of sales.</summary>
internal static class TermsEditionFlow
{
    // csharpier-ignore
    public static Flow Table => field ??= Flow.Named("terms-edition")
        .Start(Draft, Drafted, "C9", Writers)
        .From(Drafted)  .Stay(Revise,             "C9", Writers)
        .From(Drafted)  .On(Publish,  Published,  "C9", Publishers, NotTheAuthor, NotBackdated)
        .From(Drafted)  .On(Drop,     Dropped,    "C9", Writers)
        .From(Published).On(Withdraw, Withdrawn,  "C9", Publishers)
        .EndsButReopens(Published)
        .Abandons(Withdrawn, Dropped)
        .Build();

    private static readonly string[] Writers = [Roles.Sales, Roles.SalesManager];
    private static readonly string[] Publishers = [Roles.SalesManager];

    private static readonly Guard NotTheAuthor = Guard.RequirePeople(
        (edition, _) => People.Not(edition.WrittenBy),
        code: "publisher-is-author",
        rule: "C9",
        missing: ["other-publisher"],
        suppliedBy: Publishers
    );
    private static readonly Guard NotBackdated = Guard.Require(
        (edition, context) => edition.EffectiveFrom >= context.Today,
        code: "edition-backdated",
        rule: "C9",
        missing: ["effective-date-ahead"],
        suppliedBy: Writers
    );
}
