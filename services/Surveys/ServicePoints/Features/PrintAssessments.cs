using CustomerService.Forms;
using CustomerService.Records;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.ServicePoints.Domain;
using CustomerService.Surveys.Sheets;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.ServicePoints.Features;

/// <summary>An assessment on paper and as a workbook (T1 to T3).</summary>
internal static class PrintAssessments
{
    private const int InARow = 3;
    private static readonly string[] Elements = ["T1", "T2", "T3"];

    internal sealed record Query
    {
        /// <summary>The assessment.</summary>
        public required Guid Id { get; init; }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapSheet<Query>(
            "/assessments/{id:guid}/sheet",
            "Assessment",
            "An assessment of a service point",
            "Rules T1 to T3: every item with its score, photos of what failed, corrections, signatures. Of a mystery visit "
                + "nobody reads who came.",
            FillAsync
        );
    }

    private static async Task<Result<TableSheet>?> FillAsync(
        Query query,
        IServiceProvider services,
        FormTexts texts,
        CancellationToken cancellation
    )
    {
        var found = await services
            .GetRequiredService<IDocumentStore>()
            .ListAsync(
                AssessmentAccess.VisibleTo(services.GetRequiredService<Caller>().Actor).Where(a => a.Id, query.Id),
                null,
                1,
                cancellation
            );
        if (found is not [var assessment])
        {
            return null;
        }

        var files = services.GetRequiredService<Files>();
        var pictures = new List<FormCell>();
        var own = (await files.ListAsync(assessment.Id, cancellation)).ToDictionary(file => file.Id);
        foreach (var score in assessment.Scores.Where(s => s.Failed))
        {
            foreach (var photo in score.Photos.Where(own.ContainsKey))
            {
                pictures.Add(
                    new FormCell("photo", NameOf(assessment, score.Item, texts), null).Showing(
                        await files.ThumbnailAsync(own[photo], cancellation)
                    )
                );
            }
        }

        return Fill(assessment, pictures, texts);
    }

    internal static TableSheet Fill(Assessment assessment, IReadOnlyList<FormCell> pictures, FormTexts texts) =>
        new(
            "assessment",
            texts.Say("sheet.service-assessment"),
            assessment.Number,
            assessment.Version,
            [
                Head(assessment, texts),
                .. Elements.Select(element => Element(assessment, element, texts)),
                Corrections(assessment, pictures, texts),
            ]
        );

    private static SheetTable Head(Assessment a, FormTexts texts) =>
        new(
            "total",
            null,
            [
                texts.Column("point", 3),
                texts.Column("round", 2),
                texts.Column("held-on", 2),
                texts.Column("percent", 2),
                texts.Column("pass-mark", 2),
                texts.Column("passed", 2),
            ],
            [
                [
                    a.PointName,
                    a.IsMystery ? texts.Say("sheet.mystery") : a.Round,
                    a.HeldOn,
                    a.Percent,
                    a.Catalogue.PassPercent,
                    texts.YesNo(a.Passed),
                ],
            ]
        );

    private static SheetTable Element(Assessment a, string element, FormTexts texts) =>
        new(
            element,
            $"{element} {texts.Say("element." + element)}",
            [
                texts.Column("item", 6),
                texts.Column("weight", 2),
                texts.Column("score", 2),
                texts.Column("failed", 2),
                texts.Column("seen", 5),
            ],
            [
                .. a
                    .Catalogue.Items.Where(item => item.Code.StartsWith(element + ".", StringComparison.Ordinal))
                    .Select(item =>
                    {
                        var score = a.Scores.FirstOrDefault(s => s.Item == item.Code);
                        return (IReadOnlyList<object?>)
                            [
                                item.Names.In(texts.Language.Name),
                                item.Weight,
                                score is { Score: null } ? texts.Say("sheet.not-here") : score?.Score,
                                score?.Failed == true ? texts.Say("sheet.failed") : null,
                                score?.Comment,
                            ];
                    }),
            ]
        );

    private static SheetTable Corrections(Assessment a, IReadOnlyList<FormCell> pictures, FormTexts texts) =>
        new(
            "corrections",
            texts.Say("sheet.corrections"),
            [
                texts.Column("item", 4),
                texts.Column("due", 2),
                texts.Column("done", 4),
                texts.Column("done-by", 2),
                texts.Column("verified-by", 2),
            ],
            [
                .. a.Corrections.Select(c =>
                    (IReadOnlyList<object?>)
                        [NameOf(a, c.Item, texts), c.DueOn, c.Done, c.DoneBy?.Name, c.VerifiedBy?.Name]
                ),
            ]
        )
        {
            Pictures = [.. pictures.Chunk(InARow).Select(row => new FormRow(row))],
            Below = [Signed("by-assessor", a.ByAssessor, texts), Signed("by-site", a.BySite, texts)],
        };

    private static FormCell Signed(string key, Signature? signature, FormTexts texts) =>
        new FormCell(key, texts.Say("sheet." + key), null).Signed(
            new FormCell(key + "-name", texts.Say("sheet.name"), signature?.PrintedName),
            new FormCell(key + "-on", texts.Say("sheet.day"), texts.DayOf(signature?.At))
        );

    private static string NameOf(Assessment a, string item, FormTexts texts) =>
        a.Catalogue.Items.First(one => one.Code == item).Names.In(texts.Language.Name);
}
