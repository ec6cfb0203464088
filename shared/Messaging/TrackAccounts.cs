using CustomerService.Contracts.Identity.V1;
using CustomerService.ServiceDefaults;
using MassTransit;

namespace CustomerService.Messaging;

/// <summary>Keeps a service's copy of the accounts, and refuses withdrawn tokens from this moment on.</summary>
internal sealed class TrackAccounts(IAccounts accounts, WithdrawnTokens withdrawn) : IConsumer<UserChanged>
{
    public async Task Consume(ConsumeContext<UserChanged> context)
    {
        var account = Account.From(context.Message);
        await accounts.KeepAsync(account, context.CancellationToken);
        if (account.TokensValidFrom is { } validFrom)
        {
            // Before the commit: it is true whether the copy can be written now or at the next try.
            withdrawn.Note(new(account.UserId.ToString(), validFrom));
        }
    }
}
