using System.Text.Json.Serialization;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.Rmas.Features;

/// <summary>An RMA in the list.</summary>
internal sealed record RmaListItem(
    Guid Id,
    string Number,
    RmaState State,
    long Version,
    [property: JsonPropertyName("_actions")] IReadOnlyList<string> Actions,
    Guid CustomerId,
    string CustomerName,
    int Quantity,
    int Received,
    bool Blocked,
    DateOnly DeclaredOn
)
{
    public static RmaListItem From(Rma rma, Caller caller) =>
        new(
            rma.Id,
            rma.Number,
            rma.State,
            rma.Version,
            rma.AllowedActions(caller.Context(rma)),
            rma.CustomerId,
            rma.CustomerName,
            rma.Quantity,
            rma.Received,
            rma.IsBlocked,
            rma.DeclaredOn
        );
}
