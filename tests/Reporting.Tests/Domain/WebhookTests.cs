using System.Net;
using CustomerService.Reporting.Webhooks;
using CustomerService.Reporting.Webhooks.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;

namespace CustomerService.Reporting.Tests.Domain;

public sealed class WebhookTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);
    private static readonly WebhookSettings Settings = new("財務", "https://example.com/x", ["repairs.#"]);

    [Theory, Trait("Rule", "C3.1.4")]
    [InlineData("10.20.0.0")]
    [InlineData("10.20.0.0/33")]
    [InlineData("the office")]
    [InlineData("")]
    public void Given_a_network_that_is_none_When_the_service_starts_Then_one_line_names_the_setting(string network)
    {
        string[] args =
        [
            "--ConnectionStrings:Store=Host=localhost;Database=x",
            $"--Webhooks:AllowedNetworks:0={network}",
        ];

        var fault = Should.Throw<SettingException>(() => ReportingService.Build(args)).Message;

        fault.ShouldContain("Webhooks:AllowedNetworks:0");
        fault.ShouldContain("10.20.0.0/16");
        fault.ShouldNotContain("\n");
    }

    [Theory, Trait("Rule", "C3.1.4")]
    [InlineData("#", true)]
    [InlineData("complaints.#", true)]
    [InlineData("complaints.complaint.registered.v1", true)]
    [InlineData("*.*.registered.v1", true)]
    [InlineData("#.v1", true)]
    [InlineData("complaints.#.v1", true)]
    [InlineData("complaints.complaint.registered.v1.#", true)]
    [InlineData("complaints.*", false)]
    [InlineData("*.registered.v1", false)]
    [InlineData("repairs.#", false)]
    [InlineData("complaints.complaint.registered", false)]
    public void Given_a_pattern_When_an_event_comes_Then_it_means_what_a_topic_exchange_means(
        string pattern,
        bool means
    ) => EventPattern.Matches(pattern, "complaints.complaint.registered.v1").ShouldBe(means);

    [Theory, Trait("Rule", "C3.1.4")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData(".")]
    [InlineData("a..b")]
    [InlineData("a.b*")]
    [InlineData("Repairs.#")]
    [InlineData("a b")]
    [InlineData("維修.#")]
    public void Given_no_pattern_When_it_is_read_Then_it_is_refused(string? pattern) =>
        EventPattern.IsWellFormed(pattern).ShouldBeFalse();

    [Theory, Trait("Rule", "C3.1.4")]
    [InlineData("https://example.com/hook", null)]
    [InlineData("https://8.8.8.8/hook", null)]
    [InlineData("https://[2606:4700::1111]/", null)]
    [InlineData("http://example.com/hook", "webhook-needs-https")]
    [InlineData("ftp://example.com/hook", "webhook-needs-https")]
    [InlineData("file:///etc/passwd", "webhook-needs-https")]
    [InlineData("example.com", "webhook-address")]
    [InlineData("https://user:pw@example.com/", "webhook-address")]
    [InlineData("https://example.com/#x", "webhook-address")]
    [InlineData("https://localhost/", "webhook-address-not-public")]
    [InlineData("https://127.0.0.1/", "webhook-address-not-public")]
    [InlineData("https://2130706433/", "webhook-address-not-public")]
    [InlineData("https://0x7f.1/", "webhook-address-not-public")]
    [InlineData("https://10.1.2.3/", "webhook-address-not-public")]
    [InlineData("https://172.31.255.255/", "webhook-address-not-public")]
    [InlineData("https://192.168.0.1/", "webhook-address-not-public")]
    [InlineData("https://169.254.169.254/latest/meta-data", "webhook-address-not-public")]
    [InlineData("https://100.64.0.1/", "webhook-address-not-public")]
    [InlineData("https://0.0.0.0/", "webhook-address-not-public")]
    [InlineData("https://[::1]/", "webhook-address-not-public")]
    [InlineData("https://[::ffff:127.0.0.1]/", "webhook-address-not-public")]
    [InlineData("https://[fd00::1]/", "webhook-address-not-public")]
    [InlineData("https://[fe80::1]/", "webhook-address-not-public")]
    [InlineData("https://[64:ff9b::7f00:1]/", "webhook-address-not-public")]
    public void Given_an_address_When_it_is_entered_Then_only_public_ones_over_https_pass(
        string address,
        string? fault
    ) => new WebhookAddress(new()).Fault(address).ShouldBe(fault);

    [Fact, Trait("Rule", "C3.1.4")]
    public void Given_an_allowed_network_When_an_address_is_in_it_Then_it_passes_and_its_neighbour_does_not()
    {
        var addresses = new WebhookAddress(new() { AllowedNetworks = ["10.20.0.0/16"] });

        addresses.IsAllowed(IPAddress.Parse("10.20.3.4")).ShouldBeTrue();
        addresses.IsAllowed(IPAddress.Parse("::ffff:10.20.3.4")).ShouldBeTrue();
        addresses.IsAllowed(IPAddress.Parse("10.21.3.4")).ShouldBeFalse();
    }

    [Fact, Trait("Rule", "C3.1.4")]
    public void Given_a_receiver_that_fails_When_all_pauses_are_used_Then_the_delivery_is_given_up_and_a_replay_begins_again()
    {
        TimeSpan[] pauses = [TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1)];
        var delivery = new WebhookDelivery { NextAt = Now };

        delivery.Tried(new(Now, 500, "answered 500", 3), pauses, 0);
        (delivery.State, delivery.NextAt).ShouldBe((DeliveryState.Waiting, Now.AddSeconds(10)));
        delivery.Tried(new(Now.AddSeconds(10), null, "refused", 3), pauses, 1);
        (delivery.State, delivery.NextAt).ShouldBe((DeliveryState.Waiting, Now.AddSeconds(10 + 72)));
        delivery.Tried(new(Now.AddSeconds(90), 500, "answered 500", 3), pauses, 0);
        delivery.State.ShouldBe(DeliveryState.GivenUp);

        delivery.Replay(Now.AddHours(1));

        (delivery.State, delivery.Attempts, delivery.NextAt).ShouldBe((DeliveryState.Waiting, 0, Now.AddHours(1)));
        delivery.Tried(new(Now.AddHours(1), 204, null, 3), pauses, 0);
        (delivery.State, delivery.DeliveredAt, delivery.Tries.Count).ShouldBe(
            (DeliveryState.Delivered, Now.AddHours(1), 4)
        );
    }

    [Fact, Trait("Rule", "C3.1.4")]
    public void Given_a_delivery_When_it_is_tried_very_often_Then_the_first_and_the_latest_tries_are_kept()
    {
        var delivery = new WebhookDelivery { NextAt = Now };

        for (var i = 0; i < 50; i++)
        {
            delivery.Tried(new(Now.AddMinutes(i), 500, "answered 500", 1), [TimeSpan.Zero], 0);
        }

        delivery.Tries.Count.ShouldBe(20);
        (delivery.Tries[0].At, delivery.Tries[^1].At).ShouldBe((Now, Now.AddMinutes(49)));
    }

    [Fact, Trait("Rule", "C3.1.4")]
    public void Given_a_webhook_When_its_key_is_renewed_Then_both_sign_for_a_day()
    {
        var context = A.Context(Someone.Operator(), Now);
        Webhook.Register(context, Settings).Failed(out _, out var webhook).ShouldBeFalse();
        var former = webhook!.Secret;

        webhook.RenewSecret(context).ShouldBeNull();

        webhook.Secret.ShouldNotBe(former);
        webhook.SecretsAt(Now.AddHours(23)).ShouldBe([webhook.Secret, former]);
        webhook.SecretsAt(Now.AddHours(24)).ShouldBe([webhook.Secret]);
    }

    [Fact, Trait("Rule", "C3.1.4")]
    public void Given_a_webhook_When_it_is_removed_Then_nothing_is_kept_for_it_and_nothing_changes_it()
    {
        var context = A.Context(Someone.Operator(), Now);
        Webhook.Register(context, Settings).Failed(out _, out var webhook).ShouldBeFalse();
        webhook!.Wants("repairs.repair-order.opened.v1").ShouldBeTrue();
        webhook.Wants("complaints.complaint.registered.v1").ShouldBeFalse();

        webhook.Suspend(context, "改版").ShouldBeNull();
        webhook.Wants("repairs.repair-order.opened.v1").ShouldBeTrue("it is kept until it is resumed");
        webhook.Remove(context).ShouldBeNull();

        webhook.Wants("repairs.repair-order.opened.v1").ShouldBeFalse();
        webhook.Resume(context).ShouldNotBeNull();
        webhook.AllowedActions(context).ShouldBeEmpty();
    }

    [Fact, Trait("Rule", "C3.1.4")]
    public void Given_somebody_else_When_they_make_a_webhook_Then_it_is_refused() =>
        Webhook.Register(A.Context(Someone.InQuality(), Now), Settings).Failed(out var refusal, out _).ShouldBeTrue();

    /// <summary>The example of the Standard Webhooks' own libraries.</summary>
    [Fact, Trait("Rule", "C3.1.4")]
    public void Given_the_standards_example_When_it_is_signed_Then_it_is_the_standards_signature() =>
        WebhookSender
            .Signature(
                "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                "1614265330",
                """{"test": 2432232314}"""
            )
            .ShouldBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}
