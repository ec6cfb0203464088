using System.Net;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Complaints.Tests;

/// <summary>What every caller can rely on: who may what, bad input, keys, versions, lists.</summary>
public sealed class ApiTests(ComplaintsFixture f)
{
    [Fact]
    [Trait("Rule", "C3.2.1")]
    public async Task Sales_and_customer_service_and_the_customer_register_and_nobody_else()
    {
        var customer = Guid.CreateVersion7();
        (await f.Sales.PostAsync("/v1/complaints", Story.Intake(customer))).Ok().Text("takenBy").ShouldBe("sales-1");
        (await f.CustomerService.PostAsync("/v1/complaints", Story.Intake(customer, channel: "visit")))
            .Ok()
            .Text("takenBy")
            .ShouldBe("customer-service-1");
        foreach (
            var role in new[]
            {
                Roles.Qc,
                Roles.Production,
                Roles.Finance,
                Roles.ResponsibleDepartment,
                Roles.RepairUnit,
                Roles.BiReader,
                Roles.Operator,
            }
        )
        {
            (await f.Service.As(role).PostAsync("/v1/complaints", Story.Intake(customer))).Refused(
                HttpStatusCode.Forbidden,
                "role-missing",
                "C3.2.1"
            );
        }

        (await f.Service.Anonymous().PostAsync("/v1/complaints", Story.Intake(customer))).Refused(
            HttpStatusCode.Unauthorized,
            "unauthenticated"
        );
        (await f.Service.Anonymous().GetAsync("/v1/complaints")).Refused(
            HttpStatusCode.Unauthorized,
            "unauthenticated"
        );
    }

