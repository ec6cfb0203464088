using System.Globalization;
using CustomerService.Imports;
using CustomerService.Registry;
using CustomerService.Repairs.Data;
using CustomerService.Repairs.Products.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Repairs.Products.Features;

/// <summary>Machines by their serial numbers from a table, all or none.</summary>
internal static class ImportProductSerials
{
    private const int MostRows = 5000;

    private static readonly string[] Columns = ["serial", "model", "customer", "exFactoryOn", "purchasedOn"];

    /// <summary>What is wrong with a row.</summary>
    /// <param name="Row">Row of the table, the heading is 1.</param>
    /// <param name="Column">Column, where it is about one.</param>
    /// <param name="Code">Stable code.</param>
    /// <param name="Rule">Rule that refuses it.</param>
    /// <param name="Message">In the caller's language.</param>
    /// <param name="Existing">The machine that has the serial number already.</param>
    internal sealed record Fault(
        int Row,
        string? Column,
        string Code,
        string? Rule,
        string Message,
        ExistingMachine? Existing = null
    );

    /// <summary>A machine that is on record already.</summary>
    internal sealed record ExistingMachine(Guid Id, string Number, string ModelCode, string? CustomerName);

    /// <param name="DryRun">Nothing was to be changed.</param>
    /// <param name="Rows">Rows with data.</param>
    /// <param name="Imported">Machines that were entered: all or none.</param>
    /// <param name="Faults">Every fault of every row.</param>
    internal sealed record View(bool DryRun, int Rows, int Imported, IReadOnlyList<Fault> Faults);

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/product-serials/import", Handle)
            .AsCommand()
            .ForRoles(ProductModel.Writers)
            .DisableAntiforgery()
            .WithMetadata(new RequestSizeLimitAttribute(5 * 1024 * 1024))
            .WithSummary("Enters machines from a CSV or XLSX table; all or none")
            .WithDescription(
                """
                Rules C2, C5.1.3, S3, S4. multipart/form-data with the field `file`. Columns: serial, model (its code), and
                customer (code of the registry), exFactoryOn, purchasedOn (2026-03-01), which may be empty. `dryRun=true`
                (the default) checks everything, reports every faulty row and changes nothing; `dryRun=false` enters the
                machines when no row is faulty. The same serial number twice, however it is written, and one that is known
                already, which names the other machine, are faults. 400: import-unreadable, import-too-long.
                """
            )
            .Produces<View>();

