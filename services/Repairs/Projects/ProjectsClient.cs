using System.Globalization;
using CustomerService.Contracts.Projects.Grpc.V1;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Repairs.RepairOrders.Forms;
using CustomerService.Rules;
using Grpc.Core;
using DispatchClient = CustomerService.Contracts.Projects.Grpc.V1.Dispatch.DispatchClient;
using LeaderCandidate = CustomerService.Repairs.RepairOrders.Domain.LeaderCandidate;
using PlansClient = CustomerService.Contracts.Projects.Grpc.V1.Plans.PlansClient;
using WarrantyClient = CustomerService.Contracts.Projects.Grpc.V1.Warranty.WarrantyClient;
using WireCandidate = CustomerService.Contracts.Projects.Grpc.V1.LeaderCandidate;

namespace CustomerService.Repairs.Projects;

/// <summary>Asks Projects. No answer is an answer here: the caller always goes on.</summary>
internal sealed partial class ProjectsClient(
    WarrantyClient warranty,
    DispatchClient dispatch,
    PlansClient plans,
    RepairsSettings settings,
    CompanyClock clock,
    ILogger<ProjectsClient> log
)
{
    // Large drawings are read before a part is cut out of them, and who prints can wait.
    private const int PlanPatience = 5;

    /// <summary>Is the part under warranty on that day, and whose is it? Rules P3.1.1 and P3.1.2.</summary>
    public async Task<WarrantyStanding> AskWarrantyAsync(
        Guid projectId,
        string partCode,
        DateOnly on,
        CancellationToken cancellation
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
                Options(cancellation)
            );
            return Read(answer, on);
        }
        catch (RpcException failed) when (!cancellation.IsCancellationRequested)
        {
            return WarrantyStanding.Unanswered(on, clock.Now.ToWholeMilliseconds(), Problem(failed, "warranty"));
        }
    }

    /// <summary>Who should lead a repair on this project? Rule P3.2.2.</summary>
    public async Task<LeaderProposals> ProposeLeaderAsync(Guid projectId, CancellationToken cancellation)
    {
        try
        {
            var answer = await dispatch.ProposeLeaderAsync(
                new LeaderQuestion { ProjectId = projectId.ToString(), On = Iso(clock.Today) },
                Options(cancellation)
            );
            return Read(answer.Proposed) is { } proposed
                ? new LeaderProposals(proposed, [.. answer.Alternatives.Select(Read).OfType<LeaderCandidate>()], null)
                : LeaderProposals.None(AskProblem.NoAnswer);
        }
        catch (RpcException failed) when (!cancellation.IsCancellationRequested)
        {
            return LeaderProposals.None(Problem(failed, "leader"));
        }
    }

    /// <summary>Where the order is on the drawings: itself, the finding that it comes from, and what was merged into it
    /// (P3.3).</summary>
    public async Task<PlanOfOrder> PlanAsync(RepairOrder order, CancellationToken cancellation)
    {
        var question = new PinsQuestion { ProjectId = order.ProjectId.ToString() };
        question.TargetIds.Add(order.Id.ToString());
        Guid?[] others =
        [
            order.SourceId,
            .. order.MergedOrders.SelectMany(merged => new[] { merged.Id, merged.SourceId }),
        ];
        question.TargetIds.AddRange(others.OfType<Guid>().Select(id => id.ToString()));
        try
        {
            var answer = await plans.PinsAsync(question, Options(cancellation, PlanPatience));
            return new([.. answer.Pins.Select(Read)]);
        }
        catch (RpcException failed) when (!cancellation.IsCancellationRequested)
        {
            NoAnswer(log, "plan", failed.StatusCode, failed.Status.Detail);
            return new(null);
        }
    }

    private static PlanExtract Read(PlanPin pin) =>
        new(
            pin.SheetNumber,
            pin.SheetTitle,
            pin.Revision,
            pin.X,
            pin.Y,
            pin.CheckPlace,
            Text(pin.Note),
            pin.Extract.Length > 0 ? pin.Extract.ToByteArray() : null,
            Math.Max(pin.Page, 1)
        );

    private WarrantyStanding Read(WarrantyAnswer answer, DateOnly on)
    {
        var now = clock.Now.ToWholeMilliseconds();
        return new()
        {
            Covered = answer.Covered ? WarrantyCover.Yes : WarrantyCover.No,
            On = on,
            Until = Day(answer.Until),
            Rule = Text(answer.Rule),
            PolicyVersion = answer.PolicyVersion,
            Basis = Text(answer.Basis),
            ResponsibleUnitId = Id(answer.ResponsibleUnitId),
            ResponsibleUnitName = Text(answer.ResponsibleUnitName),
            Units = [.. answer.Units.Select(Read).OfType<PartUnit>()],
            AnsweredAt = now,
            TriedAt = now,
        };
    }

    // A basis that is not known here could be explained to nobody: left out rather than guessed at.
    private static LeaderCandidate? Read(WireCandidate? wire) =>
        wire is null
            ? null
            : Spelling.FromKebab<LeaderBasis>(wire.Basis) switch
            {
                null => null,
                LeaderBasis.SpecialDispatch => new LeaderCandidate(LeaderBasis.SpecialDispatch, null, null),
                { } basis => new LeaderCandidate(
                    basis,
                    Id(wire.PersonId),
                    Text(wire.PersonName),
                    Id(wire.ProjectId),
                    Text(wire.ProjectName),
                    Math.Round(wire.DistanceKm, 1)
                ),
            };

    // Nothing can be issued to a unit without an id.
    private static PartUnit? Read(ResponsibleUnit wire) =>
        Id(wire.Id) is { } id ? new PartUnit(id, wire.Name, Text(wire.Scope)) : null;

    // gRPC counts its deadline by the machine's clock, whatever clock the service runs by.
    private CallOptions Options(CancellationToken cancellation, int times = 1) =>
        new(
            deadline: (TimeProvider.System.GetUtcNow() + (settings.AskTimeout * times)).UtcDateTime,
            cancellationToken: cancellation
        );

    private AskProblem Problem(RpcException failed, string question)
    {
        switch (failed.StatusCode)
        {
            case StatusCode.NotFound:
                return AskProblem.ProjectUnknown;
            case StatusCode.InvalidArgument:
                return AskProblem.PartUnknown;
            default:
                NoAnswer(log, question, failed.StatusCode, failed.Status.Detail);
                return AskProblem.NoAnswer;
        }
    }

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Guid? Id(string text) => Guid.TryParse(text, out var id) ? id : null;

    private static string? Text(string text) => text.Length > 0 ? text : null;

    [LoggerMessage(LogLevel.Warning, "Projects did not answer {Question}: {Status} {Detail}")]
    private static partial void NoAnswer(ILogger logger, string question, StatusCode status, string detail);
}
