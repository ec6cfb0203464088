using System.Collections;
using System.Globalization;

namespace CustomerService.Rules.Tests;

public sealed class RuleCatalogueTests
{
    [Fact]
    public void It_has_every_rule_of_the_three_documents_and_of_all_services_once()
    {
        RuleCatalogue.All.Count(rule => rule.InTests).ShouldBe(60);
        RuleCatalogue.All.Select(rule => rule.Id).ShouldBeUnique();
        RuleCatalogue.All.ShouldAllBe(rule => rule.Title.Length > 0);
        string[] some = ["P1", "P3.1.2", "Form3.3.1", "Form3.3.2", "C1", "C2", "C5.1.1.1", "C5.10", "C10", "T3", "S5"];
        foreach (var id in some)
        {
            RuleCatalogue.MayBeTested(id).ShouldBeTrue(id);
        }
    }

    [Fact]
    public void What_is_no_rule_of_the_documents_is_for_refusals_only()
    {
        foreach (var id in (string[])[RuleCatalogue.Flow, RuleCatalogue.Api])
        {
            RuleCatalogue.MayRefuse(id).ShouldBeTrue(id);
            RuleCatalogue.MayBeTested(id).ShouldBeFalse(id);
        }

        RuleCatalogue.Find("P99").ShouldBeNull();
        RuleCatalogue.MayRefuse("P99").ShouldBeFalse();
    }

    [Theory]
    [InlineData("zh-Hant")]
    [InlineData("zh-Hans")]
    public void Every_text_is_there_in_every_language_with_the_same_placeholders(string language)
    {
        var english = Texts(CultureInfo.InvariantCulture);
        var translated = Texts(CultureInfo.GetCultureInfo(language));

        translated.Keys.Order(StringComparer.Ordinal).ShouldBe(english.Keys.Order(StringComparer.Ordinal));
        foreach (var (key, text) in english)
        {
            translated[key].ShouldNotBe(text, key);
            Placeholders(translated[key]).ShouldBe(Placeholders(text), key);
        }
    }

    private static Dictionary<string, string> Texts(CultureInfo language) =>
        RuleTexts
            .Manager.GetResourceSet(language, createIfNotExists: true, tryParents: false)
            .ShouldNotBeNull()
            .Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);

    private static IEnumerable<string> Placeholders(string text) =>
        System
            .Text.RegularExpressions.Regex.Matches(text, @"\{[a-zA-Z]+\}")
            .Select(match => match.Value)
            .Order(StringComparer.Ordinal);
}
