namespace CustomerService.Servers;

/// <summary>Where a private server keeps its files and how it is to behave.</summary>
/// <param name="Folder">Folder of the server's own; made when missing.</param>
public sealed record ServerOptions(string Folder)
{
    /// <summary>False switches off what protects against a power cut (fsync): for tests only.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>True when the folder is temporary and goes when the server is disposed.</summary>
    public bool Temporary { get; init; }

    /// <summary>Takes what happens, in whole sentences.</summary>
    public Action<string> Say { get; init; } = _ => { };
}
