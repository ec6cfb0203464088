using System.Security.Cryptography;
using CustomerService.Attachments;
using CustomerService.Contracts.Files;
using CustomerService.Contracts.Files.Grpc.V1;
using CustomerService.Contracts.Projects.V1;
using CustomerService.Contracts.Surveys.V1;
using CustomerService.Records.Keeping;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Complaints.Tests;

/// <summary>What the files of a form, a finding and a complaint are to what is opened for them.</summary>
public sealed class CarriedFileTests(ComplaintsFixture fixture) : OnServers<ComplaintsFixture>(fixture)
{
    [Fact]
    [Trait("Rule", "S2")]
    public async Task Given_a_complaint_with_a_photo_When_a_CAPA_opens_Then_it_has_the_photo_those_that_come_later_and_the_same_bytes()
    {
        var complaint = await Fixture.OursAsync();
        var path = Steps.Complaint(complaint);
        var first = (await Fixture.Qc.PostAsync(path + "/files?purpose=damage", Photo())).Ok();

        var capa = await Fixture.CapaAsync(complaint);

        var taken = (await FilesAsync(Steps.Capa(capa))).Single();
        (taken["sha256"]!.ToString(), taken["from"]!["number"]!.ToString()).ShouldBe(
            (first.Text("sha256"), complaint.Number)
        );
        (await Fixture.Qc.DownloadAsync($"{Steps.Capa(capa)}/files/{taken["id"]}")).Bytes.ShouldBe(TestPictures.Photo);
        (
            await Fixture.Qc.DownloadAsync($"{Steps.Capa(capa)}/files/{taken["id"]}/thumbnail")
        ).Answer.Raw.IsSuccessStatusCode.ShouldBeTrue();
        (
            await Fixture.Qc.PostAsync(path + "/files?purpose=scan", TestPictures.Form(TestPictures.Pdf, "報告.pdf"))
        ).Ok();
        await Eventually.Holds(async () =>
            (await FilesAsync(Steps.Capa(capa))).Select(f => f["fileName"]!.ToString()).ShouldContain("報告.pdf")
        );
    }

    [Fact]
    [Trait("Rule", "S2")]
    public async Task Given_a_form_answer_with_a_photo_When_it_makes_a_complaint_and_that_a_CAPA_Then_both_read_it_of_its_owner()
    {
        var response = Steps.Dissatisfied();
        await Fixture.DeliverAsync(response);
        var wanted = await WantedAsync(response.ResponseId);
        var complaint = $"/v1/complaints/{wanted["toId"]}";
        var file = File("response", response.ResponseId, null, "surveys");
        Fixture.Files.Contents[file.FileId] = TestPictures.Photo;
        await Fixture.DeliverAsync(new SurveysFileAdded(file.FileId, 2, file));

        var seen = (await FilesAsync(complaint)).Single();

        seen["sha256"]!.ToString().ShouldBe(file.Sha256);
        (await Fixture.Qc.DownloadAsync($"{complaint}/files/{seen["id"]}")).Bytes.ShouldBe(TestPictures.Photo);
    }

    [Fact]
    [Trait("Rule", "S2")]
    public async Task Given_a_finding_with_a_photo_When_it_makes_a_CAPA_Then_the_CAPA_has_that_findings_photo()
    {
        var finding = Finding();
        await Fixture.DeliverAsync(finding);
        var wanted = await WantedAsync(finding.RevisitId);
        wanted["fromPartId"]!.ToString().ShouldBe(finding.FindingId.ToString());
        foreach (var part in (Guid[])[finding.FindingId, Guid.CreateVersion7()])
        {
            var file = File("revisit", finding.RevisitId, part, "projects");
            Fixture.Files.Contents[file.FileId] = TestPictures.Photo;
            await Fixture.DeliverAsync(new ProjectsFileAdded(file.FileId, 2, file));
        }

        var seen = (await FilesAsync($"/v1/capas/{wanted["toId"]}")).Single();

        (await Fixture.Qc.DownloadAsync($"/v1/capas/{wanted["toId"]}/files/{seen["id"]}")).Bytes.ShouldBe(
            TestPictures.Photo
        );
    }

