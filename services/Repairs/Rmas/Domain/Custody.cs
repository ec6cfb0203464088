using CustomerService.Rules;

namespace CustomerService.Repairs.Rmas.Domain;

/// <summary>A line of the ledger of custody: what came to a place, and what left one.</summary>
/// <param name="From">Null where it came from outside or from another lot.</param>
/// <param name="To">Null where it left the company or went into another lot.</param>
/// <param name="Quantity">At least 1.</param>
/// <param name="By">Who took it over, and when.</param>
/// <param name="OtherId">The other lot of a split or merge.</param>
/// <param name="Note">For example the shelf.</param>
internal sealed record Movement(
    MovementKind Kind,
    Place? From,
    Place? To,
    int Quantity,
    Stamp By,
    Guid? OtherId = null,
    string? Note = null
);

/// <summary>
/// Quantities as a ledger of movements (C3.1.1): where so many are, what came, what went. The same over one unit, an
/// RMA, or all of them: what is here is what came in, less what was shipped and scrapped, at every moment.
/// </summary>
internal static class Custody
{
    /// <summary>What is at each place; places with none are left out.</summary>
    public static IReadOnlyDictionary<Place, int> Balance(IEnumerable<Movement> movements)
    {
        var balance = new Dictionary<Place, int>();
        foreach (var movement in movements)
        {
            if (movement.From is { } from)
            {
                balance[from] = balance.GetValueOrDefault(from) - movement.Quantity;
            }

            if (movement.To is { } to)
            {
                balance[to] = balance.GetValueOrDefault(to) + movement.Quantity;
            }
        }

        return balance.Where(place => place.Value != 0).ToDictionary();
    }

    /// <summary>How many of a kind of movement.</summary>
    public static int Total(IEnumerable<Movement> movements, MovementKind kind) =>
        movements.Where(movement => movement.Kind == kind).Sum(movement => movement.Quantity);
}
