using System.Net;
using CustomerService.Complaints.Codes.Domain;
using CustomerService.Complaints.Codes.Features;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Complaints.Features;
using CustomerService.Complaints.Enquiries.Features;
using CustomerService.Complaints.Knowledge.Features;
using CustomerService.Complaints.Letters.Features;
using CustomerService.Complaints.YearReports.Features;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Complaints.Tests;

/// <summary>
/// Every endpoint for every role, the customer of a record and a foreign one, driven by the routes of the running service.
/// What is expected comes from the flow tables, the roles at the endpoints and who sees which records.
/// </summary>
public sealed class AccessMatrixTests(ComplaintsFixture fixture) : OnServers<ComplaintsFixture>(fixture)
{
    /// <summary>Stands in every text that no outsider may read.</summary>
    private const string Internal = "內部機密";

    // Nobody has seen this version, so that what is tried changes nothing.
    private const string Stale = "\"999999\"";

    private static readonly Dictionary<string, string> CollectionOf = new() { ["enquiry"] = "enquiries" };

    [Fact]
    [Trait("Rule", "S2")]
    [Trait("Rule", "S3")]
    public async Task Every_endpoint_answers_every_role_as_its_flow_table_and_its_access_say()
    {
        var (seeds, own) = await SeedAsync();
        var foreign = await Fixture.CustomerAsync(Guid.CreateVersion7());
        var callers = Roles
            .All.Select(role =>
                role is Roles.Customer or Roles.RepairUnit
                    ? Someone.Outside($"m-{role}", foreign, role)
                    : Someone.With($"m-{role}", "quality", role)
            )
            .Append(Someone.WithoutRole("m-nobody"))
            .ToList();
        var faults = new List<string>();
        var asked = 0;
        foreach (var endpoint in Endpoints())
        {
            var collection = Literal(endpoint.RoutePattern, 1);
            var seed = seeds.GetValueOrDefault(collection ?? "");
            foreach (var caller in callers)
            {
                asked++;
                var answer = await AskAsync(endpoint, seed, Fixture.As(caller));
                faults.AddRange(
                    Wrong(endpoint, collection, seed, caller, answer).Select(fault => Named(endpoint, caller, fault))
                );
            }
        }

        asked.ShouldBeGreaterThan(2000, "all endpoints for all roles");
        faults.ShouldBeEmpty(string.Join('\n', faults.Take(40)));
        // What is theirs they see, and nothing internal with it.
        var me = Fixture.Customer(own);
        foreach (var endpoint in Endpoints().Where(IsRead))
        {
            var seed = seeds.GetValueOrDefault(Literal(endpoint.RoutePattern, 1) ?? "");
            (await AskAsync(endpoint, seed, me))
                .Readable()
                .ShouldNotContain(Internal, Case.Sensitive, endpoint.DisplayName);
        }

        (await me.GetAsync(seeds["complaints"])).Ok();
    }

    private static IEnumerable<string> Wrong(
        RouteEndpoint endpoint,
        string? collection,
        string? seed,
        Actor caller,
        ApiAnswer answer
    )
    {
        if ((int)answer.Status >= 500)
        {
            yield return $"fails: {answer.Status}";
            yield break;
        }

        // The roles at the endpoint, which commands take from the flow table.
        if (endpoint.Metadata.GetOrderedMetadata<AllowedRoles>().Any(allowed => !caller.HasAny(allowed.Roles)))
        {
            if ((answer.Status, answer.Code) != (HttpStatusCode.Forbidden, "role-missing"))
            {
                yield return $"is open: {answer.Status} {answer.Code}";
            }

            yield break;
        }

        if (!caller.IsStaff() && answer.Readable().Contains(Internal, StringComparison.Ordinal))
        {
            yield return "tells what is internal";
        }

        if (seed is null || !IsOfRecord(endpoint))
        {
            yield break;
        }

        var succeeded = (int)answer.Status is >= 200 and < 300;
        if (!caller.IsStaff())
        {
            if (succeeded && collection != "knowledge-articles")
            {
                yield return $"shows a record of others: {answer.Status}";
            }

            yield break;
        }

        var roles = RolesOf(collection!, endpoint);
        if (roles is not null && endpoint.Metadata.GetMetadata<AllowedRoles>() is null)
        {
            yield return "reads the request before it asks for the role";
        }

        if (roles is not null && !caller.HasAny(roles))
        {
            if (succeeded)
            {
                yield return $"lets a role act that the flow does not name: {answer.Status}";
            }
        }
        else if (answer.Status is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized)
        {
            yield return $"refuses a role that may: {answer.Status} {answer.Code}";
        }
        else if (IsRead(endpoint) && endpoint.RoutePattern.Parameters.Count == 1 && answer.Code == "not-found")
        {
            yield return "hides a record from staff";
        }
    }

    /// <summary>Roles of the action in the flow table; null where the route is no action.</summary>
    private static IReadOnlyList<string>? RolesOf(string collection, RouteEndpoint endpoint)
    {
        var action = Literal(endpoint.RoutePattern, 3);
        var lines = ComplaintsService
            .Flows.Where(flow => CollectionOf.GetValueOrDefault(flow.Name, flow.Name + "s") == collection)
            .SelectMany(flow => flow.Lines)
            .Where(line => !IsRead(endpoint) && endpoint.RoutePattern.PathSegments.Count == 4 && line.Action == action)
            .ToList();
        return lines.Count == 0 ? null : [.. lines.SelectMany(line => line.Roles).Distinct()];
    }

