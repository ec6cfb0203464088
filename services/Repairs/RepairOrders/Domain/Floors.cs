using System.Globalization;
using System.Text.RegularExpressions;
using CustomerService.Rules;

namespace CustomerService.Repairs.RepairOrders.Domain;

/// <summary>The floor that a place names, with what stands before it: building 3, floor 5 of a flat there.</summary>
internal static class Floors
{
    // A storey with a number right before it is a floor; with a word between them it is a building.
    private static readonly Regex Floor = new(
        RepairsTexts.Manager.GetString("floor-pattern", CultureInfo.InvariantCulture)!,
        RegexOptions.CultureInvariant,
        TimeSpan.FromMilliseconds(200)
    );

    /// <summary>Folded, so that one floor has one key however it is written; empty where no floor is named.</summary>
    public static string Of(string place) => Floor.Match(TextFolding.ForSearch(place)).Value;
}
