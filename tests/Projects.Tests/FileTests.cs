using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using CustomerService.Attachments;
using CustomerService.Forms;
using CustomerService.Rules;
using CustomerService.Servers;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SkiaSharp;

namespace CustomerService.Projects.Tests;

public sealed class FileTests(ProjectsFixture fixture) : OnServers<ProjectsFixture>(fixture)
{
    [Fact, Trait("Rule", "P2.2.2"), Trait("Rule", "P3.3")]
    public async Task Given_files_When_attached_Then_content_decides_size_is_limited_and_only_the_owner_and_staff_read_them()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var revisit = await site.HeldAsync(await site.HandedOverAsync("2024-01-31"), "2024-04-30", Site.Leak());
        var finding = (await Fixture.Engineering.GetAsync($"/v1/revisits/{revisit}")).Ok()["findings"][0]![
            "id"
        ]!.ToString();
        var picture = Picture("漏");

        var (created, body) = await UploadAsync(
            $"/v1/revisits/{revisit}/files?purpose=photo&partId={finding}",
            picture,
            "image/png",
            "C:\\照片\\屋面.png"
        );
        created.StatusCode.ShouldBe(HttpStatusCode.Created, Encoding.UTF8.GetString(body));
        var attachment = JsonNode.Parse(body)!;
        attachment["fileName"]!.ToString().ShouldBe("屋面.png");
        attachment["contentType"]!.ToString().ShouldBe("image/png");
        attachment["partId"]!.ToString().ShouldBe(finding);
        var path = $"/v1/revisits/{revisit}/files/{attachment["id"]}";

