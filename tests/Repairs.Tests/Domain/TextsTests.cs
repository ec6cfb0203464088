using System.Collections;
using System.Globalization;
using System.Resources;

namespace CustomerService.Repairs.Tests.Domain;

/// <summary>The service's two sets of texts: the second is never asked for a key that the first has.</summary>
public sealed class TextsTests
{
    [Theory]
    [InlineData("")]
    [InlineData("zh-Hant")]
    [InlineData("zh-Hans")]
    public void Given_two_sets_of_texts_When_a_key_is_looked_up_Then_one_of_them_has_it(string language)
    {
        var culture = CultureInfo.GetCultureInfo(language);

        KeysOf(RepairsTexts.Manager, culture).Intersect(KeysOf(GoodsTexts.Manager, culture)).ShouldBeEmpty();
    }

    private static IEnumerable<string> KeysOf(ResourceManager texts, CultureInfo culture) =>
        texts
            .GetResourceSet(culture, createIfNotExists: true, tryParents: false)!
            .Cast<DictionaryEntry>()
            .Select(entry => (string)entry.Key);
}
