using CustomerService.Rules;
using static CustomerService.Surveys.FollowUps.Domain.OwedAnswerAction;
using static CustomerService.Surveys.FollowUps.Domain.OwedAnswerState;
using Flow = CustomerService.Rules.Flow<
    CustomerService.Surveys.FollowUps.Domain.OwedAnswer,
    CustomerService.Surveys.FollowUps.Domain.OwedAnswerState,
    CustomerService.Surveys.FollowUps.Domain.OwedAnswerAction
>;

namespace CustomerService.Surveys.FollowUps.Domain;

/// <summary>The life of an answer or service that a customer is owed (C5.9).</summary>
internal static class OwedAnswerFlow
{
    // csharpier-ignore
    public static Flow Table => field ??= Flow.Named("owed-answer")
        .Start(Open, Owed, "C5.9", Roles.Customer, Roles.CustomerService, Roles.Sales, Roles.RegionalSales)

        .From(Owed) .On(Give, Given,   "C5.9", Givers)
                    .On(Drop, Dropped, "C5.9", Givers)
        .Ends(Given)
        .Abandons(Dropped)
        .Build();

    private static readonly string[] Givers = [Roles.CustomerService, Roles.Sales];
}
