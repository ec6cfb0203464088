using System.Globalization;
using CustomerService.Contracts.Projects.Grpc.V1;
using CustomerService.Projects.Projects;
using CustomerService.Projects.Projects.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Grpc.Core;
using ResponsibleUnit = CustomerService.Contracts.Projects.Grpc.V1.ResponsibleUnit;

namespace CustomerService.Projects.Grpc;

/// <summary>Is this part under warranty on that day? Rules P3, P3.1.1, P3.1.2.</summary>
internal sealed class WarrantyQuestions(WarrantyBasisLoader bases, Caller caller, PolicyCatalogue policies)
    : Contracts.Projects.Grpc.V1.Warranty.WarrantyBase
{
    public override async Task<WarrantyAnswer> Ask(WarrantyQuestion request, ServerCallContext context)
    {
        var id = Questions.Project(request.ProjectId);
        var on = Questions.Date(request.On);
        var project =
            await bases.FindAsync(id, caller.Actor, context.CancellationToken)
            ?? throw Questions.NotFound(request.ProjectId);
        var policy = policies.ByVersion(project.PolicyVersion);
        var part =
            policy.Warranty.Part(request.PartCode)
            ?? throw new RpcException(
                new Status(
                    StatusCode.InvalidArgument,
                    $"warranty-part-unknown: '{request.PartCode}' is not a part of Table 3.1 (P3.1.2)."
                )
            );
        var season = Spelling.FromKebab<SeasonKind>(request.Season);
        if (season is null && request.Season.Length > 0)
        {
            throw new RpcException(
                new Status(StatusCode.InvalidArgument, $"season '{request.Season}' is neither heating nor cooling.")
            );
        }

        var ruling = WarrantyRuling.Of(project, part, on, policy, season);
        var unit = ruling.Units.Count > 0 ? ruling.Units[0] : null;
        var answer = new WarrantyAnswer
        {
            Covered = ruling.Covered,
            Until = ruling.Until?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "",
            Rule = ruling.Rule,
            PolicyVersion = ruling.PolicyVersion,
            ResponsibleUnitId = unit?.Id.ToString() ?? "",
            ResponsibleUnitName = unit?.Name ?? "",
            Basis = ruling.Basis,
        };
        answer.Units.AddRange(
            ruling.Units.Select(u => new ResponsibleUnit
            {
                Id = u.Id.ToString(),
                Name = u.Name,
                Scope = u.Scope ?? "",
            })
        );
        return answer;
    }
}

/// <summary>Reads the arguments of questions; what is wrong with them is told to the caller.</summary>
internal static class Questions
{
    public static Guid Project(string text) =>
        Guid.TryParse(text, out var id)
            ? id
            : throw new RpcException(new Status(StatusCode.InvalidArgument, $"project_id '{text}' is not a GUID."));

    public static DateOnly Date(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw new RpcException(new Status(StatusCode.InvalidArgument, $"on '{text}' is not an ISO date."));

    public static RpcException NotFound(string project) =>
        new(new Status(StatusCode.NotFound, $"There is no project {project}, or the caller may not see it."));
}
