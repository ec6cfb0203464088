using CustomerService.Mailing;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;
using Microsoft.Extensions.Configuration;

namespace CustomerService.Records.Tests;

public sealed class MailTests
{
    private static readonly RecordRef About = new("complaints", "complaint", Guid.CreateVersion7(), "TS-1");

    [Fact]
    [Trait("Rule", "S2")]
    public void Given_a_mail_When_it_is_sent_Then_what_it_said_goes_and_who_got_it_when_stays()
    {
        var mail = Written();

        mail.Take(In(TimeSpan.Zero)).ShouldBeTrue();
        mail.End(In(TimeSpan.FromSeconds(1)));

        (mail.State, mail.NextAt, mail.Text, mail.Files.Count).ShouldBe((MailState.Sent, null, null, 0));
        (mail.Address, mail.Subject, mail.EndedAt).ShouldBe(
            ("li@example.com", "答覆", A.Moment + TimeSpan.FromSeconds(1))
        );
        mail.Take(In(TimeSpan.FromDays(1))).ShouldBeFalse("it is sent once");
        mail.PendingEntries.Select(e => e.Action).ShouldBe(["write", "try", "send"]);
        mail.PendingEntries.ShouldAllBe(e => e.Why == null || !e.Why.Contains("機密", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Rule", "S2")]
    public void Given_one_who_sends_When_another_wants_to_Then_not_before_the_first_must_have_ended()
    {
        var mail = Written();
        mail.Take(In(TimeSpan.Zero)).ShouldBeTrue();

        mail.Take(In(TimeSpan.FromMinutes(9))).ShouldBeFalse();
        mail.Take(In(TimeSpan.FromMinutes(10))).ShouldBeTrue("the first one is gone: a crash loses no mail");

        mail.ToSend().Id.ShouldBe(mail.Id, "the same Message-ID, whoever sends it");
    }

    [Fact]
    [Trait("Rule", "S2")]
    public void Given_a_server_that_does_not_take_it_When_tried_again_Then_later_each_time_and_given_up_at_last()
    {
        var mail = Written();
        var at = TimeSpan.Zero;
        foreach (var pause in OutgoingMail.Pauses)
        {
            mail.Take(In(at)).ShouldBeTrue();
            mail.Fail(In(at), "busy", final: false);
            (mail.State, mail.NextAt).ShouldBe((MailState.Waiting, A.Moment + at + pause));
            mail.Take(In(at + pause - TimeSpan.FromMilliseconds(1))).ShouldBeFalse();
            at += pause;
        }

        mail.Take(In(at)).ShouldBeTrue();
        mail.Fail(In(at), "busy", final: false);

        (mail.State, mail.NextAt, mail.Text, mail.Tries).ShouldBe((MailState.Failed, null, null, 7));
        mail.PendingEntries.Last().Why.ShouldBe("busy");
    }

    [Fact]
    [Trait("Rule", "S2")]
    public void Given_a_server_that_will_never_take_it_When_tried_once_Then_it_is_given_up()
    {
        var mail = Written();
        mail.Take(In(TimeSpan.Zero)).ShouldBeTrue();

        mail.Fail(In(TimeSpan.Zero), "no such mailbox", final: true);

        (mail.State, mail.NextAt).ShouldBe((MailState.Failed, null));
    }

    [Theory]
    [InlineData("Mail:From", "care", "Mail:From")]
    [InlineData("Mail:Port", "0", "Mail:Port")]
    [InlineData("Mail:Security", "Perhaps", "Mail:Security")]
    public void Given_a_wrong_setting_When_the_service_starts_Then_one_line_names_it(
        string key,
        string value,
        string named
    )
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { [key] = value })
            .Build();

        var fault = Should.Throw<SettingException>(() => MailOptions.Read(configuration)).Message;

        fault.ShouldContain(named);
        fault.ShouldNotContain("\n");
    }

    [Theory]
    [InlineData("li@example.com", true)]
    [InlineData("李 <li@example.com>", false)]
    [InlineData("li@localhost", false)]
    [InlineData("li@example.com\r\nBcc: all@example.com", false)]
    [InlineData("a@example.com, b@example.com", false)]
    [InlineData("", false)]
    public void Given_a_text_When_it_is_to_be_an_address_Then_it_is_one_and_nothing_else(string text, bool isOne) =>
        MailServer.IsAddress(text).ShouldBe(isOne);

    private static OutgoingMail Written() =>
        OutgoingMail.Write(
            In(TimeSpan.Zero),
            About,
            new()
            {
                Occasion = "answer",
                To = new("li@example.com", "李經理"),
                Language = "zh-Hant",
                Subject = "答覆",
                Text = "機密",
                Files = [new("a.pdf", "application/pdf", [1])],
            }
        );

    private static CommandContext In(TimeSpan time) => A.Context(Someone.System(), A.Moment + time);
}
