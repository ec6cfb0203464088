using CsCheck;
using CustomerService.Contracts.Repairs.V1;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Repairs.Tests.Domain;

/// <summary>Diagnosis, offer, repair, shipping and custody: rules C3.1.1, C3.1.2, C5.1.1.1, C5.1.2.</summary>
public sealed class RmaUnitTests
{
    [Theory]
    [InlineData(true, false, true)]
    [InlineData(true, true, false)]
    [InlineData(false, false, false)]
    [InlineData(false, true, false)]
    [Trait("Rule", "C5.1.1.1")]
    public void Given_the_four_combinations_When_diagnosed_Then_only_damaged_and_expired_asks_for_the_offer(
        bool mainDamaged,
        bool covered,
        bool offer
    )
    {
        var unit = Goods.Diagnosed(covered, mainDamaged ? Goods.MainBoard : Goods.Fan);

        unit.Diagnosis!.IsCharged.ShouldBe(offer);
        if (offer)
        {
            Refused.By(
                unit.StartRepair(A.Context(Goods.Repairer)),
                "consent-needed",
                "C5.1.1.1",
                ["fm001", "signed-consent"],
                Roles.Customer,
                Roles.CustomerService
            );
            unit.MakeOutOffer(A.Context(Goods.Repairer), Goods.Offer()).ShouldBeNull();
        }
        else
        {
            unit.MakeOutOffer(A.Context(Goods.Repairer), Goods.Offer())!.Code.ShouldBe("no-charge");
            unit.StartRepair(A.Context(Goods.Repairer)).ShouldBeNull();
        }
    }

    [Fact]
    [Trait("Rule", "C5.1.1.1")]
    public void Given_no_reply_or_a_refusal_When_the_charge_is_made_out_Then_refused()
    {
        foreach (var unit in new[] { Goods.Diagnosed(false, Goods.MainBoard), Goods.Offered(), Goods.Refused() })
        {
            Refused.By(
                unit.MakeOutCharge(Goods.Service, 100m, null),
                "consent-missing",
                "C5.1.1.1",
                ["signed-consent"],
                Roles.Customer,
                Roles.CustomerService
            );
        }
    }

    [Fact]
    [Trait("Rule", "C5.1.1.1")]
    public void Given_a_consent_When_charged_Then_never_above_its_sum_and_only_once()
    {
        var unit = Goods.Consented();
        unit.Offer!.Sum.ShouldBe(860m);

        unit.MakeOutCharge(Goods.Service, 860.01m, null)!.Code.ShouldBe("charge-exceeds-consent");
        unit.MakeOutCharge(Goods.Service, -1m, null)!.Code.ShouldBe("charge-exceeds-consent");
        unit.MakeOutCharge(Goods.Service, 1.005m, null)!.Code.ShouldBe("charge-exceeds-consent");
        unit.MakeOutCharge(Goods.Service, 860m, null).ShouldBeNull();
        unit.NumberCharge("FM002-2026-0001");

        unit.MakeOutCharge(Goods.Service, 1m, null)!.Code.ShouldBe("charged-already");
        unit.PendingEvents.OfType<RepairCharged>().Single().Amount.ShouldBe(860m);
    }

    [Theory]
    [InlineData("同意維修", null)]
    [InlineData("同意维修", null)]
    [InlineData("同意", "consent-words-missing")]
    [InlineData("同意維修。", "consent-words-missing")]
    [InlineData(" 同意維修", "consent-words-missing")]
    [InlineData("OK", "consent-words-missing")]
    [InlineData(null, "consent-words-missing")]
    [Trait("Rule", "C5.1.1.1")]
    public void Given_the_words_of_a_consent_When_handed_in_Then_only_the_exact_ones_hold(string? words, string? code)
    {
        var unit = Goods.Offered();

        (unit.Consent(A.Context(Goods.CustomerMan), Goods.Reply(unit, words))?.Code).ShouldBe(code);

        unit.State.ShouldBe(code is null ? RmaUnitState.Consented : RmaUnitState.Offered);
    }

