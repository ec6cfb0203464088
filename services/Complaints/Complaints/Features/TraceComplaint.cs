using System.Globalization;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Imports;
using CustomerService.Registry;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.AspNetCore.Mvc;

namespace CustomerService.Complaints.Complaints.Features;

/// <summary>What is wrong with a row of an import.</summary>
/// <param name="Row">Row of the table, the heading is 1.</param>
/// <param name="Column">Column, where it is about one.</param>
/// <param name="Code">Stable code.</param>
/// <param name="Message">In the caller's language.</param>
internal sealed record TraceFault(int Row, string? Column, string Code, string Message);

/// <param name="DryRun">Nothing was to be changed.</param>
/// <param name="Rows">Rows with data.</param>
/// <param name="Imported">Lines that were entered: all or none.</param>
internal sealed record TraceImportView(bool DryRun, int Rows, int Imported, IReadOnlyList<TraceFault> Faults);

/// <summary>The traceability table (C5.6.1).</summary>
internal static class TraceComplaint
{
    private static readonly string[] Columns =
    [
        "kind",
        "identity",
        "place",
        "customer",
        "quantity",
        "checked",
        "result",
        "containment",
    ];

    internal sealed record Request(IReadOnlyList<LineRequest> Lines);

    /// <param name="Identity">Lot, serial, order or contract number.</param>
    /// <param name="CustomerId">The affected customer in the registry.</param>
    /// <param name="Checked">How many of them were checked; none by default.</param>
    /// <param name="Containment">How it was contained.</param>
    internal sealed record LineRequest(
        TraceKind? Kind,
        string Identity,
        string? Place,
        Guid? CustomerId,
        int? Quantity,
        int? Checked,
        string? Result,
        string? Containment
    );

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Lines).NotEmpty().AtMost(Complaint.MostLines);
            RuleForEach(r => r.Lines)
                .NotNull()
                .ChildRules(line =>
                {
                    line.RuleFor(l => l.Kind).NotNull();
                    line.RuleFor(l => l.Identity).RequiredText(TextLength.Line);
                    line.RuleFor(l => l.Place).OptionalText(TextLength.Line);
                    line.RuleFor(l => l.Quantity).NotNull().GreaterThanOrEqualTo(0);
                    line.RuleFor(l => l.Checked)
                        .Must((l, count) => count is null || (count >= 0 && count <= l.Quantity))
                        .WithErrorCode("checked-range");
                    line.RuleFor(l => l.Result).OptionalText(TextLength.Line);
                    line.RuleFor(l => l.Containment).OptionalText(TextLength.Line);
                });
        }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/complaints/{id:guid}/trace", Handle)
            .AsCommand()
            .WithName("TraceComplaint")
            .WithSummary("QC enters lines of the traceability table (追溯情況)")
            .WithDescription(
                """
                Rule C5.6.1; QC: lots, serials, stock, production, deliveries and projects affected, how many, how many
                were checked, how they were contained. A line of the same kind and identity is replaced. At most 2000
                lines.
                """
            )
            .Produces<ComplaintView>();
        routes
            .MapPost("/complaints/{id:guid}/trace/import", Import)
            .AsCommand()
            .DisableAntiforgery()
            .WithMetadata(new RequestSizeLimitAttribute(10 * 1024 * 1024))
            .ForRoles(Roles.Qc, Roles.QcHead)
            .WithName("ImportTraceOfComplaint")
            .WithSummary("Lines of the traceability table from CSV or XLSX; all or none")
            .WithDescription(
                """
                Rule C5.6.1; QC. multipart/form-data with the field `file`. `dryRun=true` (the default) checks
                everything and changes nothing. Columns: kind (`lot`, `serial`, `stock`, `production`, `delivery`,
                `project`), identity, place, customer (code of the registry), quantity, checked, result, containment.
                """
            )
            .Produces<TraceImportView>();
    }

    private static Task<CommandResult> Handle(
        Guid id,
        Request body,
        ComplaintsDb db,
        RegistryLookup registry,
        Caller caller,
        CancellationToken cancellation
    ) =>
        caller.ChangeAsync(
            db.Complaints.VisibleTo(caller.Actor),
            id,
            async (complaint, context) =>
            {
                var lines = new List<TraceLine>(body.Lines.Count);
                foreach (var line in body.Lines)
                {
                    string? name = null;
                    if (line.CustomerId is { } customer)
                    {
                        var found = await registry.OrganisationAsync(customer, cancellation);
                        if (found.Failed(out var unknown, out var known))
                        {
                            return unknown;
                        }

                        name = known.Name;
                    }

                    lines.Add(
                        new TraceLine(
                            line.Kind!.Value,
                            line.Identity.Trim(),
                            line.Place,
                            line.CustomerId,
                            name,
                            line.Quantity!.Value,
                            line.Checked ?? 0,
                            line.Result,
                            line.Containment,
                            Stamp.Of(context)
                        )
                    );
                }

                return complaint.Trace(context, lines);
            },
            ComplaintView.From,
            cancellation
        );

    private static async Task<CommandResult> Import(
        Guid id,
        IFormFile file,
        bool? dryRun,
        ComplaintsDb db,
        RegistryLookup registry,
        Texts texts,
        Caller caller,
        CancellationToken cancellation
    )
    {
        using var memory = new MemoryStream();
        await file.CopyToAsync(memory, cancellation);
        if (Table.Read(memory.ToArray(), Complaint.MostLines) is not { } table)
        {
            return Refusal.Invalid("import-unreadable", RuleCatalogue.Api, "file");
        }

        if (table.Rows.Count > Complaint.MostLines)
        {
            return Refusal.Invalid("import-too-long", RuleCatalogue.Api, "file").With("most", Complaint.MostLines);
        }

        var context = caller.Context();
        var (lines, faults) = await ReadAsync(table, context, registry, texts, cancellation);
        if (dryRun != false || faults.Count > 0)
        {
            return CommandResult.Ok(new TraceImportView(dryRun != false, table.Rows.Count, 0, faults));
        }

        return await caller.ChangeAsync(
            db.Complaints.VisibleTo(caller.Actor),
            id,
            (complaint, command) => complaint.Trace(command, lines),
            (_, _) => new TraceImportView(false, table.Rows.Count, lines.Count, faults),
            cancellation
        );
    }

    private static async Task<(List<TraceLine> Lines, List<TraceFault> Faults)> ReadAsync(
        Table table,
        CommandContext context,
        RegistryLookup registry,
        Texts texts,
        CancellationToken cancellation
    )
    {
        var (lines, faults) = (new List<TraceLine>(), new List<TraceFault>());
        void Note(int row, string? column, string code) =>
            faults.Add(new(row, column, code, texts.Find(code, null) ?? code));
        foreach (var column in table.Columns.Except(Columns))
        {
            Note(1, column, "import-column-unknown");
        }

        foreach (var column in Columns.Take(2).Append("quantity").Except(table.Columns))
        {
            Note(1, column, "import-column-missing");
        }

        foreach (var row in faults.Count > 0 ? [] : table.Rows)
        {
            var kind = Spelling.FromKebab<TraceKind>(row["kind"]);
            var identity = row["identity"];
            if (kind is null)
            {
                Note(row.Number, "kind", "trace-kind-unknown");
            }

            if (identity.Length is 0 or > TextLength.Line)
            {
                Note(row.Number, "identity", "trace-identity-wrong");
            }

            if (
                !TryCount(row["quantity"], out var quantity)
                || !TryCount(row["checked"], out var looked)
                || looked > quantity
            )
            {
                Note(row.Number, "quantity", "trace-count-wrong");
                continue;
            }

            (Guid? Id, string? Name) customer = (null, null);
            if (row["customer"] is { Length: > 0 } code)
            {
                var found = await registry.OrganisationAsync(code, cancellation);
                if (found.Failed(out var unknown, out var known))
                {
                    Note(row.Number, "customer", unknown.Code);
                }
                else
                {
                    customer = (known.Id, known.Name);
                }
            }

            lines.Add(
                new TraceLine(
                    kind ?? default,
                    identity,
                    Text(row["place"]),
                    customer.Id,
                    customer.Name,
                    quantity,
                    looked,
                    Text(row["result"]),
                    Text(row["containment"]),
                    Stamp.Of(context)
                )
            );
        }

        return (lines, faults);
    }

    private static bool TryCount(string text, out int count)
    {
        count = 0;
        return text.Length == 0
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count >= 0);
    }

    private static string? Text(string text) => text.Length == 0 ? null : text.Truncate(TextLength.Line, "…");
}
