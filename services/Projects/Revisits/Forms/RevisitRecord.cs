using System.Globalization;
using CustomerService.Forms;
using CustomerService.Projects.Data;
using CustomerService.Projects.Organisations.Domain;
using CustomerService.Projects.Projects.Domain;
using CustomerService.Projects.Revisits.Domain;
using CustomerService.Records;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Projects.Revisits.Forms;

/// <summary>Form 3.3.1, 工程回訪記錄表.</summary>
internal sealed class RevisitRecord(ProjectsDb db, Files files, Caller caller, CompanyClock clock) : IForm
{
    public async Task<FormResult> FillAsync(Guid id, FormTexts texts, CancellationToken cancellation)
    {
        var revisit = await db
            .Revisits.AsNoTracking()
            .VisibleTo(caller.Actor)
            .FirstOrDefaultAsync(r => r.Id == id, cancellation);
        if (revisit is null)
        {
            return FormResult.NotFound;
        }

        var project = await db.Projects.AsNoTracking().FirstAsync(p => p.Id == revisit.ProjectId, cancellation);
        var repairRecords = (await db.LinkedCasesOfAsync(revisit, cancellation))
            .Where(c => c is { Kind: LinkedCase.RepairOrder, Number: not null })
            .Select(c => c.Number!)
            .Order(StringComparer.Ordinal);
        return Fill(
            new(
                revisit.Heading ?? FormHeading.Of(project),
                revisit,
                [.. repairRecords],
                await SignatureAsync(revisit, cancellation),
                caller.Actor.SeesAll() || revisit.IsReleased
            ),
            texts,
            clock
        );
    }

    /// <summary>What the form shows.</summary>
    /// <param name="Heading">The project, as it was called when the form was signed.</param>
    /// <param name="Revisit">The revisit.</param>
    /// <param name="RepairRecords">Numbers of the repair records that came from it.</param>
    /// <param name="Signature">The owner's signature as an image, where there is one.</param>
    /// <param name="ShowsDecision">Cause, liability and disposition are for this reader by now.</param>
    internal sealed record Content(
        FormHeading Heading,
        Revisit Revisit,
        IReadOnlyList<string> RepairRecords,
        byte[]? Signature,
        bool ShowsDecision
    );

    internal static FormDocument Fill(Content content, FormTexts texts, CompanyClock clock)
    {
        var (heading, revisit, repairRecords, signature, showsDecision) = content;
        var (assessment, disposition) = showsDecision ? (revisit.Assessment, revisit.Disposition) : (null, null);
        string? Day(DateOnly? day) =>
            day is { } d
                ? texts.Say("form.ymd", ("iso", FormTexts.Day(d)), ("year", d.Year), ("month", d.Month), ("day", d.Day))
                : null;
        string? DayOf(Stamp? stamp) => stamp is null ? null : Day(clock.DateOf(stamp.At));
        var area = heading.BuildingAreaSquareMetres.ToString("#,0.##", CultureInfo.InvariantCulture);
        var separator = texts.Say("form.separator");
        // An empty cell of a closed form says that there is nothing, rather than that it was forgotten.
        var none = texts.Say("form.none");
        var ifClosed = revisit.State == RevisitState.Closed ? none : null;
        return new()
        {
            Form = "3.3.1",
            Title = texts.Say("form.331.title"),
            Number = revisit.FileNumber ?? $"{heading.ContractNumber}/{revisit.Ordinal}",
            Language = texts.Language,
            Version = revisit.Version,
            PrintsForm = false,
            Sections =
            [
                texts.Section(
                    "project",
                    FormRow.Of(
                        texts.Cell("project", heading.Project),
                        texts.Cell("owner", Owner(heading, revisit, texts))
                    ),
                    FormRow.Of(
                        texts.Cell("contract", heading.ContractNumber),
                        texts.Cell("area", texts.Say("form.square-metres", ("area", area)))
                    ),
                    FormRow.Of(
                        texts.Cell("structure", texts.Coded("structure", heading.StructureType)),
                        texts.Cell("handover", Day(heading.HandedOverOn))
                    ),
                    FormRow.Of(
                        texts.Cell("quality", heading.QualityGrade),
                        texts.Cell("revisit-form", texts.Coded("revisit-form", revisit.Form))
                    )
                ),
                texts.Section(
                    "visit",
                    FormRow.Of(
                        texts
                            .Cell(
                                "findings",
                                Joined(Findings(revisit, texts)) ?? (revisit.HeldOn is null ? null : none)
                            )
                            .WithRoom(100)
                    ),
                    FormRow.Of(
                        texts
                            .Cell("visitors", string.Join(separator, Visitors(revisit, texts)))
                            .WithRoom(44)
                            .Signed(texts.Cell("visited-on", Day(revisit.HeldOn)))
                    ),
                    FormRow.Of(
                        texts
                            .Cell("owner-opinion", Opinion(revisit, texts))
                            .WithRoom(92)
                            .Signed(
                                signature,
                                texts.Cell("owner-signature", Signed(revisit, texts)),
                                texts.Cell(
                                    "signed-on",
                                    revisit.OwnerSignature is { } signed
                                        ? Day(clock.DateOf(signed.At))
                                        : Day(revisit.OpinionRecord?.On)
                                )
                            )
                    )
                ),
                texts.Section(
                    "decision",
                    FormRow.Of(
                        texts
                            .Cell("assessment", Joined(Assessments(revisit, assessment, texts)) ?? ifClosed)
                            .WithRoom(92)
                            .Signed(
                                texts.Cell("assessed-by", assessment?.By.Name),
                                texts.Cell("assessed-on", DayOf(assessment?.By))
                            )
                    ),
                    FormRow.Of(texts.Cell("disposition", disposition?.Text ?? ifClosed).WithRoom(60)),
                    FormRow.Of(
                        texts.Cell(
                            "repair-records",
                            repairRecords.Count > 0 ? string.Join(separator, repairRecords) : ifClosed
                        )
                    ),
                    FormRow.Of(
                        texts.Cell("engineering-head", disposition?.By.Name),
                        texts.Cell("decided-on", DayOf(disposition?.By))
                    )
                ),
            ],
        };
    }

