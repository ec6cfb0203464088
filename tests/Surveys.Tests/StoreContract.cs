using CustomerService.Contracts.Identity.V1;
using CustomerService.Messaging;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.Data;
using CustomerService.Surveys.Invitations;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.Responses.Domain;
using CustomerService.Surveys.Store;
using CustomerService.Surveys.Tests.Domain;
using CustomerService.Testing;
using CustomerService.Work;
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

    /// <summary>The clock of the service.</summary>
    public MovableClock Clock { get; } = new();

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

        _app = SurveysService.Build(
            [
                .. settings.Select(s => $"--{s.Key}={s.Value}"),
                "--ConnectionStrings:RabbitMq=amqp://127.0.0.1:1/",
                "--Logging:LogLevel:Default=Warning",
            ],
            services => services.AddSingleton<TimeProvider>(Clock)
        );
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
public abstract class StoreContract(StoreUnderTest under)
{
    private static readonly Actor Sales = Someone.InSales();

    [Fact]
    public async Task What_was_added_is_found_again_and_migrating_twice_changes_nothing()
    {
        Must();
        var (hash, occasion) = (Unique(), Unique());
        var invitation = A.Invitation(SurveyKind.B).On(occasion).Linked(hash).Fresh();
        (await CommitAsync(store => store.Add(invitation))).ShouldBe(Commit.Done);
        var written = DocumentJson.Write(invitation);
        invitation.PendingEntries.ShouldBeEmpty();
        (await under.RunAsync("migrate")).Code.ShouldBe(0);

        await using var scope = Scope();
        var store = Store(scope);
        var found = await FindAsync<Invitation>(store, invitation.Id);
        DocumentJson.Write(found!).ShouldBe(written);
        (await store.FindAsync(All.Where(i => i.TokenHash, hash), default)).ShouldBeSameAs(found);
        (await store.FindAsync(All.Where(i => i.TokenHash, hash + "x"), default)).ShouldBeNull();
        (await FindAsync<Invitation>(store, Guid.CreateVersion7())).ShouldBeNull();
        (await store.AnyAsync(All.Where(i => i.Occasion, occasion), default)).ShouldBeTrue();
        (await store.AnyAsync(All.Where(i => i.Occasion, occasion + "x"), default)).ShouldBeFalse();
    }

    [Fact]
    [Trait("Rule", "S1")]
    public async Task Steps_that_time_alone_takes_away_go_from_the_lists_though_nobody_touched_the_record()
    {
        Must();
        var invitation = A.Invitation().SentAt(under.Clock.GetUtcNow()).Fresh();
        (await CommitAsync(store => store.Add(invitation))).ShouldBe(Commit.Done);
        var (before, version) = (await StepsAsync(invitation.Id), invitation.Version);
        var refresh = under.Services.GetRequiredService<RefreshWork>();
        await refresh.SweepAsync(default);
        (await StepsAsync(invitation.Id)).ShouldBe(before, "it is not over yet");

        IReadOnlyList<string> after;
        under.Clock.Move(TimeSpan.FromDays(400));
        try
        {
            await refresh.SweepAsync(default);
            after = await StepsAsync(invitation.Id);
            (await refresh.SweepAsync(default)).ShouldBe(0, "once is enough");
        }
        finally
        {
            under.Clock.Move(-TimeSpan.FromDays(400));
        }

        before.ShouldNotBeEmpty();
        after.ShouldNotBe(before, "who was asked can answer no more");
        after.ShouldNotBeEmpty();
        await using var scope = Scope();
        (await FindAsync<Invitation>(Store(scope), invitation.Id))!.Version.ShouldBe(version);
        (await Store(scope).ReadAuditAsync(invitation.Id, default)).Count.ShouldBe(1);
    }

    private async Task<IReadOnlyList<string>> StepsAsync(Guid id)
    {
        await using var scope = Scope();
        var rows = await scope.ServiceProvider.GetRequiredService<IWorkStore>().OfRecordAsync(id, default);
        return [.. rows.Select(row => $"{row.Action} {string.Join(' ', row.Takers)}").Order(StringComparer.Ordinal)];
    }

