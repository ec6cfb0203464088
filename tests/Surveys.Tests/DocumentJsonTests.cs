using System.Collections;
using System.Globalization;
using System.Text.Json.Nodes;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.Responses.Domain;
using CustomerService.Surveys.Store;
using CustomerService.Surveys.Store.Mongo;
using CustomerService.Surveys.Tests.Domain;
using CustomerService.Testing;
using MongoDB.Bson;
using MongoDB.Bson.IO;
using MongoDB.Bson.Serialization;

namespace CustomerService.Surveys.Tests;

/// <summary>How aggregates become documents; no server.</summary>
public sealed class DocumentJsonTests
{
    [Fact]
    public void Given_an_invitation_When_it_is_written_and_read_Then_it_is_the_same_in_both_spellings()
    {
        var invitation = A.Invitation(SurveyKind.B).On("repair-order:1").At(InvitationState.Opened);
        var written = DocumentJson.Write(invitation);

        var read = DocumentJson.Read<Invitation>(written);

        DocumentJson.Write(read).ShouldBe(written);
        DocumentJson.Write(ThroughBson(invitation)).ShouldBe(written);
        (read.Id, read.State, read.Version, read.AuditHead, read.AuditSequence).ShouldBe(
            (invitation.Id, InvitationState.Opened, invitation.Version, invitation.AuditHead, 2)
        );
        (read.SentBy, read.ExpiresAt).ShouldBe((invitation.SentBy, invitation.ExpiresAt));
    }

    [Fact]
    public void Given_a_response_When_it_is_written_and_read_Then_it_is_the_same_in_both_spellings()
    {
        var response = A.Response(Grade.FairlySatisfied, ("E.skill", Grade.Dissatisfied));
        var written = DocumentJson.Write(response);

        DocumentJson.Write(DocumentJson.Read<Response>(written)).ShouldBe(written);
        DocumentJson.Write(ThroughBson(response)).ShouldBe(written);
    }

    [Fact]
    public void Given_members_of_a_younger_version_When_the_document_is_changed_Then_they_are_kept()
    {
        var response = A.Response(items: ("E.skill", Grade.Satisfied));
        var younger = JsonNode.Parse(DocumentJson.Write(response))!;
        younger["campaign"] = new JsonObject { ["name"] = "春季", ["size"] = 3 };
        younger["items"]![0]!["competitor"] = "甲";

        var read = DocumentJson.Read<Response>(younger.ToJsonString());

        JsonNode.DeepEquals(JsonNode.Parse(DocumentJson.Write(read)), younger).ShouldBeTrue();
        JsonNode.DeepEquals(JsonNode.Parse(DocumentJson.Write(ThroughBson(read))), younger).ShouldBeTrue();
    }

    [Fact]
    public void Given_a_document_When_it_is_read_by_people_Then_it_holds_no_pending_work_and_compares_by_text()
    {
        var sent = new DateTimeOffset(2026, 3, 2, 4, 5, 6, 7, TimeSpan.FromHours(8));
        var invitation = A.Invitation().SentAt(sent).Fresh();

        var json = JsonNode.Parse(DocumentJson.Write(invitation))!.AsObject();

        json.Select(p => p.Key)
            .Intersect(["pendingEntries", "pendingEvents", "kind", "holder", "younger members"])
            .ShouldBeEmpty();
        json["sentBy"]!["at"]!.ToString().ShouldBe("2026-03-01T20:05:06.007Z");
        (json["survey"]!.ToString(), json["state"]!.ToString()).ShouldBe(("D", "sent"));
        BsonDocuments.Write(invitation)["version"].BsonType.ShouldBe(BsonType.Int64);
    }

    [Fact]
    public void Given_text_that_looks_like_extended_JSON_When_it_is_kept_Then_it_stays_text()
    {
        var filled = A.Filled() with
        {
            Suggestions = """{"$oid":"5f"} $where "x" """.Trim(),
            Respondent = "{'$date': 1}",
        };
        var response = A.Receipt(A.Invitation(), filled).Required();

        ThroughBson(response).Suggestions.ShouldBe(filled.Suggestions);
    }

    [Fact]
    public void Every_text_is_there_in_three_languages()
    {
        var neutral = Keys(CultureInfo.InvariantCulture);
        Keys(CultureInfo.GetCultureInfo("zh-Hant")).ShouldBe(neutral, ignoreOrder: true);
        Keys(CultureInfo.GetCultureInfo("zh-Hans")).ShouldBe(neutral, ignoreOrder: true);
        foreach (
            var key in QuestionnaireCatalogue
                .BuiltIn.Versions.SelectMany(q => q.Dimensions)
                .SelectMany(d => d.Items.Select(i => "item." + i).Append("dimension." + d.Code))
                .Concat(Spelling.WordsOf<Grade>().Select(g => "grade." + g))
        )
        {
            neutral.ShouldContain(key);
        }

        static List<string> Keys(CultureInfo culture) =>
            [
                .. SurveysTexts
                    .Manager.GetResourceSet(culture, createIfNotExists: true, tryParents: false)!
                    .Cast<DictionaryEntry>()
                    .Select(e => (string)e.Key),
            ];
    }

    [Fact]
    [Trait("Rule", "C5.8.3")]
    public void The_five_grades_are_named_as_on_the_form() =>
        WordedQuestionnaire
            .Of(
                A.Questionnaire,
                SurveyKind.D,
                key => new Texts([SurveysTexts.Manager]).Find(key, null, CultureInfo.GetCultureInfo("zh-Hant"))!
            )
            .Grades.Select(g => g.Text)
            .ShouldBe(["很滿意", "比較滿意", "基本滿意", "不太滿意", "不滿意"]);

    private static T ThroughBson<T>(T record)
        where T : Aggregate
    {
        using var stream = new MemoryStream();
        using (var writer = new BsonBinaryWriter(stream))
        {
            BsonSerializer.Serialize(writer, BsonDocuments.Write(record));
        }

        return BsonDocuments.Read<T>(BsonSerializer.Deserialize<BsonDocument>(stream.ToArray()));
    }
}
