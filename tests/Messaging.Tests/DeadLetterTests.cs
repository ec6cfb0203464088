using System.Globalization;
using System.Text;
using CustomerService.Servers;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;

namespace CustomerService.Messaging.Tests;

/// <summary>A bad message blocks nobody, is not lost, and can be put right.</summary>
public sealed class DeadLetterTests(PostgresFixture postgres, RabbitMqFixture rabbit)
{
    [Fact]
    public async Task A_poison_message_is_tried_then_given_up_listed_replayed_and_has_one_effect_while_others_pass()
    {
        var place = await Place.NewAsync(postgres, rabbit, "poison");
        await using var service = await SampleService.StartAsync(
            place,
            consumers => consumers.Consume<SensitiveConsumer>()
        );
        var mind = service.Services.GetRequiredService<SensitiveConsumer.Mind>();

        var poison = await service.WriteAsync("poison ivy");
        var hopeless = await service.WriteAsync("hopeless");
        for (var i = 0; i < 30; i++)
        {
            await service.WriteAsync(i.ToString(CultureInfo.InvariantCulture));
        }

        // The others pass while it is still being tried.
        await Eventually.IsTrue(
            async () => await place.EffectsAsync("sensitive") == 30,
            "the others have their effect"
        );

        var letters = await Eventually.Gives(
            async () => await ListAsync(place) is { Count: 2 } both ? both : null,
            "two dead letters"
        );
        var letter = letters.Single(l => l.Subject == poison.ToString("D"));
        letter.Queue.ShouldBe("sample.sensitive");
        letter.EventName.ShouldBe("sample.note.written.v1");
        letter.Reason.ShouldContain("I cannot stand poison ivy");
        letter.Fault.ShouldBe("System.InvalidOperationException");
        letter.Detail!.ShouldContain(nameof(SensitiveConsumer));
        letter.Body.ShouldContain("poison ivy");
        letter.GivenUpAt!.Value.ShouldBeGreaterThan(DateTimeOffset.UtcNow.AddMinutes(-5));
        mind.Tries[poison].ShouldBe(4, "two in memory, and after the delay two more");
        mind.Tries[hopeless].ShouldBe(1, "what can never work is not tried again");
        (await place.EffectsAsync("sensitive")).ShouldBe(30, "what it saved before it failed does not count");

        // Replayed too early it comes back.
        (await RunAsync(place, "replay", letter.MessageId.ToString())).Code.ShouldBe(0);
        await Eventually.IsTrue(() => Task.FromResult(mind.Tries[poison] == 8), "it is tried like a new one");
        await Eventually.IsTrue(async () => (await ListAsync(place)).Count == 2, "and lies there again");

        mind.Cured = true;
        var listed = await RunAsync(place, "list");
        listed.Code.ShouldBe(0);
        listed.Output.ShouldContain(letter.MessageId.ToString("D"));
        listed.Output.ShouldContain("sample.note.written.v1");
        listed.Output.ShouldContain("2 dead letters.");
        var replayed = await RunAsync(place, "replay", letter.MessageId.ToString());
        replayed.Output.ShouldContain("replayed");
        await Eventually.IsTrue(async () => await place.EffectsAsync("sensitive") == 31, "it has its effect");
        (await ListAsync(place)).ShouldHaveSingleItem().Subject.ShouldBe(hopeless.ToString("D"));

        // The same message once more, as after a replay that died between confirm and
        // acknowledgement.
        await using (var connection = await place.ConnectAsync())
        await using (var channel = await connection.CreateChannelAsync())
        {
            await InboxTests.PublishAsync(
                channel,
                Encoding.UTF8.GetBytes(letter.Body),
                new BasicProperties { MessageId = letter.MessageId.ToString() }
            );
        }

        await InboxTests.DrainedAsync(place, 31, "sample.sensitive");
        (await place.EffectsAsync("sensitive")).ShouldBe(31);
    }