    [Fact]
    [Trait("Rule", "C8")]
    public async Task Given_a_file_taken_along_When_its_owner_is_about_to_delete_the_bytes_Then_they_are_copied_first()
    {
        var finding = Finding();
        await Fixture.DeliverAsync(finding);
        var capa = $"/v1/capas/{(await WantedAsync(finding.RevisitId))["toId"]}";
        // A picture of its own: that of other tests is here already.
        byte[] photo = [.. TestPictures.Png, .. Guid.CreateVersion7().ToByteArray()];
        var file = File("revisit", finding.RevisitId, finding.FindingId, "projects") with
        {
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(photo)),
            Size = photo.Length,
            ContentType = "image/png",
        };
        await Fixture.DeliverAsync(new ProjectsFileAdded(file.FileId, 2, file));
        var seen = (await FilesAsync(capa)).Single();
        // The record is erased there; its bytes stay until all have answered.
        Fixture.Files.Erased[file.Sha256] = photo;
        using var channel = GrpcChannel.ForAddress(Fixture.Service.Grpc);
        var client = new FileContents.FileContentsClient(channel);
        var asService = Token("svc-projects", Roles.System);
        var offer = new ContentOffer
        {
            Sha256 = file.Sha256,
            Service = "projects",
            RecordId = finding.RevisitId.ToString(),
        };
        (
            await Should.ThrowAsync<RpcException>(async () => await client.AdoptAsync(offer, Token("qc", Roles.Qc)))
        ).StatusCode.ShouldBe(StatusCode.PermissionDenied);

        (await client.AdoptAsync(offer, asService)).Kept.ShouldBeTrue();
        (await client.AdoptAsync(offer, asService)).Kept.ShouldBeTrue("it is asked again after a crash");

