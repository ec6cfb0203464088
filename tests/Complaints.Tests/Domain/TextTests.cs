using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;
using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;

namespace CustomerService.Complaints.Tests.Domain;

public sealed partial class TextTests
{
    private static readonly string[] Languages = ["", "zh-Hant", "zh-Hans"];

    private static Dictionary<string, string> Of(string language) =>
        ComplaintsTexts
            .Manager.GetResourceSet(CultureInfo.GetCultureInfo(language), createIfNotExists: true, tryParents: false)!
            .Cast<DictionaryEntry>()
            .ToDictionary(e => (string)e.Key, e => (string)e.Value!);

    [Fact]
    public void Every_text_is_there_in_every_language_with_the_same_placeholders()
    {
        var english = Of("");
        foreach (var language in Languages)
        {
            var texts = Of(language);
            texts.Keys.ShouldBe(english.Keys, ignoreOrder: true, customMessage: language);
            foreach (var (key, text) in texts)
            {
                Placeholder()
                    .Matches(text)
                    .Select(m => m.Value)
                    .ShouldBe(
                        Placeholder().Matches(english[key]).Select(m => m.Value),
                        ignoreOrder: true,
                        customMessage: $"{language} {key}"
                    );
            }
        }
    }

    [Fact]
    public void What_a_refusal_names_as_missing_has_a_text()
    {
        var named = ComplaintsService
            .Flows.SelectMany(flow =>
                flow.Guards.SelectMany(guard => guard.Missing).Concat(flow.States.Select(state => "state:" + state))
            )
            .Concat(["role", "send-to-qc", "account-organisation", "own-organisation", "received-at"])
            .Distinct();
        var texts = Of("zh-Hant");
        named
            .Where(name =>
                !texts.ContainsKey("missing." + name)
                && Texts.Common.GetString("missing." + name, CultureInfo.InvariantCulture) is null
            )
            .ShouldBeEmpty();
    }

    [Fact]
    public void Every_value_that_the_form_prints_has_a_text()
    {
        var texts = Of("zh-Hant");
        var keys = Spelling
            .WordsOf<Channel>()
            .Select(word => "channel." + word)
            .Concat(Spelling.WordsOf<Severity>().Select(word => "severity." + word))
            .Concat(Spelling.WordsOf<TriageOutcome>().Select(word => "triage." + word))
            .Concat(Spelling.WordsOf<Liability>().Select(word => "liability." + word))
            .Concat(Spelling.WordsOf<CapaState>().Select(word => "capa." + word));
        keys.Where(key => !texts.ContainsKey(key)).ShouldBeEmpty();
    }

    [GeneratedRegex(@"\{[a-zA-Z]+\}")]
    private static partial Regex Placeholder();

    [Fact]
    [Trait("Rule", "C3.2.1")]
    public void Given_a_text_with_braces_When_it_is_filled_Then_each_complaint_says_its_own_and_what_it_lacks()
    {
        var complaint = A.Complaint().Build();

        AnswerTemplate.IsKnown("{number} {什麼} {} {a b}").ShouldBeTrue("no names");
        AnswerTemplate.IsKnown("{number} {price}").ShouldBeFalse();
        AnswerTemplate
            .Fill("{contact}：{number}（{subject}），{registered}", complaint)
            .Required()
            .ShouldBe("王小姐：TS-2026-000123（屋面滲漏），" + Spelling.Day(A.Today));
        AnswerTemplate
            .Fill("{number} {serial}", complaint)
            .Refusal.Refused("placeholder-empty", "C3.2.1")
            .Arguments["placeholder"]
            .ShouldBe("serial");
    }
}