    private static async Task<ApiAnswer> AskAsync(RouteEndpoint endpoint, string? seed, ApiClient client)
    {
        var path = string.Concat(
            endpoint.RoutePattern.PathSegments.Select(segment =>
                "/"
                + string.Concat(
                    segment.Parts.Select(part =>
                        part switch
                        {
                            RoutePatternLiteralPart literal => literal.Content,
                            RoutePatternSeparatorPart separator => separator.Content,
                            RoutePatternParameterPart { Name: "id" } when seed is not null => seed.Split('/')[^1],
                            _ => Guid.CreateVersion7().ToString(),
                        }
                    )
                )
            )
        );
        return IsRead(endpoint) ? await client.GetAsync(path)
            : Methods(endpoint).Contains("PUT") ? await client.PutAsync(path, new { }, Stale)
            : await client.PostAsync(path, new { }, Stale);
    }

    private static bool IsRead(RouteEndpoint endpoint) => Methods(endpoint).Contains("GET");

    private static IReadOnlyList<string> Methods(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods;

    private static bool IsOfRecord(RouteEndpoint endpoint) =>
        endpoint.RoutePattern.PathSegments.Count > 2
        && endpoint.RoutePattern.PathSegments[2].Parts[0] is RoutePatternParameterPart { Name: "id" };

    private static string? Literal(RoutePattern pattern, int segment) =>
        pattern.PathSegments.Count > segment
            ? (pattern.PathSegments[segment].Parts[0] as RoutePatternLiteralPart)?.Content
            : null;

    private static string Named(RouteEndpoint endpoint, Actor caller, string fault) =>
        $"{(IsRead(endpoint) ? "GET" : "POST")} {endpoint.RoutePattern.RawText} as {caller.Id}: {fault}";

    // What needs no sign-in is the holder's of a link and has tests of its own.
    private List<RouteEndpoint> Endpoints() =>
        [
            .. Fixture
                .Service.Services.GetRequiredService<EndpointDataSource>()
                .Endpoints.OfType<RouteEndpoint>()
                .Where(endpoint => Literal(endpoint.RoutePattern, 0) == "v1")
                .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null),
        ];

    /// <summary>One record of each collection, by its address, and the customer that it belongs to.</summary>
    private async Task<(Dictionary<string, string> Seeds, Guid Customer)> SeedAsync()
    {
        var f = Fixture;
        var customer = await f.CustomerAsync(Guid.CreateVersion7());
        var complaint = await f.RegisteredAsync(customer);
        var record = Steps.Complaint(complaint);
        await f.Desk.DoAsync(record, "respond", new RespondToComplaint.Request("已收到。"));
        await f.Desk.DoAsync(record, "send-to-qc", new TriageComplaint.Request(Internal));
        await f.Qc.DoAsync(record, "decide-ours", new DecideOurs.Request("production", null, Internal));
        var planned = await f.Qc.DoAsync(
            record,
            "plan-remedy",
            new ActionOrderRequest(Internal, "production", null, f.Today.AddDays(2))
        );
        var capa = await f.CapaAsync(complaint);
        await f.Desk.DoAsync(
            record,
            "escalate-to-sales-manager",
            new EscalateToSalesManager.Request(EscalationReason.CauseUnknown, Internal)
        );
        var meeting = await f.Desk.DoAsync(record, "call-meeting", Steps.Call(f));
        await f.Qc.DoAsync(
            record,
            "trace",
            new TraceComplaint.Request([new(TraceKind.Lot, "L-7", Internal, customer, 6, 0, Internal, Internal)])
        );
        var letters = (
            await f.Qc.PostAsync(record + "/letters", new WriteLetters.Request([new("zh-Hant", "停用", "請清點。")]))
        ).Ok();
        var enquiry = (
            await f.Desk.PostAsync(
                "/v1/enquiries",
                new RegisterEnquiry.Request
                {
                    CustomerId = customer,
                    Contact = "王",
                    Phone = "0755",
                    Subject = "並聯",
                    Question = "幾台?",
                }
            )
        ).Ok();
        var article = (
            await f.Desk.PostAsync(
                "/v1/knowledge-articles",
                new WriteKnowledgeArticle.Request([new("zh-Hant", "幾台?", Internal)])
            )
        ).Ok();
        var report = (await f.Desk.PostAsync("/v1/year-reports", new FreezeYear.Request(f.Today.Year - 8))).Ok();
        var code = (
            await f.Qc.PostAsync(
                "/v1/codes",
                new AddCode.Request(CodeKind.Product, $"P-{Guid.CreateVersion7():N}"[..30], new(Internal, "x", "x"))
            )
        ).Ok();
        foreach (var noted in (string[])[record, Steps.Capa(capa)])
        {
            (await f.Desk.PostAsync(noted + "/notes", new { text = Internal })).Ok();
        }

        return (
            new()
            {
                ["complaints"] = record,
                ["capas"] = Steps.Capa(capa),
                ["action-items"] = "/v1/action-items/" + planned["actionItems"].AsArray()[^1]!["id"],
                ["meetings"] = "/v1/meetings/" + meeting.Id,
                ["affected-letters"] = "/v1/affected-letters/" + letters.Items.Single()["id"],
                ["enquiries"] = "/v1/enquiries/" + enquiry.Id,
                ["knowledge-articles"] = "/v1/knowledge-articles/" + article.Id,
                ["year-reports"] = "/v1/year-reports/" + report.Id,
                ["codes"] = "/v1/codes/" + code.Id,
            },
            customer
        );
    }
}
