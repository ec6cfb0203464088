using System.Globalization;
using CustomerService.Forms;
using CustomerService.Projects.Revisits.Domain;
using CustomerService.Rules;

namespace CustomerService.Projects.Revisits.Forms;

/// <summary>回訪工程質量問題匯總 on paper and as a workbook (P3.3.2).</summary>
internal static class QualityProblemSummary
{
    private static readonly string[] Columns =
    [
        "project",
        "contract",
        "found-on",
        "part",
        "location",
        "problem",
        "severity",
        "cause",
        "liability",
        "unit",
        "repair-record",
        "repair-state",
    ];

    /// <summary>A section for each project.</summary>
    public static FormDocument Fill(IReadOnlyList<QualityProblem> problems, DateOnly from, DateOnly to, FormTexts texts)
    {
        var sections = new List<FormSection>
        {
            new(
                "period",
                null,
                [
                    FormRow.Of(
                        new FormCell("period", texts.Say("summary.period"), Period(from, to)),
                        new FormCell("count", texts.Say("summary.count"), Number(problems.Count)),
                        new FormCell("open", texts.Say("summary.open"), Number(problems.Count(p => !p.Repaired)))
                    ),
                ]
            ),
        };
        sections.AddRange(
            problems
                .GroupBy(p => (p.ProjectId, p.ProjectName, p.ContractNumber))
                .Select(group => new FormSection(
                    "project",
                    $"{group.Key.ProjectName}  {group.Key.ContractNumber}",
                    [.. group.SelectMany(problem => Rows(problem, texts))]
                ))
        );
        return new FormDocument
        {
            Form = "3.3.2-summary",
            Title = texts.Say("summary.title"),
            Number = $"{FormTexts.Day(from)}–{FormTexts.Day(to)}",
            Language = texts.Language,
            Version = 0,
            PrintsForm = false,
            Sections = sections,
        };
    }

    /// <summary>One line a problem.</summary>
    public static Task<byte[]> WorkbookAsync(
        IReadOnlyList<QualityProblem> problems,
        FormTexts texts,
        CancellationToken cancellation
    ) =>
        Workbook.MakeAsync(
            async book =>
            {
                await book.TableAsync(
                    texts.Say("summary.sheet"),
                    Columns.Select(column => texts.Say("summary." + column)),
                    cancellation
                );
                foreach (var problem in problems)
                {
                    await book.AddAsync(
                        [
                            problem.ProjectName,
                            problem.ContractNumber,
                            FormTexts.Day(problem.FoundOn),
                            texts.Coded("part", problem.Part),
                            problem.Location,
                            problem.Description,
                            texts.Coded<FindingSeverity>("summary.severity", problem.Severity),
                            problem.Cause,
                            texts.Coded("liability", problem.Liability),
                            problem.ResponsibleUnit,
                            problem.RepairRecord,
                            StateOf(problem, texts),
                        ],
                        cancellation
                    );
                }
            },
            cancellation
        );

    private static IEnumerable<FormRow> Rows(QualityProblem problem, FormTexts texts)
    {
        yield return FormRow.Of(
            new FormCell("found-on", texts.Say("summary.found-on"), FormTexts.Day(problem.FoundOn)),
            new FormCell("part", texts.Say("summary.part"), texts.Coded("part", problem.Part)),
            new FormCell("location", texts.Say("summary.location"), problem.Location)
        );
        yield return FormRow.Of(
            new FormCell("problem", texts.Say("summary.problem"), problem.Description).Wide(2),
            new FormCell("cause", texts.Say("summary.cause"), problem.Cause)
        );
        yield return FormRow.Of(
            new FormCell("liability", texts.Say("summary.liability"), Liable(problem, texts)),
            new FormCell("repair-record", texts.Say("summary.repair-record"), problem.RepairRecord),
            new FormCell("repair-state", texts.Say("summary.repair-state"), StateOf(problem, texts))
        );
    }

    private static string? Liable(QualityProblem problem, FormTexts texts) =>
        problem.Liability is null
            ? null
            : string.Join(
                "  ",
                new[] { texts.Coded("liability", problem.Liability), problem.ResponsibleUnit }.OfType<string>()
            );

    private static string StateOf(QualityProblem problem, FormTexts texts) =>
        problem.RepairState is { } state
            ? texts.Find("summary.state." + state) ?? state
            : texts.Say("summary.state.none");

    private static string Period(DateOnly from, DateOnly to) => $"{FormTexts.Day(from)} – {FormTexts.Day(to)}";

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);
}