    [Fact]
    [Trait("Rule", "C3.2.1")]
    [Trait("Rule", "C5.6.1")]
    public async Task A_customer_registers_on_the_portal_sees_only_his_own_and_confirms_himself()
    {
        var (own, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var me = f.Customer(own);
        var them = f.Customer(other);
        object body = new
        {
            customerName = "東湖置業",
            contact = "王小姐",
            phone = "0755",
            subject = "漏水",
            description = "屋面漏水。",
        };
        var mine = (await me.PostAsync("/v1/complaints", body)).Ok();
        (mine.Text("channel"), mine.Text("customerId"), mine.Text("severity")).ShouldBe(
            ("portal", own.ToString(), "minor")
        );
        (
            await me.PostAsync(
                "/v1/complaints",
                new
                {
                    customerId = other,
                    customerName = "x",
                    contact = "x",
                    phone = "x",
                    subject = "x",
                    description = "x",
                }
            )
        ).Refused(HttpStatusCode.Forbidden, "customer-is-another");
        (
            await me.PostAsync(
                "/v1/complaints",
                new
                {
                    channel = "phone",
                    customerName = "x",
                    contact = "x",
                    phone = "x",
                    subject = "x",
                    description = "x",
                }
            )
        ).Refused(HttpStatusCode.BadRequest, "channel-not-portal");
        (await f.Service.As("nobody", [Roles.Customer]).PostAsync("/v1/complaints", body)).Refused(
            HttpStatusCode.Forbidden,
            "organisation-missing"
        );

        (await them.GetAsync(Story.Of(mine))).Refused(HttpStatusCode.NotFound, "not-found");
        (await them.GetAsync(Story.Of(mine) + "/form")).Refused(HttpStatusCode.NotFound, "not-found");
        (await them.PostAsync(Story.Of(mine) + "/confirm", new { }, mine.ETag)).Refused(
            HttpStatusCode.NotFound,
            "not-found"
        );
        (await f.Service.As("nobody", [Roles.Customer]).GetAsync(Story.Of(mine))).Refused(
            HttpStatusCode.NotFound,
            "not-found"
        );
        (await f.Service.As(Roles.RepairUnit).GetAsync(Story.Of(mine))).Refused(HttpStatusCode.NotFound, "not-found");
        (await them.GetAsync("/v1/complaints"))["items"].AsArray().ShouldBeEmpty();
        (await me.GetAsync($"/v1/complaints?customerId={other}"))["items"].AsArray().ShouldBeEmpty();
        (await me.GetAsync("/v1/complaints"))["items"]
            .AsArray()
            .Select(c => c!["id"]!.ToString())
            .ShouldBe([mine.Id.ToString()]);
        (await me.GetAsync("/v1/audit/" + mine.Id)).Refused(HttpStatusCode.NotFound, "not-found");

        (await me.ChangeAsync(Story.Of(mine), "respond", new { message = "x" })).Refused(
            HttpStatusCode.Forbidden,
            "role-missing"
        );
        (await f.CustomerService.ChangeAsync(Story.Of(mine), "respond", new { message = "收到。" })).Ok();
        (await f.CustomerService.ChangeAsync(Story.Of(mine), "send-to-qc", new { note = "內部：疑為施工。" })).Ok();
        (
            await f.Qc.ChangeAsync(
                Story.Of(mine),
                "decide-ours",
                new
                {
                    responsibleDepartment = "production",
                    causeCode = "W-03",
                    findings = "內部結論。",
                }
            )
        ).Ok();
        var action = await f.ActionAsync(mine);
        await f.ExecutedAsync(action);
        (await f.CustomerService.ChangeAsync(Story.Of(mine), "answer", Story.Answer)).Ok();

        var seen = (await me.GetAsync(Story.Of(mine))).Ok();
        seen["answer"]!["conclusion"]!.ToString().ShouldBe("已重做並試水合格。");
        foreach (
            var internalPart in new[]
            {
                "liability",
                "correctiveActions",
                "pauses",
                "reports",
                "meetingGrounds",
                "rounds",
                "policyVersion",
                "triage",
            }
        )
        {
            seen.Body![internalPart].ShouldBeNull(internalPart);
        }

        seen.Body!.ToJsonString().ShouldNotContain("內部");
        (await me.GetAsync(Story.Of(mine) + "/form")).Body!.ToJsonString().ShouldNotContain("內部");
        (await me.GetAsync("/v1/complaints?department=production"))["items"].AsArray().ShouldBeEmpty();
        (await me.GetAsync(Story.At(action))).Refused(HttpStatusCode.NotFound, "not-found");
        (await me.GetAsync("/v1/corrective-actions"))["items"].AsArray().ShouldBeEmpty();
        seen["_actions"].AsArray().Select(a => a!.ToString()).ShouldBe(["confirm", "object"]);
        var confirmed = (await me.ChangeAsync(Story.Of(mine), "confirm", new { opinion = "可以。" })).Ok();
        confirmed["confirmation"]!["confirmedBy"]!.ToString().ShouldBe("customer-" + own.ToString("N")[^6..]);
        (await me.ChangeAsync(Story.Of(mine), "close")).Refused(HttpStatusCode.Forbidden, "role-missing");
    }

    [Theory]
    [InlineData("{", "malformed")]
    [InlineData("[]", "malformed")]
    [InlineData("null", "malformed")]
    [InlineData("{}", "validation")]
    [InlineData(
        """{"customerName":"x","contact":"x","phone":"x","subject":"x","description":"x","surprise":1}""",
        "malformed"
    )]
    [InlineData("""{"customerName":null,"contact":"x","phone":"x","subject":"x","description":"x"}""", "malformed")]
    [InlineData(
        """{"customerName":"x","contact":"x","phone":"x","subject":"x","description":"x","severity":"terrible"}""",
        "malformed"
    )]
    [InlineData(
        """{"customerName":"x","contact":"x","phone":"x","subject":"x","description":"x","severity":2}""",
        "malformed"
    )]
    [InlineData(
        """{"customerName":"x","contact":"x","phone":"x","subject":"x","description":"x","receivedAt":"yesterday"}""",
        "malformed"
    )]
    [InlineData(
        """{"customerName":"x","contact":"x","phone":"x","subject":"x","description":"x","customerId":"12"}""",
        "malformed"
    )]
    [InlineData("""{"customerName":" ","contact":"x","phone":"x","subject":"x","description":"x"}""", "validation")]
    [InlineData(
        """{"customerName":"x","contact":"x","phone":"x","subject":"x\u0000y","description":"x"}""",
        "validation"
    )]
    [InlineData(
        """{"customerName":"x","contact":"x","phone":"x","subject":"x","description":"x","channel":"survey"}""",
        "validation"
    )]
    [InlineData(
        """{"customerName":"x","contact":"x","phone":"x","subject":"x","description":"x"}""",
        "intake-incomplete"
    )]
    [InlineData(
        """{"customerId":"019a0000-0000-7000-8000-000000000000","channel":"phone","severity":"major","customerName":"x","contact":"x","phone":"x","subject":"x","description":"x","receivedAt":"2999-01-01T00:00:00Z"}""",
        "received-in-the-future"
    )]
    [InlineData(
        """{"customerId":"019a0000-0000-7000-8000-000000000000","channel":"phone","severity":"major","customerName":"x","contact":"x","phone":"x","subject":"x","description":"x","receivedAt":"2001-01-01T00:00:00Z"}""",
        "received-too-long-ago"
    )]
    [InlineData(
        """{"customerId":"019a0000-0000-7000-8000-000000000000","channel":"phone","severity":"major","customerName":"x","contact":"x","phone":"x","subject":"x","description":"x","receivedAt":"0001-01-01T00:00:00+14:00"}""",
        null
    )]
    public async Task Bad_input_is_the_callers_400_with_a_stable_code(string body, string? code)
    {
        var answer = await f.Sales.PostAsync("/v1/complaints", body);
        answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Body?.ToJsonString());
        if (code is not null)
        {
            answer.Code.ShouldBe(code, answer.Body?.ToJsonString());
        }
    }

