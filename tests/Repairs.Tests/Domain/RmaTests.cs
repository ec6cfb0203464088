using CustomerService.Repairs.Products.Domain;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Repairs.Tests.Domain;

/// <summary>Declared, received, agreed: rules C5.1.1, C3.1.1, C2.</summary>
public sealed class RmaTests
{
    [Fact]
    [Trait("Rule", "C5.1.1")]
    public void Given_ten_declared_and_nine_received_When_handed_over_Then_blocked_until_the_customer_confirms_nine()
    {
        var rma = Goods.Rma(Goods.Serials([.. Enumerable.Range(1, 10).Select(i => $"SN-{i}")]));
        var items = Enumerable.Range(1, 9).Select(i => Goods.Item($"SN-{i}")).ToArray();

        rma.Receive(Goods.Service, Goods.Parcel(items), out var units).ShouldBeNull();

        (rma.State, rma.Received, rma.IsBlocked).ShouldBe((RmaState.Counted, 9, true));
        rma.Count.Missing.ShouldHaveSingleItem().Serial.ShouldBe("SN-10");
        Refused.By(
            units[0].HandOver(Goods.Service),
            "count-not-confirmed",
            "C5.1.1",
            ["customer-confirmation"],
            Roles.Customer,
            Roles.CustomerService
        );
        Refused.By(
            rma.Confirm(Goods.Service, new(10, null, Goods.Word())),
            "count-differs",
            "C5.1.1",
            ["received-quantity"],
            Roles.Customer,
            Roles.CustomerService,
            Roles.System
        );
        rma.Confirm(Goods.Service, new(9, null, Goods.Word(), [new(null, "SN-10", 0)])).ShouldBeNull();
        units[0].Release(A.Context(Someone.System())).ShouldBeNull();
        units[0].HandOver(Goods.Service).ShouldBeNull();
        units[0].State.ShouldBe(RmaUnitState.Diagnosing);
    }

    [Fact]
    [Trait("Rule", "C5.1.1")]
    public void Given_everything_as_declared_When_received_Then_agreed_at_once_and_each_unit_has_a_number()
    {
        var rma = Goods.Rma(Goods.Serials("SN-1", "SN-2"), Goods.Counted(3));

        rma.Receive(Goods.Service, Goods.Parcel(Goods.Item("ｓｎ－1"), Goods.Item("sn-2"), Goods.Lot(3)), out var units)
            .ShouldBeNull();

        rma.Count.Differs.ShouldBeFalse();
        rma.AgreeAsDeclared(Goods.Service).ShouldBeNull();
        rma.State.ShouldBe(RmaState.Confirmed);
        units
            .Select(unit => unit.Number)
            .ShouldBe(["RMA-2026-000001-001", "RMA-2026-000001-002", "RMA-2026-000001-003"]);
        units.Select(unit => unit.State).ShouldAllBe(state => state == RmaUnitState.Released);
        units.Sum(unit => unit.Quantity).ShouldBe(5);
        units[0].Fault!.Words.ShouldBe("開機無反應");
    }

    [Fact]
    [Trait("Rule", "C5.1.1")]
    public void Given_something_unexpected_When_received_Then_three_lists_and_a_unit_for_it_all_the_same()
    {
        var rma = Goods.Rma(Goods.Serials("SN-1", "SN-2"), Goods.Counted(2));

        rma.Receive(
                Goods.Service,
                new Parcel(
                    [
                        Goods.Item("SN-1"),
                        Goods.Item("SN-9", ofAnother: true),
                        Goods.Lot(3),
                        new ReceivedItem(null, null, null, null, 1),
                    ],
                    new Dictionary<string, string>()
                ),
                out var units
            )
            .ShouldBeNull();

        rma.Count.AsDeclared.Select(line => (line.Serial, line.Quantity)).ShouldBe([("SN-1", 1), (null, 2)]);
        rma.Count.Unexpected.Select(line => (line.Serial, line.Quantity, line.OfAnother))
            .ShouldBe([("SN-9", 1, true), (null, 1, false), (null, 1, false)]);
        rma.Count.Missing.Select(line => line.Serial).ShouldBe(["SN-2"]);
        (rma.Received, units.Count, rma.IsBlocked).ShouldBe((6, 4, true));
    }

