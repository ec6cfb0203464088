using CsCheck;
using CustomerService.Contracts.Repairs.V1;
using CustomerService.Repairs.Returns.Domain;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Repairs.Tests.Domain;

/// <summary>Returns and exchanges: rules C5.1.3, C5.1.4, C5.1.5.</summary>
public sealed class ReturnCaseTests
{
    [Theory]
    [InlineData("2026-02-28", false, null)]
    [InlineData("2026-03-01", false, "return-window-passed")]
    [InlineData("2026-03-01", true, null)]
    [Trait("Rule", "C5.1.4")]
    public void Given_ex_factory_on_30_November_When_accepted_Then_through_28_February_or_by_exception(
        string requested,
        bool exception,
        string? code
    )
    {
        var on = A.Context(Someone.InCustomerService(), A.Day(requested));
        var one = Goods.Inspected(exFactory: A.Day("2025-11-30"), on: on);
        if (exception)
        {
            one.ApproveException(A.Context(Someone.SalesManager(), A.Day(requested)), "大客戶").ShouldBeNull();
        }

        // Decided later than it was asked: what counts is the day of the request.
        (one.Accept(A.Context(Someone.InCustomerService(), A.Day("2026-04-30")), Goods.Ruling)?.Code).ShouldBe(code);

        one.State.ShouldBe(code is null ? ReturnCaseState.Accepted : ReturnCaseState.Inspected);
    }

    [Fact]
    [Trait("Rule", "C5.1.4")]
    public void Given_no_fault_of_quality_When_accepted_Then_refused_on_day_one_even_by_exception()
    {
        var one = Goods.Inspected(fault: false);
        one.ApproveException(A.Context(Someone.SalesManager()), "大客戶").ShouldBeNull();

        Refused.By(
            one.Accept(Goods.Service, Goods.Ruling),
            "no-quality-fault",
            "C5.1.4",
            ["quality-fault"],
            Roles.Qc,
            Roles.QcHead
        );
        Goods.Return().Accept(Goods.Service, Goods.Ruling)!.Code.ShouldBe("not-inspected-yet");
    }

    [Fact]
    [Trait("Rule", "C5.1.4")]
    public void Given_an_exchange_When_the_window_has_passed_Then_accepted_and_without_a_fault_refused()
    {
        Goods.Inspected(ReturnKind.Exchange, A.Day("2024-01-01")).Accept(Goods.Service, Goods.Ruling).ShouldBeNull();
        Goods
            .Inspected(ReturnKind.Exchange, A.Day("2024-01-01"), fault: false)
            .Accept(Goods.Service, Goods.Ruling)!
            .Code.ShouldBe("no-quality-fault");
    }

    [Fact]
    [Trait("Rule", "C5.1.4")]
    public void Given_any_day_of_leaving_the_factory_When_asked_Then_the_window_is_three_months_clamped_to_the_month() =>
        Gen.Int[0, 3000]
            .Sample(
                days =>
                {
                    var left = new DateOnly(2020, 1, 1).AddDays(days);
                    var month = left.AddMonths(3);
                    var last = new DateOnly(
                        month.Year,
                        month.Month,
                        Math.Min(left.Day, DateTime.DaysInMonth(month.Year, month.Month))
                    );
                    var policy = A.Policy.Returns;
                    Returnable.Check(left, last, true, false, policy).ShouldBeNull();
                    Returnable.Check(left, last.AddDays(1), true, false, policy)!.Code.ShouldBe("return-window-passed");
                    Returnable.Check(left, last.AddDays(1), true, true, policy).ShouldBeNull();
                    Returnable.Check(left, last, false, true, policy)!.Code.ShouldBe("no-quality-fault");
                },
                iter: 500,
                threads: 1
            );

