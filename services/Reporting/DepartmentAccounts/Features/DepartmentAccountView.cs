using System.Text.Json.Serialization;
using CustomerService.Reporting.DepartmentAccounts.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Reporting.DepartmentAccounts.Features;

/// <summary>A department's account of the event feed.</summary>
internal sealed record DepartmentAccountView
{
    public required Guid Id { get; init; }

    public required DepartmentAccountState State { get; init; }

    public required long Version { get; init; }

    /// <summary>What the caller may do now.</summary>
    [JsonPropertyName("_actions")]
    public required IReadOnlyList<string> Actions { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>User name at the broker.</summary>
    public required string User { get; init; }

    /// <summary>Virtual host of the broker.</summary>
    public required string VirtualHost { get; init; }

    /// <summary>The queue that it reads.</summary>
    public required string Queue { get; init; }

    /// <summary>Which events: patterns of their names.</summary>
    public required IReadOnlyList<string> Patterns { get; init; }

    /// <summary>Whether it may also read the stream with every event of 30 days.</summary>
    public required bool ReadsStream { get; init; }

    public required string CreatedBy { get; init; }

    /// <summary>What lies in its queue now; of one account alone, and null where the broker does not say.</summary>
    public QueueLoad? Load { get; init; }

    /// <summary>Its password; told once, when it is made.</summary>
    public string? Password { get; init; }

    public static DepartmentAccountView From(DepartmentAccount account, BrokerManagement broker, Caller caller) =>
        new()
        {
            Id = account.Id,
            State = account.State,
            Version = account.Version,
            Actions = account.AllowedActions(caller.Context()),
            Name = account.Name,
            User = account.User,
            VirtualHost = broker.VirtualHost,
            Queue = account.Queue,
            Patterns = account.Patterns,
            ReadsStream = account.ReadsStream,
            CreatedBy = account.CreatedBy,
        };
}
