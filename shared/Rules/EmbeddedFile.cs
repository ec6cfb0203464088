using System.Reflection;

namespace CustomerService.Rules;

/// <summary>Files that are part of an assembly.</summary>
public static class EmbeddedFile
{
    /// <summary>Opens one.</summary>
    /// <exception cref="InvalidOperationException">It is not there: the build left it out.</exception>
    public static Stream Open(Assembly assembly, string name)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        return assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The file {name} is not part of {assembly.GetName().Name}.");
    }

    /// <summary>Reads one whole.</summary>
    /// <inheritdoc cref="Open"/>
    public static byte[] Read(Assembly assembly, string name)
    {
        using var stream = Open(assembly, name);
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
