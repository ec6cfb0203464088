using CustomerService.Forms;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Repairs.WorkLinks.Features;

/// <summary>What somebody who repairs sees in a browser: the orders, and the steps that need no more than a few
/// words.</summary>
internal static class LinkedWorkSheet
{
    private static readonly RepairOrderAction[] Bare =
    [
        RepairOrderAction.Receive,
        RepairOrderAction.Arrive,
        RepairOrderAction.Start,
        RepairOrderAction.Resume,
    ];

    public static LinkSheet Of(LinkedWorkView view, LinkWords words) =>
        new()
        {
            Title = words.Say("link.work", ("unit", view.UnitName)),
            Lines =
            [
                words.Line("person", view.HolderName),
                .. view.Orders.Select(order => new LinkLine(order.Number, Text(order, words))),
                words.Line("valid-through", words.At(view.ExpiresAt)),
            ],
            Forms = [.. view.Orders.SelectMany(order => Forms(order, words))],
        };

    private static string Text(LinkedOrderView order, LinkWords words) =>
        string.Join(
            '\n',
            new[]
            {
                $"{order.ProjectName} {order.Location}",
                $"{order.Contact} {order.Phone}",
                order.Description,
                order.Scope,
                order.Measures.Count > 0 ? FormTexts.Numbered(order.Measures) : null,
                order.Materials,
                order.Safety,
                order.Briefing,
                order.FinishDueAt is { } due ? $"{words.Say("link.finish-by")} {words.At(due.AddTicks(-1))}" : null,
            }.Where(text => !string.IsNullOrWhiteSpace(text))
        );

    private static IEnumerable<LinkForm> Forms(LinkedOrderView order, LinkWords words)
    {
        LinkForm Form(RepairOrderAction step, params IEnumerable<LinkField> more) =>
            new(
                "steps",
                words.Say("link.step." + step.ToKebab()),
                [
                    LinkField.Of("repairOrderId", order.Id),
                    LinkField.Of("step", step),
                    LinkField.Of("seen", order.Seen),
                    .. more,
                ]
            )
            {
                Heading = order.Number,
                GoesOn = true,
            };
        foreach (var step in Bare.Where(step => order.Actions.Contains(step.ToKebab())))
        {
            yield return Form(step);
        }

        if (order.Actions.Contains(RepairOrderAction.Finish.ToKebab()))
        {
            yield return Form(
                RepairOrderAction.Finish,
                words.Field("workDone", "work-done", LinkInput.Text),
                words.Field("crew", "crew", LinkInput.Lines)
            );
        }
    }
}