    [Fact]
    [Trait("Rule", "C5.1.1.1")]
    public void Given_a_new_version_When_the_former_is_signed_Then_refused_and_the_consent_binds_version_and_hash()
    {
        var unit = Goods.Offered();
        var former = Goods.Reply(unit);
        unit.MakeOutOffer(A.Context(Goods.Repairer), Goods.Offer(5m, "老客戶")).ShouldBeNull();
        unit.SendOffer(Goods.Service, ContactChannel.Mail).ShouldBeNull();

        unit.Consent(A.Context(Goods.CustomerMan), former)!.Code.ShouldBe("consent-to-other-version");
        unit.Consent(A.Context(Goods.CustomerMan), Goods.Reply(unit) with { Hash = former.Hash })!
            .Code.ShouldBe("consent-to-other-version");
        unit.Consent(A.Context(Goods.CustomerMan), Goods.Reply(unit)).ShouldBeNull();

        (unit.Reply!.Version, unit.Reply.Hash).ShouldBe((2, unit.Offer!.Hash));
        unit.Offer.Hash.ShouldNotBe(former.Hash);
        unit.Offer.Hash.ShouldBe(OfferVersion.HashOf("FM001-2026-0001", unit.Number, unit.Offer));
    }

    [Fact]
    [Trait("Rule", "C5.1.1.1")]
    public void Given_customer_service_When_a_consent_is_handed_in_Then_only_with_the_signed_copy()
    {
        var unit = Goods.Offered();

        unit.Consent(Goods.Service, Goods.Reply(unit))!.Code.ShouldBe("consent-not-signed");
        unit.Consent(A.Context(Goods.CustomerMan), Goods.Reply(unit) with { PrintedName = " " })!
            .Code.ShouldBe("consent-not-signed");
        unit.Consent(Goods.Service, Goods.Reply(unit) with { SignedCopy = "scan-1" }).ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "C5.1.1.1")]
    public void Given_a_consent_When_annotated_Then_marked_for_repair_signed_and_received_by_another()
    {
        var unit = Goods.Consented();

        unit.Annotate(A.Context(Goods.Handler), "陳")!.Code.ShouldBe("charge-not-made-out");
        unit.MakeOutCharge(Goods.Service, 860m, null).ShouldBeNull();
        unit.Annotate(A.Context(Goods.Handler), " ")!.Code.ShouldBe("handler-not-signed");
        unit.Annotate(A.Context(Goods.Repairer), "高").ShouldBeNull();
        unit.Annotation!.Mark.ShouldBe(OfferMark.Repair);
        unit.ReceiveOriginal(A.Context(Goods.Repairer))!.Code.ShouldBe("receiver-is-handler");
        unit.ReceiveOriginal(A.Context(Someone.InRepair())).ShouldBeNull();
        unit.State.ShouldBe(RmaUnitState.InRepair);
    }

    [Fact]
    [Trait("Rule", "C5.1.1.1")]
    public void Given_a_spoken_refusal_When_annotated_Then_marked_for_return_and_goes_back_without_quality()
    {
        var unit = Goods.Offered();
        unit.Refuse(Goods.Service, new(1, null, null, null, null, null))!.Code.ShouldBe("refusal-not-recorded");
        unit.Refuse(Goods.Service, new(1, null, null, null, null, Goods.Word(A.Today.AddDays(1))))!
            .Code.ShouldBe("date-in-future");
        unit.Refuse(Goods.Service, new(1, null, null, null, null, Goods.Word())).ShouldBeNull();

        unit.Annotate(A.Context(Goods.Handler), "陳").ShouldBeNull();
        unit.ReceiveOriginal(A.Context(Goods.Repairer)).ShouldBeNull();
        unit.Reassemble(A.Context(Goods.Repairer)).ShouldBeNull();

        unit.Annotation!.Mark.ShouldBe(OfferMark.Return);
        var shipment = Shipment.Issue(Goods.Service, Goods.Fm003(), [unit], null).Required();
        shipment.Units.Single().Unrepaired.ShouldBeTrue();
        unit.Verdicts.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(10, false)]
    [InlineData(10.01, true)]
    [InlineData(100, true)]
    [Trait("Rule", "C3.1.2")]
    public void Given_a_discount_When_sent_Then_beyond_ten_percent_only_with_the_sales_manager(
        double percent,
        bool needed
    )
    {
        var unit = Goods.Diagnosed(false, Goods.MainBoard);
        unit.MakeOutOffer(A.Context(Goods.Repairer), Goods.Offer((decimal)percent, "老客戶")).ShouldBeNull();

        (unit.SendOffer(Goods.Service, ContactChannel.Fax)?.Code).ShouldBe(needed ? "discount-not-approved" : null);

        if (needed)
        {
            unit.ApproveOffer(A.Context(Someone.SalesManager()), "重點客戶").ShouldBeNull();
            unit.SendOffer(Goods.Service, ContactChannel.Fax).ShouldBeNull();
        }

        unit.State.ShouldBe(RmaUnitState.Offered);
    }

    [Theory]
    [InlineData(0, 860, 0, 860)]
    [InlineData(3.33, 860, 28.64, 831.36)]
    [InlineData(100, 860, 860, 0)]
    [Trait("Rule", "C3.1.2")]
    public void Given_lines_and_a_discount_When_summed_Then_exact_to_the_cent(
        double percent,
        double total,
        double discount,
        double sum
    )
    {
        var unit = Goods.Diagnosed(false, Goods.MainBoard);
        unit.MakeOutOffer(A.Context(Goods.Repairer), Goods.Offer((decimal)percent, "x")).ShouldBeNull();

        (unit.Offer!.Total, unit.Offer.Discount, unit.Offer.Sum).ShouldBe(
            ((decimal)total, (decimal)discount, (decimal)sum)
        );
        unit.MakeOutOffer(A.Context(Goods.Repairer), new([new("x", null, 1, 0.001m)], 0, null, null))!
            .Code.ShouldBe("not-an-amount");
        unit.MakeOutOffer(A.Context(Goods.Repairer), new([new("x", null, 0, 1m)], 0, null, null))!
            .Code.ShouldBe("offer-without-lines");
        unit.MakeOutOffer(A.Context(Goods.Repairer), Goods.Offer(101m, "x"))!.Code.ShouldBe("discount-unexplained");
        unit.MakeOutOffer(A.Context(Goods.Repairer), Goods.Offer(1m))!.Code.ShouldBe("discount-unexplained");
    }

    [Fact]
    [Trait("Rule", "C3.1.2")]
    public void Given_a_charge_When_diagnosed_Then_the_customer_is_contacted_within_a_working_day()
    {
        var unit = Goods.Diagnosed(false, Goods.MainBoard);

        var due = Deadlines.Due(A.Today, new DayRule(1, DayMode.WorkingDays), A.Context(Goods.Repairer).Calendars);
        unit.ContactDueOn.ShouldBe(due);
        unit.WorkSteps(Goods.Service).Select(step => step.Action).ShouldContain("log-contact");
        unit.LogContact(Goods.Service, ContactChannel.Phone, "李", false, "無人接聽", null).ShouldBeNull();
        unit.WorkSteps(Goods.Service).Select(step => step.Action).ShouldContain("log-contact");
        unit.LogContact(Goods.Service, ContactChannel.Phone, "李", true, "議價", null).ShouldBeNull();
        unit.WorkSteps(Goods.Service).Select(step => step.Action).ShouldNotContain("log-contact");
        unit.Contacts.Select(contact => contact.Reached).ShouldBe([false, true]);
    }

    [Fact]
    [Trait("Rule", "C3.1.2")]
    public void Given_nobody_reached_by_the_day_for_it_When_it_passes_Then_marked_once_and_taken_back_by_a_word_told_late()
    {
        var unit = Goods.Diagnosed(false, Goods.MainBoard);
        var due = unit.ContactDueOn!.Value;
        unit.LogContact(Goods.Service, ContactChannel.Phone, "李", false, "無人接聽", null).ShouldBeNull();
        unit.MarkContactOverdue(A.Context(Someone.System(), due))!.Code.ShouldBe("contact-not-due");
        var after = A.Context(Someone.System(), due.AddDays(1));

        unit.MarkContactOverdue(after).ShouldBeNull();

        unit.PendingEvents.OfType<RmaContactOverdue>().Single().ContactDueOn.ShouldBe(due);
        unit.MarkContactOverdue(after)!.Code.ShouldBe("contact-marked-already");
        unit.IsContactOverdue(due.AddDays(1)).ShouldBeTrue();
        RmaUnit.ContactOverdue(true, due.AddDays(1)).Compile()(unit).ShouldBeTrue();
        RmaUnit.ContactOverdue(false, due.AddDays(1)).Compile()(unit).ShouldBeFalse();
        RmaUnit.ContactOverdue(true, due).Compile()(unit).ShouldBeFalse();
        var late = A.Context(Goods.Service.Actor, due.AddDays(2));
        unit.LogContact(late, ContactChannel.Phone, "李", true, "議價", A.Context(Goods.Service.Actor, due).Now)
            .ShouldBeNull();
        unit.ContactOverdueOn.ShouldBeNull();
        unit.IsContactOverdue(due.AddDays(2)).ShouldBeFalse();
        RmaUnit.ContactOverdue(false, due.AddDays(2)).Compile()(unit).ShouldBeTrue();
    }

    [Fact]
    [Trait("Rule", "C3.1.2")]
    public void Given_a_customer_who_is_reached_late_When_told_Then_the_mark_stays()
    {
        var unit = Goods.Diagnosed(false, Goods.MainBoard);
        var next = unit.ContactDueOn!.Value.AddDays(1);
        unit.MarkContactOverdue(A.Context(Someone.System(), next)).ShouldBeNull();

        unit.LogContact(A.Context(Goods.Service.Actor, next), ContactChannel.Phone, "李", true, "議價", null)
            .ShouldBeNull();

        unit.ContactOverdueOn.ShouldBe(next);
        unit.IsContactOverdue(next).ShouldBeFalse();
    }

    [Fact]
    [Trait("Rule", "C3.1.2")]
    public void Given_an_offer_that_nobody_answered_When_it_lapses_Then_announced_with_its_sum()
    {
        var unit = Goods.Offered();
        var offer = unit.Offer!;

        unit.Lapse(A.Context(Someone.System(), A.Moment.AddDays(15))).ShouldBeNull();

        var lapsed = unit.PendingEvents.OfType<RepairOfferLapsed>().Single();
        (lapsed.OfferVersion, lapsed.Sum, lapsed.ValidThrough).ShouldBe((1, offer.Sum, offer.ValidThrough!.Value));
    }

    [Fact]
    [Trait("Rule", "C3.1.2")]
    public void Given_an_unanswered_offer_When_days_pass_Then_three_reminders_and_an_end_after_fourteen_days()
    {
        var unit = Goods.Offered();
        var reminded = new List<int>();
        for (var day = 1; day <= 14; day++)
        {
            var context = A.Context(Someone.System(), A.Moment.AddDays(day));
            if (unit.Remind(context) is null)
            {
                reminded.Add(day);
            }

            unit.Lapse(context)!.Code.ShouldBe("offer-still-valid");
        }

        reminded.ShouldBe([3, 7, 13]);
        var after = A.Moment.AddDays(15);
        unit.Consent(A.Context(Goods.CustomerMan, after), Goods.Reply(unit))!.Code.ShouldBe("offer-expired");
        unit.Lapse(A.Context(Someone.System(), after)).ShouldBeNull();
        unit.MakeOutOffer(A.Context(Goods.Repairer, after), Goods.Offer()).ShouldBeNull();
        unit.Offers.Count.ShouldBe(2);
    }

    [Fact]
    [Trait("Rule", "C3.1.2")]
    public void Given_reminders_that_were_missed_When_run_again_Then_one_for_all()
    {
        var unit = Goods.Offered();

        unit.Remind(A.Context(Someone.System(), A.Moment.AddDays(8))).ShouldBeNull();
        unit.Remind(A.Context(Someone.System(), A.Moment.AddDays(9)))!.Code.ShouldBe("reminder-not-due");

        unit.OfferReminders.ShouldBe(2);
    }

    [Fact]
    [Trait("Rule", "C5.1.1.1")]
    public void Given_a_machine_whose_dates_are_not_known_When_diagnosed_Then_only_with_evidence()
    {
        var unit = Goods.Unit(covered: null);
        unit.HandOver(Goods.Service).ShouldBeNull();

        unit.Diagnose(A.Context(Goods.Repairer), "x", "F", [], null, null)!.Code.ShouldBe("warranty-undecided");
        unit.Diagnose(A.Context(Goods.Repairer), "x", "F", [], true, " ")!.Code.ShouldBe("warranty-undecided");
        unit.Diagnose(A.Context(Goods.Repairer), "x", "F", [], true, "發票").ShouldBeNull();

        unit.Diagnosis!.Covered.ShouldBe(true);
    }

    [Fact]
    [Trait("Rule", "C5.1.2")]
    public void Given_a_unit_When_fm003_is_made_out_before_quality_passed_Then_refused()
    {
        foreach (var unit in new[] { Goods.Unit(), Goods.Offered(), Goods.Repaired() })
        {
            Refused.By(
                Shipment.Issue(Goods.Service, Goods.Fm003(), [unit], null).Refusal,
                "qc-not-passed",
                "C5.1.2",
                ["passed-inspection"],
                Roles.Qc,
                Roles.QcHead
            );
        }

        Shipment.Issue(Goods.Service, Goods.Fm003(), [Goods.Ready()], null).Refusal.ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "C5.1.2")]
    public void Given_one_of_the_four_fields_missing_When_fm003_is_made_out_Then_refused_and_named()
    {
        var full = Goods.Fm003();
        (ShipmentInput Input, string Missing)[] cases =
        [
            (full with { ShipAt = null }, "ship-at"),
            (full with { CustomerName = " " }, "customer-name"),
            (full with { Quantity = null }, "quantity"),
            (full with { Method = null }, "shipping-method"),
        ];
        foreach (var (input, missing) in cases)
        {
            Refused.By(
                Shipment.Issue(Goods.Service, input, [Goods.Ready()], null).Refusal,
                "fm003-incomplete",
                "C5.1.2",
                [missing],
                Roles.CustomerService
            );
        }

        Shipment
            .Issue(Goods.Service, Goods.Fm003(2), [Goods.Ready()], null)
            .Refusal!.Code.ShouldBe("shipped-quantity-differs");
        Shipment
            .Issue(Goods.Service, full with { CustomerName = "別家" }, [Goods.Ready()], null)
            .Refusal!.Code.ShouldBe("other-customer");
    }

    [Fact]
    [Trait("Rule", "C5.1.2")]
    public void Given_a_repair_When_its_repairer_inspects_Then_refused_by_account_and_by_name()
    {
        var unit = Goods.Repaired("QIU");

        var self = Goods.Repairer.As(Roles.Qc);
        unit.PassQc(A.Context(self), "ok")!.Code.ShouldBe("inspector-repaired-it");
        unit.PassQc(A.Context(Someone.InQuality()), "ok")!.Code.ShouldBe("inspector-repaired-it");
        unit.FailQc(A.Context(Someone.InQuality("lee")), "異響").ShouldBeNull();
        (unit.State, unit.Round).ShouldBe((RmaUnitState.InRepair, 2));
    }

    [Fact]
    [Trait("Rule", "C3.1.1")]
    public void Given_a_shipment_When_confirmed_Then_by_portal_carrier_or_call_and_never_by_our_word_alone()
    {
        var unit = Goods.Ready();
        var shipment = Shipment.Issue(Goods.Service, Goods.Fm003(), [unit], null).Required();
        shipment.MakeOut("FM003-2026-0001", [unit]);
        shipment.Dispatch(Goods.Service, new(null, null), [unit])!.Code.ShouldBe("carrier-missing");
        shipment.Dispatch(Goods.Service, new("順豐", "SF1"), [unit]).ShouldBeNull();
        (unit.State, unit.Place).ShouldBe((RmaUnitState.Shipped, null));

        shipment
            .ConfirmReceipt(Goods.Service, new(ReceiptProof.Portal, A.Today, "李", "x"), [unit])!
            .Code.ShouldBe("receipt-not-proved");
        shipment
            .ConfirmReceipt(Goods.Service, new(ReceiptProof.Carrier, A.Today, "李", null), [unit])!
            .Code.ShouldBe("receipt-not-proved");
        shipment
            .ConfirmReceipt(A.Context(Goods.CustomerMan), new(ReceiptProof.Portal, A.Today, "李", null), [unit])
            .ShouldBeNull();

        (shipment.State, unit.State, unit.EndedOn).ShouldBe((ShipmentState.Delivered, RmaUnitState.Delivered, A.Today));
    }

    [Fact]
    [Trait("Rule", "C5.1.2")]
    public void Given_two_people_When_they_ship_the_same_unit_Then_the_second_is_refused()
    {
        var unit = Goods.Ready();

        Shipment.Issue(Goods.Service, Goods.Fm003(), [unit], null).Refusal.ShouldBeNull();

        Shipment.Issue(Goods.Service, Goods.Fm003(), [unit], null).Refusal!.Code.ShouldBe("not-in-this-state");
    }

    [Fact]
    [Trait("Rule", "C3.1.1")]
    public void Given_any_receipts_moves_splits_merges_and_ends_When_balanced_Then_what_is_here_is_received_less_gone() =>
        Gen.Select(Gen.Int[0, 999], Gen.Int[1, 6], Gen.Int[0, 5])
            .Array[1, 60]
            .Sample(
                tries =>
                {
                    var rma = Goods.Rma(Goods.Counted(24));
                    rma.Receive(Goods.Service, Goods.Parcel(Goods.Lot(9), Goods.Lot(9), Goods.Lot(6)), out var made);
                    var units = made.ToList();
                    foreach (var (which, quantity, act) in tries)
                    {
                        var unit = units[which % units.Count];
                        switch (act)
                        {
                            case 0:
                                if (unit.Split(Goods.Service, quantity, $"P{units.Count}", out var part) is null)
                                {
                                    units.Add(part!);
                                }

                                break;
                            case 1:
                                _ = unit.MergeInto(Goods.Service, units[quantity % units.Count]);
                                break;
                            case 2:
                                _ = unit.MoveTo(Goods.Service, (Place)(quantity % 4), null);
                                break;
                            case 3:
                                _ = unit.HandOver(Goods.Service);
                                break;
                            case 4:
                                _ = unit.Scrap(A.Context(Someone.InQuality()), Goods.Word(), "報廢");
                                break;
                            default:
                                ShipIt(unit, quantity);
                                break;
                        }

                        var all = units.SelectMany(u => u.Movements).ToList();
                        Custody
                            .Balance(all)
                            .Values.Sum()
                            .ShouldBe(
                                Custody.Total(all, MovementKind.Received)
                                    - Custody.Total(all, MovementKind.Shipped)
                                    - Custody.Total(all, MovementKind.Scrapped)
                            );
                        foreach (var one in units)
                        {
                            // No unit is in two places, and its place has as many as it says.
                            one.Balance.ShouldBe(
                                one.Place is { } place ? new Dictionary<Place, int> { [place] = one.Quantity } : []
                            );
                        }
                    }
                },
                iter: 300,
                threads: 1
            );

    [Fact]
    [Trait("Rule", "C3.1.1")]
    public void Given_a_lot_When_split_and_merged_in_any_order_Then_the_same_quantities() =>
        Gen.Int[0, 2]
            .Array[3]
            .Sample(
                order =>
                {
                    var unit = Goods.LotUnit(12);
                    unit.Split(Goods.Service, 3, "a", out var a).ShouldBeNull();
                    unit.Split(Goods.Service, 4, "b", out var b).ShouldBeNull();
                    a!.Split(Goods.Service, 1, "c", out var c).ShouldBeNull();
                    RmaUnit[] parts = [a, b!, c!];
                    foreach (var i in order.Distinct().Concat([0, 1, 2]).Distinct())
                    {
                        parts[i].MergeInto(Goods.Service, unit).ShouldBeNull();
                    }

                    (unit.Quantity, unit.Balance[Place.Intake]).ShouldBe((12, 12));
                    parts.ShouldAllBe(part => part.Quantity == 0 && part.State == RmaUnitState.Merged);
                },
                iter: 30,
                threads: 1
            );

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(5)]
    [Trait("Rule", "C3.1.1")]
    public void Given_a_lot_of_five_When_split_out_of_range_Then_refused(int quantity)
    {
        var unit = Goods.LotUnit(5);

        unit.Split(Goods.Service, quantity, "p", out var part)!.Code.ShouldBe("split-out-of-range");

        (part, unit.Quantity).ShouldBe((null, 5));
    }

    [Fact]
    [Trait("Rule", "C3.1.1")]
    public void Given_lots_of_other_faults_or_of_no_model_When_merged_Then_refused()
    {
        var rma = Goods.Rma(Goods.Counted(6));
        rma.Receive(Goods.Service, Goods.Parcel(Goods.Lot(3), Goods.Lot(3)), out var lots).ShouldBeNull();
        var other = Goods.Rma(Goods.Counted(2) with { Words = null });
        other.Receive(Goods.Service, Goods.Parcel(Goods.Lot(1), Goods.Lot(1)), out var two).ShouldBeNull();
        two[0].RecordFault(Goods.Service, "漏油", null).ShouldBeNull();
        two[1].RecordFault(Goods.Service, "異響", null).ShouldBeNull();

        two[0].MergeInto(Goods.Service, two[1])!.Code.ShouldBe("lots-differ");
        lots[0].MergeInto(Goods.Service, lots[1]).ShouldBeNull();

        var unknown = Goods.Rma(Goods.Counted(4));
        var blind = new ReceivedItem(null, null, null, null, 2);
        unknown.Receive(Goods.Service, Goods.Parcel(blind, blind), out var strange).ShouldBeNull();
        unknown.Confirm(Goods.Service, new(4, null, Goods.Word(), unknown.Count.ToName)).ShouldBeNull();
        foreach (var unit in strange)
        {
            unit.Release(A.Context(Someone.System("repairs"))).ShouldBeNull();
        }

        strange[0].MergeInto(Goods.Service, strange[1])!.Code.ShouldBe("lots-differ");
    }

    [Fact]
    [Trait("Rule", "C3.1.1")]
    public void Given_a_unit_When_it_goes_on_Then_nobody_has_it_before_the_receiver_takes_it()
    {
        var unit = Goods.Unit(covered: true);
        unit.HolderId.ShouldBe(Goods.Service.Actor.Id);

        unit.HandOver(Goods.Service).ShouldBeNull();
        (unit.Place, unit.HolderId).ShouldBe((Place.Repair, null));
        unit.Diagnose(A.Context(Goods.Repairer), "x", "F", [], null, null).ShouldBeNull();
        unit.HolderId.ShouldBe(Goods.Repairer.Id);
        unit.StartRepair(A.Context(Goods.Repairer)).ShouldBeNull();
        unit.FinishRepair(A.Context(Goods.Repairer), "x", [], [], null, A.Today).ShouldBeNull();
        (unit.Place, unit.HolderId).ShouldBe((Place.Quality, null));
        var inspector = A.Context(Someone.InQuality());
        unit.MoveTo(inspector, Place.Quality, null).ShouldBeNull();
        unit.HolderId.ShouldBe(inspector.Actor.Id);
        unit.PassQc(inspector, "ok").ShouldBeNull();
        (unit.Place, unit.HolderId).ShouldBe((Place.Warehouse, null));
    }

    [Theory]
    [InlineData(true, "exchanged")]
    [InlineData(false, "returned")]
    [Trait("Rule", "C5.1.5")]
    public void Given_a_unit_that_is_kept_When_it_ends_Then_as_exchanged_or_returned_and_with_who_took_it(
        bool exchange,
        string word
    )
    {
        var system = A.Context(Someone.System("repairs"));
        var state = exchange ? RmaUnitState.Exchanged : RmaUnitState.Returned;
        // Wherever the unit has come to, the case does not stick on it.
        foreach (var unit in new[] { Goods.Diagnosed(true), Goods.Consented(), Goods.Refused(), Goods.Ready() })
        {
            (
                exchange
                    ? unit.Exchange(system, Goods.AfterSales, "TX-1")
                    : unit.TakeBack(system, Goods.AfterSales, "TX-1")
            ).ShouldBeNull();

            (unit.State, unit.Place, unit.HolderId).ShouldBe((state, Place.Warehouse, Goods.AfterSales.Id));
            unit.Movements[^1].By.ActorId.ShouldBe(Goods.AfterSales.Id);
            unit.PendingEvents.OfType<RmaUnitEnded>().Single().Result.ShouldBe(word);
        }
    }

    [Fact]
    [Trait("Rule", "C5.1.3")]
    public void Given_a_unit_that_is_asked_back_When_it_would_go_on_Then_refused_until_it_is_let_go()
    {
        var (charged, covered, ready) = (
            Goods.Diagnosed(false, Goods.MainBoard),
            Goods.Diagnosed(true, Goods.MainBoard),
            Goods.Ready()
        );
        foreach (var unit in new[] { charged, covered, ready })
        {
            unit.HoldFor(Goods.Service, Guid.CreateVersion7(), "TX-1");
        }

        charged.MakeOutOffer(A.Context(Goods.Repairer), Goods.Offer())!.Code.ShouldBe("unit-asked-back");
        covered.StartRepair(A.Context(Goods.Repairer))!.Code.ShouldBe("unit-asked-back");
        ready.Pack(Goods.Service, Guid.CreateVersion7())!.Code.ShouldBe("unit-asked-back");

        ready.LetGo(Goods.Service);
        var shipment = Shipment.Issue(Goods.Service, Goods.Fm003(), [ready], null).Required();
        ready.HoldFor(Goods.Service, Guid.CreateVersion7(), "TX-2");
        shipment.Dispatch(Goods.Service, new("順豐", "SF1"), [ready])!.Code.ShouldBe("unit-asked-back");
        ready.LetGo(Goods.Service);
        shipment.Dispatch(Goods.Service, new("順豐", "SF1"), [ready]).ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "C5.1.1.1")]
    public void Given_an_offer_When_sent_by_telephone_Then_refused_and_a_contact_before_the_diagnosis_is_none()
    {
        var unit = Goods.Diagnosed(false, Goods.MainBoard);
        unit.LogContact(Goods.Service, ContactChannel.Phone, "李", true, "x", unit.Diagnosis!.By.At.AddMinutes(-1))!
            .Code.ShouldBe("contact-before-diagnosis");
        unit.LogContact(Goods.Service, ContactChannel.Phone, "李", true, "x", null).ShouldBeNull();
        unit.MakeOutOffer(A.Context(Goods.Repairer), Goods.Offer()).ShouldBeNull();

        unit.SendOffer(Goods.Service, ContactChannel.Phone)!.Code.ShouldBe("offer-not-in-writing");
        unit.SendOffer(Goods.Service, ContactChannel.OnSite)!.Code.ShouldBe("offer-not-in-writing");
        unit.SendOffer(Goods.Service, ContactChannel.Portal).ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "C3.1.1")]
    public void Given_a_shipment_When_its_receipt_is_before_the_dispatch_Then_refused()
    {
        var unit = Goods.Ready();
        var shipment = Shipment.Issue(Goods.Service, Goods.Fm003(), [unit], null).Required();
        shipment.Dispatch(Goods.Service, new("順豐", "SF1"), [unit]).ShouldBeNull();
        GoodsReceipt On(DateOnly day) => new(ReceiptProof.Carrier, day, "李", "SF1");

        shipment
            .ConfirmReceipt(Goods.Service, On(A.Today.AddDays(-1)), [unit])!
            .Code.ShouldBe("received-before-shipped");
        shipment.ConfirmReceipt(Goods.Service, On(A.Today), [unit]).ShouldBeNull();
    }

    private static void ShipIt(RmaUnit unit, int step)
    {
        var repairer = A.Context(Goods.Repairer);
        _ = unit.Diagnose(repairer, "x", "F", [], true, "發票");
        _ = unit.StartRepair(repairer);
        _ = unit.FinishRepair(repairer, "x", [], [], null, A.Today);
        _ = unit.PassQc(A.Context(Someone.InQuality()), "ok");
        if (step % 2 == 0 && unit.Pack(Goods.Service, Guid.CreateVersion7()) is null)
        {
            unit.Ship(A.Context(Someone.System())).ShouldBeNull();
        }
    }
}
