using System.Globalization;
using CustomerService.Contracts.Repairs.Grpc.V1;
using CustomerService.Registry;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Repairs.Rmas.Features;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Grpc;

/// <summary>What was repaired for a complaint? Rules C5.3.2, C10.</summary>
internal sealed class CaseQuestions(RepairsDb db, IOrganisationMoves moves, Caller caller)
    : RepairsOfCases.RepairsOfCasesBase
{
    private const int MostRmas = 20;
    private const int MostUnits = 200;

    public override async Task<CaseAnswer> Ask(CaseQuestion request, ServerCallContext context)
    {
        var cancellation = context.CancellationToken;
        var complaint = Id(request.ComplaintId, "complaint_id");
        var customer = await moves.SurvivorOfAsync(Id(request.CustomerId, "customer_id"), cancellation);
        var number = request.RmaNumber.Trim();
        // Another service asks under its own account, which sees all.
        var visible = caller.Actor.Has(Roles.System)
            ? db.Rmas.AsNoTracking()
            : db.Rmas.AsNoTracking().VisibleTo(caller.Actor);
        var rmas = await visible
            .Where(rma => rma.CustomerId == customer && rma.State != RmaState.Withdrawn)
            .Where(rma => (rma.Source == RmaSource.Complaint && rma.SourceId == complaint) || rma.Number == number)
            .OrderBy(rma => rma.Id)
            .Take(MostRmas)
            .ToListAsync(cancellation);
        var ids = rmas.Select(rma => rma.Id).ToList();
        var units = await db
            .RmaUnits.AsNoTracking()
            .Where(unit => ids.Contains(unit.RmaId) && unit.Quantity > 0)
            .OrderBy(unit => unit.Number)
            .Take(MostUnits)
            .ToListAsync(cancellation);
        var answer = new CaseAnswer();
        answer.Rmas.AddRange(rmas.Select(rma => Message(rma, units.Where(unit => unit.RmaId == rma.Id))));
        return answer;
    }

    private static RmaOfCase Message(Rma rma, IEnumerable<RmaUnit> units)
    {
        var message = new RmaOfCase
        {
            Number = rma.Number,
            State = rma.State.ToKebab(),
            DeclaredOn = Iso(rma.DeclaredOn),
            ReceivedOn = Iso(rma.ReceivedOn),
        };
        message.Units.AddRange(units.Select(Message));
        return message;
    }

    private static UnitOfCase Message(RmaUnit unit)
    {
        var message = new UnitOfCase
        {
            Number = unit.Number,
            State = unit.State.ToKebab(),
            ModelCode = unit.ModelCode ?? "",
            ModelName = unit.ModelName ?? "",
            Serial = unit.Serial ?? "",
            Quantity = unit.Quantity,
            FaultWords = unit.Fault?.Words ?? "",
            FaultCode = unit.Diagnosis?.FaultCode ?? "",
            Finding = unit.Diagnosis?.Finding ?? "",
            Covered = unit.Diagnosis?.Covered switch
            {
                true => "yes",
                false => "no",
                null => "unknown",
            },
            ReceivedOn = Iso(unit.ReceivedOn),
            PassedOn = Iso(unit.PassedOn),
            EndedOn = Iso(unit.EndedOn),
            ChargeNumber = unit.ChargeNumber ?? "",
            ChargeAmount = unit.Charge?.Amount.ToString("0.00", CultureInfo.InvariantCulture) ?? "",
            Currency = unit.Charge?.Currency ?? "",
        };
        message.Works.AddRange(unit.Works.Select(Message));
        return message;
    }

    private static WorkOfCase Message(RepairWork work)
    {
        var message = new WorkOfCase
        {
            Round = work.Round,
            WorkDone = work.WorkDone,
            Engineer = work.By.Name,
            FinishedOn = Iso(work.FinishedOn),
        };
        message.Parts.AddRange(work.Replaced.Select(part => part.Name));
        message.Crew.AddRange(work.Crew);
        return message;
    }

    private static Guid Id(string text, string field) =>
        Guid.TryParse(text, out var id)
            ? id
            : throw new RpcException(new Status(StatusCode.InvalidArgument, $"{field} '{text}' is not a GUID."));

    private static string Iso(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
