namespace CustomerService.Contracts;

/// <summary>
/// Something that has happened in one service and that others may act on. Contracts are records in the past tense,
/// additive only; a breaking change is a new version that is published beside the old one.
/// </summary>
public interface IIntegrationEvent
{
    /// <summary>The aggregate that the event is about. Events of one subject are delivered to the broker in the
    /// order of their versions.</summary>
    Guid SubjectId { get; }

    /// <summary>The version of the aggregate right after the change. A consumer that keeps a copy ignores what
    /// is older than what it has.</summary>
    long Version { get; }
}

/// <summary>Gives an event its public name, which is its CloudEvents <c>type</c> and its routing key.</summary>
/// <param name="name"><c>service.subject.what-happened.vN</c>, for example
/// <c>complaints.complaint.registered.v1</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class EventNameAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
