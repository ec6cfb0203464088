using System.Collections;
using System.Globalization;
using System.Text.Json.Nodes;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Data;
using CustomerService.Surveys.Domain;
using MongoDB.Bson;
using MongoDB.Bson.IO;

namespace CustomerService.Surveys.Tests;

public sealed class DocumentTests
{
    [Fact]
    public void An_aggregate_survives_both_stores_spelling_unchanged()
    {
        var invitation = Some.Invitation(SurveyKind.B, department: "engineering", occasion: "repair-order:1");
        invitation.Open(Some.Context(invitation.Holder)).ShouldBeNull();
        var form = Some.Recover(invitation, Some.Answers(Grade.FairlySatisfied, ("E.skill", Grade.Dissatisfied)));
        invitation.MarkSaved();
        form.MarkSaved();

        Documents.Write(Documents.Read<Invitation>(Documents.Write(invitation))).ShouldBe(Documents.Write(invitation));
        Documents.Write(Documents.Read<SurveyForm>(Documents.Write(form))).ShouldBe(Documents.Write(form));
        Documents
            .Write(BsonDocuments.Read<Invitation>(ThroughBytes(BsonDocuments.Write(invitation))))
            .ShouldBe(Documents.Write(invitation));
        Documents
            .Write(BsonDocuments.Read<SurveyForm>(ThroughBytes(BsonDocuments.Write(form))))
            .ShouldBe(Documents.Write(form));

        var read = Documents.Read<Invitation>(Documents.Write(invitation));
        read.State.ShouldBe(InvitationState.Answered);
        read.Version.ShouldBe(invitation.Version);
        read.AuditHead.ShouldBe(invitation.AuditHead);
        read.AuditSequence.ShouldBe(3);
        read.FormId.ShouldBe(form.Id);
        read.Id.ShouldBe(invitation.Id);
        read.ExpiresAt.ShouldBe(invitation.ExpiresAt);
    }

    [Fact]
    public void A_document_holds_no_pending_work_and_compares_by_text()
    {
        var invitation = Some.Invitation(at: new DateTimeOffset(2026, 3, 2, 4, 5, 6, 7, TimeSpan.FromHours(8)));
        var json = JsonNode.Parse(Documents.Write(invitation))!.AsObject();
        json.Select(p => p.Key).ShouldNotContain("pendingEntries");
        json.Select(p => p.Key).ShouldNotContain("pendingEvents");
        json.Select(p => p.Key).ShouldNotContain("kind");
        json.Select(p => p.Key).ShouldNotContain("holder");
        json["sentAt"]!.ToString().ShouldBe("2026-03-01T20:05:06.007Z");
        json["survey"]!.ToString().ShouldBe("D");
        json["state"]!.ToString().ShouldBe("sent");
        BsonDocuments.Write(invitation)["version"].BsonType.ShouldBe(BsonType.Int64);
    }

    [Fact]
    public void Text_that_looks_like_extended_JSON_stays_text()
    {
        var form = Some.Recover(
            Some.Invitation(),
            new Answers(Grade.Satisfied, null, [], """{"$oid":"5f"} $where "x" \u0000""", "{'$date': 1}")
        );
        form.MarkSaved();
        BsonDocuments.Read<SurveyForm>(ThroughBytes(BsonDocuments.Write(form))).Suggestions.ShouldBe(form.Suggestions);
    }

    [Fact]
    public void Every_text_is_there_in_three_languages()
    {
        var neutral = Keys(CultureInfo.InvariantCulture);
        Keys(CultureInfo.GetCultureInfo("zh-Hant")).ShouldBe(neutral, ignoreOrder: true);
        Keys(CultureInfo.GetCultureInfo("zh-Hans")).ShouldBe(neutral, ignoreOrder: true);
        foreach (var questionnaire in QuestionnaireCatalogue.BuiltIn.Versions)
        {
            foreach (
                var key in questionnaire
                    .Dimensions.SelectMany(d => d.Items.Select(i => "item." + i).Append("dimension." + d.Code))
                    .Concat(Enum.GetValues<Grade>().Select(g => "grade." + SurveyForm.CodeOf(g)))
            )
            {
                neutral.ShouldContain(key);
            }
        }

        static List<string> Keys(CultureInfo culture) =>
            [
                .. SurveysService
                    .Texts.GetResourceSet(culture, createIfNotExists: true, tryParents: false)!
                    .Cast<DictionaryEntry>()
                    .Select(e => (string)e.Key),
            ];
    }

    [Fact]
    [Trait("Rule", "C5.8.3")]
    public void The_five_grades_are_named_as_on_the_form()
    {
        var texts = new Texts([SurveysService.Texts]);
        Enum.GetValues<Grade>()
            .Reverse()
            .Select(g => texts.Find("grade." + SurveyForm.CodeOf(g), null, CultureInfo.GetCultureInfo("zh-Hant")))
            .ShouldBe(["很滿意", "比較滿意", "基本滿意", "不太滿意", "不滿意"]);
    }

    private static BsonDocument ThroughBytes(BsonDocument document)
    {
        using var stream = new MemoryStream();
        using (var writer = new BsonBinaryWriter(stream))
        {
            MongoDB.Bson.Serialization.BsonSerializer.Serialize(writer, document);
        }

        return MongoDB.Bson.Serialization.BsonSerializer.Deserialize<BsonDocument>(stream.ToArray());
    }
}
