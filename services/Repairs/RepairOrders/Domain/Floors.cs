using System.Text.RegularExpressions;
using CustomerService.Rules;

namespace CustomerService.Repairs.RepairOrders.Domain;

/// <summary>The floor that a place names, with what stands before it, for example building 3, floor 5 of
/// 「3 號樓 5 層 502 室」.</summary>
internal static partial class Floors
{
    /// <summary>Folded, so that 層 and 层 are one floor; empty where no floor is named.</summary>
    public static string Of(string place) => Floor().Match(TextFolding.ForSearch(place)).Value;

    // 楼 with a number right before it is a floor, 号楼 a building.
    [GeneratedRegex(
        @"^.*?(?:(?:地下|负|b)?(?:\d+|[一二三四五六七八九十百]+)(?:层|楼|f(?![a-z])|(?:st|nd|rd|th)floor)|[顶首底]层|floor\d+|屋面|屋顶)",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 200
    )]
    private static partial Regex Floor();
}
