using System.Globalization;
using CustomerService.Mailing;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CustomerService.Records;

/// <summary>Mails about records of this service, for handlers, consumers and jobs: what is written here is saved with their
/// commit and sent afterwards.</summary>
/// <param name="store">The store.</param>
/// <param name="server">The mail server.</param>
/// <param name="texts">Texts of the mails: <c>mail.{occasion}.subject</c> and <c>mail.{occasion}</c>.</param>
public sealed class Mails(IRecordStore store, MailServer server, Texts texts)
{
    /// <summary>Whether mails are sent at all.</summary>
    public bool IsOn => server.IsOn;

    /// <summary>A mail in the words of its occasion.</summary>
    /// <param name="occasion">What it is about.</param>
    /// <param name="to">Its reader.</param>
    /// <param name="language">Its language.</param>
    /// <param name="values">What the texts name.</param>
    public NewMail Compose(
        string occasion,
        MailReader to,
        string language,
        params IReadOnlyList<(string Name, object? Value)> values
    )
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(values);
        var all = values.ToDictionary(value => value.Name, value => value.Value);
        all["name"] = to.Name;
        var culture = CultureInfo.GetCultureInfo(language);
        string Say(string key) =>
            texts.Find(key, all, culture) ?? throw new InvalidOperationException($"There is no text {key}.");
        return new()
        {
            Occasion = occasion,
            To = to,
            Language = language,
            Subject = Say($"mail.{occasion}.subject"),
            Text = $"{Say("mail.greeting")}\n\n{Say($"mail.{occasion}")}\n\n{Say("mail.closing")}\n",
        };
    }

    /// <summary>Writes a mail, where mails are sent and the address is one.</summary>
    /// <param name="context">Who acts.</param>
    /// <param name="about">The record that it is about.</param>
    /// <param name="address">The address of its reader, where one is known.</param>
    /// <param name="write">Makes the mail for that address.</param>
    /// <returns>Whether one will be sent.</returns>
    public bool Write(CommandContext context, RecordRef about, string? address, Func<string, NewMail> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        if (!IsOn || address is null || !MailServer.IsAddress(address))
        {
            return false;
        }

        store.Add(OutgoingMail.Write(context, about, write(address)));
        return true;
    }
}

/// <summary>Hands the mails that wait to the server. Each is taken in a commit of its own before it is sent, so that any
/// number of replicas may run it; after a crash in between it is sent again under the same <c>Message-ID</c>.</summary>
internal sealed class SendMails(
    IServiceScopeFactory scopes,
    MailServer server,
    MailOptions options,
    CommandContexts contexts,
    RecordsOf records,
    Func<Exception, bool> isAway,
    ILogger<SendMails> log
) : DueSweep(scopes, options.Every, contexts.Clock.Time, log)
{
    protected override Task<IReadOnlyList<Guid>> DueAsync(
        IServiceProvider services,
        Guid after,
        int limit,
        CancellationToken cancellationToken
    ) =>
        server.IsOn
            ? services
                .GetRequiredService<IRecordStore>()
                .MailsDueAsync(contexts.Clock.Now, after, limit, cancellationToken)
            : Task.FromResult<IReadOnlyList<Guid>>([]);

    protected override async Task<bool> StepAsync(
        IServiceProvider services,
        Guid id,
        CancellationToken cancellationToken
    )
    {
        var context = contexts.ForSystem(records.Service);
        var found = await services.GetRequiredService<IRecordStore>().FindAsync<OutgoingMail>(id, cancellationToken);
        if (
            found is not { } mail
            || !mail.Take(context)
            || await services.GetRequiredService<ICommandStore>().CommitAsync(null, cancellationToken) != Commit.Done
        )
        {
            return false;
        }

        try
        {
            await server.SendAsync(mail.ToSend(), cancellationToken);
        }
        catch (Exception failed) when (!cancellationToken.IsCancellationRequested && failed is not OutOfMemoryException)
        {
            var why = failed.GetBaseException().Message.ReplaceLineEndings(" ");
            mail.Fail(contexts.ForSystem(records.Service), why, MailServer.IsFinal(failed));
            return true;
        }

        mail.End(contexts.ForSystem(records.Service));
        return true;
    }

    protected override bool IsAway(Exception exception) => isAway(exception);
}
