using System.Text.Json.Serialization;
using CustomerService.Repairs.Returns.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.Returns.Features;

/// <summary>An edition of the after-sales terms in the list.</summary>
internal sealed record TermsEditionListItem(
    Guid Id,
    string Number,
    TermsEditionState State,
    long Version,
    [property: JsonPropertyName("_actions")] IReadOnlyList<string> Actions,
    string Title,
    DateOnly EffectiveFrom
)
{
    public static TermsEditionListItem From(TermsEdition edition, Caller caller) =>
        new(
            edition.Id,
            edition.Number,
            edition.State,
            edition.Version,
            edition.AllowedActions(caller.Context()),
            edition.Title,
            edition.EffectiveFrom
        );
}
