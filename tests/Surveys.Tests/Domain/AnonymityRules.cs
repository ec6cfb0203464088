using CustomerService.Contracts.Surveys.V1;
using CustomerService.Rules;
using CustomerService.Surveys.Anonymous;
using CustomerService.Surveys.Campaigns.Domain;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.Store;
using CustomerService.Testing;

namespace CustomerService.Surveys.Tests.Domain;

/// <summary>What the store keeps of an anonymous form cannot be traced (C5.8.2).</summary>
public sealed class AnonymityRules
{
    private const int Forms = 1000;

    private static Campaign Campaign =>
        CampaignRules.Planned(CampaignRules.Plan() with { Department = "sales", IsAnonymous = true });

    // As the service makes it: the time is cut to the day.
    private static CommandContext Day => A.Context(Someone.System("surveys"), A.At($"{A.Today:yyyy-MM-dd} 00:00"));

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public void Given_a_thousand_forms_When_the_documents_are_dumped_Then_no_join_does_better_than_chance()
    {
        var codes = SpentCodes.Of(Day, Guid.NewGuid());
        AnswerBox[] boxes =
        [
            .. Enumerable.Range(0, AnswerBox.Boxes).Select(_ => AnswerBox.Of(Day, Campaign, A.Questionnaire)),
        ];
        var used = new List<string>();
        for (var place = 0; place < Forms; place++)
        {
            var hash = ServiceDefaults.SecretLink.HashOf($"code-{place}");
            codes.Spend(Day, hash).ShouldBeTrue();
            used.Add(hash);
            boxes[Random.Shared.Next(boxes.Length)].Put(Day, A.Questionnaire, Answer(place));
        }

        var answers = boxes.SelectMany(box => box.Answers).ToList();
        answers.Count.ShouldBe(Forms);
        // The truth is the number in the comment; the attacker has the documents as they are stored.
        IReadOnlyList<AnonymousAnswer>[] guesses =
        [
            answers,
            [.. answers.OrderBy(a => a.Id)],
            [.. answers.OrderBy(a => a.Answers.OverallComment!.Length).ThenBy(a => a.Id)],
        ];
        foreach (var guess in guesses)
        {
            // The order in which codes were used, and that in which the store has them.
            Hits(guess, used).ShouldBeLessThanOrEqualTo(10);
            Hits(guess, codes.Hashes).ShouldBeLessThanOrEqualTo(10);
            Math.Abs(Correlation(guess)).ShouldBeLessThan(0.16);
        }

        codes.Hashes.ShouldBe(codes.Hashes.Order(StringComparer.Ordinal));
        boxes
            .SelectMany(box => box.PendingEntries)
            .Concat(codes.PendingEntries)
            .Select(e => e.At)
            .Distinct()
            .Count()
            .ShouldBe(1);
        var stored = string.Concat(boxes.Select(DocumentJson.Write));
        used.ShouldAllBe(hash => !stored.Contains(hash));
        stored.ShouldNotContain(codes.Id.ToString());
    }

    [Fact]
    [Trait("Rule", "C5.9")]
    public void Given_a_dissatisfied_anonymous_form_When_it_comes_in_Then_a_complaint_without_customer_or_words()
    {
        var box = AnswerBox.Of(Day, Campaign, A.Questionnaire);

        box.Put(
            Day,
            A.Questionnaire,
            new(Grade.Satisfied, "x", [new("E.speed", Grade.Dissatisfied, "太慢")], "多來", "王五")
            {
                WantsAnswer = true,
            }
        );

        var told = box.PendingEvents.OfType<ResponseDissatisfied>().ShouldHaveSingleItem();
        (told.Anonymous, told.CustomerId, told.CustomerName, told.Phone, told.Suggestions).ShouldBe(
            (true, Guid.Empty, "", "", null)
        );
        told.DissatisfiedItems.ShouldHaveSingleItem().Comment.ShouldBeNull();
        box.Answers.ShouldHaveSingleItem().Answers.Respondent.ShouldBeNull();
        box.PendingEvents.OfType<ResponseReceived>().ShouldHaveSingleItem().Suggestions.ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public void Given_a_spent_code_When_it_is_spent_again_Then_not()
    {
        var codes = SpentCodes.Of(Day, Guid.NewGuid());

        codes.Spend(Day, "h").ShouldBeTrue();
        codes.Spend(Day, "h").ShouldBeFalse();
        codes.GiveBack(Day, "h");
        codes.Spend(Day, "h").ShouldBeTrue();
    }

    private static Answers Answer(int place) => new(Grade.Satisfied, $"form-{place:D4}", [], null, null);

    // How often what stands at the place of a code is its answer; chance has one on average.
    private static int Hits(IReadOnlyList<AnonymousAnswer> guess, IReadOnlyList<string> hashes) =>
        guess
            .Zip(hashes)
            .Count(pair => ServiceDefaults.SecretLink.HashOf($"code-{PlaceOf(pair.First)}") == pair.Second);

    private static double Correlation(IReadOnlyList<AnonymousAnswer> guess)
    {
        const double mean = (Forms - 1) / 2.0;
        var (shared, spread) = (0.0, 0.0);
        for (var i = 0; i < guess.Count; i++)
        {
            shared += (i - mean) * (PlaceOf(guess[i]) - mean);
            spread += (i - mean) * (i - mean);
        }

        return shared / spread;
    }

    private static int PlaceOf(AnonymousAnswer answer) =>
        int.Parse(answer.Answers.OverallComment![5..], System.Globalization.CultureInfo.InvariantCulture);
}
