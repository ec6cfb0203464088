namespace CustomerService.Records;

/// <summary>A record of some service, as others call it.</summary>
/// <param name="Service">Name of the service, for example <c>repairs</c>.</param>
/// <param name="Kind">Kind of the record, for example <c>repair-order</c>.</param>
/// <param name="Id">Its identity.</param>
/// <param name="Number">Its number, where it has one.</param>
public sealed record RecordRef(string Service, string Kind, Guid Id, string? Number)
{
    /// <summary>Whether it is the same record, whatever number is known.</summary>
    internal bool IsSameAs(RecordRef other) => (Service, Kind, Id) == (other.Service, other.Kind, other.Id);
}