    private static async Task<CommandResult> Handle(
        IFormFile file,
        bool? dryRun,
        RepairsDb db,
        ProductLookup lookup,
        RegistryLookup registry,
        Caller caller,
        Texts texts,
        CancellationToken cancellation
    )
    {
        using var memory = new MemoryStream();
        await file.CopyToAsync(memory, cancellation);
        if (Table.Read(memory.ToArray(), MostRows) is not { } table)
        {
            return Refusal.Invalid("import-unreadable", RuleCatalogue.Api, "file");
        }

        if (table.Rows.Count > MostRows)
        {
            return Refusal.Invalid("import-too-long", RuleCatalogue.Api, "file").With("most", MostRows);
        }

        var faults = new List<Fault>();
        void Wrong(
            int row,
            string? column,
            string code,
            string? rule = null,
            IReadOnlyDictionary<string, object?>? arguments = null
        ) => faults.Add(new(row, column, code, rule, texts.Find(code, arguments) ?? code));
        var missing = new[] { "serial", "model" }.Where(column => !table.Columns.Contains(column)).ToList();
        missing.ForEach(column =>
            Wrong(1, column, "import-column-missing", null, new Dictionary<string, object?> { ["column"] = column })
        );
        table.Columns.Except(Columns).ToList().ForEach(column => Wrong(1, column, "import-column-unknown"));
        if (faults.Count > 0)
        {
            return CommandResult.Ok(new View(dryRun != false, table.Rows.Count, 0, faults));
        }

        var codes = table.Rows.Select(row => TextFolding.Key(row["model"])).ToHashSet();
        var models = await db
            .ProductModels.Where(model => codes.Contains(model.CodeKey))
            .ToDictionaryAsync(model => model.CodeKey, cancellation);
        var keys = table.Rows.Select(row => ProductSerial.KeyOf(row["serial"])).ToList();
        var known = await lookup.SerialsAsync(keys, cancellation);
        var twice = keys.GroupBy(key => key).Where(same => same.Count() > 1).Select(same => same.Key).ToHashSet();
        var customers = new Dictionary<string, OrganisationCopy?>();
        foreach (var code in table.Rows.Select(row => row["customer"]).Where(c => c.Length > 0).Distinct())
        {
            customers[code] = (await registry.OrganisationAsync(code, cancellation)).Failed(out _, out var found)
                ? null
                : found;
        }

        var machines = new List<ProductSerial>();
        foreach (var row in table.Rows)
        {
            var before = faults.Count;
            foreach (var column in table.Columns)
            {
                if (row[column] == Table.ErrorValue)
                {
                    Wrong(row.Number, column, "import-error-value", null, Of("row", row.Number));
                }
                else if (!Characters.IsStorable(row[column]) || row[column].Length > TextLength.Line)
                {
                    Wrong(row.Number, column, "import-characters");
                }
            }

            var (key, customer) = (ProductSerial.KeyOf(row["serial"]), row["customer"]);
            if (twice.Contains(key))
            {
                Wrong(row.Number, "serial", "import-serial-twice", "S4");
            }
            else if (known.TryGetValue(key, out var there))
            {
                faults.Add(Exists(row.Number, there, texts));
            }

            if (!models.TryGetValue(TextFolding.Key(row["model"]), out var model))
            {
                Wrong(row.Number, "model", "model-unknown", "S3");
            }

            if (customer.Length > 0 && customers[customer] is not { Kind: OrganisationKind.Customer })
            {
                Wrong(row.Number, "customer", "import-customer-unknown", "S3");
            }

            var exFactory = Day(row, "exFactoryOn");
            var purchased = Day(row, "purchasedOn");
            if (faults.Count > before)
            {
                continue;
            }

            var buyer = customer.Length > 0 ? customers[customer] : null;
            var made = ProductSerial.Register(
                caller.Context(),
                new(row["serial"], model!, buyer?.Id, buyer?.Name, exFactory, purchased)
            );
            if (made.Failed(out var refusal, out var machine))
            {
                Wrong(row.Number, null, refusal.Code, refusal.Rule, refusal.Arguments);
            }
            else
            {
                machines.Add(machine);
            }
        }

        if (dryRun != false || faults.Count > 0)
        {
            return CommandResult.Ok(new View(dryRun != false, table.Rows.Count, 0, faults));
        }

        db.AddRange(machines);
        return CommandResult.Ok(new View(false, table.Rows.Count, machines.Count, []));

        DateOnly? Day(TableRow row, string column)
        {
            if (row[column].Length == 0)
            {
                return null;
            }

            if (
                DateOnly.TryParseExact(
                    row[column],
                    "yyyy-MM-dd",
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.None,
                    out var day
                )
            )
            {
                return day;
            }

            Wrong(row.Number, column, "import-date");
            return null;
        }
    }

    private static Fault Exists(int row, ProductSerial there, Texts texts)
    {
        var named = new Dictionary<string, object?>
        {
            ["number"] = there.Number,
            ["model"] = there.ModelCode,
            ["customer"] = there.CustomerName ?? "—",
        };
        return new(
            row,
            "serial",
            "serial-exists",
            "S4",
            texts.Find("import-serial-exists", named) ?? "serial-exists",
            new(there.Id, there.Number, there.ModelCode, there.CustomerName)
        );
    }

    private static Dictionary<string, object?> Of(string name, object? value) => new() { [name] = value };
}
