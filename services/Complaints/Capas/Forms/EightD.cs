using System.Globalization;
using CustomerService.Complaints.ActionItems.Domain;
using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Forms;
using CustomerService.Registry;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Capas.Forms;

/// <summary>The 8D report of a CAPA, from what is on record.</summary>
internal sealed class EightD(ComplaintsDb db, RegistryLookup registry, ComplaintsSettings settings, Caller caller)
    : IForm
{
    // An empty report is one page, in English too.
    private const float Paragraph = 28;

    public async Task<FormResult> FillAsync(Guid id, FormTexts texts, CancellationToken cancellation)
    {
        var capa = await db
            .Capas.AsNoTracking()
            .VisibleTo(caller.Actor)
            .FirstOrDefaultAsync(c => c.Id == id, cancellation);
        if (capa is null)
        {
            return FormResult.NotFound;
        }

        var complaint = await db
            .Complaints.AsNoTracking()
            .FirstOrDefaultAsync(c => c.Id == capa.ComplaintId, cancellation);
        var sources = new[] { id, capa.ComplaintId ?? id };
        var actions = await db
            .ActionItems.AsNoTracking()
            .Where(item => sources.Contains(item.SourceId))
            .OrderBy(item => item.Id)
            .ToListAsync(cancellation);
        var departments = await registry.DepartmentNamesAsync(
            actions.Select(item => item.Department).Append(capa.Department),
            texts.Language,
            cancellation
        );
        return Fill(capa, complaint, actions, departments, texts) with { Link = settings.AddressOf(capa) };
    }

    internal static FormDocument Fill(
        Capa capa,
        Complaint? complaint,
        IReadOnlyList<ActionItem> actions,
        IReadOnlyDictionary<string, string> departments,
        FormTexts texts
    )
    {
        var detail = capa.Proposal?.Detail ?? ProposalDetail.None;
        return new()
        {
            Form = "8D",
            PrintsForm = false,
            Title = texts.Say("form.8d"),
            Number = capa.Number,
            Language = texts.Language,
            Version = capa.Version,
            Sections =
            [
                texts.Section(
                    "d1",
                    FormRow.Of(
                        texts.Cell("capa-department", NameOf(capa.Department, departments)),
                        texts.Cell("proposed-by", capa.Proposal?.By.Name),
                        texts.Cell("reviewed-by", capa.Review?.By.Name),
                        texts.Cell("executed-by", capa.Execution?.By.Name)
                    )
                ),
                texts.Section(
                    "d2",
                    FormRow.Of(
                        texts.Cell("number", string.Join(", ", capa.Serves.Select(served => served.Number))),
                        texts.Cell("customer", complaint?.CustomerName),
                        texts.Cell("product-model", complaint?.Reference.ProductModel)
                    ),
                    FormRow.Of(texts.Cell("subject", capa.Subject)),
                    FormRow.Of(
                        texts.Cell("description", complaint?.Description ?? capa.Description).WithRoom(Paragraph)
                    )
                ),
                texts.Section("d3", Items(actions, item => item.Purpose == ActionPurpose.Remedy, departments, texts)),
                texts.Section("d4", [.. Causes(capa, detail, texts)]),
                texts.Section(
                    "d5",
                    FormRow.Of(texts.Cell("disposition", capa.Proposal?.Disposition)),
                    FormRow.Of(texts.Cell("correction", capa.Proposal?.Correction).WithRoom(Paragraph))
                ),
                texts.Section(
                    "d6",
                    [
                        .. Items(
                            actions,
                            item => item.Type is ActionType.Remedy or ActionType.Corrective,
                            departments,
                            texts
                        ),
                        FormRow.Of(
                            texts.Cell("execution", capa.Execution?.Record).Wide(3),
                            texts.Cell("executed-on", FormTexts.Day(capa.Execution?.On))
                        ),
                    ]
                ),
                texts.Section(
                    "d7",
                    [
                        FormRow.Of(texts.Cell("prevention", capa.Proposal?.Prevention).WithRoom(Paragraph)),
                        .. Items(
                            actions,
                            item => item.Type is ActionType.PreventiveProduct or ActionType.PreventiveSystem,
                            departments,
                            texts
                        ),
                    ]
                ),
                texts.Section("d8", [.. Effect(capa, detail, texts)]),
            ],
        };
    }

    private static IEnumerable<FormRow> Causes(Capa capa, ProposalDetail detail, FormTexts texts) =>
        [
            FormRow.Of(texts.Cell("main-cause", capa.Proposal?.Cause).WithRoom(Paragraph)),
            .. detail.Whys.Select(why =>
                FormRow.Of(
                    texts.Cell("why", why.Question),
                    texts.Cell("because", why.Answer),
                    texts.Cell("evidence", why.Evidence)
                )
            ),
            .. detail.Fishbone.Select(cause =>
                FormRow.Of(
                    texts.Cell("category", texts.Coded<CauseCategory>("category", cause.Category)),
                    texts.Cell("fishbone-cause", cause.Cause),
                    texts.Cell("evidence", cause.Evidence),
                    texts.Cell("root", texts.YesNo(cause.IsRoot))
                )
            ),
        ];

    private static string RateOf(EffectRate rate) =>
        string.Create(CultureInfo.InvariantCulture, $"{rate.Good}/{rate.Counted}")
        + (rate.Percent() is { } percent ? string.Create(CultureInfo.InvariantCulture, $" = {percent:0.0} %") : "");

    private static IEnumerable<FormRow> Effect(Capa capa, ProposalDetail detail, FormTexts texts) =>
        [
            FormRow.Of(
                texts
                    .Cell(
                        "effect",
                        detail.Effect is { } effect
                            ? texts.Say(
                                "effect." + effect.Metric.ToKebab(),
                                ("item", effect.Item),
                                ("target", effect.Target),
                                ("days", effect.WindowDays)
                            )
                            : null
                    )
                    .Wide(2),
                texts.Cell("watched-through", FormTexts.Day(capa.WatchThrough)),
                capa.MeasuresRate
                    ? texts.Cell("rate", capa.Rate is { } rate ? RateOf(rate) : null)
                    : texts.Cell("occurrences", capa.Occurrences.Count.ToString(CultureInfo.InvariantCulture))
            ),
            .. capa.Verifications.Select(said =>
                FormRow.Of(
                    texts.Cell("side", texts.Coded<VerifyingSide>("side", said.Side)),
                    texts
                        .Cell("verification", said.Evidence)
                        .Wide(3)
                        .Signed(
                            texts.Cell("verified-by", said.By.Name),
                            texts.Cell("verified-on", FormTexts.Day(said.On))
                        ),
                    texts.Cell("effective", texts.YesNo(said.Effective))
                )
            ),
            FormRow.Of(texts.Cell("closed-on", FormTexts.Day(capa.ClosedOn))),
        ];

    // A section without rows has one that is empty.
    private static IReadOnlyList<FormRow> Items(
        IReadOnlyList<ActionItem> actions,
        Func<ActionItem, bool> which,
        IReadOnlyDictionary<string, string> departments,
        FormTexts texts
    )
    {
        var rows = actions
            .Where(which)
            .SelectMany(item =>
                new[]
                {
                    FormRow.Of(
                        texts.Cell("action-number", item.Number),
                        texts.Cell("action-what", item.What).Wide(2),
                        texts.Cell("action-state", texts.Coded<ActionItemState>("action", item.State))
                    ),
                    FormRow.Of(
                        texts.Cell("action-owner", item.OwnerName ?? NameOf(item.Department, departments)),
                        texts.Cell("action-due", FormTexts.Day(item.DueOn)),
                        texts.Cell("evidence", item.Result?.Evidence).Wide(2)
                    ),
                }
            )
            .ToList();
        return rows.Count > 0 ? rows : [FormRow.Of(texts.Cell("action-what", null))];
    }

    private static string? NameOf(string? code, IReadOnlyDictionary<string, string> departments) =>
        code is null ? null : departments.GetValueOrDefault(code, code);
}