    [Fact]
    public async Task What_cannot_be_read_or_has_no_consumer_is_given_up_at_once()
    {
        var place = await Place.NewAsync(postgres, rabbit, "unreadable");
        await using var service = await SampleService.StartAsync(
            place,
            consumers => consumers.Consume<CountNoteConsumer>()
        );
        await using var connection = await place.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        await InboxTests.PublishAsync(
            channel,
            "this is { no JSON"u8.ToArray(),
            new BasicProperties { MessageId = "1" }
        );
        await InboxTests.PublishAsync(channel, "null"u8.ToArray(), new BasicProperties { MessageId = "2" });
        await InboxTests.PublishAsync(
            channel,
            """{"noteId":"not a uuid"}"""u8.ToArray(),
            new BasicProperties { MessageId = "3" }
        );
        var known = """{"noteId":"0190c1a4-6f6e-7cc3-8d2f-0242ac120002","version":1,"mood":"calm" """;
        await InboxTests.PublishAsync(
            channel,
            System.Text.Encoding.UTF8.GetBytes(known + ""","text":null}"""),
            new BasicProperties { MessageId = "5" }
        );
        await InboxTests.PublishAsync(
            channel,
            System.Text.Encoding.UTF8.GetBytes(known + "}"),
            new BasicProperties { MessageId = "6" }
        );
        await InboxTests.PublishAsync(
            channel,
            System.Text.Encoding.UTF8.GetBytes(known + ""","text":"\u0000"}"""),
            new BasicProperties { MessageId = "7" }
        );
        // Somebody sends to the queue itself what does not belong there.
        await channel.BasicPublishAsync(
            "",
            "sample.count-note",
            mandatory: true,
            new BasicProperties { MessageId = "4" },
            "{}"u8.ToArray()
        );
        await service.WriteAsync("good");

        await Eventually.IsTrue(async () => await place.EffectsAsync() == 1, "the good one passes");
        var letters = await Eventually.Gives(
            async () => await ListAsync(place, "sample.count-note") is { Count: 7 } all ? all : null,
            "seven dead letters"
        );
        letters.Count(l => l.Fault == typeof(UnprocessableEventException).FullName).ShouldBe(6);
        letters.Single(l => l.Fault == "no-consumer").Reason.ShouldContain("No consumer of sample.count-note");

        var bodies = await RunAsync(place, "list", "--queue", "sample.count-note", "--bodies");
        bodies.Output.ShouldContain("this is { no JSON");
        (await RunAsync(place, "replay", "--all", "--queue", "sample.count-note")).Output.ShouldContain("7 replayed.");
        await Eventually.IsTrue(
            async () => (await ListAsync(place, "sample.count-note")).Count == 7,
            "they come back, and the replay has ended"
        );
    }

    [Fact]
    public async Task A_message_that_kills_its_consumer_again_and_again_is_given_up_by_the_broker_and_can_be_replayed()
    {
        var place = await Place.NewAsync(postgres, rabbit, "killer");
        await using (await SampleService.StartAsync(place, consumers => consumers.Consume<CountNoteConsumer>()))
        {
            // Declares the queues.
        }

        await using (var connection = await place.ConnectAsync())
        await using (var channel = await connection.CreateChannelAsync())
        {
            await InboxTests.PublishAsync(
                channel,
                InboxTests.Body(Guid.CreateVersion7(), 1),
                new BasicProperties { MessageId = Guid.CreateVersion7().ToString() }
            );
        }

        // A consumer that goes away without an answer.
        var deliveries = 0;
        await Eventually.IsTrue(
            async () =>
            {
                await using var connection = await place.ConnectAsync();
                await using var channel = await connection.CreateChannelAsync();
                if (await channel.BasicGetAsync("sample.count-note", autoAck: false) is not null)
                {
                    deliveries++;
                    return false;
                }

                return (await ListAsync(place, "sample.count-note")).Count == 1;
            },
            "the broker gives it up"
        );
        deliveries.ShouldBeInRange(2, BrokerDefinitions.DeliveryLimit + 1);

        var letter = (await ListAsync(place, "sample.count-note")).ShouldHaveSingleItem();
        letter.Fault.ShouldBe("delivery-limit");
        letter.EventName.ShouldBe("sample.note.written.v1");

        await using var service = await SampleService.StartAsync(
            place,
            consumers => consumers.Consume<CountNoteConsumer>()
        );
        (await RunAsync(place, "replay", "--all", "--queue", "sample.count-note")).Code.ShouldBe(0);
        await Eventually.IsTrue(async () => await place.EffectsAsync() == 1, "it has its effect");
    }

