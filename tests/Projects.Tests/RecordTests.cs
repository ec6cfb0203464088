using CustomerService.Testing;

namespace CustomerService.Projects.Tests;

/// <summary>Notes, followers, tags, links and timeline of projects.</summary>
public sealed class ProjectRecordTests(ProjectsFixture fixture) : RecordsContract<ProjectsFixture>(fixture, "projects")
{
    protected override async Task<TestedRecord> NewAsync()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var id = await site.HandedOverAsync("2024-01-31");
        return new("project", $"/v1/projects/{id}", id, site.Owner);
    }

    protected override bool Shows(string purpose) => true;
}

/// <summary>The same of revisits, whose files stand in their timelines.</summary>
public sealed class RevisitRecordTimelineTests(ProjectsFixture fixture)
    : RecordsContract<ProjectsFixture>(fixture, "projects")
{
    protected override async Task<TestedRecord> NewAsync()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var id = await site.HeldAsync(await site.HandedOverAsync("2024-01-31"), "2024-04-30", Site.Leak());
        return new("revisit", $"/v1/revisits/{id}", id, site.Owner);
    }

    protected override bool Shows(string purpose) => true;

    [Fact]
    [Trait("Rule", "S2")]
    public async Task A_file_stands_in_the_timeline_of_its_revisit()
    {
        var record = await NewAsync();
        using var form = new MultipartFormDataContent();
        var pdf = "%PDF-1.4\n1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n"u8.ToArray();
        using var file = new ByteArrayContent(pdf);
        form.Add(file, "file", "回訪照片.pdf");
        (await Fixture.Engineering.PostAsync($"{record.Path}/files?purpose=document", form)).Ok();

        var entry = (await Fixture.Engineering.GetAsync(record.Path + "/timeline"))
            .Ok()
            .Items.Single(e => e["kind"]!.ToString() == "file");

        (entry["action"]!.ToString(), entry["file"]!["name"]!.ToString()).ShouldBe(("attach", "回訪照片.pdf"));
    }
}

/// <summary>Keeping and erasing of projects.</summary>
public sealed class ProjectKeepingTests(ProjectsFixture fixture) : KeepingContract<ProjectsFixture>(fixture, "projects")
{
    protected override async Task<TestedRecord> ClosedAsync()
    {
        var site = await Site.NewAsync(Fixture.Service);
        var id = await site.RegisterAsync();
        var path = $"/v1/projects/{id}";
        var seen = (await Fixture.Engineering.GetAsync(path)).Ok();
        (
            await Fixture.EngineeringHead.PostAsync(
                path + "/withdraw",
                new Projects.Features.WithdrawProject.Request("重複登錄"),
                seen.ETag
            )
        ).Ok();
        return new("project", path, id, site.Owner);
    }
}
