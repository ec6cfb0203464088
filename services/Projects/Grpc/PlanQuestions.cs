using CustomerService.Contracts.Projects.Grpc.V1;
using CustomerService.Forms;
using CustomerService.Projects.Data;
using CustomerService.Projects.PlanSheets.Domain;
using CustomerService.Records;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using WirePin = CustomerService.Contracts.Projects.Grpc.V1.PlanPin;

namespace CustomerService.Projects.Grpc;

/// <summary>Where is it on the drawings? Rule P3.3. For services, who print the extract.</summary>
internal sealed class PlanQuestions(ProjectsDb db, Files files, Caller caller) : Plans.PlansBase
{
    private const int MostPins = 6;
    private const int ExtractEdge = 700;

    public override async Task<PinsAnswer> Pins(PinsQuestion request, ServerCallContext context)
    {
        var project = Questions.Project(request.ProjectId);
        var targets = request.TargetIds.Select(Questions.Project).ToHashSet();
        if (!caller.Actor.Has(Roles.System) && !caller.IsStaff)
        {
            throw Questions.NotFound(request.ProjectId);
        }

        var sheets = await db
            .PlanSheets.AsNoTracking()
            .Where(sheet => sheet.ProjectId == project && sheet.State != PlanSheetState.Withdrawn)
            .OrderBy(sheet => sheet.Number)
            .ToListAsync(context.CancellationToken);
        var pinned = sheets
            .SelectMany(sheet => sheet.Pins.Where(pin => targets.Contains(pin.TargetId)).Select(pin => (sheet, pin)))
            .Take(MostPins);
        var answer = new PinsAnswer();
        foreach (var (sheet, pin) in pinned)
        {
            answer.Pins.Add(
                new WirePin
                {
                    SheetNumber = sheet.Number,
                    SheetTitle = sheet.Title,
                    Revision = sheet.Current!.Label,
                    X = pin.X,
                    Y = pin.Y,
                    CheckPlace = pin.CheckPlace,
                    Note = pin.Note ?? "",
                    Extract = await ExtractAsync(sheet, pin.X, pin.Y, context.CancellationToken),
                }
            );
        }

        return answer;
    }

    private async Task<ByteString> ExtractAsync(PlanSheet sheet, double x, double y, CancellationToken cancellation)
    {
        var revision = sheet.Current!;
        var file = (await files.ListAsync(sheet.Id, cancellation)).FirstOrDefault(f => f.Id == revision.FileId);
        return
            file is { IsPicture: true }
            && await files.ContentAsync(file, cancellation) is { } drawing
            && Pictures.Extract(drawing, x, y, ExtractEdge) is { } extract
            ? ByteString.CopyFrom(extract)
            : ByteString.Empty;
    }
}
