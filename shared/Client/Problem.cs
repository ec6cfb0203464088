using System.Text.Json;
using System.Text.Json.Serialization;

namespace CustomerService.Client;

/// <summary>Why the API refused: RFC 9457 problem details. Title and detail are for people, in the language that
/// was asked for; a program reads <see cref="Code"/>.</summary>
public sealed record Problem
{
    /// <summary><c>urn:customer-service:problem:</c> and the code.</summary>
    public string? Type { get; init; }

    /// <summary>What is refused.</summary>
    public string? Title { get; init; }

    /// <summary>The HTTP status.</summary>
    public int Status { get; init; }

    /// <summary>Why, and what helps.</summary>
    public string? Detail { get; init; }

    /// <summary>Path of the request.</summary>
    public string? Instance { get; init; }

    /// <summary>Stable code, kebab-case, for example <c>stale-version</c>.</summary>
    public string Code { get; init; } = "";

    /// <summary>Rule that refuses, for example <c>C5.1.2</c>.</summary>
    public string? Rule { get; init; }

    /// <summary>What is missing.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>Roles that can supply it.</summary>
    public IReadOnlyList<string> SuppliedBy { get; init; } = [];

    /// <summary>What is wrong with which member of the body.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<FieldError>> Errors { get; init; } =
        new Dictionary<string, IReadOnlyList<FieldError>>();

    /// <summary>Finds the request in the logs and traces.</summary>
    public string? TraceId { get; init; }

    /// <summary>What else stands in the answer, for example <c>state</c> or <c>service</c>.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement> More { get; init; } = [];
}

/// <summary>What is wrong with a member of the body.</summary>
/// <param name="Code">Stable code, kebab-case.</param>
/// <param name="Field">Name of the field for people.</param>
/// <param name="Message">Text for people.</param>
public sealed record FieldError(string Code, string Field, string Message);
