using CustomerService.Projects.PlanSheets.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;

namespace CustomerService.Projects.Tests.Domain;

/// <summary>Drawings with revisions and pins (P3.3).</summary>
public sealed class PlanSheetTests
{
    private static readonly Guid Site = Guid.CreateVersion7();
    private static readonly CommandContext Engineer = A.Context(Someone.InEngineering());

    [Fact]
    public void The_flow_table_is_sound() =>
        FlowChecks.Problems(PlanSheetFlow.Table, ProjectsTexts.Manager, Texts.Common).ShouldBeEmpty();

    [Fact]
    [Trait("Rule", "S1")]
    public void Whatever_is_tried_only_the_table_changes_a_sheet() =>
        new FlowWalk<PlanSheet, PlanSheetState, PlanSheetAction>(PlanSheetFlow.Table)
            .Start(
                PlanSheetAction.Register,
                move => PlanSheet.Register(move.Context, Site, "濱江花園", "建施-05", "三層平面圖")
            )
            .On(
                PlanSheetAction.FileRevision,
                (sheet, move) =>
                    sheet.FileRevision(
                        move.Context,
                        move.Pick(
                            Drawing(FormattableString.Invariant($"R{sheet.Revisions.Count}")),
                            Drawing(FormattableString.Invariant($"R{sheet.Revisions.Count}")),
                            Drawing("R0"),
                            Drawing("X") with
                            {
                                ContentType = null,
                            }
                        )
                    )
            )
            .On(
                PlanSheetAction.Pin,
                (sheet, move) =>
                    sheet.Pin(
                        move.Context,
                        move.Pick(Order(0.5), Order(0.5), Order(0.5), Order(1.1), Order(0.2) with { ProjectId = null })
                    )
            )
            .On(
                PlanSheetAction.ConfirmPin,
                (sheet, move) =>
                    sheet.ConfirmPin(
                        move.Context,
                        move.Pick(
                            new CheckedPin(FirstOf(sheet), null, null),
                            new CheckedPin(FirstOf(sheet), 0.1, 0.2),
                            new CheckedPin(FirstOf(sheet), -0.1, null),
                            new CheckedPin(Guid.Empty, null, null)
                        )
                    )
            )
            .On(
                PlanSheetAction.RemovePin,
                (sheet, move) => sheet.RemovePin(move.Context, move.Pick(FirstOf(sheet), Guid.Empty, Guid.Empty), null)
            )
            .On(PlanSheetAction.Settle, (sheet, move) => sheet.Settle(move.Context))
            .On(
                PlanSheetAction.Withdraw,
                (sheet, move) => move.OneIn(15) ? sheet.Withdraw(move.Context, "x") : NotTried
            )
            .By(
                Someone.InEngineering(),
                Someone.HeadOfEngineering(),
                Someone.InCustomerService(),
                Someone.WithEveryRole(),
                Someone.AtCustomer(Guid.CreateVersion7())
            )
            .Run(walks: 300, steps: 30);

    [Fact]
    [Trait("Rule", "P3.3")]
    public void Given_pins_When_a_new_revision_is_filed_Then_they_keep_their_place_and_are_to_be_checked()
    {
        var sheet = Filed();
        sheet.Pin(Engineer, Order(0.25)).ShouldBeNull();
        sheet.Pin(Engineer, Order(0.75)).ShouldBeNull();

        sheet.FileRevision(Engineer, Drawing("B")).ShouldBeNull();

        sheet.State.ShouldBe(PlanSheetState.ToCheck);
        sheet
            .Pins.Select(pin => (pin.X, pin.Revision, pin.CheckPlace))
            .ShouldBe([(0.25, "A", true), (0.75, "A", true)]);
        sheet.WorkSteps(A.Context(Someone.System())).ShouldContain(step => step.Action == "confirm-pin");
        sheet.Settle(Engineer).ShouldNotBeNull().Code.ShouldBe("pins-unchecked");
        sheet.ConfirmPin(Engineer, new(sheet.Pins[0].Id, null, null)).ShouldBeNull();
        sheet.ConfirmPin(Engineer, new(sheet.Pins[1].Id, 0.8, null)).ShouldBeNull();
        sheet.SettleWhereChecked(Engineer);
        sheet.State.ShouldBe(PlanSheetState.InForce);
        sheet
            .Pins.Select(pin => (pin.X, pin.Revision, pin.CheckPlace))
            .ShouldBe([(0.25, "B", false), (0.8, "B", false)]);
    }

