using CustomerService.Contracts.Projects.V1;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.Domain.RepairOrders;
using CustomerService.Repairs.Features.RepairOrders;
using CustomerService.Rules;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Messaging;

/// <summary>A revisit's finding that needs repair opens an order (P2.2.3, P3.2.1), one a finding whatever the
/// deliveries.</summary>
internal sealed class OpenOrderOnFinding(RepairsDb store, Opening opening, CompanyClock clock)
    : IConsumer<FindingRecorded>
{
    public async Task Consume(ConsumeContext<FindingRecorded> context)
    {
        var finding = context.Message;
        if (
            !finding.RepairWanted
            || await store.RepairOrders.AnyAsync(
                o => o.Source == OrderSource.Revisit && o.SourceId == finding.FindingId,
                context.CancellationToken
            )
        )
        {
            return;
        }

        var notice = new Notice(
            OrderSource.Revisit,
            finding.FindingId,
            finding.RevisitId,
            new ProjectFacts(
                finding.ProjectId,
                finding.ProjectName,
                finding.ContractNumber,
                finding.OwnerId,
                finding.OwnerName
            ),
            finding.Contact,
            finding.Phone,
            finding.PartCode,
            finding.Location,
            finding.Description,
            Severity(finding.Severity),
            null,
            finding.FoundOn
        );
        var opened = await opening.OpenAsync(
            notice,
            policyVersion => new FlowContext(Actor.System("repairs"), clock.Now, clock.Today, policyVersion),
            context.CancellationToken
        );
        if (opened.Refusal is { } refusal)
        {
            // The system may always open; a refusal here is a mistake of the program, and the message must not
            // get lost.
            throw new InvalidOperationException(
                $"Finding {finding.FindingId} opened no order: {refusal.Code}, rule {refusal.Rule}."
            );
        }
    }

    private static DefectSeverity Severity(string code) =>
        code switch
        {
            "minor" => DefectSeverity.Minor,
            "major" => DefectSeverity.Major,
            "emergency" => DefectSeverity.Emergency,
            _ => throw new InvalidOperationException(
                $"Severity '{code}' of a finding is not known: minor, major, emergency."
            ),
        };
}
