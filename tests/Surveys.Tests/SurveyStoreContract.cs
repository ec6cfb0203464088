using CustomerService.Messaging;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Data;
using CustomerService.Surveys.Domain;
using CustomerService.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using MongoDB.Driver;

namespace CustomerService.Surveys.Tests;

/// <summary>A store to try, one for a class of tests. The service is built as in production, only not
/// started.</summary>
public abstract class StoreUnderTest : IAsyncLifetime
{
    private WebApplication? _app;

    /// <summary>Why this store cannot be tried here; null when it can.</summary>
    public abstract string? WhyNot { get; }

    public IServiceProvider Services => _app!.Services;

    public async ValueTask InitializeAsync()
    {
        if (WhyNot is not null)
        {
            return;
        }

        if (await SettingsAsync() is not { } settings)
        {
            return;
        }

        _app = SurveysService.Build([
            .. settings.Select(s => $"--{s.Key}={s.Value}"),
            "--ConnectionStrings:RabbitMq=amqp://127.0.0.1:1/",
            "--Logging:LogLevel:Default=Warning",
        ]);
        var (code, output) = await RunAsync("migrate");
        code.ShouldBe(0, output);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    public async Task<(int Code, string Output)> RunAsync(string name)
    {
        await using var scope = Services.CreateAsyncScope();
        await using var output = new StringWriter();
        var command = scope.ServiceProvider.GetServices<IServiceCommand>().Single(c => c.Name == name);
        return (await command.RunAsync([], scope.ServiceProvider, output, default), output.ToString());
    }

    /// <summary>Settings of a fresh store; null when it turns out that there is none, see
    /// <see cref="WhyNot"/>.</summary>
    protected abstract Task<IReadOnlyDictionary<string, string>?> SettingsAsync();
}

/// <summary>What a store of this service must do, whatever it is made of.</summary>
public abstract class SurveyStoreContract(StoreUnderTest under)
{
    [Fact]
    public async Task What_was_added_is_found_again_and_migrating_twice_changes_nothing()
    {
        Must();
        var token = LinkToken.New();
        var occasion = $"repair-order:{Guid.CreateVersion7()}";
        var invitation = Some.Invitation(SurveyKind.B, department: "engineering", occasion: occasion, token: token);
        var written = Documents.Write(invitation);
        (await CommitAsync(store => store.Add(invitation))).ShouldBe(Commit.Done);
        invitation.PendingEntries.ShouldBeEmpty();
        (await under.RunAsync("migrate")).Code.ShouldBe(0);

        await using var scope = Scope();
        var store = Store(scope);
        var found = await store.FindInvitationAsync(invitation.Id, default);
        Documents.Write(found!).ShouldBe(written);
        (await store.FindInvitationByTokenAsync(LinkToken.HashOf(token), default)).ShouldBeSameAs(found);
        (await store.FindInvitationByTokenAsync(LinkToken.HashOf(LinkToken.New()), default)).ShouldBeNull();
        (await store.FindInvitationAsync(Guid.CreateVersion7(), default)).ShouldBeNull();
        (await store.HasInvitationAsync(occasion, default)).ShouldBeTrue();
        (await store.HasInvitationAsync(occasion + "x", default)).ShouldBeFalse();
    }

    [Fact]
    public async Task One_commit_holds_documents_audit_entries_and_events()
    {
        Must();
        var invitation = Some.Invitation();
        await CommitAsync(store => store.Add(invitation));

        await using var scope = Scope();
        var store = Store(scope);
        var found = (await store.FindInvitationAsync(invitation.Id, default))!;
        var form = Some.Recover(found, Some.Answers(Grade.Dissatisfied));
        store.Add(form);
        (await store.CommitAsync(null, default)).ShouldBe(Commit.Done);

        await using var other = Scope();
        var again = Store(other);
        (await again.FindFormAsync(form.Id, default))!.Verdict.ShouldBe(Verdict.Complaint);
        (await again.FindInvitationAsync(invitation.Id, default))!.FormId.ShouldBe(form.Id);
        var trail = await again.ReadAuditAsync(invitation.Id, default);
        trail.Select(e => e.Action).ShouldBe(["invite-specially", "answer"]);
        trail.ShouldAllBe(e => e.Hash == e.ComputeHash());
        (await MessagesAsync(invitation.Id)).Select(m => m.EventName).ShouldBe(["surveys.invitation.sent.v1"]);
        (await MessagesAsync(form.Id))
            .Select(m => m.EventName)
            .ShouldBe(["surveys.form.recovered.v1", "surveys.form.dissatisfied.v1"]);
        var (code, output) = await under.RunAsync("verify-audit");
        code.ShouldBe(0, output);
    }

