using CustomerService.Imports;
using CustomerService.Projects.Data;
using CustomerService.Projects.Projects.Domain;
using CustomerService.Projects.Projects.Imports;
using CustomerService.Projects.Revisits.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Projects.Features;

/// <summary>What is wrong with a row.</summary>
/// <param name="Row">Row of the table, the heading is 1.</param>
/// <param name="Column">Column, where it is about one.</param>
/// <param name="Code">Stable code: a refusal's, or that of a wrong value.</param>
/// <param name="Rule">Rule that refuses it.</param>
/// <param name="Message">In the caller's language.</param>
internal sealed record ImportFault(int Row, string? Column, string Code, string? Rule, string Message);

/// <param name="DryRun">Nothing was to be changed.</param>
/// <param name="Rows">Rows with data.</param>
/// <param name="Imported">Projects that were entered: all or none.</param>
/// <param name="Faults">Every fault of every row.</param>
internal sealed record ImportView(bool DryRun, int Rows, int Imported, IReadOnlyList<ImportFault> Faults);

internal static class ImportProjects
{
    internal const int MostRows = 5000;

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/projects/import", Handle)
            .AsCommand()
            .ForRolesBy("P3.3", "register", ProjectFlow.Writers)
            .DisableAntiforgery()
            .WithMetadata(new RequestSizeLimitAttribute(20 * 1024 * 1024))
            .WithSummary("Enters projects from a CSV or XLSX table; all or none")
            .WithDescription(
                """
                multipart/form-data with the field `file`: CSV (UTF-8; UTF-16, Big5 and GB18030 are recognised; comma, semicolon or tab) or XLSX (first sheet).
                `dryRun=true` (the default) checks everything, reports every faulty row and changes nothing;
                `dryRun=false` enters the projects when no row is faulty. Columns: contractNumber, name, owner, city,
                siteAddress, latitude, longitude, buildingAreaSquareMetres, structureType, qualityGrade, manager,
                managerSince, authorisedPerson, chiefEngineer, technicalHead, engineeringHead, qualityHead,
                designLifeYears, plannedAcceptanceOn, and for each part of Table 3.1 one `warranty:<part>` with `5y`, `60m`, `2s`, `contract`
                or nothing; where a subcontractor did a part, `subcontractor:<part>` (P3.1.1). `acceptedOn` and
                `handedOverOn`: for works that are accepted (P1) or handed over (P3) already, by a caller who may record
                that; the revisits of these are planned (P2.1.1). Organisations by code or name, people by staff number
                or name; a name that two have is a fault. Rules P1, P3, P3.1.1, P3.1.2, P2.1.1, P2.2.1, P3.3. At most
                5000 rows and 100 columns; a workbook unpacks to at most 50 MB.
                """
            )
            .Produces<ImportView>();