    [Theory]
    [InlineData(
        """{"customerName":"x",""",
        "The body is no valid JSON from line 1, position 20 on.",
        "內容自第 1 行、位置 20 起不是正確的 JSON。"
    )]
    [InlineData(
        """{"customerName":"x","surprise":1}""",
        "There is no member 'surprise' (line 1, position 32).",
        "沒有「surprise」這個欄位（第 1 行，位置 32）。"
    )]
    [InlineData(
        "{\n\"severity\":\"terrible\"}",
        "'severity' has no value that is allowed there (line 2, position 22). The API's document says which ones are.",
        "「severity」的值不符合規定（第 2 行，位置 22），可用的值請見 API 文件。"
    )]
    [InlineData(
        """{"customerName":null}""",
        "'customerName' has no value that is allowed there (line 1, position 21). The API's document says which ones are.",
        null
    )]
    [InlineData(
        "[]",
        "'$' has no value that is allowed there (line 1, position 2). The API's document says which ones are.",
        null
    )]
    [InlineData("", "The request needs a body.", "請求必須附上內容。")]
    public async Task What_cannot_be_read_is_told_in_the_callers_language_and_without_the_names_of_our_types(
        string body,
        string english,
        string? chinese
    )
    {
        (await f.Sales.PostAsync("/v1/complaints", body, language: "en")).Refused(
            HttpStatusCode.BadRequest,
            "malformed"
        )["detail"]!
            .ToString()
            .ShouldBe(english);
        if (chinese is not null)
        {
            (await f.Sales.PostAsync("/v1/complaints", body, language: "zh-Hant")).Refused(
                HttpStatusCode.BadRequest,
                "malformed"
            )["detail"]!
                .ToString()
                .ShouldBe(chinese);
        }
    }

    [Fact]
    public async Task So_is_a_question_that_cannot_be_read()
    {
        var answer = (await f.Qc.GetAsync("/v1/complaints?customerId=12")).Refused(
            HttpStatusCode.BadRequest,
            "malformed"
        );
        answer["detail"]!.ToString().ShouldBe("'12' cannot be read as 'customerId'.");
        answer["instance"]!.ToString().ShouldBe("/api/complaints/v1/complaints", "as the caller knows it");
    }

