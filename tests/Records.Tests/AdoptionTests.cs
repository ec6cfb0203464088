using System.Security.Cryptography;
using CustomerService.Attachments;
using CustomerService.Contracts.Files;
using CustomerService.Contracts.Repairs.V1;
using CustomerService.Records.Keeping;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerService.Records.Tests;

/// <summary>Contents of erased records: the four services with files in memory, with what is the same in all of
/// them.</summary>
public sealed class AdoptionTests
{
    private static readonly TimeSpan Grace = new KeepingOptions().FilesGrace;

    [Fact]
    [Trait("Rule", "C8")]
    public async Task Given_an_erased_record_When_its_days_of_grace_are_over_Then_its_contents_go_and_not_before()
    {
        var world = new World();
        var record = world.New("projects");
        var photo = world.Attach(record);
        world.Erase(record);

        (await world.DropAsync(record, Grace - TimeSpan.FromMilliseconds(1))).ShouldBeFalse();
        world["projects"].Blobs.Has(photo).ShouldBeTrue();

        (await world.DropAsync(record, Grace)).ShouldBeTrue();
        world["projects"].Blobs.Has(photo).ShouldBeFalse();
        (await world.DropAsync(record, Grace)).ShouldBeFalse("that is done");
    }

    [Fact]
    [Trait("Rule", "C8")]
    public async Task Given_a_content_that_another_record_here_has_When_one_is_erased_Then_it_stays_until_both_are()
    {
        var world = new World();
        var (first, second) = (world.New("repairs"), world.New("repairs"));
        var photo = world.Attach(first);
        world.Attach(second, same: first);
        world.Erase(first);
        (await world.DropAsync(first, Grace)).ShouldBeTrue();
        world["repairs"].Blobs.Has(photo).ShouldBeTrue();

        world.Erase(second);
        (await world.DropAsync(second, Grace)).ShouldBeTrue();

        world["repairs"].Blobs.Has(photo).ShouldBeFalse();
    }

    [Fact]
    [Trait("Rule", "C8")]
    public async Task Given_a_file_taken_along_When_its_owner_is_erased_Then_the_taker_has_its_own_before_the_bytes_go()
    {
        var world = new World();
        var finding = world.New("projects");
        var photo = world.Attach(finding);
        var order = await world.OpenForAsync(finding, "repairs");
        await world.DeliverAllAsync();
        world["repairs"].Blobs.Has(photo).ShouldBeFalse("while the owner has it there is one");
        world.Erase(finding);
        (await world.ReadAsync(order)).ShouldBe(1, "in the days of grace");

        world["repairs"].IsUp = false;
        (await world.DropAsync(finding, Grace * 5)).ShouldBeFalse("who is away cannot have said what they need");
        world["projects"].Blobs.Has(photo).ShouldBeTrue();
        world["repairs"].IsUp = true;
        (await world.DropAsync(finding, Grace * 5)).ShouldBeTrue();

        world["projects"].Blobs.Has(photo).ShouldBeFalse();
        (await world.ReadAsync(order)).ShouldBe(1);
        (world["complaints"].Blobs.Count, world["surveys"].Blobs.Count).ShouldBe((0, 0));
        world.Erase(order);
        (await world.DropAsync(order, Grace)).ShouldBeTrue();
        world["repairs"].Blobs.Count.ShouldBe(0);
    }

    [Fact]
    [Trait("Rule", "C8")]
    public async Task Given_an_owner_who_gives_another_content_When_it_is_adopted_Then_it_keeps_the_true_one()
    {
        var world = new World();
        var finding = world.New("projects");
        var photo = world.Attach(finding);
        await world.OpenForAsync(finding, "repairs");
        await world.DeliverAllAsync();
        world.Erase(finding);
        await world["projects"].Blobs.PutAsync(photo, new byte[] { 1, 2, 3 }, "image/jpeg", default);

        (await world.DropAsync(finding, Grace)).ShouldBeFalse();

        world["projects"].Blobs.Has(photo).ShouldBeTrue();
        world["repairs"].Blobs.Count.ShouldBe(0);
    }

    [Fact]
    [Trait("Rule", "C8")]
    public async Task Given_any_order_of_messages_erasures_and_absences_Then_what_a_record_shows_is_there()
    {
        foreach (var seed in Enumerable.Range(1, 300))
        {
            var world = new World();
            var random = new Random(seed);
            world.Attach(world.New("projects"));
            for (var step = 0; step < 60; step++)
            {
                await world.StepAsync(random);
            }

            foreach (var node in world.Nodes)
            {
                node.IsUp = true;
            }

            await world.DeliverAllAsync();
            await world.DropAllAsync();
            foreach (var record in world.Records)
            {
                (await world.ReadAsync(record)).ShouldBe(
                    world.FilesOf(record),
                    $"seed {seed} {record.Service}\n{world.History}"
                );
            }
        }
    }