    [Fact]
    public async Task A_change_of_an_older_version_is_refused_and_leaves_nothing()
    {
        Must();
        var invitation = Some.Invitation();
        await CommitAsync(store => store.Add(invitation));
        await using var one = Scope();
        await using var two = Scope();
        var mine = (await Store(one).FindInvitationAsync(invitation.Id, default))!;
        var yours = (await Store(two).FindInvitationAsync(invitation.Id, default))!;
        mine.Withdraw(Some.Context(Some.Actor(Roles.Sales)), "first").ShouldBeNull();
        (await Store(one).CommitAsync(null, default)).ShouldBe(Commit.Done);

        var form = Some.Recover(yours);
        Store(two).Add(form);
        (await Store(two).CommitAsync(Outcome("k-stale"), default)).ShouldBe(Commit.Stale);

        await using var three = Scope();
        (await Store(three).FindInvitationAsync(invitation.Id, default))!.State.ShouldBe(InvitationState.Withdrawn);
        (await Store(three).FindFormAsync(form.Id, default)).ShouldBeNull();
        (await Store(three).FindOutcomeAsync("actor", "k-stale", default)).ShouldBeNull();
        (await Store(three).ReadAuditAsync(invitation.Id, default)).Count.ShouldBe(2);
        (await MessagesAsync(form.Id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_command_that_came_too_late_can_begin_anew_on_what_is_there_now()
    {
        Must();
        var invitation = Some.Invitation();
        await CommitAsync(store => store.Add(invitation));
        await using var one = Scope();
        await using var two = Scope();
        var late = (await Store(two).FindInvitationAsync(invitation.Id, default))!;
        (await Store(one).FindInvitationAsync(invitation.Id, default))!
            .Open(Some.Context(invitation.Holder))
            .ShouldBeNull();
        (await Store(one).CommitAsync(null, default)).ShouldBe(Commit.Done);
        late.Withdraw(Some.Context(Some.Actor(Roles.Sales)), "too late").ShouldBeNull();
        (await Store(two).CommitAsync(Outcome("k-again"), default)).ShouldBe(Commit.Stale);

        Store(two).Forget().ShouldBeTrue();
        var now = (await Store(two).FindInvitationAsync(invitation.Id, default))!;
        (now.State, now.Version).ShouldBe((InvitationState.Opened, 2));
        now.Withdraw(Some.Context(Some.Actor(Roles.Sales)), "again").ShouldBeNull();
        (await Store(two).CommitAsync(Outcome("k-again"), default)).ShouldBe(Commit.Done);

        await using var three = Scope();
        (await Store(three).FindInvitationAsync(invitation.Id, default))!.WithdrawnBecause.ShouldBe("again");
        (await Store(three).ReadAuditAsync(invitation.Id, default)).Count.ShouldBe(3);
        (await Store(three).FindOutcomeAsync("actor", "k-again", default)).ShouldNotBeNull();
        // One for each change that was saved, and none of the try that came too late.
        (await MessagesAsync(invitation.Id))
            .Select(m => m.EventName)
            .ShouldBe(["surveys.invitation.sent.v1"]);
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task Given_an_answer_that_came_too_late_When_it_begins_anew_Then_its_events_go_out_once()
    {
        Must();
        var invitation = Some.Invitation();
        await CommitAsync(store => store.Add(invitation));
        await using var one = Scope();
        await using var two = Scope();
        Store(two).Add(Some.Recover((await Store(two).FindInvitationAsync(invitation.Id, default))!));
        (await Store(one).FindInvitationAsync(invitation.Id, default))!
            .Open(Some.Context(invitation.Holder))
            .ShouldBeNull();
        (await Store(one).CommitAsync(null, default)).ShouldBe(Commit.Done);
        (await Store(two).CommitAsync(null, default)).ShouldBe(Commit.Stale);

        Store(two).Forget().ShouldBeTrue();
        var form = Some.Recover((await Store(two).FindInvitationAsync(invitation.Id, default))!);
        Store(two).Add(form);
        (await Store(two).CommitAsync(null, default)).ShouldBe(Commit.Done);

        await using var three = Scope();
        (await Store(three).ReadAuditAsync(form.Id, default)).ShouldHaveSingleItem();
        (await MessagesAsync(form.Id)).ShouldHaveSingleItem().EventName.ShouldBe("surveys.form.recovered.v1");
        await using var claim = await under
            .Services.GetRequiredService<IOutboxStore>()
            .ClaimAsync([.. Enumerable.Range(0, OutboxLane.Count).Select(i => (short)i)], 1000, default);
        claim
            .Messages.Count(m =>
                System
                    .Text.Encoding.UTF8.GetString(m.Body.Span)
                    .Contains(invitation.Id.ToString("D"), StringComparison.Ordinal)
            )
            .ShouldBe(2, "sent, and one recovered");
    }

    [Fact]
    public async Task A_document_can_be_changed_again_and_again()
    {
        Must();
        var invitation = Some.Invitation();
        await CommitAsync(store => store.Add(invitation));
        await using var scope = Scope();
        var store = Store(scope);
        var found = (await store.FindInvitationAsync(invitation.Id, default))!;
        found.Open(Some.Context(found.Holder)).ShouldBeNull();
        (await store.CommitAsync(null, default)).ShouldBe(Commit.Done);
        found.Withdraw(Some.Context(Some.Actor(Roles.Sales)), "again").ShouldBeNull();
        (await store.CommitAsync(null, default)).ShouldBe(Commit.Done);
        await using var other = Scope();
        (await Store(other).FindInvitationAsync(invitation.Id, default))!.Version.ShouldBe(3);
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task A_second_invitation_for_the_same_occasion_is_refused()
    {
        Must();
        var occasion = $"repair-order:{Guid.CreateVersion7()}";
        (await CommitAsync(store => store.Add(Some.Invitation(SurveyKind.B, occasion: occasion)))).ShouldBe(
            Commit.Done
        );
        var second = Some.Invitation(SurveyKind.B, occasion: occasion);
        (await CommitAsync(store => store.Add(second))).ShouldBe(Commit.AlreadyExists);
        await using var scope = Scope();
        (await Store(scope).ReadAuditAsync(second.Id, default)).ShouldBeEmpty();
        (await MessagesAsync(second.Id)).ShouldBeEmpty();
        // Without an occasion any number may be sent.
        (await CommitAsync(store => store.Add(Some.Invitation()))).ShouldBe(Commit.Done);
        (await CommitAsync(store => store.Add(Some.Invitation()))).ShouldBe(Commit.Done);
    }

    [Fact]
    public async Task A_key_that_is_taken_is_refused_and_the_first_outcome_can_be_read()
    {
        Must();
        (await CommitAsync(store => store.Add(Some.Invitation()), Outcome("k1"))).ShouldBe(Commit.Done);
        var second = Some.Invitation();
        await using (var refused = Scope())
        {
            Store(refused).Add(second);
            (await Store(refused).CommitAsync(Outcome("k1"), default)).ShouldBe(Commit.KeyTaken);
            (await Store(refused).FindOutcomeAsync("actor", "k1", default)).ShouldBe(
                Outcome("k1"),
                "whoever was refused for it can read it at once"
            );
        }

        await using var scope = Scope();
        (await Store(scope).FindInvitationAsync(second.Id, default)).ShouldBeNull();
        var outcome = (await Store(scope).FindOutcomeAsync("actor", "k1", default))!;
        outcome.ShouldBe(Outcome("k1"));
        (await Store(scope).FindOutcomeAsync("somebody else", "k1", default)).ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task Of_many_answers_at_the_same_time_one_counts()
    {
        Must();
        var invitation = Some.Invitation();
        await CommitAsync(store => store.Add(invitation));
        var commits = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(async _ =>
                {
                    await using var scope = Scope();
                    var store = Store(scope);
                    var found = (await store.FindInvitationAsync(invitation.Id, default))!;
                    if (found.State == InvitationState.Answered)
                    {
                        return Commit.Stale;
                    }

                    store.Add(Some.Recover(found));
                    return await store.CommitAsync(null, default);
                })
        );
        commits.Count(c => c == Commit.Done).ShouldBe(1);
        commits.ShouldAllBe(c => c == Commit.Done || c == Commit.Stale || c == Commit.AlreadyExists);
        await using var reader = Scope();
        (
            await Store(reader)
                .ListAsync(new FormFilter(InvitationId: invitation.Id), new PageRequest(null, 10), default)
        ).ShouldHaveSingleItem();
        (await Store(reader).ReadAuditAsync(invitation.Id, default)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_message_has_its_effect_once_and_a_failed_one_none()
    {
        Must();
        var key = new InboxKey(Guid.CreateVersion7(), "surveys.invite-after-repair");
        var first = Some.Invitation();
        await Should.ThrowAsync<TimeoutException>(() =>
            ConsumeAsync(
                key,
                store =>
                {
                    store.Add(Some.Invitation());
                    throw new TimeoutException("the consumer failed");
                }
            )
        );
        (await ConsumeAsync(key, store => store.Add(first))).ShouldBe(InboxOutcome.Consumed);
        var second = Some.Invitation();
        (await ConsumeAsync(key, store => store.Add(second))).ShouldBe(InboxOutcome.Duplicate);
        await using var scope = Scope();
        (await Store(scope).FindInvitationAsync(first.Id, default)).ShouldNotBeNull();
        (await Store(scope).FindInvitationAsync(second.Id, default)).ShouldBeNull();
        (await MessagesAsync(first.Id)).Count.ShouldBe(1);
        (await MessagesAsync(second.Id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_consumer_that_commits_by_itself_is_still_one_transaction_with_the_inbox()
    {
        Must();
        var key = new InboxKey(Guid.CreateVersion7(), "surveys.invite-after-repair");
        var invitation = Some.Invitation();
        await Should.ThrowAsync<TimeoutException>(() =>
            ConsumeAsync(
                key,
                async store =>
                {
                    store.Add(invitation);
                    (await store.CommitAsync(null, default)).ShouldBe(Commit.Done);
                    throw new TimeoutException("after the commit");
                }
            )
        );
        await using var scope = Scope();
        (await Store(scope).FindInvitationAsync(invitation.Id, default)).ShouldBeNull();
        (await MessagesAsync(invitation.Id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_lane_is_held_by_one_and_its_messages_go_when_they_are_confirmed()
    {
        Must();
        var invitation = Some.Invitation();
        await CommitAsync(store => store.Add(invitation));
        var outbox = under.Services.GetRequiredService<IOutboxStore>();
        var lane = OutboxLane.Of(invitation.Id);
        (await outbox.WaitingLanesAsync(default)).ShouldContain(lane);
        (await outbox.MeasureAsync(default)).Messages.ShouldBeGreaterThan(0);

        long position;
        await using (var claim = await outbox.ClaimAsync([lane], 100, default))
        {
            claim.Lanes.ShouldBe([lane]);
            claim.Messages.Select(m => m.Position).ShouldBeInOrder();
            position = claim.Messages.Single(m => m.SubjectId == invitation.Id).Position;
            await using var other = await outbox.ClaimAsync([lane], 100, default);
            other.Lanes.ShouldBeEmpty();
            other.Messages.ShouldBeEmpty();
        }

        await using (var claim = await outbox.ClaimAsync([lane], 100, default))
        {
            claim.Messages.ShouldContain(m => m.SubjectId == invitation.Id);
            await claim.CompleteAsync(new Dictionary<short, long> { [lane] = position }, default);
        }

        (await MessagesAsync(invitation.Id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Lists_are_filtered_and_walked_by_key_newest_first()
    {
        Must();
        var customer = Guid.CreateVersion7();
        var sent = new List<Invitation>();
        for (var i = 0; i < 5; i++)
        {
            var invitation = Some.Invitation(
                i == 0 ? SurveyKind.A : SurveyKind.D,
                customer,
                department: "sales",
                at: Some.Noon.AddDays(i)
            );
            sent.Add(invitation);
            await CommitAsync(store => store.Add(invitation));
        }

        await CommitAsync(store => store.Add(Some.Invitation()));
        await using var scope = Scope();
        var store = Store(scope);
        var page = await store.ListAsync(new InvitationFilter(customer), new PageRequest(null, 2), default);
        page.Select(i => i.Id).ShouldBe([sent[4].Id, sent[3].Id, sent[2].Id]);
        (await store.ListAsync(new InvitationFilter(customer), new PageRequest(sent[3].Id, 10), default))
            .Select(i => i.Id)
            .ShouldBe([sent[2].Id, sent[1].Id, sent[0].Id]);
        (await store.ListAsync(new InvitationFilter(customer, SurveyKind.A), new PageRequest(null, 10), default))
            .ShouldHaveSingleItem()
            .Id.ShouldBe(sent[0].Id);
        (
            await store.ListAsync(
                new InvitationFilter(customer, State: InvitationState.Answered),
                new PageRequest(null, 10),
                default
            )
        ).ShouldBeEmpty();
        (
            await store.ListAsync(
                new InvitationFilter(customer, Department: "repair"),
                new PageRequest(null, 10),
                default
            )
        ).ShouldBeEmpty();
        (await store.ListAsync(new InvitationFilter(SourceId: sent[2].SourceId), new PageRequest(null, 10), default))
            .ShouldHaveSingleItem()
            .Id.ShouldBe(sent[2].Id);
        (
            await store.ListAsync(
                new InvitationFilter(customer, From: sent[1].SentOn, To: sent[3].SentOn),
                new PageRequest(null, 10),
                default
            )
        ).Count.ShouldBe(3);
        (await store.ListOverdueAsync(sent[1].ExpiresAt, 100, default)).ShouldBeSubsetOf(
            (await store.ListOverdueAsync(sent[4].ExpiresAt, 100, default))
        );
        var overdue = await store.ListOverdueAsync(sent[1].ExpiresAt, 100, default);
        overdue.ShouldContain(sent[0].Id);
        overdue.ShouldContain(sent[1].Id);
        overdue.ShouldNotContain(sent[2].Id);
    }

    [Fact]
    [Trait("Rule", "C5.10")]
    public async Task Forms_are_counted_by_department_and_grade_in_a_period()
    {
        Must();
        var department = "d" + Guid.CreateVersion7().ToString("N");
        foreach (
            var (grade, day) in new[]
            {
                (Grade.VerySatisfied, 0),
                (Grade.VerySatisfied, 1),
                (Grade.Dissatisfied, 1),
                (Grade.Satisfied, 9),
            }
        )
        {
            var invitation = Some.Invitation(department: department);
            await CommitAsync(store =>
            {
                store.Add(invitation);
                store.Add(Some.Recover(invitation, Some.Answers(grade), Some.Noon.AddDays(day)));
            });
        }

        await CommitAsync(store => store.Add(Some.Invitation(department: department)));
        await using var scope = Scope();
        var first = DateOnly.FromDateTime(Some.Noon.UtcDateTime);
        var filter = new TallyFilter(first, first.AddDays(1), SurveyKind.D, department);
        (await Store(scope).CountSentAsync(filter, default)).ShouldBe([new SentTally(department, 5)]);
        (await Store(scope).CountRecoveredAsync(filter, default)).ShouldBe(
            [
                new RecoveredTally(department, Grade.VerySatisfied, 2),
                new RecoveredTally(department, Grade.Dissatisfied, 1),
            ],
            ignoreOrder: true
        );
        (await Store(scope).CountRecoveredAsync(filter with { Survey = SurveyKind.A }, default)).ShouldBeEmpty();
    }

    private AsyncServiceScope Scope() => under.Services.CreateAsyncScope();

    private static ISurveyStore Store(AsyncServiceScope scope) =>
        scope.ServiceProvider.GetRequiredService<ISurveyStore>();

    private static CommandOutcome Outcome(string key) =>
        new(
            "actor",
            key,
            "hash",
            201,
            "{\"a\":\"乙\"}",
            "\"1\"",
            null,
            new DateTimeOffset(2026, 3, 2, 4, 0, 0, TimeSpan.Zero)
        );

    private void Must() => Assert.SkipUnless(under.WhyNot is null, under.WhyNot ?? "");

    private async Task<Commit> CommitAsync(Action<ISurveyStore> change, CommandOutcome? outcome = null)
    {
        await using var scope = Scope();
        change(Store(scope));
        return await Store(scope).CommitAsync(outcome, default);
    }

    private Task<InboxOutcome> ConsumeAsync(InboxKey key, Action<ISurveyStore> consume) =>
        ConsumeAsync(
            key,
            store =>
            {
                consume(store);
                return Task.CompletedTask;
            }
        );

    private async Task<InboxOutcome> ConsumeAsync(InboxKey key, Func<ISurveyStore, Task> consume)
    {
        await using var scope = Scope();
        return await scope
            .ServiceProvider.GetRequiredService<IInboxUnitOfWork>()
            .ConsumeAsync(key, () => consume(Store(scope)), default);
    }

    private async Task<List<OutboxRecord>> MessagesAsync(Guid subject)
    {
        await using var claim = await under
            .Services.GetRequiredService<IOutboxStore>()
            .ClaimAsync([OutboxLane.Of(subject)], 1000, default);
        return [.. claim.Messages.Where(m => m.SubjectId == subject)];
    }
}

public sealed class PostgresStore(PostgresFixture postgres) : StoreUnderTest
{
    public override string? WhyNot => null;

    protected override async Task<IReadOnlyDictionary<string, string>?> SettingsAsync() =>
        new Dictionary<string, string>
        {
            ["ConnectionStrings:Store"] = (await postgres.NewDatabaseAsync("surveystore")).ConnectionString,
        };
}

public sealed class MongoStore(MongoFixture mongo) : StoreUnderTest
{
    private string? _whyNot = mongo.IsAvailable ? null : mongo.WhyNot;

    public override string? WhyNot => _whyNot;

    protected override async Task<IReadOnlyDictionary<string, string>?> SettingsAsync()
    {
        string address,
            database;
        try
        {
            (address, database) = await mongo.NewDatabaseAsync("surveystore");
        }
        catch (Exception fault) when (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(MongoFixture.Setting)))
        {
            // A container engine that answers may still have no image and no way to one. A server that was
            // named must work.
            _whyNot =
                $"No MongoDB: {MongoFixture.Setting} is not set and the container did not start: {fault.Message.ReplaceLineEndings(" ")}";
            return null;
        }

        var url = new MongoUrlBuilder(address) { DatabaseName = database };
        if (url.Username is not null)
        {
            // The account is the server's; without this the driver would look for it in the new database.
            url.AuthenticationSource ??= "admin";
        }

        return new Dictionary<string, string>
        {
            ["Store:Kind"] = "mongo",
            ["ConnectionStrings:Store"] = url.ToString(),
        };
    }
}

public sealed class PostgresSurveyStoreTests(PostgresStore store)
    : SurveyStoreContract(store),
        IClassFixture<PostgresStore>;

public sealed class MongoSurveyStoreTests(MongoStore store) : SurveyStoreContract(store), IClassFixture<MongoStore>;
