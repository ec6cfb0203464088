namespace CustomerService.Reporting.Retention.Domain;

/// <summary>A record that was erased, or a part of one (C8). What is still under way about it comes without what is
/// personal.</summary>
internal sealed class ErasedSubject
{
    public Guid Id { get; init; }
}