    [Theory]
    [InlineData("complaints/{id}/pause", """{"note":"x"}""", "reason")]
    [InlineData("complaints/{id}/pause", """{"reason":null}""", "reason")]
    [InlineData("complaints/{id}/reclassify", """{"reason":"x"}""", "severity")]
    [InlineData("complaints/{id}/report-to-sales-manager", """{"note":"x"}""", "ground")]
    [InlineData("complaints/{id}/corrective-actions", """{"description":"x"}""", "dueOn")]
    [InlineData("corrective-actions/{id}/assign", """{"department":"production"}""", "dueOn")]
    [InlineData("corrective-actions/{id}/verify-ineffective", """{"evidence":"x"}""", "dueOn")]
    [InlineData("corrective-actions/{id}/reopen", """{"reason":"x"}""", "dueOn")]
    [InlineData(
        "complaints",
        """{"customerName":"x","contact":"x","phone":"x","subject":"x","description":"x","origin":{"number":"7"}}""",
        "origin.kind"
    )]
    public async Task What_must_be_said_and_is_not_is_a_400_and_never_the_first_value_or_the_year_1(
        string path,
        string body,
        string field
    )
    {
        var answer = await f.Qc.PostAsync(
            "/v1/" + path.Replace("{id}", Guid.CreateVersion7().ToString(), StringComparison.Ordinal),
            body,
            "\"1\""
        );
        answer.Refused(HttpStatusCode.BadRequest, "validation")["errors"]![field]![0]!["code"]!
            .ToString()
            .ShouldBe("not-null");
    }

    [Fact]
    public async Task A_NUL_in_a_text_or_a_question_is_the_callers_400()
    {
        var wrong = (
            await f.CustomerService.ChangeAsync(
                Story.Of(await f.RegisteredAsync()),
                "respond",
                new { message = "a\0b" }
            )
        ).Refused(HttpStatusCode.BadRequest, "validation");
        wrong["errors"]!["message"]![0]!["code"]!.ToString().ShouldBe("characters");
        foreach (var query in new[] { "/v1/complaints?department=%00", "/v1/corrective-actions?department=%00" })
        {
            (await f.Qc.GetAsync(query)).Refused(HttpStatusCode.BadRequest, "malformed");
        }
    }

