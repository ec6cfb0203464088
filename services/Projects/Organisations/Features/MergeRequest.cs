using System.Text.Json.Serialization;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Projects.Organisations.Features;

/// <summary>What is sent to merge a record into another.</summary>
/// <param name="Into">The record that stays.</param>
/// <param name="Reason">Why the two are one.</param>
internal sealed record MergeRequest([property: JsonRequired] Guid Into, string Reason)
{
    internal sealed class Validator : AbstractValidator<MergeRequest>
    {
        public Validator()
        {
            RuleFor(r => r.Into).NotEqual(Guid.Empty);
            RuleFor(r => r.Reason).RequiredText();
        }
    }
}

/// <summary>What is sent to undo a merge.</summary>
/// <param name="Reason">Why the two are not one.</param>
internal sealed record UnmergeRequest(string Reason)
{
    internal sealed class Validator : AbstractValidator<UnmergeRequest>
    {
        public Validator() => RuleFor(r => r.Reason).RequiredText();
    }
}
