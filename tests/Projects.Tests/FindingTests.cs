using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Projects.Tests;

/// <summary>What becomes of a finding after it was recorded, and when the record is signed.</summary>
public sealed class FindingTests(ProjectsFixture fixture) : OnServers<ProjectsFixture>(fixture)
{
    private static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    );

    private static readonly object Plain = new
    {
        part = "roof",
        location = "屋面",
        description = "滲漏",
        severity = "major",
        repairWanted = false,
        capaWanted = false,
    };

    [Fact, Trait("Rule", "P2.2.2"), Trait("Rule", "P2.2.3")]
    public async Task Given_a_finding_without_follow_up_When_quality_blames_the_contractor_Then_it_is_explained_and_repair_and_corrective_action_can_still_be_asked_for()
    {
        var (site, path, findings) = await HeldAsync(Plain, Plain);
        var owner = Fixture.Service.As("王經理", [Roles.Customer], organisation: site.Owner);
        (
            await Fixture.QcHead.ChangeAsync(
                path,
                "assess-liability",
                Decisions((findings[0], "contractor", "工程部"), (findings[1], "owner", "業主"))
            )
        ).Ok();
        (await Fixture.EngineeringHead.ChangeAsync(path, "set-disposition", new { text = "返修" })).Ok();
        (await owner.ChangeAsync(path, "sign", new { printedName = "王經理" })).Ok();
        var open = await Fixture.Engineering.ChangeAsync(path, "close");
        (open.Code, open.Rule).ShouldBe(("solution-missing", "P2.2.2"));

        const string followUp = "follow-up";
        var findingId = findings[0];
        (await Fixture.Engineering.ChangeAsync(path, followUp, new { findingId })).Code.ShouldBe(
            "validation",
            "nothing is asked for"
        );
        (await Fixture.Engineering.ChangeAsync(path, followUp, new { findingId, capaWanted = true })).Code.ShouldBe(
            "solution-missing"
        );
        (
            await Fixture.Service.As(Roles.Finance).ChangeAsync(path, followUp, new { findingId, repairWanted = true })
        ).Status.ShouldBe(HttpStatusCode.Forbidden);
        (
            await Fixture.Engineering.ChangeAsync(
                path,
                followUp,
                new { findingId = Guid.CreateVersion7(), repairWanted = true }
            )
        ).Code.ShouldBe("finding-unknown");
        var asked = (
            await Fixture.Engineering.ChangeAsync(
                path,
                followUp,
                new
                {
                    findingId,
                    repairWanted = true,
                    capaWanted = true,
                    explanation = "泛水高度不足",
                    proposedSolution = "重做泛水",
                }
            )
        ).Ok();

        var finding = asked["findings"][0]!;
        (
            finding["repairWanted"]!.GetValue<bool>(),
            finding["capaWanted"]!.GetValue<bool>(),
            finding["explanation"]!.ToString()
        ).ShouldBe((true, true, "泛水高度不足"));
        bool IsIt(JsonNode e) => e["findingId"]!.ToString() == findings[0].ToString();
        await Fixture.ToldAsync("projects.finding.repair-requested.v1", IsIt);
        await Fixture.ToldAsync("projects.finding.capa-requested.v1", IsIt);
        (await Fixture.Engineering.ChangeAsync(path, followUp, new { findingId, repairWanted = false })).Code.ShouldBe(
            "follow-up-asked-for",
            "it runs elsewhere and is withdrawn there"
        );
        (
            await Fixture.Engineering.ChangeAsync(
                path,
                followUp,
                new { findingId, explanation = "泛水高度不足，收頭未壓條" }
            )
        ).Ok();
        Fixture.Told("projects.revisit.finding-recorded.v1", IsIt).Count.ShouldBe(1, "it is recorded once");
        (await Fixture.Engineering.ChangeAsync(path, followUp, Site.Texts(findingId))).Ok();
        (await Fixture.Engineering.ChangeAsync(path, "close")).Ok();
        (await Fixture.Engineering.ChangeAsync(path, followUp, new { findingId, repairWanted = true })).Code.ShouldBe(
            "not-in-this-state"
        );
    }

    [Fact, Trait("Rule", "P2.2.3")]
    public async Task Given_a_revisit_that_was_not_held_When_quality_judges_Then_it_is_refused()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var (planned, _) = (await site.PlanAsync(await site.HandedOverAsync("2024-01-31")))[0];

        var early = await Fixture.QcHead.ChangeAsync(
            $"/v1/revisits/{planned}",
            "assess-liability",
            Decisions((Guid.CreateVersion7(), "contractor", "工程部"))
        );

        early.Status.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact, Trait("Rule", "P2.2.3"), Trait("Rule", "P3.1.1")]
    public async Task Given_findings_When_quality_judges_Then_exactly_they_are_judged_and_a_subcontractor_is_one_who_did_the_part()
    {
        var (site, path, findings) = await HeldAsync(
            Site.Leak(),
            new
            {
                part = "electrical",
                location = "3 號樓 502",
                description = "開關鬆動",
                severity = "minor",
                repairWanted = true,
                capaWanted = false,
            }
        );
        (Guid, string, string) roof = (findings[0], "subcontractor", "安固防水工程有限公司"),
            wires = (findings[1], "owner", "業主");
        async Task<string?> Judge(params (Guid, string, string)[] of) =>
            (await Fixture.QcHead.ChangeAsync(path, "assess-liability", Decisions(of))).Code;

        (await Judge(roof)).ShouldBe("finding-not-assessed");
        (await Judge(roof, wires, (Guid.CreateVersion7(), "owner", "業主"))).ShouldBe("finding-unknown");
        (await Judge(roof, wires, wires)).ShouldBe("finding-assessed-twice");
        (await Judge(roof, (findings[1], "subcontractor", "安固防水工程有限公司"))).ShouldBe(
            "subcontractor-not-of-part",
            "electricity was not its part"
        );
        (await Judge((findings[0], "subcontractor", "別家防水"), wires)).ShouldBe("subcontractor-not-of-part");
        var judged = (await Fixture.QcHead.ChangeAsync(path, "assess-liability", Decisions(roof, wires))).Ok();
        judged["findings"][0]!["responsibleUnitId"]!.ToString().ShouldBe(site.Subcontractor.ToString());
        judged["findings"][1]!["responsibleUnitId"].ShouldBeNull();
        var byId = (
            await Fixture.QcHead.ChangeAsync(
                path,
                "assess-liability",
                new
                {
                    findings = new object[]
                    {
                        new
                        {
                            findingId = findings[0],
                            liability = "subcontractor",
                            cause = "c",
                            causeCode = "workmanship",
                            responsibleUnitId = site.Subcontractor,
                        },
                        new
                        {
                            findingId = findings[1],
                            liability = "contractor",
                            cause = "c",
                            causeCode = "workmanship",
                            responsibleUnit = "工程部",
                        },
                    },
                }
            )
        ).Ok();
        byId["findings"][0]!["responsibleUnit"]!.ToString().ShouldBe("安固防水工程有限公司");
    }

    [Fact, Trait("Rule", "Form3.3.1"), Trait("Rule", "P2.2.2")]
    public async Task Given_a_held_revisit_When_signed_Then_it_is_the_owner_or_the_image_of_its_signature_once_and_nothing_is_added_to_what_was_signed()
    {
        var (site, path, _) = await HeldAsync([Plain], opinion: null);
        var owner = Fixture.Service.As("王經理", [Roles.Customer], organisation: site.Owner);
        (await owner.ChangeAsync(path, "sign", new { printedName = "王經理" })).Code.ShouldBe("owner-opinion-missing");
        var byName = await Fixture
            .Service.As(Roles.CustomerService)
            .ChangeAsync(path, "sign", new { printedName = "王經理", opinion = "同意" });
        (byName.Code, byName.Rule).ShouldBe(("signature-image-missing", "Form3.3.1"));
        var image = await SignatureAsync(path);
        (
            await Fixture
                .Service.As(Roles.CustomerService)
                .ChangeAsync(
                    path,
                    "sign",
                    new
                    {
                        printedName = "王經理",
                        opinion = "請儘快修復",
                        signatureId = image,
                    }
                )
        ).Ok();

        var again = await owner.ChangeAsync(path, "sign", new { printedName = "別人", opinion = "別的意見" });
        (again.Code, again.Rule).ShouldBe(("already-signed", "Form3.3.1"));
        (await Fixture.Engineering.ChangeAsync(path, "record-finding", Plain)).Code.ShouldBe("already-signed");
        var signed = (await Fixture.Engineering.GetAsync(path)).Ok();
        (
            signed.Text("ownerOpinion"),
            signed["ownerSignature"]["printedName"]!.ToString(),
            signed["findings"].AsArray().Count
        ).ShouldBe(("請儘快修復", "王經理", 1));
        signed["_actions"].AsArray().Select(a => a!.ToString()).ShouldNotContain("sign");
    }

    private static object Decisions(params (Guid Finding, string Liability, string Unit)[] of) =>
        new
        {
            findings = of.Select(f => new
            {
                findingId = f.Finding,
                liability = f.Liability,
                cause = "泛水施工不符合圖集",
                causeCode = "workmanship",
                responsibleUnit = f.Unit,
            }),
        };

    private Task<(Site Site, string Path, List<Guid> Findings)> HeldAsync(params object[] findings) =>
        HeldAsync(findings, "請儘快修復");

    private async Task<(Site Site, string Path, List<Guid> Findings)> HeldAsync(object[] findings, string? opinion)
    {
        var site = await Site.NewAsync(Fixture.Service);
        var revisit = await site.HeldAsync(await site.HandedOverAsync("2024-01-31"), "2024-04-30", findings, opinion);
        var path = $"/v1/revisits/{revisit}";
        return (
            site,
            path,
            (await Fixture.Engineering.GetAsync(path))
                .Ok()["findings"]
                .AsArray()
                .Select(f => Guid.Parse(f!["id"]!.ToString()))
                .ToList()
        );
    }

    private async Task<Guid> SignatureAsync(string path)
    {
        using var form = new MultipartFormDataContent();
        var file = new ByteArrayContent(Png);
        file.Headers.ContentType = MediaTypeHeaderValue.Parse("image/png");
        form.Add(file, "file", "signature.png");
        var (answer, body) = await Fixture.SendAsync(
            Roles.Engineering,
            HttpMethod.Post,
            $"{path}/files?purpose=signature",
            form
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, Encoding.UTF8.GetString(body));
        return Guid.Parse(JsonNode.Parse(body)!["id"]!.ToString());
    }
}