    private static async Task<CommandResult> Handle(
        IFormFile file,
        bool? dryRun,
        ProjectsDb db,
        Caller caller,
        Texts texts,
        CancellationToken cancellation
    )
    {
        var context = caller.Context();
        var policy = context.Policy;
        if (Project.CheckRegisterRole(context) is { } forbidden)
        {
            return forbidden;
        }

        using var memory = new MemoryStream();
        await file.CopyToAsync(memory, cancellation);
        var content = memory.ToArray();
        if (Table.Read(content, MostRows) is not { } table)
        {
            return Table.IsOfUnknownEncoding(content)
                ? Refusal.Invalid("import-encoding", RuleCatalogue.Api, "file")
                : Refusal.Invalid("import-unreadable", RuleCatalogue.Api, "file");
        }

        if (table.Rows.Count > MostRows)
        {
            return Refusal.Invalid("import-too-long", RuleCatalogue.Api, "file").With("most", MostRows);
        }

        var faults = new List<ImportFault>();
        void Fault(
            int row,
            string? column,
            string code,
            string? rule = null,
            IReadOnlyDictionary<string, object?>? arguments = null
        ) => faults.Add(new(row, column, code, rule, texts.Find(code, arguments) ?? code));
        void Refused(int row, string? column, Refusal refusal) =>
            Fault(row, column, refusal.Code, refusal.Rule, refusal.Arguments);
        foreach (var column in table.Columns)
        {
            if (!ProjectRow.IsColumn(column))
            {
                Fault(1, column, "import-column-unknown");
            }
            else if (
                ProjectRow.PartOf(column) is { } part
                && WarrantyTerms.CheckParts([part], policy.Warranty) is { } unknown
            )
            {
                Refused(1, column, unknown);
            }
        }

        foreach (var column in ProjectRow.Required.Where(c => !table.Columns.Contains(c)))
        {
            Fault(1, column, "import-column-missing");
        }

        if (faults.Count > 0)
        {
            return CommandResult.Ok(new ImportView(dryRun != false, table.Rows.Count, 0, faults));
        }

        var given = table.Rows.Count;
        var sound = new List<TableRow>();
        foreach (var row in table.Rows)
        {
            var unsound = table.Columns.Where(column => !Characters.IsStorable(row[column])).ToList();
            unsound.ForEach(column => Fault(row.Number, column, "import-characters"));
            var errors = table.Columns.Where(column => row[column] == Table.ErrorValue).ToList();
            errors.ForEach(column => Fault(row.Number, column, "import-error-value"));
            unsound.AddRange(errors);
            if (unsound.Count == 0)
            {
                sound.Add(row);
            }
        }

        table = table with { Rows = sound };
        var names = await Names.LoadAsync(db, table, cancellation);
        var numbers = table.Rows.Select(r => TextFolding.Key(r["contractNumber"])).ToHashSet();
        var taken = (
            await db
                .Projects.Where(p => p.State != ProjectState.Withdrawn && numbers.Contains(p.ContractKey))
                .Select(p => p.ContractKey)
                .ToListAsync(cancellation)
        ).ToHashSet();
        var projects = new List<(Project Project, IReadOnlyList<Revisit> Plan, Guid Manager, DateOnly Since)>();
        foreach (var row in table.Rows)
        {
            var before = faults.Count;
            var details = ProjectRow.Read(row, policy, names, (column, code) => Fault(row.Number, column, code));
            var number = TextFolding.Key(row["contractNumber"]);
            if (!taken.Add(number) && number.Length > 0)
            {
                Fault(row.Number, "contractNumber", "already-exists");
            }

            if (faults.Count > before || details is null)
            {
                continue;
            }

            if (Project.Register(context, details).Failed(out var refusal, out var project))
            {
                Refused(
                    row.Number,
                    refusal.Arguments.TryGetValue("part", out var part) ? $"warranty:{part}" : null,
                    refusal
                );
                continue;
            }

            if (
                ProjectRow.Day(row["acceptedOn"]) is { } accepted
                && project.Accept(context, accepted) is { } notAccepted
            )
            {
                Refused(row.Number, "acceptedOn", notAccepted);
                continue;
            }

            var plan = PlanChange.None;
            if (ProjectRow.Day(row["handedOverOn"]) is { } handedOver)
            {
                if (project.HandOver(context, handedOver).Failed(out var notHandedOver, out var planned))
                {
                    Refused(row.Number, "handedOverOn", notHandedOver);
                    continue;
                }

                plan = planned;
            }

            projects.Add(
                (project, plan.Added, details.Team.Manager.Id, ProjectRow.Day(row["managerSince"]) ?? context.Today)
            );
        }

        if (dryRun != false || faults.Count > 0)
        {
            return CommandResult.Ok(new ImportView(dryRun != false, given, 0, faults));
        }

        var managerIds = projects.Select(p => p.Manager).ToHashSet();
        var managers = await db.People.Where(p => managerIds.Contains(p.Id)).ToDictionaryAsync(p => p.Id, cancellation);
        foreach (var (project, plan, manager, since) in projects)
        {
            managers[manager].Assign(context, project.Id, project.Name, since);
            db.Add(project);
            db.AddRange(plan);
        }

        return CommandResult.Ok(new ImportView(false, given, projects.Count, []));
    }
}
