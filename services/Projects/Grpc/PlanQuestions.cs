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
using PinOnSheet = CustomerService.Projects.PlanSheets.Domain.PlanPin;
using WirePin = CustomerService.Contracts.Projects.Grpc.V1.PlanPin;

namespace CustomerService.Projects.Grpc;

/// <summary>Where is it on the drawings? Rule P3.3. For services, who print the extract.</summary>
internal sealed class PlanQuestions(ProjectsDb db, Files files, Caller caller) : Plans.PlansBase
{
    private const int MostPins = 6;
    private const int ExtractEdge = 700;

    // What the client takes in one answer, less a little.
    private const int MostBytes = 60_000_000;

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
            .Take(MostPins)
            .GroupBy(one => one.sheet, one => one.pin);
        var answer = new PinsAnswer();
        var room = MostBytes;
        foreach (var sheet in pinned)
        {
            PinOnSheet[] pins = [.. sheet];
            var extracts = await ExtractsAsync(sheet.Key, pins, context.CancellationToken);
            foreach (var (pin, made) in pins.Zip(extracts))
            {
                var extract = made is null || made.Length > room ? ByteString.Empty : ByteString.CopyFrom(made);
                room -= extract.Length;
                answer.Pins.Add(
                    new WirePin
                    {
                        SheetNumber = sheet.Key.Number,
                        SheetTitle = sheet.Key.Title,
                        Revision = sheet.Key.Current!.Label,
                        X = pin.X,
                        Y = pin.Y,
                        CheckPlace = pin.CheckPlace,
                        Note = pin.Note ?? "",
                        Page = pin.Page,
                        Extract = extract,
                    }
                );
            }
        }

        return answer;
    }

    // A drawing is read once, however many pins are on it.
    private async Task<IReadOnlyList<byte[]?>> ExtractsAsync(
        PlanSheet sheet,
        IReadOnlyList<PinOnSheet> pins,
        CancellationToken cancellation
    )
    {
        var revision = sheet.Current!;
        var file = (await files.ListAsync(sheet.Id, cancellation)).FirstOrDefault(f => f.Id == revision.FileId);
        if (file is null || await files.ContentAsync(file, cancellation) is not { } drawing)
        {
            return [.. pins.Select(_ => (byte[]?)null)];
        }

        DrawnPlace[] places = [.. pins.Select(pin => new DrawnPlace(pin.Page, pin.X, pin.Y))];
        return file.IsPicture ? Pictures.Extract(drawing, places, ExtractEdge) : PdfDrawings.Extract(drawing, places);
    }
}