    [Fact]
    [Trait("Rule", "C5.10")]
    public async Task Elements_of_lists_are_counted_in_the_store_by_their_values_and_those_of_their_document()
    {
        Must();
        var customer = Guid.CreateVersion7();
        (Grade Overall, (string, Grade)[] Items)[] forms =
        [
            (Grade.Satisfied, [("E.speed", Grade.Satisfied), ("E.skill", Grade.Dissatisfied)]),
            (Grade.Satisfied, [("E.speed", Grade.Satisfied)]),
            (Grade.Dissatisfied, [("E.speed", Grade.FairlySatisfied)]),
            (Grade.Dissatisfied, []),
        ];
        await CommitAsync(store =>
        {
            foreach (var (overall, items) in forms)
            {
                var invitation = A.Invitation().For(customer).Fresh();
                store.Add(invitation);
                store.Add(A.Receipt(invitation, A.Filled(overall, items)).Required());
            }
        });

        await using var scope = Scope();
        var counts = await Store(scope)
            .CountPartsAsync(
                DocumentQuery<Response>
                    .All.Where(r => r.CustomerId, customer)
                    .Between(r => r.ReceivedOn, A.Today, A.Today)
                    .In(r => r.Verdict, [Verdict.Content, Verdict.Warning, Verdict.Complaint]),
                "items",
                ["overall", "campaignId"],
                ["item", "grade"],
                default
            );

        counts
            .Select(group => (string.Join(' ', group.Values.Select(value => value ?? "-")), group.Count))
            .ShouldBe(
                [
                    ("satisfied - E.speed satisfied", 2),
                    ("satisfied - E.skill dissatisfied", 1),
                    ("dissatisfied - E.speed fairly-satisfied", 1),
                ],
                ignoreOrder: true
            );
        var none = await Store(scope)
            .CountPartsAsync(
                DocumentQuery<Response>.All.Where(r => r.CustomerId, customer).In(r => r.Id, Array.Empty<Guid>()),
                "items",
                [],
                ["item"],
                default
            );
        none.ShouldBeEmpty();
    }

    [Fact]
    [Trait("Rule", "C5.9")]
    public async Task Texts_of_elements_come_newest_first_and_no_more_of_each_than_asked_for()
    {
        Must();
        var customer = Guid.CreateVersion7();
        (string Item, string? Comment)[][] forms =
        [
            [("E.speed", "first"), ("E.skill", "once")],
            [("E.speed", "second"), ("E.skill", null)],
            [("E.speed", "third")],
        ];
        var start = A.Moment;
        await CommitAsync(store =>
        {
            foreach (var (items, minute) in forms.Select((items, minute) => (items, minute)))
            {
                var at = start.AddMinutes(minute);
                var invitation = A.Invitation().For(customer).SentAt(at).Fresh();
                store.Add(invitation);
                var filled = A.Filled() with
                {
                    Items = [.. items.Select(i => new FilledItem(i.Item, "satisfied", i.Comment))],
                };
                store.Add(A.Receipt(invitation, filled, at).Required());
            }
        });

        await using var scope = Scope();
        var parts = await Store(scope)
            .ListPartsAsync(
                DocumentQuery<Response>.All.Where(r => r.CustomerId, customer),
                "items",
                ["questionnaireVersion", "campaignId"],
                ["item"],
                "comment",
                2,
                default
            );

        var version = A.Questionnaire.Version.ToString(System.Globalization.CultureInfo.InvariantCulture);
        parts.Where(part => part.Values[2] == "E.speed").Select(part => part.Text).ShouldBe(["third", "second"]);
        parts.Where(part => part.Values[2] == "E.skill").Select(part => part.Text).ShouldBe(["once"]);
        parts.ShouldAllBe(part => part.Values[0] == version && part.Values[1] == null);
    }

