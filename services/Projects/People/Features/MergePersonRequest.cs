using System.Text.Json.Serialization;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Projects.People.Features;

/// <summary>What is sent to merge the record of a person into another.</summary>
/// <param name="Into">The record that stays.</param>
/// <param name="Reason">Why the two are one.</param>
internal sealed record MergePersonRequest([property: JsonRequired] Guid Into, string Reason)
{
    internal sealed class Validator : AbstractValidator<MergePersonRequest>
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
internal sealed record UnmergePersonRequest(string Reason)
{
    internal sealed class Validator : AbstractValidator<UnmergePersonRequest>
    {
        public Validator() => RuleFor(r => r.Reason).RequiredText();
    }
}
