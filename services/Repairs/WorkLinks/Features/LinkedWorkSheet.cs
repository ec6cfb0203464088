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

    // What says something by where it is taken.
    private static readonly RepairOrderAction[] OnSite = [RepairOrderAction.Arrive, RepairOrderAction.Start];

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
                order.Photos is { } photos
                    ? words.Say(
                        "link.photos",
                        ("before", photos.Before),
                        ("beforeNeeded", photos.BeforeNeeded),
                        ("after", photos.After),
                        ("afterNeeded", photos.AfterNeeded)
                    )
                    : null,
                order.FinishDueAt is { } due ? $"{words.Say("link.finish-by")} {words.At(due.AddTicks(-1))}" : null,
            }.Where(text => !string.IsNullOrWhiteSpace(text))
        );

    private static string Files(LinkedOrderView order, string purpose) => $"orders/{order.Id}/files?purpose={purpose}";

    private static LinkForm Photo(LinkedOrderView order, string purpose, LinkWords words) =>
        new(
            Files(order, purpose),
            words.Say("link.add-photo-" + purpose),
            [words.Field("file", "photo-" + purpose, LinkInput.Picture)]
        )
        {
            Heading = order.Number,
            GoesOn = true,
        };

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
            yield return OnSite.Contains(step) ? Form(step, LinkField.OfPlace()) : Form(step);
        }

        if (order.Actions.Contains(RepairOrderAction.Attempt.ToKebab()))
        {
            yield return Form(
                RepairOrderAction.Attempt,
                words.Field("note", "attempt-note", LinkInput.Text),
                words.Field("doneAt", "attempt-at", LinkInput.Moment) with
                {
                    IsOptional = true,
                },
                words.Field("photoId", "attempt-photo", LinkInput.Picture) with
                {
                    IsOptional = true,
                    Upload = Files(order, "photo"),
                },
                LinkField.OfPlace()
            );
            yield return Photo(order, "before", words);
        }

        if (order.State == RepairOrderState.InRepair)
        {
            yield return Photo(order, "after", words);
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
