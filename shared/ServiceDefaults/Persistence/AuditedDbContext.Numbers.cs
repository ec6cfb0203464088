using CustomerService.Rules;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.ServiceDefaults;

// Gap-free numbers of forms (C10).
public abstract partial class AuditedDbContext
{
    private readonly List<NumberRequest> _numbers = [];
    private bool _numbersTaken;
    private bool _numbersLost;

    // The context began the transaction itself, to take numbers: its save commits it.
    private bool _ownsTransaction;

    /// <summary>Whether a number is registered that the next save will take.</summary>
    protected bool HasUnassignedNumbers
    {
        get
        {
            Lease();
            return _numbers.Count > 0;
        }
    }

    /// <summary>Whether a save leaves the commit to what runs around it, as the inbox does for a
    /// consumer.</summary>
    protected internal virtual bool IsCommittedByOthers => false;

    /// <summary>
    /// Registers a number without gaps (C10), for example <c>FM004-2026-0001</c>. It is taken in the last round trip
    /// before the commit, because its counter stays locked until the commit; a command that is rolled back gives it
    /// back. <paramref name="assign"/> is called then, and the record is saved with its number.
    /// </summary>
    /// <param name="form">For example <c>FM004</c>.</param>
    /// <param name="year">Year of the company's date.</param>
    /// <param name="assign">Puts the number on the record.</param>
    public void NumberOnCommit(string form, int year, Action<string> assign)
    {
        ArgumentException.ThrowIfNullOrEmpty(form);
        ArgumentNullException.ThrowIfNull(assign);
        Lease();
        _numbers.Add(new NumberRequest(form, year, assign));
    }

    /// <summary>
    /// Takes the registered numbers now, all in one statement.
    /// <see cref="DbContext.SaveChangesAsync(CancellationToken)"/> does it otherwise; call it
    /// before an answer is rendered that shows the number. Nothing slow may follow before the save.
    /// </summary>
    public async Task AssignNumbersAsync(CancellationToken cancellationToken)
    {
        Lease();
        if (_numbers.Count == 0)
        {
            return;
        }

        var requests = _numbers.ToList();
        _numbers.Clear();
        if (Database.CurrentTransaction is null)
        {
            await Database.BeginTransactionAsync(cancellationToken);
            _ownsTransaction = true;
        }

        _numbersTaken = true;
        try
        {
            await FormNumbers.TakeAsync(this, requests, cancellationToken);
        }
        catch
        {
            RollBackNumbers();
            throw;
        }
    }

    private async Task CommitNumbersAsync(CancellationToken cancellationToken)
    {
        if (_ownsTransaction && !IsCommittedByOthers && Database.CurrentTransaction is not null)
        {
            await Database.CommitTransactionAsync(cancellationToken);
            ForgetNumbers();
        }
    }

    private void RefuseLostNumbers()
    {
        if (_numbersLost)
        {
            throw new InvalidOperationException(
                "Numbers of this context were rolled back and its records still carry them: call Reset first."
            );
        }
    }

    private void ForgetNumbers()
    {
        _ownsTransaction = false;
        _numbers.Clear();
        _numbersTaken = false;
        _numbersLost = false;
    }

    // The transaction is rolled back by the caller or by its disposal; what matters is that no
    // record is saved with a number that the next one gets, too.
    private void RollBackNumbers() => _numbersLost |= _numbersTaken;
}

/// <summary>A number that was asked for.</summary>
internal sealed record NumberRequest(string Form, int Year, Action<string> Assign);
