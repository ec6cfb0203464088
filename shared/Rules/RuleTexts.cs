using System.Resources;

namespace CustomerService.Rules;

/// <summary>Texts of the refusals that are decided here, by their code, in English, zh-Hant and zh-Hans.</summary>
public static class RuleTexts
{
    public static ResourceManager Manager { get; } =
        new("CustomerService.Rules.Resources.RuleTexts", typeof(RuleTexts).Assembly);
}
