using CustomerService.Rules;
using static CustomerService.Surveys.Responses.Domain.ResponseAction;
using static CustomerService.Surveys.Responses.Domain.ResponseState;
using Flow = CustomerService.Rules.Flow<
    CustomerService.Surveys.Responses.Domain.Response,
    CustomerService.Surveys.Responses.Domain.ResponseState,
    CustomerService.Surveys.Responses.Domain.ResponseAction
>;

namespace CustomerService.Surveys.Responses.Domain;

/// <summary>The life of a response: the form is returned (C5.8.3).</summary>
internal static class ResponseFlow
{
    // csharpier-ignore
    public static Flow Table => field ??= Flow.Named("response")
        .Start(Receive, Received, "C5.8.3", Roles.Customer)
        .Start(TakeDown, Received, "C5.8.2", Roles.CustomerService, Roles.Sales, Roles.RegionalSales)
        .Ends(Received)
        .Build();
}
