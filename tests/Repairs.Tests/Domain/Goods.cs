using CustomerService.Repairs.Products.Domain;
using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Repairs.Returns.Domain;
using CustomerService.Repairs.Rmas.Domain;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Repairs.Tests.Domain;

/// <summary>Products, RMAs and returns of the tests.</summary>
internal static class Goods
{
    public static readonly ProductCustomer Customer = new(
        Guid.CreateVersion7(),
        "永安機電",
        "李經理",
        "021-6666",
        "上海市",
        "east"
    );

    public static readonly Component MainBoard = new("MAINBOARD", "主控板", true);
    public static readonly Component Fan = new("FAN", "風扇", false);

    public static Actor CustomerMan { get; } = Someone.AtCustomer(Customer.Id, "li");

    public static Actor Repairer { get; } = Someone.With("gao", "customer-service", Roles.RepairGroup);

    public static Actor Handler { get; } = Someone.InCustomerService("handler");

    public static Actor Salesman { get; } =
        Someone.With("east", "sales", Roles.RegionalSales) with
        {
            Regions = ["east"],
        };

    public static Actor OtherSalesman { get; } =
        Someone.With("west", "sales", Roles.RegionalSales) with
        {
            Regions = ["west"],
        };

    public static Actor AfterSales { get; } = Someone.With("hou", "after-sales", Roles.AfterSales);

    public static CommandContext Service => A.Context(Someone.InCustomerService());

    public static ProductModel Model(int months = 24, WarrantyStart start = WarrantyStart.Purchase) =>
        ProductModel
            .Register(Service, new("DJ-200", "變頻電機", null, months, start, [new("MAINBOARD", "主控板")]))
            .Required();

    // One for all that name none: a replacement is of the model that it replaces.
    private static readonly ProductModel Ours = Model();

    public static ProductSerial Serial(
        string number = "SN-1",
        DateOnly? exFactory = null,
        DateOnly? purchased = null,
        ProductModel? model = null
    ) =>
        ProductSerial
            .Register(Service, new(number, model ?? Ours, Customer.Id, Customer.Name, exFactory, purchased))
            .Required();

    public static ModelRef ModelRef { get; } = new(Guid.CreateVersion7(), "DJ-200", "變頻電機");

    public static DeclaredLine Serials(params string[] numbers) =>
        new(
            ModelRef,
            [.. numbers.Select(number => new DeclaredSerial(number, ProductSerial.KeyOf(number), null))],
            numbers.Length,
            "開機無反應"
        );

    public static DeclaredLine Counted(int quantity) => new(ModelRef, [], quantity, "噪音");

    public static Declaration Declaration(params DeclaredLine[] lines) => new() { Customer = Customer, Lines = lines };

    public static Rma Rma(params DeclaredLine[] lines) =>
        Rmas.Domain.Rma.Declare(Service, "RMA-2026-000001", Declaration(lines)).Required();

    public static ReceivedItem Item(string number, DateOnly? warrantyEnds = null, bool ofAnother = false) =>
        new(ModelRef, number, ProductSerial.KeyOf(number), null, 1, warrantyEnds, ofAnother);

    public static ReceivedItem Lot(int quantity) => new(ModelRef, null, null, null, quantity);

    public static Parcel Parcel(params ReceivedItem[] items) => new(items, new Dictionary<string, string>());

    public static RecordedWord Word(DateOnly? on = null) => new("李經理", WordBy.Phone, on ?? A.Today);

    /// <summary>A unit of an RMA whose count is agreed.</summary>
    /// <param name="covered">Whether the warranty covers it; null where its machine's dates are not known.</param>
    public static RmaUnit Unit(bool? covered = false)
    {
        var rma = Rma(Serials("SN-1"));
        DateOnly? ends =
            covered is null ? null
            : covered.Value ? A.Today.AddDays(30)
            : A.Today.AddDays(-1);
        rma.Receive(Service, Parcel(Item("SN-1", ends)), out var units).ShouldBeNull();
        return units.Single();
    }

    public static RmaUnit LotUnit(int quantity)
    {
        var rma = Rma(Counted(quantity));
        rma.Receive(Service, Parcel(Lot(quantity)), out var units).ShouldBeNull();
        return units.Single();
    }

    public static RmaUnit Diagnosed(bool covered, params Component[] damaged)
    {
        var unit = Unit(covered);
        unit.HandOver(Service).ShouldBeNull();
        unit.Diagnose(A.Context(Repairer), "燒毀", "F-12", damaged, null, null).ShouldBeNull();
        return unit;
    }

