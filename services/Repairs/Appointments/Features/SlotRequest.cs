using CustomerService.Repairs.Appointments.Domain;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;

namespace CustomerService.Repairs.Appointments.Features;

/// <summary>A time.</summary>
/// <param name="From">Beginning.</param>
/// <param name="To">End.</param>
/// <param name="Word">What the owner says to it.</param>
internal sealed record SlotRequest(DateTimeOffset? From, DateTimeOffset? To, string? Word = null)
{
    internal TimeSlot Slot => new(From!.Value.ToWholeMilliseconds(), To!.Value.ToWholeMilliseconds());
}

internal sealed class SlotRequestValidator : AbstractValidator<SlotRequest>
{
    public SlotRequestValidator()
    {
        RuleFor(r => r.From).NotNull();
        RuleFor(r => r.To).NotNull();
        RuleFor(r => r.Word).OptionalText();
    }
}
