using CustomerService.Complaints.ActionItems.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Messaging;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Complaints.Complaints.Features;

/// <summary>What a department or a person is asked to do.</summary>
/// <param name="What">What is to be done.</param>
/// <param name="Department">Code of the department that carries it out.</param>
/// <param name="OwnerId">Account of the person; else everybody of the department may.</param>
/// <param name="DueOn">Last day that is in time.</param>
/// <param name="RepairsGoods">Of a remedy: it is the repair of the customer's goods, for which Repairs opens an
/// RMA.</param>
internal sealed record ActionOrderRequest(
    string What,
    string Department,
    Guid? OwnerId,
    DateOnly? DueOn,
    bool RepairsGoods = false
)
{
    internal sealed class Validator : AbstractValidator<ActionOrderRequest>
    {
        public Validator()
        {
            RuleFor(r => r.What).RequiredText();
            RuleFor(r => r.Department).RequiredCode();
            RuleFor(r => r.DueOn).NotNull();
        }
    }

    /// <summary>The order; the owner's name is that of the account (S3).</summary>
    internal async Task<Result<ActionOrder>> ToOrderAsync(
        ActionPurpose purpose,
        IAccounts accounts,
        CancellationToken cancellation
    )
    {
        var owner = OwnerId is { } id ? await accounts.FindAsync(id, cancellation) : null;
        if (OwnerId is not null && owner is not { Active: true })
        {
            return Refusal.ByRule("account-unknown", "S3", ["account"], Roles.Administrator);
        }

        return new ActionOrder(purpose, What, Department, owner?.UserId.ToString(), owner?.DisplayName, DueOn!.Value)
        {
            RepairsGoods = RepairsGoods && purpose == ActionPurpose.Remedy,
        };
    }
}
