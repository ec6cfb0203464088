namespace CustomerService.Mutation;

/// <summary>A project whose code is broken, and the test project that should notice.</summary>
/// <param name="Name">Short name.</param>
/// <param name="Project">File name of the project.</param>
/// <param name="Tests">Folder of the test project, under tests/.</param>
/// <param name="Mutate">Files that are broken.</param>
internal sealed record Target(string Name, string Project, string Tests, IReadOnlyList<string> Mutate)
{
    /// <summary>shared/Rules, and each service that has a Domain.</summary>
    public static IReadOnlyList<Target> All(string root) =>
        [
            new("Rules", "Rules.csproj", "Rules.Tests", ["**/*.cs"]),
            .. Directory
                .EnumerateDirectories(Path.Combine(root, "services"))
                .Where(folder => Directory.EnumerateDirectories(folder, "Domain", SearchOption.AllDirectories).Any())
                .Select(folder => Path.GetFileName(folder))
                .Order(StringComparer.Ordinal)
                .Select(name => new Target(name, $"{name}.csproj", $"{name}.Tests", ["**/Domain/**/*.cs"])),
        ];

    /// <summary>The repository's folder, looked for upwards.</summary>
    public static string? Root()
    {
        for (var at = new DirectoryInfo(Directory.GetCurrentDirectory()); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "CustomerService.sln")))
            {
                return at.FullName;
            }
        }

        return null;
    }
}

/// <summary>The score could not be found out.</summary>
internal sealed class MutationException(string message) : Exception(message);