    [Fact]
    [Trait("Rule", "P3.3")]
    public void Given_no_pins_When_a_new_revision_is_filed_Then_nothing_is_to_be_checked()
    {
        var sheet = Filed();

        sheet.FileRevision(Engineer, Drawing("B")).ShouldBeNull();
        sheet.SettleWhereChecked(Engineer);

        (sheet.State, sheet.Current!.Label).ShouldBe((PlanSheetState.InForce, "B"));
        sheet.FileRevision(Engineer, Drawing("A")).ShouldNotBeNull().Code.ShouldBe("revision-there-already");
    }

    [Theory]
    [Trait("Rule", "P3.3")]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(-0.001, false)]
    [InlineData(1.001, false)]
    [InlineData(double.NaN, false)]
    public void Given_a_place_When_pinned_Then_only_on_the_sheet(double x, bool may) =>
        (Filed().Pin(Engineer, Order(x)) is null).ShouldBe(may);

    [Fact]
    [Trait("Rule", "P3.3")]
    public void Given_a_pinned_order_When_pinned_again_Then_moved_and_one_of_another_project_is_refused()
    {
        var sheet = Filed();
        var order = Order(0.25);
        sheet.Pin(Engineer, order).ShouldBeNull();

        sheet.Pin(Engineer, order with { X = 0.5 }).ShouldBeNull();

        sheet.Pins.ShouldHaveSingleItem().X.ShouldBe(0.5);
        sheet
            .Pin(Engineer, Order(0.5) with { ProjectId = Guid.CreateVersion7() })
            .ShouldNotBeNull()
            .Code.ShouldBe("pin-of-other-project");
    }

    [Fact]
    [Trait("Rule", "P3.3")]
    public void Given_a_drawing_of_two_pages_When_pinned_Then_only_on_a_page_that_it_has()
    {
        var sheet = Filed();
        sheet.FileRevision(Engineer, Drawing("B") with { Pages = 2 }).ShouldBeNull();
        sheet.SettleWhereChecked(Engineer);

        sheet.Pin(Engineer, Order(0.5) with { Page = 3 }).ShouldNotBeNull().Code.ShouldBe("pin-off-sheet");
        sheet.Pin(Engineer, Order(0.5) with { Page = 0 }).ShouldNotBeNull().Code.ShouldBe("pin-off-sheet");
        sheet.Pin(Engineer, Order(0.5) with { Page = 2 }).ShouldBeNull();

        // The next revision has one page: the pin is there only where somebody says so.
        sheet.FileRevision(Engineer, Drawing("C")).ShouldBeNull();
        var pin = sheet.Pins.ShouldHaveSingleItem();
        sheet.ConfirmPin(Engineer, new(pin.Id, null, null)).ShouldNotBeNull().Code.ShouldBe("pin-off-sheet");
        sheet.ConfirmPin(Engineer, new(pin.Id, null, null, Page: 1)).ShouldBeNull();
        sheet.Pins.ShouldHaveSingleItem().Page.ShouldBe(1);
    }

    private static Refusal NotTried { get; } = Refusal.ByRule("not-tried", "P3.3", []);

    private static Guid FirstOf(PlanSheet sheet) => sheet.Pins.Count > 0 ? sheet.Pins[0].Id : Guid.Empty;

    private static NewRevision Drawing(string label) => new(label, Guid.CreateVersion7(), "image/png");

    private static NewPin Order(double x) =>
        new(PinnedKind.RepairOrder, Guid.CreateVersion7(), "WX-1", Site, x, 0.5, null);

    private static PlanSheet Filed()
    {
        var sheet = PlanSheet.Register(Engineer, Site, "濱江花園", "建施-05", "三層平面圖").Required();
        sheet.FileRevision(Engineer, Drawing("A")).ShouldBeNull();
        sheet.MarkSaved();
        return sheet;
    }
}