        Fixture.Files.Erased.Clear();
        (await Fixture.Qc.DownloadAsync($"{capa}/files/{seen["id"]}")).Bytes.ShouldBe(photo);
        offer.Sha256 = new string('0', 64);
        (await client.AdoptAsync(offer, asService)).Kept.ShouldBeFalse("nothing here has it");
    }

    [Fact]
    [Trait("Rule", "C8")]
    public async Task Given_an_erased_complaint_When_a_service_with_files_is_away_Then_its_bytes_stay_until_all_have_answered()
    {
        var complaint = await Fixture.ClosedAsync();
        byte[] photo = [.. TestPictures.Png, .. Guid.CreateVersion7().ToByteArray()];
        var added = (
            await Fixture.Qc.PostAsync(Steps.Complaint(complaint) + "/files", TestPictures.Form(photo, "a.png"))
        ).Ok();
        var key = added.Text("sha256");
        await using var scope = Fixture.Service.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var (keeping, blobs) = (services.GetRequiredService<RecordKeeping>(), services.GetRequiredService<IBlobs>());
        var eraser = Someone.With("archivist", "office", Roles.Administrator);
        var now = services.GetRequiredService<CommandContexts>().For(eraser);
        CommandContext In(TimeSpan time) => new(eraser, now.Now + time, now.Policy, now.Calendars, now.Zone);
        var years = TimeSpan.FromDays(1500);
        var kind = services.GetRequiredService<KeptKinds>().Find("complaint")!;
        (await keeping.EraseAsync(In(years), kind, complaint.Id, "保存期滿", default))!.Refusal.ShouldBeNull();
        await CommitAsync();
        var grace = services.GetRequiredService<KeepingOptions>().FilesGrace;
        Fixture.Repairs.HasFiles = false;

        (await keeping.DropContentsAsync(In(years + grace), complaint.Id, default)).ShouldBeFalse("Repairs is away");
        (await blobs.GetAsync(key, default)).ShouldBe(photo);

        Fixture.Repairs.HasFiles = true;
        (await keeping.DropContentsAsync(In(years + (grace / 2)), complaint.Id, default)).ShouldBeFalse("not yet");
        (await keeping.DropContentsAsync(In(years + grace), complaint.Id, default)).ShouldBeTrue();
        await CommitAsync();
        (await blobs.GetAsync(key, default)).ShouldBeNull();
        Fixture.Files.Offers.ShouldContain(key);

        async Task CommitAsync() =>
            (await services.GetRequiredService<ICommandStore>().CommitAsync(null, default)).ShouldBe(Commit.Done);
    }

    [Fact]
    [Trait("Rule", "C8")]
    public async Task Given_an_erased_complaint_When_its_picture_comes_again_while_the_bytes_go_Then_the_new_file_has_them()
    {
        Fixture.Repairs.HasFiles = true;
        byte[] photo = [.. TestPictures.Png, .. Guid.CreateVersion7().ToByteArray()];
        var (erased, open) = (await Fixture.ClosedAsync(), await Fixture.ClosedAsync());
        (await AddAsync(erased)).Ok();
        await using var dropping = Fixture.Service.Services.CreateAsyncScope();
        var services = dropping.ServiceProvider;
        var keeping = services.GetRequiredService<RecordKeeping>();
        var eraser = Someone.With("archivist", "office", Roles.Administrator);
        var now = services.GetRequiredService<CommandContexts>().For(eraser);
        var later = new CommandContext(eraser, now.Now + TimeSpan.FromDays(1500), now.Policy, now.Calendars, now.Zone);
        var kind = services.GetRequiredService<KeptKinds>().Find("complaint")!;
        (await keeping.EraseAsync(later, kind, erased.Id, "保存期滿", default))!.Refusal.ShouldBeNull();
        await CommitAsync(services);
        var key = Convert.ToHexStringLower(SHA256.HashData(photo));
        var last = new CommandContext(
            eraser,
            later.Now + services.GetRequiredService<KeepingOptions>().FilesGrace,
            now.Policy,
            now.Calendars,
            now.Zone
        );

        // The bytes are deleted and the commit is not there yet: who hands the picture in waits for it.
        (await keeping.DropContentsAsync(last, erased.Id, default)).ShouldBeTrue();
        var added = AddAsync(open);
        await Task.Delay(TimeSpan.FromMilliseconds(500));
        added.IsCompleted.ShouldBeFalse();
        await CommitAsync(services);
        var file = (await added).Ok();

        (await Fixture.Qc.DownloadAsync($"{Steps.Complaint(open)}/files/{file.Id}")).Bytes.ShouldBe(photo);

        // Somebody is about to commit a file with this content: who would delete it waits.
        await using var adding = Fixture.Service.Services.CreateAsyncScope();
        await adding.ServiceProvider.GetRequiredService<IKeepingStore>().HoldContentAsync(key, default);
        await using var other = Fixture.Service.Services.CreateAsyncScope();
        var waiting = other.ServiceProvider.GetRequiredService<IKeepingStore>().HoldContentAsync(key, default);
        await Task.Delay(TimeSpan.FromMilliseconds(300));
        waiting.IsCompleted.ShouldBeFalse();
        await CommitAsync(adding.ServiceProvider);
        await waiting;

        Task<ApiAnswer> AddAsync(ApiAnswer complaint) =>
            Fixture.Qc.PostAsync(Steps.Complaint(complaint) + "/files", TestPictures.Form(photo, "a.png"));

        static async Task CommitAsync(IServiceProvider services) =>
            (await services.GetRequiredService<ICommandStore>().CommitAsync(null, default)).ShouldBe(Commit.Done);
    }

    private Metadata Token(string name, string role) =>
        new() { { "Authorization", "Bearer " + Fixture.Issuer.Token(name, name, [role], null, null) } };

    private static CapaRequested Finding() =>
        new(
            Guid.CreateVersion7(),
            5,
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            "東湖花園二期",
            "HT-2024-018",
            Guid.CreateVersion7(),
            "東湖置業有限公司",
            "roof",
            "3 號樓屋面",
            "防水層起鼓滲漏",
            "major",
            new DateOnly(2026, 11, 18)
        );

    private async Task<System.Text.Json.Nodes.JsonNode> WantedAsync(Guid from) =>
        (
            await Fixture.EventAsync(
                "complaints.files.wanted.v1",
                e => e.Body["wanted"]!["fromId"]!.ToString() == from.ToString()
            )
        ).Body["wanted"]!;

    private async Task<IReadOnlyList<System.Text.Json.Nodes.JsonNode>> FilesAsync(string record) =>
        (await Fixture.Qc.GetAsync(record + "/files")).Ok().Items;

    private static MultipartFormDataContent Photo() => TestPictures.Form(TestPictures.Photo, "漏水.jpg");

    private static FileOfRecord File(string kind, Guid record, Guid? part, string owner)
    {
        var id = Guid.CreateVersion7();
        return new(
            id,
            kind,
            record,
            null,
            part,
            "damage",
            null,
            "漏水.jpg",
            "image/jpeg",
            TestPictures.Photo.Length,
            Convert.ToHexStringLower(SHA256.HashData(TestPictures.Photo)),
            null,
            "li",
            "李先生",
            null,
            new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero),
            owner,
            id
        );
    }
}