    private sealed record Letter(string To, string From, FileOfRecord? Added, FilesOfRecordWanted? Wanted);

    private sealed class World
    {
        private readonly Dictionary<string, Node> _nodes;
        private readonly List<Letter> _mail = [];
        private readonly List<(RecordRef Record, TimeSpan At)> _erased = [];
        private readonly List<string> _history = [];
        private TimeSpan _now;

        public World() =>
            _nodes = FileOwners
                .Services.Select(name => name.ToLowerInvariant())
                .ToDictionary(name => name, name => new Node(name, this));

        public List<RecordRef> Records { get; } = [];

        /// <summary>What happened, for the message of a failure.</summary>
        public string History => string.Join('\n', _history);

        public IEnumerable<Node> Nodes => _nodes.Values;

        public Node this[string service] => _nodes[service];

        private CommandContext Context => At(_now);

        public RecordRef New(string service)
        {
            var record = new RecordRef(service, "record", Guid.CreateVersion7(), null);
            Records.Add(record);
            return record;
        }

        /// <returns>The key of the content.</returns>
        public string Attach(RecordRef record, RecordRef? same = null)
        {
            var node = this[record.Service];
            var content = same is null
                ? Guid.CreateVersion7().ToByteArray()
                : node.Blobs.Of(node.Files.First(file => file.RecordId == same.Id).Sha256);
            var key = Convert.ToHexStringLower(SHA256.HashData(content));
            node.Blobs.Put(key, content);
            node.Add(
                RecordFile.Add(
                    Context,
                    record,
                    new()
                    {
                        Purpose = "photo",
                        Name = "a.jpg",
                        ContentType = "image/jpeg",
                        Size = content.Length,
                        Sha256 = key,
                    },
                    node.Events
                )
            );
            return key;
        }

        public async Task<RecordRef> OpenForAsync(RecordRef cause, string service)
        {
            var record = New(service);
            _history.Add($"open {service} {record.Id:N} for {cause.Service} {cause.Id:N}");
            await this[service].Taking.CarryAsync(Context, cause, record, default);
            return record;
        }

        public void Tell(string from, FileOfRecord? added, FilesOfRecordWanted? wanted) =>
            _mail.AddRange(_nodes.Keys.Select(to => new Letter(to, from, added, wanted)));

        public void Erase(RecordRef record)
        {
            Records.Remove(record);
            _history.Add($"erase {record.Service} {record.Id:N}");
            var node = this[record.Service];
            var entry = RetentionEntry.Of(Context, record.Service, record.Kind, record.Id);
            entry.Look(Context, new(null, A.Day("2000-01-01"), null, null, [A.Policy]), A.Moment);
            entry
                .Erase(
                    Context,
                    "x",
                    new(new string('0', 64), 1, ErasedBlob.Of(node.Files.Where(f => f.RecordId == record.Id)), [], []),
                    Grace
                )
                .ShouldBeNull();
            node.Files.RemoveAll(file => file.RecordId == record.Id);
            node.Carries.RemoveAll(carry => carry.RecordId == record.Id);
            node.Entries.Add(record.Id, entry);
            _erased.Add((record, _now));
        }

        public Task<bool> DropAsync(RecordRef record, TimeSpan after) =>
            this[record.Service].Keeping.DropContentsAsync(At(_now + after), record.Id, default);

        public async Task DropAllAsync()
        {
            foreach (var (record, at) in _erased.Where(erased => this[erased.Record.Service].IsUp))
            {
                var gone = await DropAsync(record, at + Grace - _now);
                _history.Add($"drop {record.Service} {record.Id:N}: {gone}");
            }
        }

        public async Task DeliverAllAsync()
        {
            while (_mail.Count > 0)
            {
                await DeliverAsync(0, again: false);
            }
        }

        /// <returns>How many files of the record can be shown.</returns>
        public async Task<int> ReadAsync(RecordRef record)
        {
            var shown = 0;
            var node = this[record.Service];
            foreach (var file in node.Files.Where(file => file.RecordId == record.Id))
            {
                shown += await node.Taking.ContentAsync(file, default) is null ? 0 : 1;
            }

            return shown;
        }

