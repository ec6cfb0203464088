using CustomerService.Rules;

namespace CustomerService.Repairs.Tests.Domain;

/// <summary>What a refusal must say: which rule, what is missing, who can supply it.</summary>
internal static class Refused
{
    public static void By(
        Refusal? refusal,
        string code,
        string rule,
        IEnumerable<string> missing,
        params string[] suppliedBy
    )
    {
        refusal.ShouldNotBeNull($"expected {code}");
        (refusal.Code, refusal.Rule).ShouldBe((code, rule));
        refusal.Missing.ShouldBe(missing);
        refusal.SuppliedBy.ShouldBe(suppliedBy);
    }
}