    [Theory]
    // One came in the place of another: the total is as declared, and says nothing of it.
    [InlineData("SN-9=1 SN-2=0 DJ-200=2", null)]
    [InlineData("ｓｎ－9=1 sn-2=0", null)]
    [InlineData("SN-9=1 SN-2=0 SN-1=1", null)]
    [InlineData("", "SN-9")]
    [InlineData("DJ-200=2", "SN-9")]
    [InlineData("SN-9=1 DJ-200=2", "SN-2")]
    [InlineData("SN-9=1", "SN-2")]
    [InlineData("SN-2=0", "SN-9")]
    [InlineData("SN-9=1 SN-2=1", "SN-2")]
    [InlineData("SN-9=1 SN-2=0 DJ-200=5", "DJ-200")]
    [InlineData("SN-9=1 SN-2=0 SN-7=1", "SN-7")]
    [Trait("Rule", "C5.1.1")]
    public void Given_lines_that_differ_When_confirmed_line_by_line_Then_each_must_be_right(string said, string? wrong)
    {
        var rma = Goods.Rma(Goods.Serials("SN-1", "SN-2"));
        rma.Receive(Goods.Service, Goods.Parcel(Goods.Item("SN-1"), Goods.Item("SN-9")), out _).ShouldBeNull();
        (rma.Received, rma.Quantity).ShouldBe((2, 2));
        List<ConfirmedLine> lines =
        [
            .. said.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split('='))
                .Select(line =>
                    line[0].StartsWith("DJ", StringComparison.Ordinal)
                        ? new ConfirmedLine(line[0], null, int.Parse(line[1], null))
                        : new ConfirmedLine(null, line[0], int.Parse(line[1], null))
                ),
        ];

        var refusal = rma.Confirm(Goods.Service, new(2, null, Goods.Word(), lines.Count == 0 ? null : lines));

