using System.Security.Cryptography;
using CustomerService.Identity.Data;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;

namespace CustomerService.Identity.Keys;

/// <summary>How long keys live. Bound from <c>Identity:Keys</c>.</summary>
internal sealed class KeyOptions
{
    /// <summary>How long a key signs before the next one does.</summary>
    public TimeSpan RotateAfter { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How long a key stays known after it has stopped signing; must outlive every token sealed or
    /// signed with it.</summary>
    public TimeSpan KeepFor { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long a key is published, at least, before it signs.</summary>
    public TimeSpan PublishAhead { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How often a replica looks for keys that another one has made.</summary>
    public TimeSpan RefreshEvery { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>What is wrong with the values, in one line; null when nothing is.</summary>
    public string? Fault()
    {
        var longest = TimeSpan.FromDays(3650);
        foreach (
            var (name, value, least) in new (string, TimeSpan, TimeSpan)[]
            {
                // The least that a test needs; a timer of the platform cannot wait longer than 49 days.
                (nameof(RotateAfter), RotateAfter, TimeSpan.FromSeconds(1)),
                (nameof(KeepFor), KeepFor, TimeSpan.FromSeconds(1)),
                (nameof(PublishAhead), PublishAhead, TimeSpan.Zero),
                (nameof(RefreshEvery), RefreshEvery, TimeSpan.FromMilliseconds(10)),
            }
        )
        {
            var most = name == nameof(RefreshEvery) ? TimeSpan.FromDays(1) : longest;
            if (value < least || value > most)
            {
                return $"Setting Identity:Keys:{name} is {value}, expected a time from {least} to {most}.";
            }
        }

        return null;
    }
}

/// <summary>
/// The issuer's keys, the same in every replica and after every restart: they are in the database. There is
/// always one
/// that signs and one that is published already and signs next.
/// </summary>
internal sealed class KeyRing(
    IServiceScopeFactory scopes,
    IDataProtectionProvider protection,
    IOptions<KeyOptions> options,
    TimeProvider clock
) : IConfigureOptions<OpenIddictServerOptions>, IOptionsChangeTokenSource<OpenIddictServerOptions>
{
    private const long AdvisoryLock = 0x1D_5EC2E7;

    private readonly IDataProtector _protector = protection.CreateProtector("identity.issuer-keys.v1");
    private CancellationTokenSource _changed = new();
    private IReadOnlyList<SigningCredentials> _signing = [];
    private IReadOnlyList<EncryptingCredentials> _encrypting = [];
    private string _fingerprint = "";

    /// <summary>The keys that may have signed a token that is still valid.</summary>
    public IEnumerable<SecurityKey> PublishedKeys => _signing.Select(credentials => credentials.Key);

    /// <summary>False until they have been read for the first time.</summary>
    public bool HasKeys => _signing.Count > 0;

    public string Name => Options.DefaultName;

    public IChangeToken GetChangeToken() => new CancellationChangeToken(_changed.Token);

    /// <summary>The first credential of each list is the one that is used; the others are published or
    /// accepted.</summary>
    public void Configure(OpenIddictServerOptions server)
    {
        server.SigningCredentials.AddRange(_signing);
        server.EncryptionCredentials.AddRange(_encrypting);
    }

    /// <summary>Makes the keys that are missing, drops those that have retired, and takes what is there into
    /// use.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        var now = clock.GetUtcNow();
        var keys = await db.IssuerKeys.AsNoTracking().ToListAsync(cancellationToken);
        if (NeedsChange(keys, now))
        {
            keys = await ChangeAsync(db, now, cancellationToken);
        }

        Use(keys, now);
    }

    private static bool NeedsChange(List<IssuerKey> keys, DateTimeOffset now) =>
        keys.Exists(key => key.RetiresAt <= now)
        || Enum.GetValues<KeyUse>()
            .Any(use =>
                !keys.Exists(key => key.Use == use && key.SignsFrom <= now)
                || !keys.Exists(key => key.Use == use && key.SignsFrom > now)
            );

    private async Task<List<IssuerKey>> ChangeAsync(
        IdentityDb db,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        return await db
            .Database.CreateExecutionStrategy()
            .ExecuteAsync(async () =>
            {
                await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
                // One replica makes the keys; the others wait here and then find them.
                await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({AdvisoryLock})", cancellationToken);
                await db.IssuerKeys.Where(key => key.RetiresAt <= now).ExecuteDeleteAsync(cancellationToken);
                var keys = await db.IssuerKeys.AsNoTracking().ToListAsync(cancellationToken);
                foreach (var use in Enum.GetValues<KeyUse>())
                {
                    if (!keys.Exists(key => key.Use == use && key.SignsFrom <= now))
                    {
                        keys.Add(db.IssuerKeys.Add(Make(use, now, now)).Entity);
                    }

                    if (!keys.Exists(key => key.Use == use && key.SignsFrom > now))
                    {
                        // After a long stop the change is overdue; even then the next one is published a while
                        // before it signs.
                        var due =
                            keys.Where(key => key.Use == use).Max(key => key.SignsFrom) + options.Value.RotateAfter;
                        var earliest = now + options.Value.PublishAhead;
                        keys.Add(db.IssuerKeys.Add(Make(use, now, due > earliest ? due : earliest)).Entity);
                    }
                }

                await db.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                return keys;
            });
    }

    private IssuerKey Make(KeyUse use, DateTimeOffset now, DateTimeOffset signsFrom)
    {
        byte[] secret;
        if (use == KeyUse.Signing)
        {
            using var rsa = RSA.Create(2048);
            secret = rsa.ExportPkcs8PrivateKey();
        }
        else
        {
            secret = RandomNumberGenerator.GetBytes(32);
        }

        return new IssuerKey
        {
            Id = Guid.CreateVersion7(now).ToString("N"),
            Use = use,
            Sealed = Convert.ToBase64String(_protector.Protect(secret)),
            CreatedAt = now,
            SignsFrom = signsFrom,
            RetiresAt = signsFrom + options.Value.RotateAfter + options.Value.KeepFor,
        };
    }

    private void Use(List<IssuerKey> keys, DateTimeOffset now)
    {
        // The one that signs now first: the latest that has begun. Then the others.
        var ordered = keys.OrderByDescending(key => key.SignsFrom <= now)
            .ThenByDescending(key => key.SignsFrom <= now ? key.SignsFrom : DateTimeOffset.MinValue)
            .ThenBy(key => key.SignsFrom)
            .ToList();
        var fingerprint = string.Join(',', ordered.Select(key => key.Id));
        if (fingerprint == _fingerprint)
        {
            return;
        }

        _signing = ordered.Where(key => key.Use == KeyUse.Signing).Select(ToSigning).ToList();
        _encrypting = ordered.Where(key => key.Use == KeyUse.Encryption).Select(ToEncrypting).ToList();
        _fingerprint = fingerprint;

        // The options are cached; this has them built again.
        Interlocked.Exchange(ref _changed, new CancellationTokenSource()).Cancel();
    }

    private SigningCredentials ToSigning(IssuerKey key)
    {
        var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(_protector.Unprotect(Convert.FromBase64String(key.Sealed)), out _);
        return new SigningCredentials(new RsaSecurityKey(rsa) { KeyId = key.Id }, SecurityAlgorithms.RsaSha256);
    }

    private EncryptingCredentials ToEncrypting(IssuerKey key) =>
        new(
            new SymmetricSecurityKey(_protector.Unprotect(Convert.FromBase64String(key.Sealed))) { KeyId = key.Id },
            SecurityAlgorithms.Aes256KW,
            SecurityAlgorithms.Aes256CbcHmacSha512
        );
}

/// <summary>
/// Has the keys ready before the first request and keeps them fresh. While the database is away or not migrated
/// yet it waits: the process stays, and
/// is not ready.
/// </summary>
internal sealed partial class KeyRotation(
    KeyRing ring,
    IServiceScopeFactory scopes,
    IOptions<KeyOptions> options,
    TimeProvider clock,
    ILogger<KeyRotation> logger
) : BackgroundService
{
    private static readonly TimeSpan RetryEvery = TimeSpan.FromSeconds(1);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await FirstAsync(cancellationToken) is { } reason)
        {
            // Said once; while it lasts there is nothing new to say.
            Waiting(logger, reason);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!ring.HasKeys)
        {
            await Task.Delay(RetryEvery, clock, stoppingToken);
            await FirstAsync(stoppingToken);
        }

        using var timer = new PeriodicTimer(options.Value.RefreshEvery, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await ring.RefreshAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // The keys in use stay valid; the next round tries again.
                RefreshFailed(logger, exception);
            }
        }
    }

    /// <summary>Takes the first keys into use; why it cannot, where it cannot.</summary>
    private async Task<string?> FirstAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var database = scope.ServiceProvider.GetRequiredService<IdentityDb>().Database;
            // Asked before anything is read: what fails there is logged with each try.
            if (!await database.CanConnectAsync(cancellationToken))
            {
                return "the database cannot be reached";
            }

            if ((await database.GetPendingMigrationsAsync(cancellationToken)).Any())
            {
                return "migrations are pending";
            }

            await ring.RefreshAsync(cancellationToken);
            return null;
        }
        catch (Exception exception)
            when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return exception.Message;
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The issuer has no keys yet and tries every second until it has: {Reason}"
    )]
    private static partial void Waiting(ILogger logger, string reason);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The issuer's keys could not be refreshed; those in use stay in use."
    )]
    private static partial void RefreshFailed(ILogger logger, Exception exception);
}

/// <summary>Without keys the issuer can sign nothing: it is not ready.</summary>
internal sealed class KeysCheck(KeyRing ring) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    ) =>
        Task.FromResult(
            ring.HasKeys
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy("The issuer's keys are not there yet.")
        );
}
