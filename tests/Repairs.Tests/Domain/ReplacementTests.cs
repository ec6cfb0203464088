using CustomerService.Repairs.Products.Domain;
using CustomerService.Testing;

namespace CustomerService.Repairs.Tests.Domain;

/// <summary>Which machine may be given in the place of another (C5.1.5).</summary>
public sealed class ReplacementTests
{
    private static readonly ProductModel Model = Goods.Model();

    [Fact]
    [Trait("Rule", "C5.1.5")]
    public void Given_another_customers_machine_When_given_in_exchange_Then_refused_and_it_stays_theirs()
    {
        var other = Guid.CreateVersion7();
        var theirs = Machine("SN-2", other);

        theirs.Replace(Goods.Service, Machine("SN-1", Goods.Customer.Id))!.Code.ShouldBe("replacement-of-another");

        theirs.CustomerId.ShouldBe(other);
        Machine("SN-3", null).Replace(Goods.Service, Machine("SN-1", Goods.Customer.Id)).ShouldBeNull();
        Machine("SN-4", Goods.Customer.Id).Replace(Goods.Service, Machine("SN-1", Goods.Customer.Id)).ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "C5.1.5")]
    public void Given_a_machine_of_another_model_When_given_in_exchange_Then_only_where_the_policy_allows_it()
    {
        var former = Machine("SN-1", Goods.Customer.Id);
        var newer = ProductModel
            .Register(Goods.Service, new("DJ-300", "變頻電機", null, 24, WarrantyStart.Purchase, []))
            .Required();
        var given = Machine("SN-2", null, newer);

        given.Replace(Goods.Service, former)!.Code.ShouldBe("replacement-of-other-model");

        var policy = Goods.Service.Policy;
        var allowing = Goods.Service with
        {
            Policy = policy with
            {
                Returns = policy.Returns with
                {
                    ReplacementModels = new Dictionary<string, IReadOnlyList<string>> { ["DJ-200"] = ["DJ-300"] },
                },
            },
        };
        given.Replace(allowing, former).ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "C5.1.5")]
    public void Given_machines_that_were_entered_the_other_way_round_When_shown_Then_as_each_was_given_for_the_one_before()
    {
        var (third, second, first) = (Machine("SN-3", null), Machine("SN-2", null), Machine("SN-1", Goods.Customer.Id));
        second.Replace(Goods.Service, first).ShouldBeNull();
        third.Replace(Goods.Service, second).ShouldBeNull();

        ProductSerial.InOrder([third, second, first]).Select(one => one.Number).ShouldBe(["SN-1", "SN-2", "SN-3"]);
    }

    private static ProductSerial Machine(string number, Guid? customer, ProductModel? model = null) =>
        ProductSerial
            .Register(Goods.Service, new(number, model ?? Model, customer, customer is null ? null : "某", null, null))
            .Required();
}
