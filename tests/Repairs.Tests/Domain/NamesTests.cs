using CustomerService.Repairs.RepairOrders.Domain;
using CustomerService.Rules;
using CustomerService.Testing;

namespace CustomerService.Repairs.Tests.Domain;

/// <summary>Open orders follow what the registry calls things; what was signed keeps its words (S3).</summary>
public sealed class NamesTests
{
    private static readonly CommandContext System = A.Context(Actor.System("repairs"));
    private static readonly ProjectRef Renamed = Parties.Project with
    {
        Name = "濱江新苑",
        ContractNumber = "HT-2",
        OwnerName = "業主委員會",
        Contact = "李",
        Phone = "022",
    };

    public static TheoryData<object> Open => [.. RepairOrderFlow.FollowingStates.Cast<object>()];

    [Theory]
    [MemberData(nameof(Open))]
    [Trait("Rule", "S3")]
    public void Given_an_open_order_When_the_owner_is_renamed_Then_it_follows_and_the_trail_says_from_what(object state)
    {
        var order = A.RepairOrder().At((RepairOrderState)state);

        order.FollowRegistry(System, Renamed, null).ShouldBeNull();

        Names(order).ShouldBe(Renamed);
        order.State.ShouldBe((RepairOrderState)state);
        order
            .PendingEntries.ShouldHaveSingleItem()
            .Why.ShouldBe("濱江花園 → 濱江新苑; HT-1 → HT-2; 業主 → 業主委員會; 王 → 李; 021-5555 → 022");
    }

    [Theory]
    [Trait("Rule", "S3")]
    [InlineData(RepairOrderState.Accepted)]
    [InlineData(RepairOrderState.Closed)]
    [InlineData(RepairOrderState.Withdrawn)]
    public void Given_an_accepted_or_ended_order_When_the_owner_is_renamed_Then_it_keeps_its_words(object state)
    {
        var order = A.RepairOrder().At((RepairOrderState)state);

        order
            .FollowRegistry(System, Renamed, new(Parties.Unit.Id, "x"))
            .ShouldNotBeNull()
            .Code.ShouldBe("not-in-this-state");

        Names(order).ShouldBe(Parties.Project);
        RepairOrderFlow.FollowingStates.ShouldNotContain((RepairOrderState)state);
    }

    [Fact]
    [Trait("Rule", "S3")]
    public void Given_a_refusal_that_was_signed_When_the_owner_is_renamed_Then_the_signed_part_keeps_the_old_name()
    {
        var order = A.RepairOrder().At(RepairOrderState.Inspected);
        order.Refuse(A.Context(Parties.OwnerMan), A.Decision()).ShouldBeNull();

        order.FollowRegistry(System, Renamed, null).ShouldBeNull();

        (order.OwnerName, order.OwnerResponses[0].OwnerName).ShouldBe(("業主委員會", "業主"));
    }

    [Fact]
    [Trait("Rule", "S3")]
    public void Given_nothing_new_When_the_registry_announces_it_again_Then_nothing_is_written()
    {
        var order = A.RepairOrder().At(RepairOrderState.Dispatched);
        var version = order.Version;

        order.FollowRegistry(System, Parties.Project, new(Parties.Unit.Id, Parties.Unit.Name)).ShouldBeNull();

        (order.Version, order.PendingEntries.Count).ShouldBe((version, 0));
    }

    [Fact]
    [Trait("Rule", "S3")]
    public void Given_an_issued_order_When_its_unit_is_renamed_Then_it_follows_and_one_that_is_not_issued_has_none()
    {
        var issued = A.RepairOrder().At(RepairOrderState.Dispatched);
        var open = A.RepairOrder().At(RepairOrderState.Approved);

        issued.FollowRegistry(System, Parties.Project, new(Parties.Unit.Id, "宏達建設")).ShouldBeNull();
        open.FollowRegistry(System, Parties.Project, new(Parties.Unit.Id, "宏達建設")).ShouldBeNull();

        (issued.RepairUnitName, open.RepairUnitName).ShouldBe(("宏達建設", null));
        issued.PendingEntries.ShouldHaveSingleItem().Why.ShouldBe("宏達防水 → 宏達建設");
    }

    [Fact]
    [Trait("Rule", "S3")]
    public void Given_a_unit_that_is_charged_and_whose_part_it_is_When_it_is_renamed_Then_the_order_follows()
    {
        var (monday, wednesday) = (A.Day("2026-03-09"), A.Day("2026-03-11"));
        var head = A.Context(Someone.HeadOfEngineering(), wednesday);
        var order = new RepairOrderBuilder { NotifiedOn = monday.AddDays(-3) }.At(RepairOrderState.Approved);
        order.Dispatch(A.Context(Someone.InEngineering(), monday), A.DispatchInput()).ShouldBeNull();
        order
            .RecordWarranty(
                A.Context(Someone.System()),
                A.Warranty(Parties.Subcontractor, new PartUnit(Parties.Subcontractor, Parties.Unit.Name, "屋面"))
            )
            .ShouldBeNull();
        order.MarkReceiptOverdue(A.Context(Someone.System(), wednesday)).ShouldBeNull();
        order.GiveNotice(head, NoticeChannel.RegisteredLetter, "請即簽收", "李經理").ShouldBeNull();
        var other = new RepairUnit(Guid.CreateVersion7(), "他方", UnitKind.Subcontractor);
        order.StepIn(head, A.DispatchInput() with { Unit = other }).ShouldBeNull();

        order.FollowRegistry(System, Parties.Project, new(Parties.Subcontractor, "宏達建設")).ShouldBeNull();

        (order.RepairUnitName, order.ChargedUnitName).ShouldBe(("他方", "宏達建設"));
        order.Warranty.ResponsibleUnitName.ShouldBe("宏達建設");
        order.Warranty.Units.ShouldHaveSingleItem().Name.ShouldBe("宏達建設");
        order.EarlierAssignments.ShouldHaveSingleItem().UnitName.ShouldBe("宏達防水", "it was given notice so");
        order.PendingEntries[^1].Why.ShouldBe("宏達防水 → 宏達建設");
    }

    [Fact]
    [Trait("Rule", "S3")]
    public void Given_another_owner_of_the_works_When_announced_Then_the_order_is_theirs()
    {
        var order = A.RepairOrder().Build();
        var buyer = Guid.CreateVersion7();

        order.FollowRegistry(System, Parties.Project with { OwnerId = buyer }, null).ShouldBeNull();

        order.OwnerId.ShouldBe(buyer);
    }

    [Fact]
    [Trait("Rule", "S3")]
    public void Given_a_registry_that_no_longer_names_a_contact_When_followed_Then_the_last_one_stays()
    {
        var order = A.RepairOrder().Build();

        order.FollowRegistry(System, Renamed with { Contact = null, Phone = null }, null).ShouldBeNull();

        (order.OwnerName, order.Contact, order.Phone).ShouldBe(("業主委員會", "王", "021-5555"));
    }

    [Fact]
    [Trait("Rule", "S3")]
    public void Given_a_person_When_they_rename_an_order_Then_refused() =>
        A.RepairOrder()
            .Build()
            .FollowRegistry(A.Context(Someone.InCustomerService()), Renamed, null)
            .ShouldNotBeNull()
            .Code.ShouldBe("role-missing");

    private static ProjectRef Names(RepairOrder order) =>
        new(
            order.ProjectId,
            order.ProjectName,
            order.ContractNumber,
            order.OwnerId,
            order.OwnerName,
            order.Contact,
            order.Phone
        );
}
