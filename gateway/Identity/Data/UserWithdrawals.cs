using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Identity.Data;

/// <summary>Withdrawn tokens, where the accounts are at home.</summary>
internal sealed class UserWithdrawals(IdentityDb db) : IWithdrawals
{
    public async Task<IReadOnlyList<Withdrawal>> SinceAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        var found = await db
            .Users.AsNoTracking()
            .Where(u => u.TokensValidFrom > since)
            .Select(u => new { u.Id, u.TokensValidFrom })
            .ToListAsync(cancellationToken);
        return [.. found.Select(u => new Withdrawal(u.Id.ToString(), u.TokensValidFrom!.Value))];
    }
}