    [Theory]
    [InlineData("2023-11-29", "2024-02-29")]
    [InlineData("2023-11-30", "2024-02-29")]
    [InlineData("2024-02-29", "2024-05-29")]
    [InlineData("2025-11-30", "2026-02-28")]
    [Trait("Rule", "C5.1.4")]
    public void Given_month_ends_and_leap_days_When_the_window_is_counted_Then_its_last_day(string left, string last) =>
        Goods.Return(exFactory: A.Day(left)).ReturnableThrough(A.Policy.Returns).ShouldBe(A.Day(last));

    [Fact]
    [Trait("Rule", "C5.1.3")]
    public void Given_a_missing_answer_When_decided_Then_refused_and_the_case_says_which()
    {
        var one = Goods.Return(answers: new(null, "DJ-200", null));

        one.Answers.Missing.ShouldBe(["purchased-on", "reason"]);
        one.RaiseDoubt(Goods.Service, "異響")!.Code.ShouldBe("answers-missing");
        one.Decline(Goods.Service, Goods.Ruling)!.Code.ShouldBe("answers-missing");
        one.Complete(Goods.Service, new(A.Today.AddDays(1), null, null))!.Code.ShouldBe("date-in-future");
        one.Complete(Goods.Service, new(A.Today, null, "異響")).ShouldBeNull();
        one.Complete(Goods.Service, new(null, null, "x"))!.Code.ShouldBe("answers-complete");
        one.RaiseDoubt(Goods.Service, "異響").ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "C5.1.4")]
    public void Given_a_doubt_When_raised_Then_urgent_and_the_quality_department_is_told()
    {
        var one = Goods.Return();

        one.RaiseDoubt(Goods.Service, "異響").ShouldBeNull();

        one.Severity.ShouldBe(Severity.Major);
        one.PendingEvents.OfType<ReturnQualityDoubted>().Single().Doubt.ShouldBe("異響");
        one.WorkSteps(Goods.Service).Single().Takers.Select(taker => taker.Role).ShouldBe([Roles.Qc, Roles.QcHead]);
    }

    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(3, 0, false)]
    [InlineData(2, 3, true)]
    [InlineData(2, 0, true)]
    [InlineData(2, 1, false)]
    [InlineData(2, -1, false)]
    [Trait("Rule", "C5.1.4")]
    public void Given_counts_that_do_not_fit_When_inspected_Then_refused(int inspected, int failed, bool fault)
    {
        var one = Goods.Return(quantity: 2);
        one.RaiseDoubt(Goods.Service, "異響").ShouldBeNull();

        one.Inspect(A.Context(Someone.InQuality()), new("x", [], fault, ReturnLiability.Company, inspected, failed))!
            .Code.ShouldBe("inspection-counts-differ");
    }

    [Fact]
    [Trait("Rule", "C5.1.3")]
    public void Given_a_clause_that_did_not_hold_When_decided_Then_refused()
    {
        var one = Goods.Inspected();

        one.Accept(Goods.Service, new(null, "x"))!.Code.ShouldBe("clause-unknown");
        one.Accept(Goods.Service, Goods.Ruling).ShouldBeNull();

        (one.Decision!.Clause.Edition, one.Decision.Clause.Clause).ShouldBe(("2026-1", "4.2"));
    }

    [Fact]
    [Trait("Rule", "C5.1.5")]
    public void Given_a_slip_When_finance_books_before_the_signature_Then_refused()
    {
        foreach (
            var state in new[]
            {
                ReturnCaseState.SlipIssued,
                ReturnCaseState.SlipWithSales,
                ReturnCaseState.SlipCollected,
            }
        )
        {
            Refused.By(
                Goods.WithSlip(ReturnKind.Return, state).BookSlip(A.Context(Someone.InFinance()), null),
                "slip-not-signed",
                "C5.1.5",
                ["sales-manager-signature"],
                Roles.SalesManager
            );
        }

        var signed = Goods.WithSlip(ReturnKind.Return, ReturnCaseState.SlipSigned);
        signed.BookSlip(A.Context(Someone.InFinance()), null).ShouldBeNull();
        signed
            .Handings.Select(handing => handing.Holder)
            .ShouldBe([
                Roles.CustomerService,
                Roles.RegionalSales,
                Roles.AfterSales,
                Roles.SalesManager,
                Roles.Finance,
            ]);
    }

    [Fact]
    [Trait("Rule", "C5.1.5")]
    public void Given_a_customer_without_region_When_a_slip_is_made_out_Then_the_registry_has_to_name_it()
    {
        var one = Goods.AcceptedCase();
        one.FollowRegistry(A.Context(Someone.System("repairs")), Goods.Customer with { Region = null }).ShouldBeNull();

        one.IssueSlip(Goods.Service, new(A.Today, "品質問題"))!.Code.ShouldBe("region-unknown");
    }

    [Fact]
    [Trait("Rule", "C5.1.5")]
    public void Given_a_named_salesperson_When_a_slip_is_out_Then_only_that_person_gets_the_red_copy()
    {
        var one = Goods.AcceptedCase();
        var named = Goods.Customer with { Salesperson = new("own", "專責業務") };
        one.FollowRegistry(A.Context(Someone.System("repairs")), named).ShouldBeNull();
        one.IssueSlip(Goods.Service, new(A.Today, "品質問題")).ShouldBeNull();

        one.HandSlip(A.Context(Goods.Salesman), null)!.Code.ShouldBe("not-your-region");
        var own = Someone.With("own", "sales", Roles.RegionalSales) with { Regions = ["east"] };
        one.HandSlip(A.Context(own), null).ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "C5.1.5")]
    public void Given_a_slip_that_no_salesperson_has_When_the_customer_moves_Then_the_red_copy_goes_to_the_new_region()
    {
        var one = Goods.WithSlip(ReturnKind.Return, ReturnCaseState.SlipIssued);
        one.FollowRegistry(A.Context(Someone.System("repairs")), Goods.Customer with { Region = "west" })
            .ShouldBeNull();

        one.HandSlip(A.Context(Goods.Salesman), null)!.Code.ShouldBe("not-your-region");
        one.HandSlip(A.Context(Goods.OtherSalesman), null).ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "C5.1.5")]
    public void Given_a_red_copy_that_somebody_holds_When_the_days_pass_Then_a_reminder_each_time_and_none_after_it_moved()
    {
        var one = Goods.WithSlip(ReturnKind.Return, ReturnCaseState.SlipWithSales);
        CommandContext System(int days) => A.Context(Someone.System("repairs"), A.Today.AddDays(days));
        var days = A.Policy.Rmas.SlipDays;

        one.RemindOfSlip(System(days))!.Code.ShouldBe("slip-not-held-too-long");
        one.RemindOfSlip(System(days + 1)).ShouldBeNull();
        one.RemindOfSlip(System(days + 1))!.Code.ShouldBe("slip-not-held-too-long");
        one.RemindOfSlip(System((2 * days) + 1)).ShouldBeNull();

        one.PendingEvents.OfType<Contracts.Repairs.V1.ReturnSlipReminderDue>()
            .Select(e => (e.Holder, e.Reminder, e.HeldSince))
            .ShouldBe([(Roles.RegionalSales, 1, A.Today), (Roles.RegionalSales, 2, A.Today)]);
        one.WorkSteps(Goods.Service)
            .Single(step => step.Action == "collect-slip")
            .DueAt.ShouldBe(Goods.Service.Zone.EndOf(A.Today.AddDays(days)));
        one.CollectSlip(A.Context(Goods.AfterSales, A.Today.AddDays(8)), null).ShouldBeNull();
        one.RemindOfSlip(System(9))!.Code.ShouldBe("slip-not-held-too-long");
    }

    [Fact]
    [Trait("Rule", "C5.1.5")]
    public void Given_a_slip_When_another_regions_salesperson_takes_it_Then_refused_and_it_is_on_no_list_of_theirs()
    {
        var one = Goods.WithSlip(ReturnKind.Return, ReturnCaseState.SlipIssued);

        one.HandSlip(A.Context(Goods.OtherSalesman), null)!.Code.ShouldBe("not-your-region");

        var step = one.WorkSteps(Goods.Service).Single(s => s.Action == "hand-slip");
        (step.Includes(Goods.Salesman), step.Includes(Goods.OtherSalesman)).ShouldBe((true, false));
        Taker.KeysOf(Goods.Salesman).ShouldContain(step.Takers.Single().Key);
        Taker.KeysOf(Goods.OtherSalesman).ShouldNotContain(step.Takers.Single().Key);
        one.HandSlip(A.Context(Goods.Salesman), null).ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "C5.1.5")]
    public void Given_an_exchange_When_shipped_before_goods_and_slip_Then_refused()
    {
        string[] refusal = ["returned-goods", "collected-slip"];
        var neither = Goods.AcceptedCase(ReturnKind.Exchange);
        var slipOnly = Goods.WithSlip(ReturnKind.Exchange, ReturnCaseState.SlipCollected);
        var goodsOnly = Goods.WithSlip(ReturnKind.Exchange, ReturnCaseState.SlipWithSales);
        goodsOnly.ReceiveGoods(A.Context(Goods.AfterSales), 1, null).ShouldBeNull();
        foreach (var one in new[] { neither, slipOnly, goodsOnly })
        {
            Refused.By(
                one.ShipReplacement(Goods.Service, 1, "SN-2", null, null, null),
                "goods-or-slip-missing",
                "C5.1.5",
                refusal,
                Roles.AfterSales,
                Roles.SalesManager
            );
        }

        slipOnly.ReceiveGoods(A.Context(Goods.AfterSales), 1, null).ShouldBeNull();
        slipOnly
            .ShipReplacement(Goods.Service, 2, "SN-2", null, null, null)!
            .Code.ShouldBe("replacement-quantity-differs");
        slipOnly.ShipReplacement(Goods.Service, 1, "SN-2", null, "順豐", "SF1").ShouldBeNull();
        slipOnly.ShipReplacement(Goods.Service, 1, "SN-3", null, null, null)!.Code.ShouldBe("replaced-already");
        slipOnly.Replacement!.InAdvance.ShouldBeFalse();
    }

    [Fact]
    [Trait("Rule", "C5.1.5")]
    public void Given_an_advance_exchange_When_its_deadline_passes_without_the_goods_Then_told_once()
    {
        var one = Goods.AcceptedCase(ReturnKind.Exchange);
        var manager = A.Context(Someone.SalesManager());
        one.ApproveAdvance(manager, "停產線", A.Today.AddDays(-1))!.Code.ShouldBe("deadline-not-ahead");
        one.ApproveAdvance(manager, "停產線", A.Today.AddDays(5)).ShouldBeNull();
        one.ShipReplacement(Goods.Service, 1, "SN-2", null, null, null).ShouldBeNull();
        one.Replacement!.InAdvance.ShouldBeTrue();

        one.MarkAdvanceOverdue(A.Context(Someone.System(), A.Today.AddDays(5)))!.Code.ShouldBe("advance-not-overdue");
        one.MarkAdvanceOverdue(A.Context(Someone.System(), A.Today.AddDays(6))).ShouldBeNull();
        one.MarkAdvanceOverdue(A.Context(Someone.System(), A.Today.AddDays(7)))!.Code.ShouldBe("advance-not-overdue");
        one.PendingEvents.OfType<AdvanceExchangeOverdue>().Count().ShouldBe(1);
        Goods.AcceptedCase().ApproveAdvance(manager, "x", A.Today)!.Code.ShouldBe("no-exchange");
    }

    [Fact]
    [Trait("Rule", "C5.1.5")]
    public void Given_goods_When_more_than_asked_come_Then_refused_and_closing_waits_for_goods_and_exchange()
    {
        var one = Goods.WithSlip(ReturnKind.Exchange, ReturnCaseState.SlipSigned);
        one.BookSlip(A.Context(Someone.InFinance()), null).ShouldBeNull();

        one.Close(Goods.Service)!.Code.ShouldBe("goods-outstanding");
        one.ReceiveGoods(Goods.Service, 2, null)!.Code.ShouldBe("more-than-asked");
        one.ReceiveGoods(Goods.Service, 0, null)!.Code.ShouldBe("more-than-asked");
        one.ReceiveGoods(Goods.Service, 1, null).ShouldBeNull();
        one.ReceiveGoods(Goods.Service, 1, null)!.Code.ShouldBe("goods-are-here");
        one.Close(Goods.Service)!.Code.ShouldBe("replacement-outstanding");
        one.ShipReplacement(Goods.Service, 1, "SN-2", null, null, null).ShouldBeNull();
        Refused.By(
            one.Close(Goods.Service),
            "replacement-not-delivered",
            "C3.1.1",
            ["carrier-proof-or-customer-word"],
            Roles.Customer,
            Roles.CustomerService,
            Roles.AfterSales
        );
        one.ConfirmReplacement(Goods.Service, Delivery()).ShouldBeNull();
        one.Close(Goods.Service).ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "C3.1.1")]
    public void Given_an_exchange_on_its_way_When_its_delivery_is_entered_Then_only_proved_and_once()
    {
        var one = Goods.WithSlip(ReturnKind.Exchange, ReturnCaseState.SlipCollected);
        one.ReceiveGoods(A.Context(Goods.AfterSales), 1, null).ShouldBeNull();
        one.ConfirmReplacement(Goods.Service, Delivery())!.Code.ShouldBe("no-replacement-on-its-way");
        one.ShipReplacement(Goods.Service, 1, "SN-2", null, "順豐", "SF1").ShouldBeNull();
        one.WorkSteps(Goods.Service).Select(step => step.Action).ShouldContain("confirm-replacement");

        string? CodeOf(CommandContext by, DeliveryInput given) => one.ConfirmReplacement(by, given)?.Code;
        CodeOf(Goods.Service, Delivery() with { On = A.Today.AddDays(1) }).ShouldBe("date-in-future");
        CodeOf(Goods.Service, Delivery() with { On = A.Today.AddDays(-1) }).ShouldBe("delivered-before-shipping");
        CodeOf(Goods.Service, Delivery() with { Carrier = null }).ShouldBe("delivery-not-proved");
        CodeOf(Goods.Service, Delivery() with { Reference = null }).ShouldBe("delivery-not-proved");
        CodeOf(Goods.Service, Delivery(ReceiptProof.Call) with { Reference = " " }).ShouldBe("delivery-not-proved");
        CodeOf(Goods.Service, Delivery(ReceiptProof.Portal)).ShouldBe("delivery-not-proved");
        CodeOf(A.Context(Goods.CustomerMan), Delivery()).ShouldBe("delivery-not-proved");
        CodeOf(Goods.Service, Delivery() with { Reference = null, FileId = Guid.CreateVersion7() }).ShouldBeNull();
        CodeOf(Goods.Service, Delivery()).ShouldBe("no-replacement-on-its-way");

        one.Replacement!.Delivery!.Receiver.ShouldBe("李經理");
        one.PendingEvents.OfType<ExchangeDelivered>().Single().Proof.ShouldBe("carrier");
        one.WorkSteps(Goods.Service).Select(step => step.Action).ShouldNotContain("confirm-replacement");
    }

    [Fact]
    [Trait("Rule", "C3.1.1")]
    public void Given_an_exchange_on_its_way_When_the_customer_confirms_Then_by_the_portal()
    {
        var one = Goods.WithSlip(ReturnKind.Exchange, ReturnCaseState.SlipCollected);
        one.ReceiveGoods(A.Context(Goods.AfterSales), 1, null).ShouldBeNull();
        one.ShipReplacement(Goods.Service, 1, "SN-2", null, "順豐", "SF1").ShouldBeNull();

        one.ConfirmReplacement(A.Context(Goods.CustomerMan), Delivery(ReceiptProof.Portal) with { Reference = null })
            .ShouldBeNull();

        one.Replacement!.Delivery!.Proof.ShouldBe(ReceiptProof.Portal);
    }

    private static DeliveryInput Delivery(ReceiptProof proof = ReceiptProof.Carrier) =>
        new(proof, "順豐", "李經理", A.Today, "SF1", null);

    [Theory]
    [InlineData("Company", null)]
    [InlineData("Supplier", null)]
    [InlineData("Customer", "no-quality-fault")]
    [InlineData("Carrier", "no-quality-fault")]
    [Trait("Rule", "C5.1.4")]
    public void Given_a_fault_When_another_is_liable_Then_it_is_none_of_quality(string liable, string? code)
    {
        var (one, liability) = (Goods.Return(), Enum.Parse<ReturnLiability>(liable));
        one.RaiseDoubt(Goods.Service, "異響").ShouldBeNull();
        one.Inspect(A.Context(Someone.InQuality()), new("x", [], true, liability, 1, 1)).ShouldBeNull();

        (one.Accept(Goods.Service, Goods.Ruling)?.Code).ShouldBe(code);

        one.State.ShouldBe(code is null ? ReturnCaseState.Accepted : ReturnCaseState.Inspected);
    }

    [Fact]
    [Trait("Rule", "C5.1.4")]
    public void Given_two_of_five_that_failed_When_accepted_Then_two_are_taken_and_two_are_given()
    {
        var one = Goods.Return(ReturnKind.Exchange, quantity: 5);
        one.RaiseDoubt(Goods.Service, "異響").ShouldBeNull();
        one.Inspect(A.Context(Someone.InQuality()), new("x", [], true, ReturnLiability.Company, 5, 2)).ShouldBeNull();
        one.Accept(Goods.Service, Goods.Ruling).ShouldBeNull();

        (one.DueQuantity, one.IsComplete).ShouldBe((2, false));
        one.ReceiveGoods(Goods.Service, 3, null)!.Code.ShouldBe("more-than-asked");
        one.ReceiveGoods(Goods.Service, 2, null).ShouldBeNull();
        one.IsComplete.ShouldBeTrue();
    }

    [Fact]
    [Trait("Rule", "C3.1.1")]
    public void Given_returned_goods_When_received_moved_and_scrapped_in_any_order_Then_each_is_at_one_place() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 5], Gen.Int[0, 5], Gen.Int[0, 5])
            .Array[1, 40]
            .Sample(
                tries =>
                {
                    var one = Goods.Return(quantity: 9);
                    one.RaiseDoubt(Goods.Service, "異響").ShouldBeNull();
                    one.Inspect(A.Context(Someone.InQuality()), new("x", [], true, ReturnLiability.Company, 9, 9))
                        .ShouldBeNull();
                    one.Accept(Goods.Service, Goods.Ruling).ShouldBeNull();
                    foreach (var (act, from, to, quantity) in tries)
                    {
                        Place? named = from == 5 ? null : (Place)from;
                        int? many = quantity == 5 ? null : quantity;
                        _ = act switch
                        {
                            0 => one.ReceiveGoods(Goods.Service, quantity, null),
                            1 => one.ScrapGoods(A.Context(Someone.InQuality()), new(named, null, many, "報廢")),
                            _ => one.MoveGoods(Goods.Service, new(named, to == 5 ? null : (Place)to, many, null)),
                        };

                        var here =
                            Custody.Total(one.Movements, MovementKind.Received)
                            - Custody.Total(one.Movements, MovementKind.Scrapped);
                        Custody.Total(one.Movements, MovementKind.Received).ShouldBe(one.GoodsReceived);
                        one.Held.Sum(place => place.Quantity).ShouldBe(here);
                        one.Held.ShouldAllBe(place => place.Quantity > 0 && place.Place != Place.Maker);
                        (one.HeldSince is not null).ShouldBe(here > 0);
                    }
                },
                iter: 300,
                threads: 1
            );

    [Fact]
    [Trait("Rule", "C3.1.1")]
    public void Given_goods_at_two_places_When_moved_Then_the_place_is_named_and_who_scans_them_has_them()
    {
        var one = Goods.Return(quantity: 3);
        one.RaiseDoubt(Goods.Service, "異響").ShouldBeNull();
        one.Inspect(A.Context(Someone.InQuality()), new("x", [], true, ReturnLiability.Company, 3, 3)).ShouldBeNull();
        one.Accept(Goods.Service, Goods.Ruling).ShouldBeNull();
        var later = A.Context(Goods.AfterSales, A.Today.AddDays(2));
        one.MoveGoods(Goods.Service, new(null, Place.Warehouse, null, null))!.Code.ShouldBe("goods-not-here");
        one.ReceiveGoods(Goods.Service, 3, null).ShouldBeNull();

        one.MoveGoods(later, new(null, Place.Warehouse, 2, "B-12")).ShouldBeNull();

        one.Held.Select(h => (h.Place, h.Quantity, h.By.Name, h.Note))
            .ShouldBe([
                (Place.Intake, 1, Goods.Service.Actor.Name, null),
                (Place.Warehouse, 2, Goods.AfterSales.Name, "B-12"),
            ]);
        one.HeldSince.ShouldBe(Goods.Service.Now, "what still lies where it came");
        one.MoveGoods(later, new(null, Place.Quality, null, null))!.Code.ShouldBe("goods-not-at-place");
        one.MoveGoods(later, new(Place.Warehouse, Place.Quality, 3, null))!.Code.ShouldBe("goods-not-at-place");
        one.MoveGoods(later, new(Place.Warehouse, Place.Warehouse, null, "B-12"))!.Code.ShouldBe("already-there");
        one.MoveGoods(later, new(Place.Intake, Place.Warehouse, null, "B-12")).ShouldBeNull();
        one.HeldSince.ShouldBe(later.Now);
        one.ScrapGoods(later, new(null, null, null, "x"))!.Code.ShouldBe("role-missing");
        one.ScrapGoods(A.Context(Someone.InQuality()), new(null, null, null, "報廢")).ShouldBeNull();
        (one.HeldSince, one.Held.Count).ShouldBe((null, 0));
    }

    [Fact]
    [Trait("Rule", "C3.1.1")]
    public void Given_goods_that_are_a_unit_here_When_received_Then_they_stand_in_the_ledger_of_the_unit_only()
    {
        var one = Goods.AcceptedCase();

        one.ReceiveGoods(Goods.Service, 1, null, asUnit: true).ShouldBeNull();

        (one.GoodsReceived, one.Movements.Count, one.HeldSince).ShouldBe((1, 0, null));
    }

    [Fact]
    [Trait("Rule", "C5.1.4")]
    public void Given_a_lot_that_is_here_When_only_a_part_failed_Then_it_is_split_off_first()
    {
        var goods = new ReturnGoods(null, "DJ-200", null, null, null, null, Guid.CreateVersion7(), 5, A.Today);
        var one = ReturnCase
            .Request(Goods.Service, "TX-1", ReturnKind.Return, Goods.Customer, goods, null, Goods.Answers)
            .Required();
        one.RaiseDoubt(Goods.Service, "異響").ShouldBeNull();
        one.Inspect(A.Context(Someone.InQuality()), new("x", [], true, ReturnLiability.Company, 5, 2)).ShouldBeNull();

        one.Accept(Goods.Service, Goods.Ruling)!.Code.ShouldBe("lot-failed-in-part");
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(-31, null)]
    [InlineData(-32, "request-too-old")]
    [InlineData(1, "date-in-future")]
    [Trait("Rule", "C5.1.4")]
    public void Given_a_request_that_is_entered_later_When_asked_Then_the_window_counts_to_its_own_day(
        int days,
        string? code
    )
    {
        var on = A.Today.AddDays(days);
        var opened = ReturnCase.Request(
            Goods.Service,
            "TX-1",
            ReturnKind.Return,
            Goods.Customer,
            // Today the window is over by a day; on the day of a request before it was not.
            new ReturnGoods(null, "DJ-200", null, "SN-1", null, null, null, 1, A.Today.AddMonths(-3).AddDays(-1)),
            "sn-1",
            Goods.Answers,
            on
        );

        if (opened.Failed(out var refusal, out var one))
        {
            refusal.Code.ShouldBe(code);
            return;
        }

        code.ShouldBeNull();
        one.RequestedOn.ShouldBe(on);
        (one.WindowProblem(Goods.Service) is null).ShouldBe(days < 0);
    }

    [Fact]
    [Trait("Rule", "C5.1.3")]
    public void Given_an_accepted_case_When_withdrawn_Then_only_while_nothing_has_moved()
    {
        foreach (var state in new[] { ReturnCaseState.SlipIssued, ReturnCaseState.SlipSigned })
        {
            var slip = Goods.WithSlip(ReturnKind.Return, state);
            slip.Withdraw(Goods.Service, "客戶保留").ShouldBeNull();
            (slip.State, slip.OpenSerialKey, slip.SlipHeldSince).ShouldBe((ReturnCaseState.Withdrawn, null, null));
        }

        var here = Goods.AcceptedCase();
        here.ReceiveGoods(Goods.Service, 1, null).ShouldBeNull();
        here.Withdraw(Goods.Service, "x")!.Code.ShouldBe("goods-have-moved");
        var given = Goods.AcceptedCase(ReturnKind.Exchange);
        given.ApproveAdvance(A.Context(Someone.SalesManager()), "x", A.Today).ShouldBeNull();
        given.ShipReplacement(Goods.Service, 1, "SN-2", null, null, null).ShouldBeNull();
        given.Withdraw(Goods.Service, "x")!.Code.ShouldBe("goods-have-moved");
    }

    [Fact]
    [Trait("Rule", "S4")]
    public void Given_a_slip_that_nobody_of_sales_has_When_customers_are_merged_Then_it_goes_to_the_survivors_region()
    {
        var one = Goods.WithSlip(ReturnKind.Return, ReturnCaseState.SlipIssued);
        one.MoveCustomer(
            A.Context(Someone.System("repairs")),
            Goods.Customer with
            {
                Id = Guid.CreateVersion7(),
                Region = "west",
            }
        );

        one.HandSlip(A.Context(Goods.Salesman), null)!.Code.ShouldBe("not-your-region");
        one.HandSlip(A.Context(Goods.OtherSalesman), null).ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "C9")]
    public void Given_an_edition_When_published_Then_by_another_than_its_author_and_not_backdated()
    {
        var manager = A.Context(Someone.SalesManager());
        var own = TermsEdition.Draft(manager, "2026-1", "條款", A.Today, [new("4.2", "x")]).Required();
        var other = TermsEdition
            .Draft(A.Context(Someone.InSales()), "2026-2", "條款", A.Today.AddDays(-1), [new("4.2", "x")])
            .Required();

        own.Publish(manager)!.Code.ShouldBe("publisher-is-author");
        other.Publish(manager)!.Code.ShouldBe("edition-backdated");
        other
            .Revise(A.Context(Someone.InSales()), "條款", A.Today, [new("4.2", "x"), new("4.2", "y")])!
            .Code.ShouldBe("clauses-not-unique");
        other.Revise(A.Context(Someone.InSales()), "條款", A.Today, [new("4.2", "x")]).ShouldBeNull();
        other.Publish(manager).ShouldBeNull();
        other.Clause("4.2")!.Edition.ShouldBe("2026-2");
        other.Clause("9.9").ShouldBeNull();
    }
}