        public int FilesOf(RecordRef record) => this[record.Service].Files.Count(file => file.RecordId == record.Id);

        public async Task StepAsync(Random random)
        {
            var record = Records.Count == 0 ? New("projects") : Records[random.Next(Records.Count)];
            var services = _nodes.Keys.ToList();
            switch (random.Next(10))
            {
                case 0:
                    Attach(record);
                    break;
                case 1 or 2:
                    await OpenForAsync(record, services[random.Next(services.Count)]);
                    break;
                case 3 or 4 or 5 when _mail.Count > 0:
                    var letter = random.Next(_mail.Count);
                    if (this[_mail[letter].To].IsUp)
                    {
                        await DeliverAsync(letter, again: random.Next(4) == 0);
                    }

                    break;
                case 6:
                    Erase(record);
                    break;
                case 7:
                    var node = this[services[random.Next(services.Count)]];
                    node.IsUp = !node.IsUp;
                    break;
                default:
                    _now += TimeSpan.FromDays(random.Next(1, 9));
                    await DropAllAsync();
                    break;
            }
        }

        private async Task DeliverAsync(int place, bool again)
        {
            var letter = _mail[place];
            if (!again)
            {
                _mail.RemoveAt(place);
            }

            var node = this[letter.To];
            _history.Add(
                $"{letter.From} tells {letter.To} of {letter.Added?.Sha256[..6]} of {letter.Added?.RecordId:N}"
            );
            if (letter.Wanted is { } wanted)
            {
                await node.Taking.HearWantedAsync(Context, wanted, default);
            }
            else
            {
                await node.Taking.HearAddedAsync(Context, letter.From, letter.Added!, default);
            }
        }

        private static CommandContext At(TimeSpan since)
        {
            var now = A.Context(Someone.With("archivist", "office", Roles.Administrator));
            return new(now.Actor, now.Now + since, now.Policy, now.Calendars, now.Zone);
        }
    }

    private sealed class Node : IFileServices, IRecordStore, IKeepingStore
    {
        private readonly World _world;
        private readonly string _name;

        public Node(string name, World world)
        {
            (_name, _world) = (name, world);
            Events = new(
                (file, version) => Told(file, null, new RepairsFileAdded(file.FileId, version, file)),
                (file, version) => new RepairsFileRemoved(file.FileId, version, file),
                (id, version, wanted) => Told(null, wanted, new RepairsFilesWanted(id, version, wanted))
            );
            var of = new RecordsOf(name);
            Taking = new(this, of, Events, this, Blobs, new Thumbnails(Blobs));
            Keeping = new(
                this,
                new KeptKinds([]),
                of,
                null!,
                new Thumbnails(Blobs),
                this,
                new(this, this, of, Blobs, this),
                new KeepingOptions(),
                NullLogger<RecordKeeping>.Instance
            );
        }

        public bool IsUp { get; set; } = true;

        public List<RecordFile> Files { get; } = [];

        public List<FileCarry> Carries { get; } = [];

        public Dictionary<Guid, RetentionEntry> Entries { get; } = [];

        public MemoryBlobs Blobs { get; } = new();

        public Files Taking { get; }

        public RecordKeeping Keeping { get; }

        public FileEvents Events { get; }

        // What FileContentQuestions answers.
        public async Task<byte[]?> ReadAsync(
            string service,
            ContentQuestion which,
            bool thumbnail,
            CancellationToken cancellation
        ) => await Other(service).Blobs.GetAsync(which.Sha256, cancellation);

        public Task OfferAsync(string service, ContentToKeep content, CancellationToken cancellation)
        {
            var other = Other(service);
            return new ContentAdoption(other, other, new(service), other.Blobs, other).AdoptAsync(
                content,
                cancellation
            );
        }

        public void Add(Aggregate part)
        {
            if (part is RecordFile file)
            {
                Files.Add(file);
            }
            else
            {
                Carries.Add((FileCarry)part);
            }
        }

        public Task<T?> FindAsync<T>(Guid id, CancellationToken cancellationToken)
            where T : Aggregate =>
            Task.FromResult(Files.Concat<Aggregate>(Carries).OfType<T>().FirstOrDefault(p => p.Id == id));

        public async Task<IReadOnlyList<T>> ReadAsync<T>(
            IReadOnlyCollection<Guid> ids,
            CancellationToken cancellationToken
        )
            where T : Aggregate
        {
            var found = new List<T>();
            foreach (var id in ids)
            {
                if (await FindAsync<T>(id, cancellationToken) is { } part)
                {
                    found.Add(part);
                }
            }

            return found;
        }

