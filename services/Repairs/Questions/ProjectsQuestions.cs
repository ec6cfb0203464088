using System.Globalization;
using CustomerService.Contracts.Projects.Grpc.V1;
using CustomerService.Repairs.Domain.RepairOrders;
using CustomerService.Rules;
using Grpc.Core;
using AskWarrantyClient = CustomerService.Contracts.Projects.Grpc.V1.Warranty.WarrantyClient;
using LeaderCandidate = CustomerService.Repairs.Domain.RepairOrders.LeaderCandidate;
using WireCandidate = CustomerService.Contracts.Projects.Grpc.V1.LeaderCandidate;

namespace CustomerService.Repairs.Questions;

/// <summary>What Projects proposed for leading a repair.</summary>
/// <param name="Proposed">Null when there was no answer.</param>
/// <param name="Problem"><c>no-answer</c> or <c>project-unknown</c>.</param>
internal sealed record LeaderProposals(
    LeaderCandidate? Proposed,
    IReadOnlyList<LeaderCandidate> Alternatives,
    string? Problem
)
{
    public static LeaderProposals None(string problem) => new(null, [], problem);
}

/// <summary>Questions to Projects. No answer is an answer here: the caller always goes on.</summary>
internal sealed partial class ProjectsQuestions(
    AskWarrantyClient warranty,
    Dispatch.DispatchClient dispatch,
    RepairsSettings settings,
    CompanyClock clock,
    ILogger<ProjectsQuestions> log
)
{
    public const string NoAnswer = "no-answer";
    public const string ProjectUnknown = "project-unknown";
    public const string PartUnknown = "part-unknown";

    /// <summary>Is the part under warranty on that day, and whose is it? Rules P3.1.1 and P3.1.2.</summary>
    public async Task<WarrantyStanding> AskWarrantyAsync(
        Guid projectId,
        string partCode,
        DateOnly on,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var answer = await warranty.AskAsync(
                new WarrantyQuestion
                {
                    ProjectId = projectId.ToString(),
                    PartCode = partCode,
                    On = Iso(on),
                },
                Options(cancellationToken)
            );
            return new WarrantyStanding(
                answer.Covered ? WarrantyCover.Yes : WarrantyCover.No,
                on,
                DateOnly.TryParseExact(
                    answer.Until,
                    "yyyy-MM-dd",
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.None,
                    out var until
                )
                    ? until
                    : null,
                Text(answer.Rule),
                answer.PolicyVersion,
                Text(answer.Basis),
                Id(answer.ResponsibleUnitId),
                Text(answer.ResponsibleUnitName),
                clock.Now,
                clock.Now,
                null,
                [.. answer.Units.Select(Read).OfType<PartUnit>()]
            );
        }
        catch (RpcException failed) when (!cancellationToken.IsCancellationRequested)
        {
            return WarrantyStanding.Unanswered(on, clock.Now, Problem(failed, "warranty"));
        }
    }

    /// <summary>Who should lead a repair on this project? Rule P3.2.2.</summary>
    public async Task<LeaderProposals> ProposeLeaderAsync(Guid projectId, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await dispatch.ProposeLeaderAsync(
                new LeaderQuestion { ProjectId = projectId.ToString(), On = Iso(clock.Today) },
                Options(cancellationToken)
            );
            return Read(answer.Proposed) is { } proposed
                ? new LeaderProposals(proposed, [.. answer.Alternatives.Select(Read).OfType<LeaderCandidate>()], null)
                : LeaderProposals.None(NoAnswer);
        }
        catch (RpcException failed) when (!cancellationToken.IsCancellationRequested)
        {
            return LeaderProposals.None(Problem(failed, "leader"));
        }
    }

    private CallOptions Options(CancellationToken cancellationToken) =>
        new(
            deadline: DateTime.SpecifyKind(
                (TimeProvider.System.GetUtcNow() + settings.AskFor).UtcDateTime,
                DateTimeKind.Utc
            ),
            cancellationToken: cancellationToken
        );

    private string Problem(RpcException failed, string question)
    {
        switch (failed.StatusCode)
        {
            case StatusCode.NotFound:
                return ProjectUnknown;
            case StatusCode.InvalidArgument:
                return PartUnknown;
            default:
                NobodyAnswered(log, question, failed.StatusCode, failed.Status.Detail);
                return NoAnswer;
        }
    }

    // A basis that is not known here is a candidate that nobody could explain to a person: left out rather than
    // guessed at.
    private static LeaderCandidate? Read(WireCandidate? wire) =>
        wire?.Basis switch
        {
            "original-manager" => Candidate(LeaderBasis.OriginalManager, wire),
            "nearest-project" => Candidate(LeaderBasis.NearestProject, wire),
            "special-dispatch" => new LeaderCandidate(LeaderBasis.SpecialDispatch, null, null, null, null, null),
            _ => null,
        };

    // Nothing can be issued to a unit without an id.
    private static PartUnit? Read(ResponsibleUnit wire) =>
        Id(wire.Id) is { } id ? new PartUnit(id, wire.Name, Text(wire.Scope)) : null;

    private static LeaderCandidate Candidate(LeaderBasis basis, WireCandidate wire) =>
        new(
            basis,
            Id(wire.PersonId),
            Text(wire.PersonName),
            Id(wire.ProjectId),
            Text(wire.ProjectName),
            Math.Round(wire.DistanceKm, 1)
        );

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Guid? Id(string text) => Guid.TryParse(text, out var id) ? id : null;

    private static string? Text(string text) => text.Length > 0 ? text : null;

    [LoggerMessage(LogLevel.Warning, "Projects did not answer {Question}: {Status} {Detail}")]
    private static partial void NobodyAnswered(ILogger logger, string question, StatusCode status, string detail);
}