        var (read, content) = await Fixture.SendAsync(Roles.Qc, HttpMethod.Get, path);
        read.StatusCode.ShouldBe(HttpStatusCode.OK);
        content.ShouldBe(picture);
        read.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        read.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        (
            await Fixture.SendAsync(Roles.Customer, HttpMethod.Get, path, organisation: site.Owner)
        ).Answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (
            await Fixture.SendAsync(Roles.Customer, HttpMethod.Get, path, organisation: Guid.CreateVersion7())
        ).Answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);

        Code(
                await UploadAsync(
                    $"/v1/revisits/{revisit}/files",
                    "<script>alert(1)</script>"u8.ToArray(),
                    "image/png",
                    "a.png"
                )
            )
            .ShouldBe((400, "attachment-type"));
        Code(await UploadAsync($"/v1/revisits/{revisit}/files?purpose=signature", Pdf, "application/pdf", "a.pdf"))
            .ShouldBe((400, "attachment-type"));
        Code(
                await UploadAsync(
                    $"/v1/revisits/{revisit}/files",
                    [.. picture, .. new byte[(10 * 1024 * 1024) + 1 - picture.Length]],
                    "image/png",
                    "a.png"
                )
            )
            .ShouldBe((400, "attachment-size"));
        Code(await UploadAsync($"/v1/revisits/{revisit}/files", [], "image/png", "a.png"))
            .ShouldBe((400, "attachment-size"));
        Code(await UploadAsync($"/v1/revisits/{revisit}/files?purpose=poem", picture, "image/png", "a.png"))
            .ShouldBe((400, "bad-filter"));
        Code(await UploadAsync($"/v1/revisits/{revisit}/files", picture, "image/png", "a.png", Roles.BiReader))
            .ShouldBe((403, "role-missing"));
        Code(await UploadAsync($"/v1/revisits/{Guid.CreateVersion7()}/files", picture, "image/png", "a.png"))
            .ShouldBe((404, "not-found"));
        (await Fixture.Engineering.GetAsync($"/v1/revisits/{revisit}/files"))
            .Ok()
            .Items.Count.ShouldBe(1, "what was refused was not kept");
    }

    [Fact, Trait("Rule", "P3.3")]
    public async Task Given_pictures_that_are_broken_or_unpack_to_gigabytes_When_attached_Then_they_are_refused()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var project = await site.HandedOverAsync("2024-01-31");
        var path = $"/v1/revisits/{(await site.PlanAsync(project))[0].Id}/files";
        Code(await UploadAsync(path + "?purpose=photo", HugePng(30_000), "image/png", "a.png"))
            .ShouldBe((400, "attachment-pixels"));
        Code(
                await UploadAsync(
                    path + "?purpose=photo",
                    [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3],
                    "image/png",
                    "a.png"
                )
            )
            .ShouldBe((400, "attachment-incomplete"));
        Code(await UploadAsync(path, "%PDF-"u8.ToArray(), "application/pdf", "a.pdf"))
            .ShouldBe((400, "attachment-incomplete"));
        JsonNode.Parse((await UploadAsync(path, Pdf, "application/hta", "發票.hta")).Item2)!["fileName"]!
            .ToString()
            .ShouldBe("發票.pdf");
        var whole = Picture("漏");
        Code(await UploadAsync(path + "?purpose=signature", whole[..(whole.Length / 2)], "image/png", "a.png"))
            .ShouldBe((400, "attachment-incomplete"), "half a signature is none");
        Code(await UploadAsync(path + "?purpose=signature", whole, "image/png", "a.png")).Item1.ShouldBe(201);
        Pictures.Check(HugePng(5000), 25_000_000, whole: true).ShouldBeNull("just as large as is taken");
        Pictures.Check(HugePng(5001), 25_000_000, whole: false).ShouldBe(PictureFault.TooLarge);
    }

    [Fact, Trait("Rule", "P3.3")]
    public async Task Given_a_key_When_the_same_file_is_sent_again_Then_it_is_kept_once_and_another_file_is_refused()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var path = new Uri($"/v1/projects/{await site.RegisterAsync()}/files", UriKind.Relative);
        using var client = new HttpClient { BaseAddress = Fixture.Service.Http };
        client.DefaultRequestHeaders.Authorization = new(
            "Bearer",
            Fixture.Issuer.Token("陳工", "陳工", [Roles.Engineering], null, null)
        );
        client.DefaultRequestHeaders.Add("Idempotency-Key", Guid.CreateVersion7().ToString("N"));
        async Task<(int Status, string? Id, string? Code)> SendAsync(byte[] content, string name, string boundary)
        {
            using var form = new MultipartFormDataContent(boundary) { { new ByteArrayContent(content), "file", name } };
            using var answer = await client.PostAsync(path, form);
            var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
            return ((int)answer.StatusCode, body["id"]?.ToString(), body["code"]?.ToString());
        }

        var (picture, other) = (Picture("漏"), Picture("水"));
        var first = await SendAsync(picture, "a.png", "one");
        first.Status.ShouldBe(201);
        (await SendAsync(picture, "a.png", "another")).ShouldBe(first);
        (await SendAsync(other, "a.png", "one")).ShouldBe((409, null, "idempotency-key-reused"));
        (await SendAsync(picture, "b.png", "one")).ShouldBe((409, null, "idempotency-key-reused"));
        (await Fixture.Engineering.GetAsync(path.ToString())).Ok().Items.Count.ShouldBe(1);
    }

    [Fact, Trait("Rule", "P1")]
    public async Task Given_photos_of_the_cleared_site_When_it_is_recorded_Then_they_are_the_projects_own_pictures_and_shown_with_it()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var (project, other) = (await site.HandedOverAsync("2024-01-31"), await site.HandedOverAsync("2024-01-31"));
        async Task<Guid> Attached(Guid to, byte[] content) =>
            Guid.Parse(
                JsonNode.Parse((await UploadAsync($"/v1/projects/{to}/files", content, "image/png", "a.png")).Item2)![
                    "id"
                ]!.ToString()
            );
        var (picture, foreign, paper) = (
            await Attached(project, Picture("空")),
            await Attached(other, Picture("地")),
            await Attached(project, Pdf)
        );
        Task<ApiAnswer> Clear(ApiClient by, params Guid[] photos) =>
            by.ChangeAsync(
                $"/v1/projects/{project}",
                "clear-site",
                new
                {
                    on = "2024-02-05",
                    landReturned = true,
                    restoration = Site.Restored,
                    photos,
                }
            );

        foreach (var wrong in new[] { foreign, paper, Guid.CreateVersion7() })
        {
            var refused = await Clear(Fixture.Engineering, picture, wrong);
            (refused.Status, refused.Code, refused.Rule).ShouldBe((HttpStatusCode.Conflict, "photo-unknown", "P1"));
        }

        (await Clear(Fixture.Service.As("王", [Roles.Customer], organisation: site.Owner), foreign)).Code.ShouldBe(
            "role-missing"
        );
        (await Clear(Fixture.Engineering, picture, picture)).Ok();
        (await Fixture.Engineering.GetAsync($"/v1/projects/{project}")).Ok()["clearance"]["photos"]!
            .AsArray()
            .Select(p => p!.ToString())
            .ShouldBe([picture.ToString()]);
    }

    [Fact, Trait("Rule", "P3.3")]
    public async Task Given_a_long_name_When_attached_Then_no_character_of_it_is_cut_in_half()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var project = await site.RegisterAsync();
        var (created, body) = await UploadAsync(
            $"/v1/projects/{project}/files",
            Picture("漏"),
            "image/png",
            new string('a', 195) + "🏗️🏗️.png"
        );
        created.StatusCode.ShouldBe(HttpStatusCode.Created, Encoding.UTF8.GetString(body));
        JsonNode.Parse(body)!["fileName"]!.ToString().ShouldBe(new string('a', 195) + ".png");
    }

    [Fact, Trait("Rule", "P3.3")]
    public async Task Given_no_store_for_files_When_the_service_starts_Then_it_ends_with_one_line_and_commands_do_without()
    {
        var address = await Fixture.NewBrokerAsync();
        foreach (
            var (folder, line) in new[]
            {
                ("", "Setting Blobs:Folder is missing"),
                ("/proc/nothing/here", "where nothing can be written"),
            }
        )
        {
            var wrong = await Should.ThrowAsync<ServiceDefaults.SettingException>(() =>
                Fixture.StartAsync(address, new Dictionary<string, string> { ["Blobs:Folder"] = folder })
            );
            wrong.Message.ShouldContain(line);
            wrong.Message.ShouldNotContain("\n");
        }
    }

    [Fact, Trait("Rule", "P3.3")]
    public async Task Given_a_store_for_files_that_is_away_or_refuses_When_a_file_is_sent_Then_503_and_nothing_is_kept()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var full = builder.Build();
        full.MapPut("/forms/{key}", () => Results.StatusCode(507));
        await full.StartAsync();
        var nobody = $"http://127.0.0.1:{Machine.FreePort()}";
        var address = await Fixture.NewBrokerAsync();
        foreach (var endpoint in new[] { full.Urls.First(), nobody })
        {
            await using var service = await Fixture.StartAsync(
                address,
                new Dictionary<string, string>
                {
                    ["Blobs:S3:Endpoint"] = endpoint,
                    ["Blobs:S3:Bucket"] = "forms",
                    ["Blobs:S3:AccessKey"] = "key",
                    ["Blobs:S3:SecretKey"] = "secret",
                }
            );
            var site = await Site.NewAsync(service);
            var project = await site.RegisterAsync();
            using var form = new MultipartFormDataContent { { new ByteArrayContent(Picture("漏")), "file", "a.png" } };
            using var client = new HttpClient { BaseAddress = service.Http };
            client.DefaultRequestHeaders.Authorization = new(
                "Bearer",
                Fixture.Issuer.Token("陳工", "陳工", [Roles.Engineering], null, null)
            );
            using var answer = await client.PostAsync(new Uri($"/v1/projects/{project}/files", UriKind.Relative), form);
            (
                (int)answer.StatusCode,
                JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["code"]!.ToString()
            ).ShouldBe((503, "blobs-unavailable"));
            (await service.As(Roles.Engineering).GetAsync($"/v1/projects/{project}/files")).Ok().Items.ShouldBeEmpty();
        }
    }

    [Fact, Trait("Rule", "Form3.3.1")]
    public async Task Given_a_complete_revisit_with_a_drawn_signature_When_printed_Then_the_form_has_every_row_and_the_signature()
    {
        Assert.SkipUnless(File.Exists(Fonts.Cjk), "No Noto CJK font (fonts-noto-cjk) on this machine.");
        var site = await Site.NewAsync(Fixture.Service);
        var project = await site.HandedOverAsync("2024-01-31");
        var revisit = await site.HeldAsync(
            project,
            "2024-04-30",
            Site.Leak(),
            new
            {
                part = "electrical",
                location = "3 號樓 502",
                description = "開關鬆動",
                severity = "minor",
                repairWanted = true,
                capaWanted = false,
                explanation = "安裝時未緊固",
                proposedSolution = "逐戶檢查並緊固",
            }
        );
        var path = $"/v1/revisits/{revisit}";
        var findings = (await Fixture.Engineering.GetAsync(path))
            .Ok()["findings"]
            .AsArray()
            .Select(f => Guid.Parse(f!["id"]!.ToString()))
            .ToList();
        await Fixture.PublishAsync(
            new Contracts.Repairs.V1.RepairOrderOpened(
                Guid.CreateVersion7(),
                1,
                "WX-2024-0031",
                project,
                "濱江花園一期",
                site.Owner,
                "roof",
                "major",
                "revisit",
                findings[0],
                revisit,
                new(2024, 4, 30),
                new(2024, 5, 2)
            )
        );
        (
            await Fixture.QcHead.ChangeAsync(
                path,
                "assess-liability",
                new
                {
                    findings = findings.Select(
                        (f, i) =>
                            new
                            {
                                findingId = f,
                                liability = i == 0 ? "subcontractor" : "contractor",
                                cause = "泛水施工不符合圖集要求",
                                causeCode = "workmanship",
                                responsibleUnit = i == 0 ? "安固防水工程有限公司" : "水電工區",
                            }
                    ),
                }
            )
        ).Ok();
        (
            await Fixture.EngineeringHead.ChangeAsync(
                path,
                "set-disposition",
                new { text = "由原防水分包單位於七日內返修，修復後做 24 小時蓄水試驗。" }
            )
        ).Ok();
        foreach (var finding in findings)
        {
            (await Fixture.Engineering.ChangeAsync(path, "follow-up", Site.Texts(Guid.Parse($"{finding}")))).Ok();
        }

        var (_, uploaded) = await UploadAsync(
            $"{path}/files?purpose=signature",
            Picture("王大明"),
            "image/png",
            "signature.png"
        );
        (
            await Fixture.Engineering.ChangeAsync(
                path,
                "sign",
                new
                {
                    printedName = "王大明",
                    opinion = "同意",
                    signatureId = Guid.CreateVersion7(),
                }
            )
        ).Code.ShouldBe("signature-image-unknown");
        (
            await Fixture.Engineering.ChangeAsync(
                path,
                "sign",
                new
                {
                    printedName = "王大明",
                    opinion = "同意處理方案，請儘快安排修復。",
                    signatureId = JsonNode.Parse(uploaded)!["id"]!.ToString(),
                }
            )
        ).Ok();
        (await Fixture.Engineering.ChangeAsync(path, "close")).Ok();
        await Eventually.Holds(async () =>
            (await Fixture.Engineering.GetAsync(path)).Ok()["findings"][0]!["repairOrder"]!["number"]!
                .ToString()
                .ShouldBe("WX-2024-0031")
        );

        var (answer, pdf) = await Fixture.SendAsync(
            Roles.Engineering,
            HttpMethod.Get,
            $"{path}/forms/revisit-record.pdf"
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, Encoding.UTF8.GetString(pdf));
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/pdf");
        var folder = Environment.GetEnvironmentVariable("CS_PRINTED_FORMS") is { Length: > 0 } wanted
            ? wanted
            : Path.GetTempPath();
        var file = Path.Combine(folder, $"form-3.3.1-{revisit:N}.pdf");
        await File.WriteAllBytesAsync(file, pdf);
        Assert.SkipUnless(
            File.Exists(Fonts.PdfReader),
            "The PDF was made, but pdftotext (poppler-utils) is not there to read it."
        );
        var text = Run(Fonts.PdfReader, "-layout", file, "-").Replace(" ", "", StringComparison.Ordinal);
        foreach (
            var row in new[]
            {
                "工程回訪記錄表",
                "工程名稱",
                "濱江花園一期",
                "業主",
                "濱江置業有限公司",
                "合同編號",
                "建築面積",
                "23,500.5平方米",
                "結構類型",
                "框架剪力牆結構",
                "交付日期",
                "2024年1月31日",
                "質量等級",
                "回訪形式",
                "實地回訪",
                "屋面滲漏",
                "開關鬆動",
                "重做泛水及附加層",
                "回訪人",
                "趙法人",
                "吳質量",
                "2024年4月30日",
                "同意處理方案",
                "王大明",
                "泛水施工不符合圖集要求",
                "分包單位",
                "質量部門",
                "何質量",
                "處理意見",
                "蓄水試驗",
                "WX-2024-0031",
                "工程部門負責人",
                "周部",
            }
        )
        {
            text.ShouldContain(row);
        }

        var images = Path.Combine(Path.GetDirectoryName(Fonts.PdfReader)!, "pdfimages");
        if (File.Exists(images))
        {
            // Page, number, kind, width and height of the picture that was drawn.
            Run(images, "-list", file)
                .Split('\n')
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .ShouldContain(
                    line => line.Length > 4 && line[2] == "image" && line[3] == "300" && line[4] == "110",
                    "the signature itself, not only the printed name"
                );
        }

        text.ShouldContain("第1頁，共1頁", Case.Sensitive, "an ordinary revisit fits on one sheet, as on paper");
        if (folder == Path.GetTempPath())
        {
            File.Delete(file);
        }

        (
            await Fixture.SendAsync(
                Roles.Customer,
                HttpMethod.Get,
                $"{path}/forms/revisit-record.pdf",
                organisation: Guid.CreateVersion7()
            )
        ).Answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact, Trait("Rule", "Form3.3.1")]
    public void Given_no_font_with_Chinese_characters_When_a_form_is_printed_Then_the_message_says_what_to_do()
    {
        using var font = new FormFont("/nowhere/font.ttc");
        Should.Throw<FontMissingException>(() => font.Faces("zh-Hant")).Message.ShouldContain("Forms:Font");
    }

    [Fact, Trait("Rule", "P3.3")]
    public async Task Both_stores_keep_what_they_were_given_and_know_what_they_do_not_have()
    {
        var kept = new System.Collections.Concurrent.ConcurrentDictionary<string, byte[]>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var store = builder.Build();
        store.MapPut(
            "/forms/{key}",
            async (string key, HttpRequest request) =>
            {
                request.Headers.Authorization.ToString().ShouldStartWith("AWS4-HMAC-SHA256 Credential=key/");
                using var memory = new MemoryStream();
                await request.Body.CopyToAsync(memory);
                kept[key] = memory.ToArray();
            }
        );
        var reads = 0;
        store.MapGet(
            "/forms/{key}",
            (string key) =>
            {
                reads++;
                return kept.TryGetValue(key, out var content) ? Results.Bytes(content) : Results.NotFound();
            }
        );
        store.MapMethods(
            "/forms/{key}",
            ["HEAD"],
            (string key) => kept.ContainsKey(key) ? Results.Ok() : Results.NotFound()
        );
        await store.StartAsync();
        var folder = Directory.CreateTempSubdirectory("cs-blobs").FullName;
        var key = new string('a', 64);
        foreach (
            IBlobs blobs in new IBlobs[]
            {
                new FolderBlobs(folder),
                new S3Blobs(new S3Settings(new Uri(store.Urls.First()), "forms", "us-east-1", "key", "secret")),
            }
        )
        {
            (await blobs.GetAsync(key, CancellationToken.None)).ShouldBeNull();
            (await blobs.ExistsAsync(key, CancellationToken.None)).ShouldBeFalse();
            await blobs.PutAsync(key, "內容"u8.ToArray(), "application/pdf", CancellationToken.None);
            await blobs.PutAsync(key, "內容"u8.ToArray(), "application/pdf", CancellationToken.None);
            (await blobs.GetAsync(key, CancellationToken.None)).ShouldBe("內容"u8.ToArray());
            var read = reads;
            (await blobs.ExistsAsync(key, CancellationToken.None)).ShouldBeTrue();
            reads.ShouldBe(read, "it asks without the content");
        }

        await Should.ThrowAsync<ArgumentException>(() =>
            new FolderBlobs(folder).GetAsync("../../etc/passwd", CancellationToken.None)
        );
        var unreadable = new string('b', 64);
        Directory.CreateDirectory(Path.Combine(folder, "bb", unreadable));
        foreach (var away in new[] { new FolderBlobs(folder), new FolderBlobs(Path.Combine(folder, "none")) })
        {
            (
                await Should.ThrowAsync<UnavailableException>(() => away.GetAsync(unreadable, CancellationToken.None))
            ).Code.ShouldBe("blobs-unavailable");
            (
                await Should.ThrowAsync<UnavailableException>(() =>
                    away.ExistsAsync(unreadable, CancellationToken.None)
                )
            ).Code.ShouldBe("blobs-unavailable");
        }

        Directory.Delete(folder, recursive: true);
    }

    [Theory, Trait("Rule", "Form3.3.1")]
    [InlineData("zh-Hant", "陳先生（電話），陳工記錄", "用戶：陳先生（2號樓501）")]
    [InlineData("zh-Hans", "陳先生（电话），陳工记录", "用户：陳先生（2號樓501）")]
    [InlineData("en", "陳先生,byphone;takendownby陳工", "User:陳先生(2號樓501)")]
    public async Task Given_a_recorded_opinion_of_a_user_When_printed_Then_the_form_names_both(
        string language,
        string recorded,
        string user
    )
    {
        var site = await Site.NewAsync(Fixture.Service);
        var request = site.Request();
        request["users"] = JsonNode.Parse("""[{"name":"陳先生","place":"2 號樓 501"}]""");
        var project = await site.HandedOverAsync("2024-01-31", request: request);
        var userId = (await Fixture.Engineering.GetAsync($"/v1/projects/{project}")).Ok()["users"][0]![
            "id"
        ]!.ToString();
        var revisit = await site.HeldAsync(project, "2024-04-30", Site.Leak());
        var path = $"/v1/revisits/{revisit}";
        object Opinion(string of) =>
            new
            {
                givenBy = "陳先生",
                method = "phone",
                on = "2024-05-02",
                opinion = "滲漏已處理，無其他意見。",
                whyUnsigned = "用戶當日不在",
                userId = of,
            };
        (
            await Fixture.Engineering.ChangeAsync(path, "record-opinion", Opinion(Guid.CreateVersion7().ToString()))
        ).Code.ShouldBe("user-unknown");
        (await Fixture.Engineering.ChangeAsync(path, "record-opinion", Opinion(userId))).Ok();

        var (answer, pdf) = await Fixture.SendAsync(
            Roles.Engineering,
            HttpMethod.Get,
            $"{path}/forms/revisit-record.pdf?language={language}"
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, Encoding.UTF8.GetString(pdf));
        var folder = Environment.GetEnvironmentVariable("CS_PRINTED_FORMS") ?? Path.GetTempPath();
        var file = Path.Combine(folder, $"form-3.3.1-recorded-{language}.pdf");
        await File.WriteAllBytesAsync(file, pdf);
        Assert.SkipUnless(File.Exists(Fonts.PdfReader), "pdftotext (poppler-utils) is not there to read the PDF.");
        // Folded: where characters share a glyph the reader takes one for the other.
        var text = TextFolding.ForSearch(Run(Fonts.PdfReader, "-raw", file, "-"));
        text.ShouldContain(TextFolding.ForSearch(recorded));
        text.ShouldContain(TextFolding.ForSearch(user));
        // Days as on every other form: zeros before single digits, or the characters for year, month and day.
        text.ShouldContain(TextFolding.ForSearch(language == "en" ? "2024-01-31" : "2024年1月31日"));
    }

    [Fact, Trait("Rule", "P3")]
    public async Task Given_a_warranty_contract_When_it_is_recorded_Then_the_project_shows_it_and_warns_no_more()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var project = await site.HandedOverAsync("2024-01-31");
        var path = $"/v1/projects/{project}";
        var before = (await Fixture.Engineering.GetAsync(path)).Ok();
        before["warnings"][0]!["code"]!.ToString().ShouldBe("warranty-contract-missing");
        var (_, uploaded) = await UploadAsync($"{path}/files", Picture("約"), "image/png", "contract.png");
        object Contract(string file) =>
            new
            {
                number = "BX-2024-017",
                signedOn = "2024-01-31",
                fileId = file,
                terms = "按表 3.1",
                exclusions = new[] { "業主改造部位" },
            };

        (
            await Fixture.Sales.ChangeAsync(path, "record-contract", Contract(Guid.CreateVersion7().ToString()))
        ).Code.ShouldBe("contract-file-unknown");
        var recorded = (
            await Fixture.Sales.ChangeAsync(
                path,
                "record-contract",
                Contract(JsonNode.Parse(uploaded)!["id"]!.ToString())
            )
        ).Ok();

        recorded["warnings"].AsArray().ShouldBeEmpty();
        recorded["warrantyContract"]["number"]!.ToString().ShouldBe("BX-2024-017");
    }

    private async Task<(HttpResponseMessage, byte[])> UploadAsync(
        string path,
        byte[] content,
        string type,
        string name,
        string role = Roles.Engineering
    )
    {
        using var form = new MultipartFormDataContent();
        var file = new ByteArrayContent(content);
        file.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        form.Add(file, "file", name);
        return await Fixture.SendAsync(role, HttpMethod.Post, path, form);
    }

    private static (int, string?) Code((HttpResponseMessage Answer, byte[] Body) answer) =>
        ((int)answer.Answer.StatusCode, JsonNode.Parse(answer.Body)?["code"]?.ToString());

    // Something like a signature drawn on a screen.
    private static byte[] Picture(string seed)
    {
        using var surface = SKSurface.Create(new SKImageInfo(300, 110));
        surface.Canvas.Clear(SKColors.White);
        using var pen = new SKPaint
        {
            Style = SKPaintStyle.Stroke,
            StrokeWidth = 5,
            Color = new SKColor(20, 20, 90),
            IsAntialias = true,
            StrokeCap = SKStrokeCap.Round,
        };
        var from = new SKPoint(15, 60);
        for (var i = 1; i < 40; i++)
        {
            var to = new SKPoint(15 + (i * 6.8f), 55 + ((((i * 37) + seed[0]) % 80) - 40));
            surface.Canvas.DrawLine(from, to, pen);
            from = to;
        }

        using var image = surface.Snapshot();
        using var data = image.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    // A picture of one colour: small as a file, and as large as wanted when unpacked.
    private static byte[] Pdf =>
        "%PDF-1.7\n1 0 obj\n<<>>\nendobj\nxref\n0 1\ntrailer\n<<>>\nstartxref\n30\n%%EOF\n"u8.ToArray();

    private static byte[] HugePng(int side)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(side, side, SKColorType.Gray8, SKAlphaType.Opaque));
        bitmap.Erase(SKColors.White);
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    private static string Run(string program, params string[] arguments)
    {
        var start = new System.Diagnostics.ProcessStartInfo(program)
        {
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = System.Diagnostics.Process.Start(start)!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return text;
    }
}
