using CustomerService.Rules;
using static CustomerService.Surveys.FollowUps.Domain.SuggestionAction;
using static CustomerService.Surveys.FollowUps.Domain.SuggestionState;
using Flow = CustomerService.Rules.Flow<
    CustomerService.Surveys.FollowUps.Domain.Suggestion,
    CustomerService.Surveys.FollowUps.Domain.SuggestionState,
    CustomerService.Surveys.FollowUps.Domain.SuggestionAction
>;

namespace CustomerService.Surveys.FollowUps.Domain;

/// <summary>The life of a need or suggestion (C5.8.1 C): what became of it is on record, and told.</summary>
internal static class SuggestionFlow
{
    // csharpier-ignore
    public static Flow Table => field ??= Flow.Named("suggestion")
        .Start(Register, Registered, "C5.8.1", Roles.Customer, Roles.CustomerService, Roles.Sales, Roles.RegionalSales, Roles.System)

        .From(Registered)        .On(TakeUp,  TakenUp,  "C5.8.1", Deciders)
                                 .On(Decline, Declined, "C5.8.1", Deciders)
        .From(TakenUp, Declined) .On(Tell,    Told,     "C5.8.1", Tellers)
        .Ends(Told)
        .Build();

    private static readonly string[] Deciders = [Roles.ProductDevelopment, Roles.DepartmentHead];
    private static readonly string[] Tellers = [Roles.CustomerService, Roles.Sales];
}