    [Fact]
    [Trait("Rule", "S3")]
    public async Task An_account_is_kept_as_announced_last_and_an_older_event_changes_nothing()
    {
        Must();
        var (person, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var from = TimeProvider.System.GetUtcNow().AddSeconds(-10).ToWholeMilliseconds();
        var newest = Changed(person, 3, "Newest", from);
        UserChanged[] announced =
        [
            Changed(person, 1, "First", null),
            newest,
            Changed(person, 2, "Late", null),
            newest,
            Changed(other, 1, "Other", null),
        ];
        foreach (var changed in announced)
        {
            await using var scope = Scope();
            var unit = scope.ServiceProvider.GetRequiredService<IInboxUnitOfWork>();
            await unit.ConsumeAsync(
                new(Guid.CreateVersion7(), "surveys.track-accounts"),
                () => scope.ServiceProvider.GetRequiredService<IAccounts>().KeepAsync(Account.From(changed), default),
                default
            );
        }

        await using var after = Scope();
        var accounts = after.ServiceProvider.GetRequiredService<IAccounts>();
        var kept = (await accounts.FindAsync(person, default))!;
        (kept.Version, kept.DisplayName, kept.Department, kept.Active).ShouldBe((3, "Newest", "sales", true));
        (kept.TokensValidFrom, kept.OrganisationId).ShouldBe((from, null));
        (kept.Roles.Single(), kept.Regions.Single()).ShouldBe((Roles.RegionalSales, "north"));
        (await accounts.FindAsync(Guid.CreateVersion7(), default)).ShouldBeNull();
        (await accounts.ListAsync([person, other, Guid.CreateVersion7()], default)).Count.ShouldBe(2);
        var withdrawals = after.ServiceProvider.GetRequiredService<IWithdrawals>();
        (await withdrawals.SinceAsync(from.AddSeconds(-1), default))
            .Where(w => w.Subject == person.ToString() || w.Subject == other.ToString())
            .ShouldBe([new Withdrawal(person.ToString(), from)]);
        (await withdrawals.SinceAsync(from.AddSeconds(1), default)).ShouldNotContain(w =>
            w.Subject == person.ToString()
        );
    }

    private static UserChanged Changed(Guid person, long version, string name, DateTimeOffset? from) =>
        new(person, version, name, [Roles.RegionalSales], ["north"], "sales", null, Active: true, from);

    [Fact]
    public async Task One_commit_holds_documents_audit_entries_and_events()
    {
        Must();
        var invitation = Fresh();
        await CommitAsync(store => store.Add(invitation));

        await using var scope = Scope();
        var found = (await FindAsync<Invitation>(Store(scope), invitation.Id))!;
        var response = A.Receipt(found, A.Filled(Grade.Dissatisfied)).Required();
        Store(scope).Add(response);
        (await CommitAsync(scope)).ShouldBe(Commit.Done);

        await using var other = Scope();
        var again = Store(other);
        (await FindAsync<Response>(again, response.Id))!.Verdict.ShouldBe(Verdict.Complaint);
        (await FindAsync<Invitation>(again, invitation.Id))!.ResponseId.ShouldBe(response.Id);
        var trail = await again.ReadAuditAsync(invitation.Id, default);
        trail.Select(e => e.Action).ShouldBe(["invite-specially", "answer"]);
        trail.ShouldAllBe(e => e.Hash == e.ComputeHash());
        (await MessagesAsync(invitation.Id)).Select(m => m.EventName).ShouldBe(["surveys.invitation.sent.v1"]);
        (await MessagesAsync(response.Id))
            .Select(m => m.EventName)
            .ShouldBe(["surveys.response.received.v1", "surveys.response.dissatisfied.v1"]);
        var (code, output) = await under.RunAsync("verify-audit");
        code.ShouldBe(0, output);
    }

    [Fact]
    public async Task A_change_of_an_older_version_is_refused_and_leaves_nothing()
    {
        Must();
        var invitation = Fresh();
        await CommitAsync(store => store.Add(invitation));
        await using var one = Scope();
        await using var two = Scope();
        var mine = (await FindAsync<Invitation>(Store(one), invitation.Id))!;
        var yours = (await FindAsync<Invitation>(Store(two), invitation.Id))!;
        mine.Withdraw(A.Context(Sales), "first").ShouldBeNull();
        (await CommitAsync(one)).ShouldBe(Commit.Done);

        var response = A.Receipt(yours).Required();
        Store(two).Add(response);
        (await CommitAsync(two, Outcome("k-stale"))).ShouldBe(Commit.Stale);

        await using var three = Scope();
        (await FindAsync<Invitation>(Store(three), invitation.Id))!.State.ShouldBe(InvitationState.Withdrawn);
        (await FindAsync<Response>(Store(three), response.Id)).ShouldBeNull();
        (await Commands(three).FindOutcomeAsync("actor", "k-stale", default)).ShouldBeNull();
        (await Store(three).ReadAuditAsync(invitation.Id, default)).Count.ShouldBe(2);
        (await MessagesAsync(response.Id)).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task Given_a_stale_answer_When_it_runs_again_Then_it_counts_and_its_events_go_out_once()
    {
        Must();
        var invitation = Fresh();
        await CommitAsync(store => store.Add(invitation));
        await using var one = Scope();
        await using var two = Scope();
        Store(two).Add(A.Receipt((await FindAsync<Invitation>(Store(two), invitation.Id))!).Required());
        (await FindAsync<Invitation>(Store(one), invitation.Id))!.Open(A.Context(invitation.Holder)).ShouldBeNull();
        (await CommitAsync(one)).ShouldBe(Commit.Done);
        (await CommitAsync(two, Outcome("k-again"))).ShouldBe(Commit.Stale);

        Commands(two).Reset().ShouldBeTrue();
        var now = (await FindAsync<Invitation>(Store(two), invitation.Id))!;
        (now.State, now.Version).ShouldBe((InvitationState.Opened, 2));
        var response = A.Receipt(now).Required();
        Store(two).Add(response);
        (await CommitAsync(two, Outcome("k-again"))).ShouldBe(Commit.Done);

        await using var three = Scope();
        (await Store(three).ReadAuditAsync(response.Id, default)).ShouldHaveSingleItem();
        (await Commands(three).FindOutcomeAsync("actor", "k-again", default)).ShouldNotBeNull();
        (await MessagesAsync(response.Id)).ShouldHaveSingleItem().EventName.ShouldBe("surveys.response.received.v1");
        var about = (await MessagesAsync(_ => true)).Count(m =>
            System
                .Text.Encoding.UTF8.GetString(m.Body.Span)
                .Contains(invitation.Id.ToString("D"), StringComparison.Ordinal)
        );
        about.ShouldBe(2, "sent, and one received");
    }

    [Fact]
    public async Task A_document_can_be_changed_again_and_again()
    {
        Must();
        var invitation = Fresh();
        await CommitAsync(store => store.Add(invitation));
        await using var scope = Scope();
        var found = (await FindAsync<Invitation>(Store(scope), invitation.Id))!;
        found.Open(A.Context(found.Holder)).ShouldBeNull();
        (await CommitAsync(scope)).ShouldBe(Commit.Done);
        found.Withdraw(A.Context(Sales), "again").ShouldBeNull();
        (await CommitAsync(scope)).ShouldBe(Commit.Done);
        await using var other = Scope();
        (await FindAsync<Invitation>(Store(other), invitation.Id))!.Version.ShouldBe(3);
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task A_second_invitation_for_the_same_occasion_is_refused()
    {
        Must();
        var occasion = Unique();
        (await CommitAsync(store => store.Add(Fresh(occasion)))).ShouldBe(Commit.Done);
        var second = Fresh(occasion);
        (await CommitAsync(store => store.Add(second))).ShouldBe(Commit.AlreadyExists);
        await using var scope = Scope();
        (await Store(scope).ReadAuditAsync(second.Id, default)).ShouldBeEmpty();
        (await MessagesAsync(second.Id)).ShouldBeEmpty();
        // Without an occasion any number may be sent.
        (await CommitAsync(store => store.Add(Fresh()))).ShouldBe(Commit.Done);
        (await CommitAsync(store => store.Add(Fresh()))).ShouldBe(Commit.Done);
    }

    [Fact]
    public async Task A_key_that_is_taken_is_refused_and_the_first_outcome_can_be_read()
    {
        Must();
        (await CommitAsync(store => store.Add(Fresh()), Outcome("k1"))).ShouldBe(Commit.Done);
        var second = Fresh();
        await using (var refused = Scope())
        {
            Store(refused).Add(second);
            (await CommitAsync(refused, Outcome("k1"))).ShouldBe(Commit.KeyTaken);
        }

        await using var scope = Scope();
        (await FindAsync<Invitation>(Store(scope), second.Id)).ShouldBeNull();
        (await Commands(scope).FindOutcomeAsync("actor", "k1", default)).ShouldBe(Outcome("k1"));
        (await Commands(scope).FindOutcomeAsync("another", "k1", default)).ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task Of_many_answers_at_the_same_time_one_counts()
    {
        Must();
        var invitation = Fresh();
        await CommitAsync(store => store.Add(invitation));
        var commits = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(async _ =>
                {
                    await using var scope = Scope();
                    var found = (await FindAsync<Invitation>(Store(scope), invitation.Id))!;
                    if (found.State == InvitationState.Answered)
                    {
                        return Commit.Stale;
                    }

                    Store(scope).Add(A.Receipt(found).Required());
                    return await CommitAsync(scope);
                })
        );
        commits.Count(c => c == Commit.Done).ShouldBe(1);
        commits.ShouldAllBe(c => c == Commit.Done || c == Commit.Stale || c == Commit.AlreadyExists);
        await using var reader = Scope();
        (
            await Store(reader)
                .ListAsync(DocumentQuery<Response>.All.Where(r => r.InvitationId, invitation.Id), null, 10, default)
        ).ShouldHaveSingleItem();
        (await Store(reader).ReadAuditAsync(invitation.Id, default)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_message_has_its_effect_once_and_a_failed_one_none()
    {
        Must();
        var key = new InboxKey(Guid.CreateVersion7(), "surveys.invite-after-repair");
        var first = Fresh();
        await Should.ThrowAsync<TimeoutException>(() =>
            ConsumeAsync(
                key,
                (store, _) =>
                {
                    store.Add(Fresh());
                    throw new TimeoutException("the consumer failed");
                }
            )
        );
        (await ConsumeAsync(key, first)).ShouldBe(InboxOutcome.Consumed);
        var second = Fresh();
        (await ConsumeAsync(key, second)).ShouldBe(InboxOutcome.Duplicate);
        await using var scope = Scope();
        (await FindAsync<Invitation>(Store(scope), first.Id)).ShouldNotBeNull();
        (await FindAsync<Invitation>(Store(scope), second.Id)).ShouldBeNull();
        (await MessagesAsync(first.Id)).Count.ShouldBe(1);
        (await MessagesAsync(second.Id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Given_a_consumer_When_another_writer_is_faster_Then_it_is_a_conflict_and_the_next_try_has_its_effect()
    {
        Must();
        var key = new InboxKey(Guid.CreateVersion7(), "surveys.invite-after-repair");
        var invitation = Fresh();
        await CommitAsync(store => store.Add(invitation));

        async Task WithdrawAsync(IDocumentStore store, bool isLate)
        {
            var found = (await FindAsync<Invitation>(store, invitation.Id))!;
            if (isLate)
            {
                await using var other = Scope();
                (await FindAsync<Invitation>(Store(other), invitation.Id))!
                    .Open(A.Context(invitation.Holder))
                    .ShouldBeNull();
                (await CommitAsync(other)).ShouldBe(Commit.Done);
            }

            found.Withdraw(A.Context(Sales), "told by a message").ShouldBeNull();
        }

        await Should.ThrowAsync<ConflictException>(() => ConsumeAsync(key, (store, _) => WithdrawAsync(store, true)));
        (await ConsumeAsync(key, (store, _) => WithdrawAsync(store, false))).ShouldBe(InboxOutcome.Consumed);

        await using var scope = Scope();
        (await FindAsync<Invitation>(Store(scope), invitation.Id))!.State.ShouldBe(InvitationState.Withdrawn);
    }

    [Fact]
    public async Task A_consumer_that_commits_by_itself_is_still_one_transaction_with_the_inbox()
    {
        Must();
        var key = new InboxKey(Guid.CreateVersion7(), "surveys.invite-after-repair");
        var invitation = Fresh();
        await Should.ThrowAsync<TimeoutException>(() =>
            ConsumeAsync(
                key,
                async (store, commands) =>
                {
                    store.Add(invitation);
                    await commands.CommitAsync(null, default);
                    throw new TimeoutException("after the commit");
                }
            )
        );
        await using var scope = Scope();
        (await FindAsync<Invitation>(Store(scope), invitation.Id)).ShouldBeNull();
        (await MessagesAsync(invitation.Id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_partition_is_held_by_one_and_its_messages_go_when_they_are_confirmed()
    {
        Must();
        var invitation = Fresh();
        await CommitAsync(store => store.Add(invitation));
        var outbox = under.Services.GetRequiredService<IOutboxStore>();
        var partition = OutboxPartition.Of(invitation.Id);
        (await outbox.WaitingPartitionsAsync(default)).ShouldContain(partition);
        (await outbox.MeasureAsync(default)).Messages.ShouldBeGreaterThan(0);

        long position;
        await using (var claim = await outbox.ClaimAsync([partition], 100, default))
        {
            claim.Partitions.ShouldBe([partition]);
            claim.Messages.Select(m => m.Position).ShouldBeInOrder();
            position = claim.Messages.Single(m => m.SubjectId == invitation.Id && m.EventName != WorkChanged).Position;
            await using var other = await outbox.ClaimAsync([partition], 100, default);
            other.Partitions.ShouldBeEmpty();
            other.Messages.ShouldBeEmpty();
        }

        await using (var claim = await outbox.ClaimAsync([partition], 100, default))
        {
            claim.Messages.ShouldContain(m => m.SubjectId == invitation.Id);
            await claim.CompleteAsync(new Dictionary<short, long> { [partition] = position }, default);
        }

        (await MessagesAsync(invitation.Id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Lists_are_filtered_and_walked_newest_first()
    {
        Must();
        var customer = Guid.CreateVersion7();
        var sent = new List<Invitation>();
        for (var i = 0; i < 5; i++)
        {
            var invitation = A.Invitation(i == 0 ? SurveyKind.A : SurveyKind.D)
                .For(customer)
                .Judging("sales")
                .SentAt(A.Moment.AddDays(i))
                .Fresh();
            sent.Add(invitation);
            await CommitAsync(store => store.Add(invitation));
        }

        await CommitAsync(store => store.Add(Fresh()));
        await using var scope = Scope();
        var own = All.Where(i => i.CustomerId, customer);
        async Task<List<Guid>> ListAsync(DocumentQuery<Invitation> which, Guid? after = null, int limit = 10) =>
            [.. (await Store(scope).ListAsync(which, after, limit, default)).Select(i => i.Id)];

        (await ListAsync(own, limit: 3)).ShouldBe([sent[4].Id, sent[3].Id, sent[2].Id]);
        (await ListAsync(own, after: sent[3].Id)).ShouldBe([sent[2].Id, sent[1].Id, sent[0].Id]);
        (await ListAsync(own.Where(i => i.Survey, SurveyKind.A))).ShouldBe([sent[0].Id]);
        (await ListAsync(own.In(i => i.State, [InvitationState.Answered]))).ShouldBeEmpty();
        (await ListAsync(own.In(i => i.State, []))).ShouldBeEmpty();
        (await ListAsync(own.In(i => i.State, [InvitationState.Answered, InvitationState.Sent]))).Count.ShouldBe(5);
        (await ListAsync(own.Where(i => i.Department, "repair"))).ShouldBeEmpty();
        (await ListAsync(own.Where(i => i.Department, "sales"))).Count.ShouldBe(5);
        (await ListAsync(own.Except(i => i.Department, "sales"))).ShouldBeEmpty();
        (await ListAsync(own.Except(i => i.Department, "repair"))).Count.ShouldBe(5);
        (await ListAsync(own.Except(i => i.Occasion, "repair"))).Count.ShouldBe(5, "who has none has another");
        (await ListAsync(own.Except(i => i.Department, null))).Count.ShouldBe(5);
        (await ListAsync(All.Where(i => i.SourceId, sent[2].SourceId))).ShouldBe([sent[2].Id]);
        (await ListAsync(own.Where(i => i.Id, sent[1].Id))).ShouldBe([sent[1].Id]);
        (await ListAsync(own.Between(i => i.SentOn, sent[1].SentOn, sent[3].SentOn))).Count.ShouldBe(3);
        (await ListAsync(own.Between(i => i.SentOn, null, sent[1].SentOn))).Count.ShouldBe(2);
        (await ListAsync(own.Between(i => i.SentOn, sent[3].SentOn, null))).Count.ShouldBe(2);
    }

    [Fact]
    [Trait("Rule", "C5.8.2")]
    public async Task What_is_overdue_is_listed_by_identity_oldest_first()
    {
        Must();
        var customer = Guid.CreateVersion7();
        var sent = Enumerable
            .Range(0, 3)
            .Select(i => A.Invitation().For(customer).SentAt(A.Moment.AddDays(i)).Fresh())
            .ToList();
        foreach (var invitation in sent)
        {
            await CommitAsync(store => store.Add(invitation));
        }

        await using var scope = Scope();
        var overdue = InvitationDocument.Overdue(sent[1].ExpiresAt).Where(i => i.CustomerId, customer);
        (await Store(scope).ListIdsAsync(overdue, Guid.Empty, 10, default)).ShouldBe([sent[0].Id, sent[1].Id]);
        (await Store(scope).ListIdsAsync(overdue, sent[0].Id, 10, default)).ShouldBe([sent[1].Id]);
        (await Store(scope).ListIdsAsync(overdue, Guid.Empty, 1, default)).ShouldBe([sent[0].Id]);
    }

    [Fact]
    public async Task A_lost_entry_is_found()
    {
        Must();
        var invitation = Fresh();
        await CommitAsync(store => store.Add(invitation));
        await using var scope = Scope();

        var (entries, head) = await VerifyAuditCommand.ReadAsync(Store(scope), invitation.Id, default);

        AuditVerification.Check(entries, head!.Hash).ShouldBeNull();
        AuditVerification.Check(entries, null)!.Problem.ShouldBe("orphaned");
        head.Kind.ShouldBe("invitation");
        (await Store(scope).ReadAuditHeadAsync(Guid.CreateVersion7(), default)).ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "C8")]
    public async Task A_name_is_one_owners_until_its_commit_and_then_the_next_ones()
    {
        Must();
        var name = "content/" + Unique();
        await using var first = Scope();
        await Store(first).LockAsync(name, default);
        await Store(first).LockAsync(name, default);
        await using var second = Scope();
        await Store(second).LockAsync(Unique(), default);
        var waiting = Store(second).LockAsync(name, default);
        await Task.Delay(TimeSpan.FromMilliseconds(300));
        waiting.IsCompleted.ShouldBeFalse();

        (await CommitAsync(first)).ShouldBe(Commit.Done);

        await waiting;
        (await CommitAsync(second)).ShouldBe(Commit.Done);
        await using var third = Scope();
        await Store(third).LockAsync(name, default);
    }

    private static DocumentQuery<Invitation> All => DocumentQuery<Invitation>.All;

    private static string Unique() => Guid.CreateVersion7().ToString("N");

    private static Invitation Fresh(string? occasion = null) =>
        (occasion is null ? A.Invitation() : A.Invitation().On(occasion)).Fresh();

    private AsyncServiceScope Scope() => under.Services.CreateAsyncScope();

    private static IDocumentStore Store(AsyncServiceScope scope) =>
        scope.ServiceProvider.GetRequiredService<IDocumentStore>();

    private static ICommandStore Commands(AsyncServiceScope scope) =>
        scope.ServiceProvider.GetRequiredService<ICommandStore>();

    private static Task<T?> FindAsync<T>(IDocumentStore store, Guid id)
        where T : Aggregate => store.FindAsync(DocumentQuery<T>.All.Where(r => r.Id, id), default);

    // Young, because a store may delete what is past its time.
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow().ToWholeMilliseconds();

    private static IdempotencyRecord Outcome(string key) =>
        new("actor", key, "hash", 201, "{\"a\":\"乙\"}", "\"1\"", null, Now);

    private static Task<Commit> CommitAsync(AsyncServiceScope scope, IdempotencyRecord? outcome = null) =>
        Commands(scope).CommitAsync(outcome, default);

    private void Must() => Assert.SkipUnless(under.WhyNot is null, under.WhyNot ?? "");

    private async Task<Commit> CommitAsync(Action<IDocumentStore> change, IdempotencyRecord? outcome = null)
    {
        await using var scope = Scope();
        change(Store(scope));
        return await CommitAsync(scope, outcome);
    }

    private Task<InboxOutcome> ConsumeAsync(InboxKey key, Invitation added) =>
        ConsumeAsync(
            key,
            (store, _) =>
            {
                store.Add(added);
                return Task.CompletedTask;
            }
        );

    private async Task<InboxOutcome> ConsumeAsync(InboxKey key, Func<IDocumentStore, ICommandStore, Task> consume)
    {
        await using var scope = Scope();
        return await scope
            .ServiceProvider.GetRequiredService<IInboxUnitOfWork>()
            .ConsumeAsync(key, () => consume(Store(scope), Commands(scope)), default);
    }

    private const string WorkChanged = "surveys.work.changed.v1";

    [Fact]
    [Trait("Rule", "S1")]
    public async Task The_steps_of_a_document_are_written_with_it_and_go_when_it_is_closed()
    {
        Must();
        var invitation = A.Invitation(SurveyKind.B).On(Unique()).Linked(Unique()).Fresh();
        (await CommitAsync(store => store.Add(invitation))).ShouldBe(Commit.Done);

        long overdue;
        await using (var scope = Scope())
        {
            var work = scope.ServiceProvider.GetRequiredService<IWorkStore>();
            var steps = await work.OfRecordAsync(invitation.Id, default);
            steps.ShouldNotBeEmpty();
            steps.ShouldAllBe(step => step.Version == invitation.Version && step.DueAt == invitation.ExpiresAt);
            overdue = await OverdueAsync(work);
            overdue.ShouldBeGreaterThan(0);
        }

        // What tells others of it waits among the parts, to go out with those of other records.
        await using (
            var claim = await under
                .Services.GetRequiredService<IOutboxStore>()
                .ClaimAsync([OutboxPartition.Gathered], 1000, default)
        )
        {
            claim.Messages.ShouldAllBe(m => m.EventName == WorkChanged && m.Partition == OutboxPartition.Gathered);
            claim.Messages.ShouldContain(m => m.SubjectId == invitation.Id);
        }

        await using (var scope = Scope())
        {
            var store = Store(scope);
            var found = await FindAsync<Invitation>(store, invitation.Id);
            found!.Withdraw(A.Context(Someone.InCustomerService()), "wrong address").ShouldBeNull();
            (await Commands(scope).CommitAsync(null, default)).ShouldBe(Commit.Done);
        }

        await using var after = Scope();
        var left = after.ServiceProvider.GetRequiredService<IWorkStore>();
        (await left.OfRecordAsync(invitation.Id, default)).ShouldBeEmpty();
        (await OverdueAsync(left)).ShouldBe(overdue - 1, "a record counts once, however many steps it has");

        async Task<long> OverdueAsync(IWorkStore work) =>
            (await work.CountOverdueAsync(invitation.ExpiresAt.AddSeconds(1), default)).GetValueOrDefault("invitation");
    }

    private Task<List<OutboxRecord>> MessagesAsync(Guid subject) => MessagesAsync(m => m.SubjectId == subject);

    private async Task<List<OutboxRecord>> MessagesAsync(Func<OutboxRecord, bool> which)
    {
        await using var claim = await under
            .Services.GetRequiredService<IOutboxStore>()
            .ClaimAsync([.. Enumerable.Range(0, OutboxPartition.Count).Select(i => (short)i)], 1000, default);
        // What announces work items has a test of its own.
        return [.. claim.Messages.Where(m => m.EventName != WorkChanged).Where(which)];
    }
}

public sealed class PostgresStore(SurveysFixture surveys) : StoreUnderTest
{
    public override string? WhyNot => null;

    protected override async Task<IReadOnlyDictionary<string, string>?> SettingsAsync() =>
        new Dictionary<string, string>
        {
            ["ConnectionStrings:Store"] = (await surveys.Postgres.NewDatabaseAsync("surveystore")).ConnectionString,
        };
}

public sealed class MongoStore(MongoFixture mongo) : StoreUnderTest
{
    private string? _whyNot = mongo.IsAvailable ? null : mongo.WhyNot;

    public override string? WhyNot => _whyNot;

    protected override async Task<IReadOnlyDictionary<string, string>?> SettingsAsync()
    {
        try
        {
            return await NewAsync(mongo);
        }
        catch (Exception fault) when (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(MongoFixture.Setting)))
        {
            // A container engine that answers may still have no image and no way to one. A server that was
            // named must work.
            _whyNot =
                $"No MongoDB: {MongoFixture.Setting} is not set and the container did not start: "
                + fault.Message.ReplaceLineEndings(" ");
            return null;
        }
    }

    /// <summary>Settings of a new database on the server.</summary>
    internal static async Task<IReadOnlyDictionary<string, string>> NewAsync(MongoFixture mongo)
    {
        var (address, database) = await mongo.NewDatabaseAsync("surveystore");
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

public sealed class PostgresStoreTests(PostgresStore store) : StoreContract(store), IClassFixture<PostgresStore>;

public sealed class MongoStoreTests(MongoStore store) : StoreContract(store), IClassFixture<MongoStore>;
