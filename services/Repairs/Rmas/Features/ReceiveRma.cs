using CustomerService.Imports;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Rmas.Features;

/// <summary>Goods come in: by scan, or by a file of serial numbers.</summary>
internal static class ReceiveRma
{
    /// <summary>More at once is no parcel.</summary>
    internal const int MostItems = 2000;

    private const string Rule = """
        Rules C5.1.1, C3.1.1, S3. Each item becomes a unit with a number for its label; the answer lists what came as
        declared, what was not declared, and what is missing. Where anything differs, nothing goes on before the customer
        has confirmed the received quantity (worked case 4). A further parcel of the same RMA is received in the same
        way. 400: model-unknown. 409: quantity-not-positive, serial-twice, serial-received-elsewhere.
        """;

    /// <param name="Serial">Serial number, as it was scanned.</param>
    /// <param name="ModelId">Model, of what has no serial number or none that is known.</param>
    /// <param name="Quantity">How many, of what has no serial number; 1 by default.</param>
    internal sealed record ItemRequest(string? Serial = null, Guid? ModelId = null, int? Quantity = null);

    internal sealed record Request(IReadOnlyList<ItemRequest> Items);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Items).NotEmpty().AtMost(MostItems);
            RuleForEach(r => r.Items)
                .ChildRules(item =>
                {
                    item.RuleFor(i => i.Serial).OptionalCode();
                    item.RuleFor(i => i.Quantity).LessThanOrEqualTo(100_000);
                });
        }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/rmas/{id:guid}/receive", Handle)
            .AsCommand()
            .WithSummary("Goods of an RMA are received and counted, many at once")
            .WithDescription(Rule)
            .WithExample(new Request([new("SN-1001"), new("SN-1002"), new(Quantity: 3)]))
            .Produces<RmaView>();
        routes
            .MapPost("/rmas/{id:guid}/receive-file", ReceiveRmaFile)
            .AsCommand()
            .ForRoles(RmaFlow.Receivers)
            .DisableAntiforgery()
            .WithMetadata(new RequestSizeLimitAttribute(5 * 1024 * 1024))
            .WithSummary("Goods of an RMA are received by a file of serial numbers")
            .WithDescription(
                Rule
                    + " multipart/form-data with the field `file`: CSV or XLSX with the column `serial`, and `quantity` and "
                    + "`model` (a code) where there is none. 400: import-unreadable, import-too-long, import-column-missing, "
                    + "import-error-value (a cell has an error or a formula's error), quantity-not-a-number."
            )
            .Produces<RmaView>();
    }

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        RepairsDb db,
        RmaIntake intake,
        Caller caller,
        CancellationToken cancellation
    ) =>
        ReceiveAsync(
            id,
            [.. body.Items.Select(item => new EnteredItem(item.Serial, item.ModelId, item.Quantity))],
            db,
            intake,
            caller,
            cancellation
        );

    private static async Task<CommandResult> ReceiveRmaFile(
        Guid id,
        IFormFile file,
        RepairsDb db,
        RmaIntake intake,
        Caller caller,
        CancellationToken cancellation
    )
    {
        using var memory = new MemoryStream();
        await file.CopyToAsync(memory, cancellation);
        if (Table.Read(memory.ToArray(), MostItems) is not { } table)
        {
            return Refusal.Invalid("import-unreadable", RuleCatalogue.Api, "file");
        }

        if (table.Rows.Count > MostItems)
        {
            return Refusal.Invalid("import-too-long", RuleCatalogue.Api, "file").With("most", MostItems);
        }

        if (!table.Columns.Contains("serial"))
        {
            return Refusal.Invalid("import-column-missing", RuleCatalogue.Api, "file").With("column", "serial");
        }

        var codes = table.Rows.Select(row => TextFolding.Key(row["model"])).Where(code => code.Length > 0).ToHashSet();
        var models = await db
            .ProductModels.AsNoTracking()
            .Where(model => codes.Contains(model.CodeKey))
            .ToDictionaryAsync(model => model.CodeKey, model => model.Id, cancellation);
        var items = new List<EnteredItem>();
        foreach (var row in table.Rows)
        {
            var (serial, quantity, code) = (row["serial"], row["quantity"], TextFolding.Key(row["model"]));
            if (
                table.Columns.Any(column => row[column] == Table.ErrorValue || !Characters.IsStorable(row[column]))
                || serial.Length > TextLength.Code
            )
            {
                return Refusal.Invalid("import-error-value", RuleCatalogue.Api, "file").With("row", row.Number);
            }

            if (code.Length > 0 && !models.ContainsKey(code))
            {
                return Refusal.Invalid("model-unknown", "S3", "model").With("row", row.Number);
            }

            var count = 1;
            if (quantity.Length > 0 && (!int.TryParse(quantity, out count) || count > 100_000))
            {
                return Refusal.Invalid("quantity-not-a-number", "C5.1.1", "quantity").With("row", row.Number);
            }

            items.Add(new(serial.Length > 0 ? serial : null, code.Length > 0 ? models[code] : null, count));
        }

        return await ReceiveAsync(id, items, db, intake, caller, cancellation);
    }

    private static async Task<CommandResult> ReceiveAsync(
        Guid id,
        IReadOnlyList<EnteredItem> items,
        RepairsDb db,
        RmaIntake intake,
        Caller caller,
        CancellationToken cancellation
    ) =>
        await caller.ChangeAsync(
            db.Rmas.VisibleTo(caller.Actor),
            id,
            async (rma, context) =>
            {
                if (rma.CheckRole(context, RmaAction.Receive) is { } forbidden)
                {
                    return forbidden;
                }

                if ((await intake.ParcelAsync(rma, items, cancellation)).Failed(out var unknown, out var parcel))
                {
                    return unknown;
                }

                if (rma.Receive(context, parcel, out var units) is { } refusal)
                {
                    return refusal;
                }

                db.AddRange(units);
                await AskedBack.LinkAsync(db, units, context, cancellation);
                if (rma.Count.Differs)
                {
                    return null;
                }

                // A parcel that completes the declaration agrees what came before, too.
                await RmaRelease.UnitsAsync(db, rma, context, cancellation);
                return rma.AgreeAsDeclared(context);
            },
            RmaView.From,
            cancellation
        );
}
