namespace CustomerService.Rules;

/// <summary>A code that the company made up, with its words: an argument of a refusal, which is put into words in the
/// reader's language.</summary>
/// <param name="Code">As it stands in <see cref="Refusal.Missing"/>.</param>
/// <param name="En">In English.</param>
/// <param name="ZhHant">In Traditional Chinese.</param>
/// <param name="ZhHans">In Simplified Chinese.</param>
public sealed record WordedCode(string Code, string En, string ZhHant, string ZhHans)
{
    /// <summary>Its words in a language.</summary>
    public string In(string language) =>
        language switch
        {
            "zh-Hant" => ZhHant,
            "zh-Hans" => ZhHans,
            _ => En,
        };
}