    public static OfferInput Offer(decimal discount = 0m, string? reason = null) =>
        new([new("更換主控板", "MAINBOARD", 1, 680m), new("工時", null, 2, 90m)], discount, reason, null);

    /// <summary>A unit whose offer was sent.</summary>
    public static RmaUnit Offered()
    {
        var unit = Diagnosed(covered: false, MainBoard);
        unit.MakeOutOffer(A.Context(Repairer), Offer()).ShouldBeNull();
        unit.NumberOffer("FM001-2026-0001");
        unit.SendOffer(Service, ContactChannel.Fax).ShouldBeNull();
        return unit;
    }

    public static OfferReply Reply(RmaUnit unit, string? words = "同意維修") =>
        new(unit.Offer!.Version, unit.Offer.Hash, words, "李經理", null, null);

    public static RmaUnit Consented()
    {
        var unit = Offered();
        unit.Consent(A.Context(CustomerMan), Reply(unit)).ShouldBeNull();
        return unit;
    }

    public static RmaUnit Refused()
    {
        var unit = Offered();
        unit.Refuse(Service, new(1, null, null, null, null, Word())).ShouldBeNull();
        return unit;
    }

    /// <summary>A unit that the quality department has to look at.</summary>
    public static RmaUnit Repaired(params string[] crew)
    {
        var unit = Diagnosed(covered: true, MainBoard);
        unit.StartRepair(A.Context(Repairer)).ShouldBeNull();
        unit.FinishRepair(A.Context(Repairer), "更換", [MainBoard], crew, 1.5m, A.Today).ShouldBeNull();
        return unit;
    }

    public static RmaUnit Ready()
    {
        var unit = Repaired();
        unit.PassQc(A.Context(Someone.InQuality()), "合格").ShouldBeNull();
        return unit;
    }

    public static ShipmentInput Fm003(int? quantity = 1) =>
        new(A.Moment, Customer.Name, quantity, ShippingMethod.Express);

    public static ReturnAnswers Answers { get; } = new(new DateOnly(2025, 12, 5), "DJ-200", "無法啟動");

    public static ReturnCase Return(
        ReturnKind kind = ReturnKind.Return,
        DateOnly? exFactory = null,
        ReturnAnswers? answers = null,
        int quantity = 1,
        CommandContext? on = null
    ) =>
        ReturnCase
            .Request(
                on ?? Service,
                "TX-2026-000001",
                kind,
                Customer,
                new ReturnGoods(null, "DJ-200", "變頻電機", "SN-1", null, null, null, quantity, exFactory ?? A.Today),
                "sn-1",
                answers ?? Answers
            )
            .Required();

    public static Ruling Ruling { get; } = new(new(Guid.CreateVersion7(), "2026-1", "4.2", "三個月"), "符合");

    public static InspectionInput Inspection(bool fault = true, int inspected = 1) =>
        new(
            "匝間短路",
            [],
            fault,
            fault ? ReturnLiability.Company : ReturnLiability.Customer,
            inspected,
            fault ? 1 : 0
        );

    /// <summary>A case that the quality department has inspected.</summary>
    public static ReturnCase Inspected(
        ReturnKind kind = ReturnKind.Return,
        DateOnly? exFactory = null,
        bool fault = true,
        CommandContext? on = null
    )
    {
        var one = Return(kind, exFactory, on: on);
        one.RaiseDoubt(on ?? Service, "異響").ShouldBeNull();
        one.Inspect(A.Context(Someone.InQuality()), Inspection(fault)).ShouldBeNull();
        return one;
    }

    public static ReturnCase AcceptedCase(ReturnKind kind = ReturnKind.Return)
    {
        var one = Inspected(kind);
        one.Accept(Service, Ruling).ShouldBeNull();
        return one;
    }

    /// <summary>A case whose slip has come so far.</summary>
    public static ReturnCase WithSlip(ReturnKind kind, ReturnCaseState state)
    {
        var one = AcceptedCase(kind);
        one.IssueSlip(Service, new(A.Today, "品質問題")).ShouldBeNull();
        if (state >= ReturnCaseState.SlipWithSales)
        {
            one.HandSlip(A.Context(Salesman), null).ShouldBeNull();
        }

        if (state >= ReturnCaseState.SlipCollected)
        {
            one.CollectSlip(A.Context(AfterSales), null).ShouldBeNull();
        }

        if (state >= ReturnCaseState.SlipSigned)
        {
            one.SignSlip(A.Context(Someone.SalesManager()), "洪經理").ShouldBeNull();
        }

        return one;
    }
}
