using CustomerService.Repairs.Data;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Rmas;

/// <summary>Components by their codes: those that the model lists are its main ones (C5.1.1.1).</summary>
internal static class RmaComponents
{
    public static async Task<Result<IReadOnlyList<Component>>> OfAsync(
        RepairsDb db,
        Guid? modelId,
        IReadOnlyList<string>? codes,
        CancellationToken cancellation
    )
    {
        if (codes is null or { Count: 0 })
        {
            return Array.Empty<Component>();
        }

        var main = modelId is { } id
            ? (await db.ProductModels.AsNoTracking().FirstOrDefaultAsync(m => m.Id == id, cancellation))?.Components
            : null;
        if (main is null)
        {
            // Of what no model is known nobody can say which components are main ones.
            return Refusal.Invalid("component-unknown", "C5.1.1.1", "model");
        }

        return codes
            .Distinct()
            .Select(code =>
                main.FirstOrDefault(component => TextFolding.Key(component.Code) == TextFolding.Key(code)) is { } found
                    ? new Component(found.Code, found.Name, true)
                    : new Component(code.Trim(), code.Trim(), false)
            )
            .ToList();
    }
}
