namespace CustomerService.Contracts;

/// <summary>What the events on links of records say, whichever service says it: <c>{service}.record.linked.v1</c> and
/// <c>{service}.record.unlinked.v1</c>.</summary>
public interface IRecordLinkEvent : IIntegrationEvent
{
    /// <summary>The link; the same whichever end says it.</summary>
    Guid LinkId { get; }

    /// <summary><c>parent</c>, <c>duplicate-of</c> or <c>caused-by</c>: what the second record is to the
    /// first.</summary>
    string Kind { get; }

    /// <summary>Service of the first record.</summary>
    string FromService { get; }

    /// <summary>Kind of the first record.</summary>
    string FromKind { get; }

    /// <summary>The first record.</summary>
    Guid FromId { get; }

    /// <summary>Its number, where it has one.</summary>
    string? FromNumber { get; }

    /// <summary>Service of the second record.</summary>
    string ToService { get; }

    /// <summary>Kind of the second record.</summary>
    string ToKind { get; }

    /// <summary>The second record.</summary>
    Guid ToId { get; }

    /// <summary>Its number, where it has one.</summary>
    string? ToNumber { get; }
}
