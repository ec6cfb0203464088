using System.Security.Cryptography;
using CustomerService.Contracts.Files;
using CustomerService.Contracts.Projects.V1;
using CustomerService.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Repairs.Tests;

/// <summary>What the photos of a finding are to the order that repairs it.</summary>
public sealed class CarriedFileTests(RepairsFixture fixture) : OnServers<RepairsFixture>(fixture)
{
    [Fact]
    [Trait("Rule", "S2")]
    public async Task Given_a_finding_with_photos_When_an_order_opens_Then_the_repair_unit_reads_them_there_with_the_same_hash()
    {
        var site = Case.Of(Fixture);
        var finding = Finding(site);
        await Fixture.DeliverAsync(finding);
        var wanted = await Fixture.EventAsync(
            "repairs.files.wanted.v1",
            e => e.Body["wanted"]!["fromPartId"]?.ToString() == finding.FindingId.ToString()
        );
        var order = site.Around(Guid.Parse(wanted.Body["wanted"]!["toId"]!.ToString()));
        wanted.Body["wanted"]!["fromId"]!.ToString().ShouldBe(finding.RevisitId.ToString());
        // Nobody else has the same content: a copy of our own would be read instead of the owner's.
        byte[] photo = [.. TestPictures.Photo, .. finding.FindingId.ToByteArray()];
        var (ofFinding, ofAnother) = (
            File(finding, finding.FindingId, photo),
            File(finding, Guid.CreateVersion7(), TestPictures.Png)
        );
        Fixture.Projects.Files.Contents[ofFinding.FileId] = photo;
        await Fixture.DeliverAsync(new ProjectsFileAdded(ofFinding.FileId, 2, ofFinding));
        await Fixture.DeliverAsync(new ProjectsFileAdded(ofAnother.FileId, 2, ofAnother));
        await order.ToAsync("dispatched");

        var seen = (await order.Unit.GetAsync(order.Record + "/files")).Ok().Items.Single();

        seen["sha256"]!.ToString().ShouldBe(ofFinding.Sha256);
        (seen["from"], seen["uploadedBy"]).ShouldBe((null, null));
        (await order.Service.GetAsync(order.Record + "/files")).Ok().Items.Single()["from"]!["id"]!
            .ToString()
            .ShouldBe(finding.RevisitId.ToString());
        var path = $"{order.Record}/files/{seen["id"]}";
        var (_, read) = await order.Service.DownloadAsync(path);
        Convert.ToHexStringLower(SHA256.HashData(read)).ShouldBe(ofFinding.Sha256);
        var (answer, bare) = await order.Unit.DownloadAsync(path);
        answer.Raw.IsSuccessStatusCode.ShouldBeTrue();
        TestPictures.Contains(bare, "2026:03:02").ShouldBeFalse("where and when is not the unit's");
        Fixture.Projects.FilesAuthorization.ShouldStartWith("Bearer ");

        // What the owner of the file has meanwhile is not what was taken along.
        Fixture.Projects.Files.Contents[ofFinding.FileId] = TestPictures.Png;
        (await order.Service.GetAsync(path)).Code.ShouldBe("file-owner-unavailable");
        Fixture.Projects.Files.Contents.TryRemove(ofFinding.FileId, out _);
        // The owner has it no more; the others, who may have a copy, are away.
        (await order.Service.GetAsync(path)).Code.ShouldBe("file-owner-unavailable");
    }

    [Fact]
    [Trait("Rule", "S2")]
    public async Task Given_photos_of_an_order_When_asked_for_counts_Then_by_purpose_without_those_struck_through()
    {
        var order = await Case.Of(Fixture).OpenedAsync();
        foreach (var purpose in (string[])["before", "before", "after"])
        {
            (
                await order.Service.PostAsync(
                    $"{order.Record}/files?purpose={purpose}",
                    TestPictures.Form(TestPictures.Png, "a.png")
                )
            ).Ok();
        }

        var struck = (await order.Service.GetAsync(order.Record + "/files")).Ok().Items[0]["id"];
        (
            await order.Service.PostAsync(
                $"{order.Record}/files/{struck}/remove",
                new Records.Features.RemoveFileRequest("重拍"),
                "\"1\""
            )
        ).Ok();

        await using var scope = Fixture.Service.Services.CreateAsyncScope();
        var counts = await scope
            .ServiceProvider.GetRequiredService<Records.Files>()
            .CountAsync(order.Id, CancellationToken.None);
        counts.ShouldBe(new Dictionary<string, int> { ["before"] = 1, ["after"] = 1 }, ignoreOrder: true);
    }

    private static RepairRequested Finding(Case site) =>
        new(
            Guid.CreateVersion7(),
            1,
            Guid.CreateVersion7(),
            site.ProjectId,
            "濱江花園",
            "HT-2024-018",
            site.OwnerId,
            "濱江業主委員會",
            "王先生",
            "021-5555",
            "roof",
            "屋面東南角",
            "屋面滲漏",
            "major",
            DateOnly.FromDateTime(DateTime.UtcNow)
        );

    private static FileOfRecord File(RepairRequested finding, Guid part, byte[] content)
    {
        var id = Guid.CreateVersion7();
        return new(
            id,
            "revisit",
            finding.RevisitId,
            "GC-2024-018/HF-01",
            part,
            "damage",
            "屋面滲漏",
            "屋面.jpg",
            "image/jpeg",
            content.Length,
            Convert.ToHexStringLower(SHA256.HashData(content)),
            null,
            "chen",
            "陳工",
            null,
            new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero),
            "projects",
            id
        );
    }
}
