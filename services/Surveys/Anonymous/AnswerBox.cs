using System.Security.Cryptography;
using CustomerService.Contracts.Surveys.V1;
using CustomerService.Rules;
using CustomerService.Surveys.Campaigns.Domain;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.Responses.Domain;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Anonymous;

/// <summary>An answer that nobody gave: no customer, no code, no time but the day.</summary>
/// <param name="Id">Random.</param>
/// <param name="Day">Day of receipt.</param>
/// <param name="Answers">What was filled in; the name of who filled it in is not kept.</param>
internal sealed record AnonymousAnswer(Guid Id, DateOnly Day, Answers Answers);

/// <summary>
/// Answers of an anonymous campaign. A campaign has several boxes; an answer goes into one at random, to a place at
/// random, and the box is written as a whole: nothing in the store says which answer came when, or after which.
/// </summary>
internal sealed class AnswerBox : Aggregate
{
    /// <summary>Boxes of a campaign: answers that come at once seldom meet.</summary>
    public const int Boxes = 8;

    private AnswerBox() { }

    public override string Kind => "answer-box";

    public Guid CampaignId { get; private set; }

    public SurveyKind Survey { get; private set; }

    /// <summary>Department that the forms judge, where the campaign names one.</summary>
    public string? Department { get; private set; }

    /// <summary>Departments for which the forms count (C5.10), joined by spaces.</summary>
    public string Judged { get; private set; } = "";

    public string? Product { get; private set; }

    public int QuestionnaireVersion { get; private set; }

    public IReadOnlyList<AnonymousAnswer> Answers { get; private set; } = [];

    public static DocumentType<AnswerBox> Type { get; } =
        DocumentType.Of<AnswerBox>("answer-box", "answer_boxes").Index(b => b.CampaignId);

    public static AnswerBox Of(CommandContext context, Campaign campaign, Questionnaire questionnaire)
    {
        var box = new AnswerBox
        {
            Id = new Guid(RandomNumberGenerator.GetBytes(16)),
            CampaignId = campaign.Id,
            Survey = campaign.Survey,
            Department = campaign.Department,
            Judged = string.Join(' ', campaign.JudgedBy(questionnaire)),
            Product = campaign.Product,
            QuestionnaireVersion = questionnaire.Version,
        };
        box.Record(context, "set-up", null, "open", null);
        return box;
    }

    /// <summary>Puts an answer in, and tells the others what they may know of it (C5.9): grades and the day, neither
    /// words nor who.</summary>
    public void Put(CommandContext context, Questionnaire questionnaire, Answers answers)
    {
        var kept = new AnonymousAnswer(
            new Guid(RandomNumberGenerator.GetBytes(16)),
            context.Today,
            answers with
            {
                Respondent = null,
                WantsAnswer = false,
                Reach = null,
            }
        );
        var place = RandomNumberGenerator.GetInt32(Answers.Count + 1);
        Answers = [.. Answers.Take(place), kept, .. Answers.Skip(place)];
        Record(context, "put", "open", "open", null);
        Announce(context, questionnaire, kept);
    }

    private void Announce(CommandContext context, Questionnaire questionnaire, AnonymousAnswer kept)
    {
        var answers = kept.Answers;
        Raise(
            new ResponseReceived(
                kept.Id,
                1,
                Guid.Empty,
                Survey.ToString(),
                Guid.Empty,
                "",
                Department,
                answers.Overall.ToKebab(),
                [.. answers.Items.Select(i => new GradedItem(i.Item, i.Grade.ToKebab(), null))],
                null,
                kept.Day,
                Judged.Split(' ', StringSplitOptions.RemoveEmptyEntries),
                "anonymous"
            )
        );
        if (!Satisfaction.MakesComplaint([.. answers.All.Select(a => a.Grade)], context.Policy.Surveys))
        {
            return;
        }

        Raise(
            new ResponseDissatisfied(
                kept.Id,
                2,
                Guid.Empty,
                Survey.ToString(),
                Guid.Empty,
                "",
                "",
                "",
                "campaign",
                CampaignId,
                null,
                [
                    .. answers
                        .All.Where(a => a.Grade <= context.Policy.Surveys.ComplaintThrough)
                        .Select(a =>
                        {
                            var names = ItemNames.Of(questionnaire, a.Item);
                            return new DissatisfiedItem(a.Item, names.En, names.ZhHant, names.ZhHans, null);
                        }),
                ],
                null,
                kept.Day,
                Anonymous: true
            )
        );
    }
}
