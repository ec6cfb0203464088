using CustomerService.Rules;
using static CustomerService.Surveys.Questionnaires.Domain.EditionAction;
using static CustomerService.Surveys.Questionnaires.Domain.EditionState;
using Flow = CustomerService.Rules.Flow<
    CustomerService.Surveys.Questionnaires.Domain.Edition,
    CustomerService.Surveys.Questionnaires.Domain.EditionState,
    CustomerService.Surveys.Questionnaires.Domain.EditionAction
>;
using Guard = CustomerService.Rules.Guard<CustomerService.Surveys.Questionnaires.Domain.Edition>;

namespace CustomerService.Surveys.Questionnaires.Domain;

/// <summary>The life of a version of the questionnaire (C5.8.3): written by one, published by another.</summary>
internal static class EditionFlow
{
    // csharpier-ignore
    public static Flow Table => field ??= Flow.Named("edition")
        .Start(EditionAction.Draft, EditionState.Draft, "C5.8.3", Authors)

        .From(EditionState.Draft) .On(Publish, Published, "C5.8.3", Publishers, HasEveryDimension, NotTheAuthor, NotInThePast)
                                  .On(Discard, Discarded, "C5.8.3", Authors)
        .In(EditionState.Draft)   .Stay(Revise,           "C5.8.3", Authors)
        .Ends(Published)
        .Abandons(Discarded)
        .Build();

    private static readonly string[] Authors = [Roles.CustomerService, Roles.Sales];
    private static readonly string[] Publishers = [Roles.SalesManager, Roles.CustomerService];

    private static readonly Guard HasEveryDimension = Guard.Require(
        (edition, _) => edition.Content.Faults().Count == 0,
        code: "questionnaire-incomplete",
        rule: "C5.8.3",
        missing: ["graded-items"],
        suppliedBy: Authors
    );

    private static readonly Guard NotTheAuthor = Guard.RequirePeople(
        (edition, _) => People.Not(edition.WrittenBy),
        code: "publisher-is-author",
        rule: "C5.8.3",
        missing: ["other-publisher"],
        suppliedBy: Publishers
    );

    private static readonly Guard NotInThePast = Guard.RequireInput<DateOnly>(
        (_, context, from) => from >= context.Today,
        code: "effective-in-past",
        rule: "C5.8.3",
        missing: ["effective-date"],
        suppliedBy: Publishers
    );
}
