namespace CustomerService.Records;

/// <summary>A record of some service, as others call it.</summary>
/// <param name="Service">Name of the service, for example <c>repairs</c>.</param>
/// <param name="Kind">Kind of the record, for example <c>repair-order</c>.</param>
/// <param name="Id">Its identity.</param>
/// <param name="Number">Its number, where it has one.</param>
public sealed record RecordRef(string Service, string Kind, Guid Id, string? Number)
{
    /// <summary>What events may tell of its notes and files.</summary>
    internal Discretion Discretion { get; init; }

    /// <summary>Whether it is the same record, whatever number is known.</summary>
    internal bool IsSameAs(RecordRef other) => (Service, Kind, Id) == (other.Service, other.Kind, other.Id);
}

/// <summary>What events may tell of the notes and files of a record: they go to all staff.</summary>
public enum Discretion
{
    /// <summary>Everything.</summary>
    None,

    /// <summary>Not who works on it.</summary>
    NamesNobody,

    /// <summary>Nothing yet.</summary>
    KeptQuiet,
}