    // 業主（使用單位）: the user beside the owner where it is the user's opinion.
    private static string Owner(FormHeading heading, Revisit revisit, FormTexts texts) =>
        revisit.OpinionOf is { } user
            ? texts.Say("form.owner-and-user", ("owner", heading.Owner), ("user", user.Name), ("place", user.Place))
            : heading.Owner;

    private static string? Opinion(Revisit revisit, FormTexts texts)
    {
        var unsigned = revisit.OpinionRecord?.WhyUnsigned is { } why
            ? texts.Say("form.unsigned", ("reason", why))
            : null;
        return Joined([.. new[] { revisit.OwnerOpinion, unsigned }.OfType<string>()]);
    }

    // 簽章或記錄.
    private static string? Signed(Revisit revisit, FormTexts texts) =>
        revisit.OpinionRecord is { } record
            ? texts.Say(
                "form.recorded",
                ("method", texts.Coded<OpinionMethod>("opinion-method", record.Method)),
                ("name", record.GivenBy),
                ("taker", record.TakenDown.Name)
            )
            : revisit.OwnerSignature?.PrintedName;

    private static string? Joined(IReadOnlyList<string> lines) => lines.Count == 0 ? null : string.Join('\n', lines);

    private static IReadOnlyList<string> Findings(Revisit revisit, FormTexts texts)
    {
        string? Words(string key, string? text) =>
            string.IsNullOrWhiteSpace(text) ? null : texts.Say(key, ("text", text));
        return
        [
            .. revisit.Findings.SelectMany(
                (f, i) =>
                    new[]
                    {
                        texts.Say(
                            "form.finding",
                            ("index", i + 1),
                            ("part", texts.Coded("part", f.Part)),
                            ("location", f.Location),
                            ("severity", texts.Coded<FindingSeverity>("severity", f.Severity)),
                            ("description", f.Description)
                        ),
                        Words("form.explanation", f.Explanation),
                        Words("form.solution", f.ProposedSolution),
                    }.OfType<string>()
            ),
        ];
    }

    private static IReadOnlyList<string> Assessments(Revisit revisit, LiabilityAssessment? assessment, FormTexts texts)
    {
        if (assessment is null)
        {
            return [];
        }

        var places = revisit.Findings.Select((f, i) => (f.Id, Index: i + 1)).ToDictionary(f => f.Id, f => f.Index);
        var lines = assessment.Findings.Select(decided =>
            texts.Say(
                "form.liability",
                ("index", places[decided.FindingId]),
                ("cause", decided.Cause),
                ("liability", texts.Coded<Liability>("liability", decided.Liability)),
                ("unit", decided.ResponsibleUnit)
            )
        );
        return [.. lines, .. assessment.Remarks is { Length: > 0 } remarks ? [remarks] : Array.Empty<string>()];
    }

    private static IEnumerable<string> Visitors(Revisit revisit, FormTexts texts) =>
        revisit.Attendees.Select(a =>
            a.Name
            + (a.Seat == Seat.Other ? "" : texts.Say("form.of-seat", ("seat", texts.Coded<Seat>("seat", a.Seat))))
            + (a.SubstituteReason is null ? "" : texts.Say("form.substitute", ("reason", a.SubstituteReason)))
        );

    private async Task<byte[]?> SignatureAsync(Revisit revisit, CancellationToken cancellation)
    {
        if (!Guid.TryParse(revisit.OwnerSignature?.ImageId, out var image))
        {
            return null;
        }

        var signature = (await files.ListAsync(revisit.Id, cancellation)).FirstOrDefault(file => file.Id == image);
        return signature is null ? null : await files.ContentAsync(signature, cancellation);
    }
}
