using System.Runtime.CompilerServices;
using Shouldly;

namespace CustomerService.Testing;

/// <summary>
/// Compares a text with a file of the repository. What differs is a change that others see: look at it, and
/// when it is meant run the
/// test once with <c>UPDATE_SNAPSHOTS=1</c> and commit the file.
/// </summary>
internal static class Snapshot
{
    public static void Matches(string path, string actual)
    {
        var file = Path.Combine(Root(), path);
        actual = actual.ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual);
            return;
        }

        File.Exists(file).ShouldBeTrue($"{path} is not there; run once with UPDATE_SNAPSHOTS=1 and commit it");
        File.ReadAllText(file)
            .ReplaceLineEndings("\n")
            .ShouldBe(actual, $"{path} differs; when that is meant, run once with UPDATE_SNAPSHOTS=1 and commit it");
    }

    public static string Root([CallerFilePath] string here = "")
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(here)!);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CustomerService.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The repository's root was not found.");
    }
}