        (refusal?.Code, refusal?.Arguments["line"]).ShouldBe((wrong is null ? null : "count-line-differs", wrong));
        rma.State.ShouldBe(wrong is null ? RmaState.Confirmed : RmaState.Counted);
        (rma.Confirmations.SingleOrDefault()?.Lines?.Count).ShouldBe(wrong is null ? lines.Count : null);
    }

    [Theory]
    // Only the quantity differs: the total says it all.
    [InlineData("3", true)]
    [InlineData("7", true)]
    // A machine, or one thing in the place of another.
    [InlineData("4 SN-9", false)]
    [InlineData("3 ?2", false)]
    [InlineData("5 SN-9", false)]
    [Trait("Rule", "C5.1.1")]
    public void Given_a_count_that_differs_When_confirmed_by_the_total_Then_only_where_nothing_but_the_quantity_differs(
        string came,
        bool enough
    )
    {
        var rma = Goods.Rma(Goods.Counted(5));
        ReceivedItem[] items =
        [
            .. came.Split(' ')
                .Select(item =>
                    item[0] == 'S' ? Goods.Item(item, ofAnother: true)
                    : item[0] == '?' ? new ReceivedItem(null, null, null, null, int.Parse(item[1..], null))
                    : Goods.Lot(int.Parse(item, null))
                ),
        ];
        rma.Receive(Goods.Service, Goods.Parcel(items), out _).ShouldBeNull();

        var refusal = rma.Confirm(A.Context(Goods.CustomerMan), new(rma.Received, "李經理", null));

        rma.Count.TotalSaysAll.ShouldBe(enough);
        (refusal?.Missing).ShouldBe(enough ? null : ["received-quantity-of-each-line"]);
        (refusal?.Code).ShouldBe(enough ? null : "count-line-differs");
        if (!enough)
        {
            rma.Confirm(A.Context(Goods.CustomerMan), new(rma.Received, "李經理", null, rma.Count.ToName))
                .ShouldBeNull();
        }
    }

    [Fact]
    [Trait("Rule", "C5.1.1")]
    public void Given_the_missing_one_comes_later_When_received_Then_the_count_is_agreed_by_itself()
    {
        var rma = Goods.Rma(Goods.Serials("SN-1", "SN-2"));
        rma.Receive(Goods.Service, Goods.Parcel(Goods.Item("SN-1")), out _).ShouldBeNull();
        rma.AgreeAsDeclared(Goods.Service)!.Code.ShouldBe("confirmation-not-recorded");
        rma.IsBlocked.ShouldBeTrue();

        rma.Receive(Goods.Service, Goods.Parcel(Goods.Item("SN-2")), out var units).ShouldBeNull();

        rma.AgreeAsDeclared(Goods.Service).ShouldBeNull();
        (rma.State, rma.Received).ShouldBe((RmaState.Confirmed, 2));
        units.Single().Number.ShouldBe("RMA-2026-000001-002");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [Trait("Rule", "C5.1.1")]
    public void Given_a_quantity_that_is_none_When_declared_or_received_Then_refused(int quantity)
    {
        var declared = Rma.Declare(Goods.Service, "RMA-2026-000001", Goods.Declaration(Goods.Counted(quantity)));
        var received = Goods.Rma(Goods.Counted(1)).Receive(Goods.Service, Goods.Parcel(Goods.Lot(quantity)), out _);

        declared.Refusal!.Code.ShouldBe("quantity-not-positive");
        received!.Code.ShouldBe("quantity-not-positive");
    }

    [Fact]
    [Trait("Rule", "C5.1.1")]
    public void Given_a_serial_twice_When_declared_or_received_Then_refused_however_it_is_written()
    {
        Rma.Declare(Goods.Service, "RMA-2026-000001", Goods.Declaration(Goods.Serials("SN-1", "ｓｎ-1 ")))
            .Refusal!.Code.ShouldBe("serial-twice");
        var rma = Goods.Rma(Goods.Counted(2));
        rma.Receive(Goods.Service, Goods.Parcel(Goods.Item("SN-1"), Goods.Item("sn-1")), out _)!
            .Code.ShouldBe("serial-twice");
        rma.Receive(Goods.Service, Goods.Parcel(Goods.Item("SN-1")), out _).ShouldBeNull();
        rma.Receive(Goods.Service, Goods.Parcel(Goods.Item("SN-1")), out _)!.Code.ShouldBe("serial-twice");
    }

    [Fact]
    [Trait("Rule", "S3")]
    public void Given_a_serial_of_another_customer_or_in_another_rma_When_declared_Then_refused()
    {
        var declaration = Goods.Declaration(Goods.Serials("SN-1"));

        Rma.Declare(Goods.Service, "R", declaration with { OfOthers = ["SN-1"] })
            .Refusal!.Code.ShouldBe("serial-of-another");
        Rma.Declare(Goods.Service, "R", declaration with { InOthers = ["SN-1"] })
            .Refusal!.Code.ShouldBe("serial-in-open-rma");
        var bought = Rma.Declare(Goods.Service, "R", declaration with { NotSold = ["SN-1"] }).Refusal!;
        (bought.Code, bought.Arguments["serials"]).ShouldBe(("serial-not-sold", "SN-1"));
    }

    [Fact]
    [Trait("Rule", "C5.1.1")]
    public void Given_a_machine_that_was_bought_back_When_received_Then_it_is_flagged_and_not_as_declared()
    {
        var rma = Goods.Rma(Goods.Serials("SN-1"));
        rma.Receive(Goods.Service, Goods.Parcel(Goods.Item("SN-1") with { NotSold = true }), out _).ShouldBeNull();

        (rma.Count.Differs, rma.Count.Unexpected.Single().NotSold, rma.Count.AsDeclared.Count).ShouldBe(
            (true, true, 0)
        );
    }

    [Fact]
    [Trait("Rule", "C5.1.1")]
    public void Given_a_refused_parcel_When_it_is_read_Then_it_names_line_serial_and_the_other_record()
    {
        var rma = Goods.Rma(Goods.Serials("SN-1", "SN-2"));
        var items = new[] { Goods.Item("SN-1"), Goods.Item("SN-2"), Goods.Item("ｓｎ-1") };
        var twice = rma.Receive(Goods.Service, Goods.Parcel(items), out _)!;
        (twice.Code, twice.Arguments["line"], twice.Arguments["serial"]).ShouldBe(("serial-twice", 3, "ｓｎ-1"));

        var parcel = new Parcel([.. items.Take(2)], new Dictionary<string, string> { ["sn-2"] = "RMA-2026-000009" });
        var elsewhere = rma.Receive(Goods.Service, parcel, out _)!;
        (elsewhere.Code, elsewhere.Arguments["line"], elsewhere.Arguments["rma"]).ShouldBe(
            ("serial-received-elsewhere", 2, "RMA-2026-000009")
        );
    }

    [Fact]
    [Trait("Rule", "C5.1.1")]
    public void Given_a_customer_When_confirming_Then_with_their_name_and_staff_only_with_the_word_taken_down()
    {
        var rma = Goods.Rma(Goods.Counted(2));
        rma.Receive(Goods.Service, Goods.Parcel(Goods.Lot(1)), out _).ShouldBeNull();

        rma.Confirm(Goods.Service, new(1, "李經理", null))!.Code.ShouldBe("confirmation-not-recorded");
        rma.Confirm(A.Context(Goods.CustomerMan), new(1, null, null))!.Code.ShouldBe("confirmation-not-recorded");
        rma.Confirm(Goods.Service, new(1, null, Goods.Word(A.Today.AddDays(1))))!.Code.ShouldBe("date-in-future");
        rma.Confirm(A.Context(Goods.CustomerMan), new(1, "李經理", null)).ShouldBeNull();
        rma.Confirmations.Single().Person.ShouldBe("李經理");
    }

    [Theory]
    [InlineData("2024-01-31", null, "2026-01-31", false)]
    [InlineData("2023-12-01", "2024-02-29", "2026-02-28", false)]
    [InlineData("2023-12-01", "2024-02-29", "2025-12-01", true)]
    [Trait("Rule", "C5.1.1.1")]
    public void Given_a_machines_dates_When_entered_Then_its_warranty_ends_on_the_corresponding_day(
        string exFactory,
        string? purchased,
        string ends,
        bool fromExFactory
    ) =>
        Goods
            .Serial(
                exFactory: A.Day(exFactory),
                purchased: purchased is null ? null : A.Day(purchased),
                model: Goods.Model(24, fromExFactory ? WarrantyStart.ExFactory : WarrantyStart.Purchase)
            )
            .WarrantyEndsOn.ShouldBe(A.Day(ends));

    [Theory]
    [InlineData("ＳＮ－１００１", "sn-1001")]
    [InlineData("Sn 1001", "sn1001")]
    [InlineData("SN\u20111001", "sn-1001")]
    [Trait("Rule", "C2")]
    public void Given_a_serial_as_somebody_writes_it_When_compared_Then_one_number(string written, string key) =>
        ProductSerial.KeyOf(written).ShouldBe(key);

    [Fact]
    [Trait("Rule", "C5.1.5")]
    public void Given_a_chain_of_exchanges_When_replaced_again_Then_the_rest_of_the_first_warranty_is_inherited()
    {
        var first = Goods.Serial("SN-1", A.Today.AddMonths(-20), A.Today.AddMonths(-20));
        var second = Goods.Serial("SN-2", A.Today.AddMonths(-1));
        var third = Goods.Serial("SN-3", A.Today);

        second.Replace(Goods.Service, first).ShouldBeNull();
        third.Replace(Goods.Service, second).ShouldBeNull();

        new[] { second.ChainId, third.ChainId }.ShouldAllBe(id => id == first.Id);
        new[] { second.WarrantyEndsOn, third.WarrantyEndsOn }.ShouldAllBe(end => end == first.WarrantyEndsOn);
        (first.State, second.State, third.State).ShouldBe(
            (SerialState.Replaced, SerialState.Replaced, SerialState.Sold)
        );
        third.Replace(Goods.Service, first)!.Code.ShouldBe("serial-not-sold");
        Goods.Serial("SN-4").Replace(Goods.Service, second)!.Code.ShouldBe("serial-not-sold");
        third.Replace(Goods.Service, Goods.Serial("SN-5"))!.Code.ShouldBe("replacement-used");
    }

    [Fact]
    [Trait("Rule", "C5.1.4")]
    public void Given_ten_sold_and_four_asked_back_When_seven_more_Then_refused_because_six_remain()
    {
        var sale = Sale.Register(
                Goods.Service,
                "XS-1",
                Goods.Model(),
                Goods.Customer.Id,
                Goods.Customer.Name,
                10,
                A.Today,
                A.Today
            )
            .Required();

        sale.Claim(Goods.Service, 4, "TX-1").ShouldBeNull();

        sale.Remaining.ShouldBe(6);
        Refused.By(
            sale.Claim(Goods.Service, 7, "TX-2"),
            "more-than-remains",
            "C5.1.4",
            ["quantity-that-remains"],
            Roles.CustomerService
        );
        sale.Claim(Goods.Service, 0, "TX-2")!.Code.ShouldBe("quantity-not-positive");
        sale.Claim(Goods.Service, 6, "TX-2").ShouldBeNull();
        sale.Remaining.ShouldBe(0);
        sale.Release(Goods.Service, 4, "TX-1");
        sale.Remaining.ShouldBe(4);
    }
}