    [Fact]
    public async Task Given_a_killer_among_many_When_the_process_dies_again_and_again_Then_no_more_than_the_prefetched_go_with_it_and_all_come_back()
    {
        const int Good = 200;
        var place = await Place.NewAsync(postgres, rabbit, "prefetched");
        var prefetch = MessagingOptions.From(Configuration(place), "sample").Prefetch;
        prefetch.ShouldBeLessThan(Good);
        await using (await SampleService.StartAsync(place, consumers => consumers.Consume<CountNoteConsumer>()))
        {
            // Declares the queues.
        }

        await using (var connection = await place.ConnectAsync())
        await using (var channel = await connection.CreateChannelAsync())
        {
            for (var i = 0; i <= Good; i++)
            {
                await InboxTests.PublishAsync(
                    channel,
                    InboxTests.Body(Guid.CreateVersion7(), 1),
                    new BasicProperties { MessageId = Guid.CreateVersion7().ToString() }
                );
            }
        }

        // A process that takes what it is handed and dies over the first of it: as often as the broker
        // allows, however long that takes.
        uint givenUp = 0;
        for (var deaths = 0; deaths <= BrokerDefinitions.DeliveryLimit + 1 && givenUp == 0; deaths++)
        {
            await using var connection = await place.ConnectAsync();
            await using var channel = await connection.CreateChannelAsync();
            for (var i = 0; i < prefetch; i++)
            {
                await channel.BasicGetAsync("sample.count-note", autoAck: false);
            }

            givenUp = await channel.MessageCountAsync("sample.count-note_error");
        }

        await Eventually.IsTrue(
            async () => (await ListAsync(place, "sample.count-note")).Count > 0,
            "the broker gives it up"
        );
        (await ListAsync(place, "sample.count-note")).Count.ShouldBeLessThanOrEqualTo(prefetch);

        await using var service = await SampleService.StartAsync(
            place,
            consumers => consumers.Consume<CountNoteConsumer>()
        );
        await InboxTests.DrainedAsync(place, 0, "sample.count-note");
        await Eventually.IsTrue(
            async () =>
            {
                // The broker hands the given-up ones over one by one; the last may come after a replay.
                (await RunAsync(place, "replay", "--all", "--queue", "sample.count-note")).Code.ShouldBe(0);
                return await place.EffectsAsync() == Good + 1;
            },
            "each has its effect",
            TimeSpan.FromMinutes(5)
        );
    }

    [Fact]
    public async Task Given_a_foreign_message_with_an_expiry_and_a_sender_When_it_fails_Then_it_stays_and_can_be_replayed()
    {
        var place = await Place.NewAsync(postgres, rabbit, "foreign");
        await using var service = await SampleService.StartAsync(
            place,
            consumers => consumers.Consume<SensitiveConsumer>()
        );
        var (poison, hopeless) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var account = await UserAsync(place, "department", write: ".*");
        var sender = account.UserInfo.Split(':')[0];
        await using (var connection = await new ConnectionFactory { Uri = account }.CreateConnectionAsync())
        await using (var channel = await connection.CreateChannelAsync())
        {
            foreach (var (subject, text) in new[] { (poison, "poison"), (hopeless, "hopeless") })
            {
                await InboxTests.PublishAsync(
                    channel,
                    InboxTests.Body(subject, 1, text),
                    new BasicProperties
                    {
                        MessageId = subject.ToString(),
                        Expiration = "10000",
                        UserId = sender,
                    }
                );
            }
        }

        await Eventually.IsTrue(async () => (await ListAsync(place)).Count == 2, "both are given up");
        await Task.Delay(TimeSpan.FromSeconds(11));
        (await ListAsync(place)).Count.ShouldBe(2, "neither has expired");

        service.Services.GetRequiredService<SensitiveConsumer.Mind>().Cured = true;
        (await RunAsync(place, "replay", "--all")).ShouldSatisfyAllConditions(
            a => a.Code.ShouldBe(0),
            a => a.Output.ShouldContain("2 replayed.")
        );
        await Eventually.IsTrue(async () => await place.EffectsAsync("sensitive") == 1, "what is cured has its effect");
        await Eventually.IsTrue(async () => (await ListAsync(place)).Count == 1, "and what is not comes back");
    }

