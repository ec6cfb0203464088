using CustomerService.Complaints.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints.Codes.Features;

internal static class GetCode
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/codes/{id:guid}", Handle)
            .AsQuery()
            .ForRoles(Roles.Staff)
            .WithSummary("A code, with what it said before and who changed it")
            .WithDescription("Rule C5.7; staff.")
            .Produces<CodeView>();

    private static Task<QueryResult> Handle(Guid id, ComplaintsDb db, Caller caller, CancellationToken cancellation) =>
        caller.ReadAsync(db.Codes, id, CodeView.From, cancellation);
}
