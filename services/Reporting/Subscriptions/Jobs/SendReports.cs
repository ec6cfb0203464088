using CustomerService.Reporting.Data;
using CustomerService.Reporting.Subscriptions.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Reporting.Subscriptions.Jobs;

/// <summary>Sends what waits. Any number of replicas may run it: each takes deliveries that no other has, for as long as
/// a mail server may take.</summary>
internal sealed class SendReports(
    IServiceScopeFactory scopes,
    ReportMail mail,
    SubscriptionOptions options,
    CompanyClock clock,
    ILogger<SendReports> log
) : PeriodicJob(options.Every, clock.Time, log)
{
    private const int LongestError = 500;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);
    private bool _told;

    protected override async Task RunOnceAsync(CancellationToken stoppingToken)
    {
        if (!mail.IsOn)
        {
            if (!_told)
            {
                Log.LogInformation("Subscriptions of reports are off: Mail:Host and Mail:From are not set.");
            }

            _told = true;
            return;
        }

        while (await TakeAsync(stoppingToken) is { } taken)
        {
            await SendAsync(taken, stoppingToken);
        }
    }

    private async Task<ReportDelivery?> TakeAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ReportingDb>();
        var (now, until) = (clock.Now, clock.Now + Lease);
        var taken = await db.Set<ReportDelivery>()
            .FromSql(
                $"""
                UPDATE report_deliveries SET next_at = {until}
                WHERE id = (
                    SELECT d.id FROM report_deliveries d
                    JOIN subscriptions s ON s.id = d.subscription_id AND s.state = 'Active'
                    WHERE d.state = 'Waiting' AND d.next_at <= {now}
                    ORDER BY d.next_at, d.id LIMIT 1 FOR UPDATE OF d SKIP LOCKED)
                RETURNING *, xmin
                """
            )
            .AsNoTracking()
            .ToListAsync(cancellation);
        return taken.SingleOrDefault();
    }

    private async Task SendAsync(ReportDelivery taken, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ReportingDb>();
        var subscription = await db.Set<Subscription>()
            .AsNoTracking()
            .FirstAsync(s => s.Id == taken.SubscriptionId, cancellation);
        var today = clock.DateOf(taken.DueAt);
        (ReportFile? File, ReportDeliveryState State, string? Error) done;
        try
        {
            done = await TryAsync(scope.ServiceProvider, subscription, taken, today, cancellation);
        }
        catch (Exception failed) when (!cancellation.IsCancellationRequested && failed is not OutOfMemoryException)
        {
            var why = failed.GetBaseException().Message.ReplaceLineEndings(" ");
            done = (null, ReportDeliveryState.Waiting, why.Length > LongestError ? why[..LongestError] : why);
        }

        await EndAsync(subscription, taken, done, cancellation);
    }

    private async Task<(ReportFile? File, ReportDeliveryState State, string? Error)> TryAsync(
        IServiceProvider services,
        Subscription subscription,
        ReportDelivery delivery,
        DateOnly today,
        CancellationToken cancellation
    )
    {
        var settings = subscription.Settings;
        var file = await services.GetRequiredService<ReportFiles>().MakeAsync(settings, today, cancellation);
        if (settings.OnlyWhenChanged && file.Hash == subscription.LastHash)
        {
            return (file, ReportDeliveryState.Unchanged, null);
        }

        if (file.Rows < settings.AtLeastRows || settings.Threshold?.IsCrossedBy(file.Figure) == false)
        {
            return (file, ReportDeliveryState.BelowThreshold, null);
        }

        await mail.SendAsync(delivery.Id, settings, file, today, cancellation);
        return (file, ReportDeliveryState.Sent, null);
    }

    private async Task EndAsync(
        Subscription subscription,
        ReportDelivery taken,
        (ReportFile? File, ReportDeliveryState State, string? Error) done,
        CancellationToken cancellation
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ReportingDb>();
        var delivery = await db.Set<ReportDelivery>().FirstOrDefaultAsync(d => d.Id == taken.Id, cancellation);
        if (delivery is not { State: ReportDeliveryState.Waiting } || delivery.NextAt != taken.NextAt)
        {
            // Another took it over.
            return;
        }

        var now = clock.Now;
        if (done.Error is { } error)
        {
            delivery.Fail(error, now);
        }
        else
        {
            delivery.End(done.State, done.File!.Rows, now);
        }

        await db.SaveChangesAsync(cancellation);
        if (done.State == ReportDeliveryState.Sent)
        {
            // Not the record's own change: a reader who revises it meanwhile must not be refused.
            var hash = done.File!.Hash;
            await db.Set<Subscription>()
                .Where(s => s.Id == subscription.Id && s.Version == subscription.Version)
                .ExecuteUpdateAsync(
                    row => row.SetProperty(s => s.LastHash, hash).SetProperty(s => s.LastSentAt, now),
                    cancellation
                );
        }
    }
}