    [Fact]
    public async Task Given_an_account_that_may_not_write_When_it_replays_Then_one_line_says_so_and_nothing_is_lost()
    {
        var place = await Place.NewAsync(postgres, rabbit, "refused");
        await using var service = await SampleService.StartAsync(
            place,
            consumers => consumers.Consume<SensitiveConsumer>()
        );
        await service.WriteAsync("hopeless");
        await Eventually.IsTrue(async () => (await ListAsync(place)).Count == 1, "a dead letter");

        var (code, output) = await RunAsync(
            place with
            {
                Broker = await UserAsync(place, "reader-of-dead-letters", write: "^$"),
            },
            "replay",
            "--all"
        );
        code.ShouldBe(1);
        output.ShouldStartWith("The broker refuses: ");
        output.TrimEnd().ShouldNotContain("\n");
        await Eventually.IsTrue(async () => (await ListAsync(place)).Count == 1, "it is still there");
    }

    [Fact]
    public async Task Looking_at_dead_letters_does_not_wear_them_out()
    {
        var place = await Place.NewAsync(postgres, rabbit, "looking");
        await using var service = await SampleService.StartAsync(
            place,
            consumers => consumers.Consume<SensitiveConsumer>()
        );
        await service.WriteAsync("hopeless 1");
        await service.WriteAsync("hopeless 2");
        await Eventually.IsTrue(async () => (await ListAsync(place)).Count == 2, "two dead letters");

        for (var look = 0; look < 2 * BrokerDefinitions.DeliveryLimit; look++)
        {
            (await ListAsync(place)).Count.ShouldBe(2);
        }
    }

    [Fact]
    public async Task The_command_says_how_it_is_used_and_what_it_did_not_find()
    {
        var place = await Place.NewAsync(postgres, rabbit, "usage");
        (await RunAsync(place)).ShouldSatisfyAllConditions(
            a => a.Code.ShouldBe(2),
            a => a.Output.ShouldContain("dead-letters list")
        );
        (await RunAsync(place, "replay")).Code.ShouldBe(2);
        (await RunAsync(place, "replay", "--all", "extra")).Code.ShouldBe(2);
        (await RunAsync(place, "list", "--queue")).Code.ShouldBe(2);
        (await RunAsync(place, "list")).Output.ShouldContain("0 dead letters.");
        var missing = await RunAsync(place, "replay", "0190c1a4-6f6e-7cc3-8d2f-0242ac120002");
        missing.Code.ShouldBe(1);
        missing.Output.ShouldContain("in no error queue of sample");

        var away = await RunAsync(place with { Broker = new Uri("amqp://guest:guest@127.0.0.1:1/") }, "list");
        away.Code.ShouldBe(1);
        away.Output.ShouldStartWith("The broker does not answer");
        // The program says it in one line and ends with code 2.
        var wrong = await Should.ThrowAsync<OptionsValidationException>(() =>
            RunAsync(place with { Broker = new Uri("http://127.0.0.1/") }, "list")
        );
        wrong.Message.ShouldContain("ConnectionStrings:RabbitMq");
    }

    private async Task<Uri> UserAsync(Place place, string name, string write) =>
        await (await rabbit.ServerAsync()).CreateUserAsync(
            Uri.UnescapeDataString(place.Broker.AbsolutePath.TrimStart('/')),
            name + "-" + Guid.CreateVersion7().ToString("N"),
            "secret",
            new("^$", write, ".*")
        );

    private static IConfiguration Configuration(Place place) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection([new("ConnectionStrings:RabbitMq", place.Broker.ToString())])
            .Build();

    private static async Task<IReadOnlyList<DeadLetter>> ListAsync(Place place, string queue = "sample.sensitive") =>
        await new DeadLetters(MessagingOptions.From(Configuration(place), "sample"), [queue]).ListAsync();

    private static async Task<(int Code, string Output)> RunAsync(Place place, params string[] args)
    {
        var output = new StringWriter();
        var services = new ServiceCollection();
        services.AddMessaging(
            Configuration(place),
            "sample",
            bus => bus.Consume<SensitiveConsumer>().Consume<CountNoteConsumer>()
        );
        await using var provider = services.BuildServiceProvider();
        var command = provider.GetServices<IServiceCommand>().Single(c => c.Name == "dead-letters");
        var code = await command.RunAsync(args, provider, output, TestContext.Current.CancellationToken);
        return (code, output.ToString());
    }
}