    [Fact]
    public async Task A_missing_field_is_named_with_code_and_text()
    {
        var answer = (
            await f.CustomerService.ChangeAsync(Story.Of(await f.RegisteredAsync()), "respond", new { message = "" })
        ).Refused(HttpStatusCode.BadRequest, "validation");
        answer["errors"]!["message"]![0]!["code"]!.ToString().ShouldBe("not-empty");
        var told = await f.CustomerService.PostAsync(
            Story.Of(await f.RegisteredAsync()) + "/respond",
            new { message = new string('長', 4001) },
            "\"1\"",
            language: "zh-Hant"
        );
        told["errors"]!["message"]![0]!["message"]!.ToString().ShouldBe("最多 4000 個字元，目前為 4001 個。");
        var spaced = await f.Qc.PostAsync(
            Story.Of(await f.WithQcAsync()) + "/decide-ours",
            new
            {
                responsibleDepartment = "production ",
                causeCode = "W",
                findings = "x",
            },
            "\"3\"",
            language: "zh-Hans"
        );
        spaced.Refused(HttpStatusCode.BadRequest, "validation")["errors"]!["responsibleDepartment"]![0]!["message"]!
            .ToString()
            .ShouldBe("代码前后不可有空白。");
        var unwanted = (
            await f.Qc.ChangeAsync(
                Story.Of(await f.RegisteredAsync()),
                "pause",
                new { reason = "waiting-for-confirmation" }
            )
        ).Refused(HttpStatusCode.BadRequest, "validation");
        unwanted["errors"]!["reason"]![0]!["code"]!.ToString().ShouldBe("by-system-only");
        (
            await f.Qc.ChangeAsync(
                Story.Of(await f.OursAsync()),
                "corrective-actions",
                new { dueOn = "2026-02-30", description = "x" }
            )
        ).Refused(HttpStatusCode.BadRequest, "malformed");
        (
            await f.Qc.PostAsync(
                $"/v1/complaints/{Guid.CreateVersion7()}/pause",
                new { reason = "waiting-for-sample" },
                "\"1\""
            )
        ).Refused(HttpStatusCode.NotFound, "not-found");
        (await f.Qc.GetAsync("/v1/complaints/not-a-guid")).Refused(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task A_change_needs_the_version_seen_and_a_stale_one_is_refused()
    {
        var complaint = await f.RegisteredAsync();
        (await f.CustomerService.PostAsync(Story.Of(complaint) + "/respond", new { message = "x" })).Refused(
            HttpStatusCode.PreconditionRequired,
            "if-match-required"
        );
        (await f.CustomerService.PostAsync(Story.Of(complaint) + "/respond", new { message = "x" }, "\"99\"")).Refused(
            HttpStatusCode.PreconditionFailed,
            "stale-version"
        );
        (
            await f.CustomerService.PostAsync(Story.Of(complaint) + "/respond", new { message = "x" }, "nonsense")
        ).Refused(HttpStatusCode.PreconditionFailed, "stale-version");
        var responded = (
            await f.CustomerService.PostAsync(Story.Of(complaint) + "/respond", new { message = "x" }, complaint.ETag)
        ).Ok();
        responded.ETag.ShouldNotBe(complaint.ETag);
    }

    [Fact]
    public async Task Given_a_copy_of_the_same_version_When_another_caller_reads_Then_he_gets_his_own_and_nobody_keeps_it()
    {
        var complaint = await f.RegisteredAsync();
        var staff = await f.CustomerService.GetAsync(Story.Of(complaint));
        staff.Raw.Headers.CacheControl!.NoStore.ShouldBeTrue();

        var customer = (
            await f.Customer(Guid.Parse(complaint.Text("customerId")))
                .GetAsync(Story.Of(complaint), ifNoneMatch: staff.ETag)
        ).Ok();
        customer.Status.ShouldBe(HttpStatusCode.OK);
        customer.ETag.ShouldBe(staff.ETag);
        customer.Body!.ToJsonString().ShouldNotBe(staff.Body!.ToJsonString());
    }

    [Fact]
    public async Task What_a_complaint_shows_of_its_actions_changes_its_ETag()
    {
        var complaint = await f.OursAsync();
        var action = await f.ActionAsync(complaint);
        var before = (await f.Qc.GetAsync(Story.Of(complaint))).Ok();
        before["correctiveActions"][0]!["state"]!.ToString().ShouldBe("analysis");
        await f.ProposedAsync(action);
        var after = (await f.Qc.GetAsync(Story.Of(complaint), ifNoneMatch: before.ETag)).Ok();
        after["correctiveActions"][0]!["state"]!.ToString().ShouldBe("review");
    }

    [Fact]
    public async Task A_repeated_request_has_the_first_outcome_and_a_reused_key_is_refused()
    {
        var (key, body) = (Guid.CreateVersion7().ToString(), Story.Intake(Guid.CreateVersion7()));
        var first = (await f.Sales.PostAsync("/v1/complaints", body, key: key)).Ok();
        var again = (await f.Sales.PostAsync("/v1/complaints", body, key: key)).Ok();
        again.Raw.Headers.GetValues("Idempotency-Replayed").ShouldBe(["true"]);
        (again.Id, again.ETag, again.Status, again.Location).ShouldBe(
            (first.Id, first.ETag, first.Status, first.Location)
        );
        (await f.Sales.PostAsync("/v1/complaints", Story.Intake(Guid.CreateVersion7()), key: key)).Refused(
            HttpStatusCode.Conflict,
            "idempotency-key-reused"
        );

        var respondKey = Guid.CreateVersion7().ToString();
        var responded = (
            await f.CustomerService.PostAsync(
                Story.Of(first) + "/respond",
                new { message = "x" },
                first.ETag,
                respondKey
            )
        ).Ok();
        var replayed = (
            await f.CustomerService.PostAsync(
                Story.Of(first) + "/respond",
                new { message = "x" },
                first.ETag,
                respondKey
            )
        ).Ok();
        replayed.ETag.ShouldBe(responded.ETag);
        (await f.CustomerService.GetAsync("/v1/audit/" + first.Id))["entries"].AsArray().Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_refusal_is_told_in_the_readers_language()
    {
        var complaint = await f.OursAsync();
        await f.ActionAsync(complaint);
        var tag = (await f.CustomerService.GetAsync(Story.Of(complaint))).ETag;
        async Task<ApiAnswer> Close(string language) =>
            await f.CustomerService.PostAsync(Story.Of(complaint) + "/close", new { }, tag, language: language);
        var hant = await Close("zh-Hant");
        hant.Text("title").ShouldBe("此投訴尚有未結案的糾正措施。");
        hant.Text("detail").ShouldBe("依據規則 C5.6.2。 缺少：經驗證有效的糾正措施。 可由下列角色補足：品管、客服。");
        (await Close("zh-Hans")).Text("title").ShouldBe("此投诉尚有未结案的纠正措施。");
        (await Close("en")).Text("title").ShouldBe("A corrective action of this complaint is still open.");
    }

    [Fact]
    public async Task Complaints_are_filtered_and_paged_the_newest_first()
    {
        var customer = Guid.CreateVersion7();
        var complaints = new List<ApiAnswer>();
        for (var i = 0; i < 5; i++)
        {
            complaints.Add(await f.RegisteredAsync(customer, i % 2 == 0 ? "major" : "minor"));
        }

        (await f.CustomerService.ChangeAsync(Story.Of(complaints[4]), "respond", new { message = "x" })).Ok();
        async Task<List<string>> Ids(string query) =>
            (await f.Qc.GetAsync($"/v1/complaints?customerId={customer}{query}"))
                .Ok()["items"]
                .AsArray()
                .Select(c => c!["id"]!.ToString())
                .ToList();
        var newestFirst = complaints.Select(c => c.Id.ToString()).Reverse().ToList();
        (await Ids("")).ShouldBe(newestFirst);
        (await Ids("&severity=minor")).Count.ShouldBe(2);
        (await Ids("&state=responded")).ShouldBe([newestFirst[0]]);
        (await Ids("&state=registered&channel=phone&open=true")).Count.ShouldBe(4);
        (await Ids("&open=false")).ShouldBeEmpty();
        (await Ids($"&from={f.InDays(0)}&to={f.InDays(1)}")).Count.ShouldBe(5);
        (await Ids($"&from={f.InDays(1)}")).ShouldBeEmpty();
        (await Ids("&overdue=response")).ShouldBeEmpty();
        (await Ids($"&number={complaints[1].Text("number")}")).ShouldBe([complaints[1].Id.ToString()]);
        (await Ids($"&projectId={complaints[2]["reference"]!["projectId"]}")).ShouldBe([complaints[2].Id.ToString()]);

        var read = new List<string>();
        string? after = null;
        do
        {
            var page = (
                await f.Qc.GetAsync(
                    $"/v1/complaints?customerId={customer}&limit=2{(after is null ? "" : "&after=" + after)}"
                )
            ).Ok();
            read.AddRange(page["items"].AsArray().Select(c => c!["id"]!.ToString()));
            after = page.Body!["next"]?.ToString();
        } while (after is not null);
        read.ShouldBe(newestFirst);

        foreach (
            var bad in new[]
            {
                "state=open",
                "severity=x",
                "channel=fax",
                "from=2026-13-01",
                "to=x",
                "overdue=yes",
                "limit=0",
                "limit=201",
            }
        )
        {
            (await f.Qc.GetAsync("/v1/complaints?" + bad)).Refused(HttpStatusCode.BadRequest, "bad-filter");
        }

        (await f.Qc.GetAsync("/v1/complaints?number=%00")).Refused(HttpStatusCode.BadRequest, "malformed");
        (await f.Qc.GetAsync("/v1/complaints?after=zzz")).Refused(HttpStatusCode.BadRequest, "bad-cursor");
        (await f.Qc.GetAsync("/v1/complaints?customerId=x")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await f.Qc.GetAsync("/v1/complaints?open=perhaps")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task The_OpenAPI_document_describes_every_command()
    {
        var document = (await f.Service.Anonymous().GetAsync("/openapi/v1.json")).Ok();
        var posts = document["paths"]!.AsObject().Where(p => p.Value!["post"] is not null).ToList();
        posts.Count.ShouldBeGreaterThanOrEqualTo(26);
        foreach (var (path, item) in posts)
        {
            item!["post"]!["summary"]?.ToString().ShouldNotBeNullOrEmpty(path);
            item["post"]!["description"]?.ToString().ShouldContain("Rule", customMessage: path);
        }
    }
}