        public Task<IReadOnlyList<RecordFile>> FilesAsync(Guid recordId, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<RecordFile>>([.. Files.Where(file => file.RecordId == recordId)]);

        public Task<IReadOnlyList<FileCarry>> CarriesAsync(Guid fromId, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<FileCarry>>([.. Carries.Where(carry => carry.FromId == fromId)]);

        public Task<RetentionEntry?> FindAsync(Guid recordId, CancellationToken cancellation) =>
            Task.FromResult(Entries.GetValueOrDefault(recordId));

        public Task HoldContentAsync(string sha256, CancellationToken cancellation) => Task.CompletedTask;

        public Task<bool> IsUsedAsync(string sha256, CancellationToken cancellation) =>
            Task.FromResult(Files.Any(file => file.Sha256 == sha256));

        public Task<bool> IsPendingAsync(string sha256, Guid besidesRecord, CancellationToken cancellation) =>
            Task.FromResult(
                Entries.Values.Any(entry => entry.RecordId != besidesRecord && entry.Blobs.Contains(sha256))
            );

        private Node Other(string service) =>
            IsUp && _world[service] is { IsUp: true } other
                ? other
                : throw new UnavailableException(FileOwners.Unavailable, new InvalidOperationException(service));

        private TEvent Told<TEvent>(FileOfRecord? added, FilesOfRecordWanted? wanted, TEvent told)
        {
            _world.Tell(_name, added, wanted);
            return told;
        }

        // Neither files nor erasing ask for these.
        public Task<IReadOnlyList<Guid>> MailsDueAsync(
            DateTimeOffset now,
            Guid after,
            int limit,
            CancellationToken c
        ) => throw new NotSupportedException();

        public void Add(RetentionEntry entry) => throw new NotSupportedException();

        public Task<IReadOnlyList<Note>> NotesAsync(Guid recordId, Guid? after, int limit, CancellationToken c) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<Follower>> FollowersAsync(Guid recordId, CancellationToken c) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<Tag>> TagsAsync(Guid recordId, CancellationToken c) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<Follower>> FollowedByAsync(string userId, CancellationToken c) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<Tag>> TaggedAsync(string key, CancellationToken c) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<RecordLink>> LinksAsync(Guid recordId, CancellationToken c) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<AuditEntry>> TimelineAsync(
            string kind,
            Guid recordId,
            TimelineCut? cut,
            TimelineCursor? after,
            int limit,
            CancellationToken c
        ) => throw new NotSupportedException();

        public Task<IReadOnlyList<RetentionEntry>> ListAsync(
            RetentionCriteria which,
            Guid? after,
            int limit,
            CancellationToken c
        ) => throw new NotSupportedException();

        public Task<Aggregate?> RecordAsync(KeptKind kind, Guid id, CancellationToken c) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<AuditEntry>> AuditAsync(Guid id, CancellationToken c) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<Guid>> MovedAsync(
            KeptKinds kinds,
            DateTimeOffset since,
            Guid after,
            int limit,
            CancellationToken c
        ) => throw new NotSupportedException();

        public Task<IReadOnlyList<string>> DependentsAsync(Aggregate record, CancellationToken c) =>
            throw new NotSupportedException();

        public Task<ErasedContent> RemoveAsync(KeptKind kind, Aggregate record, CancellationToken c) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<Guid>> WithBlobsAsync(
            DateTimeOffset now,
            Guid after,
            int limit,
            CancellationToken c
        ) => throw new NotSupportedException();
    }

    private sealed class MemoryBlobs : IBlobs
    {
        private readonly Dictionary<string, byte[]> _contents = [];

        public int Count => _contents.Count;

        public bool Has(string key) => _contents.ContainsKey(key);

        public byte[] Of(string key) => _contents[key];

        public void Put(string key, byte[] content) => _contents[key] = content;

        public Task PutAsync(string key, ReadOnlyMemory<byte> content, string contentType, CancellationToken c)
        {
            Put(key, content.ToArray());
            return Task.CompletedTask;
        }

        public Task<byte[]?> GetAsync(string key, CancellationToken c) =>
            Task.FromResult(_contents.GetValueOrDefault(key));

        public Task<bool> ExistsAsync(string key, CancellationToken c) => Task.FromResult(Has(key));

        public Task DeleteAsync(string key, CancellationToken c)
        {
            _contents.Remove(key);
            return Task.CompletedTask;
        }
    }
}
