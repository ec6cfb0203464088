using System.Text;

namespace CustomerService.Servers.Tests;

internal static class Processes
{
    /// <summary>Command lines of the live processes that name the folder or work in it.</summary>
    public static async Task<IReadOnlyList<string>> UsingAsync(string folder)
    {
        var found = new List<string>();
        foreach (
            var process in Directory.GetDirectories("/proc").Where(path => int.TryParse(Path.GetFileName(path), out _))
        )
        {
            try
            {
                var line = Encoding
                    .UTF8.GetString(await File.ReadAllBytesAsync(Path.Combine(process, "cmdline")))
                    .Replace('\0', ' ')
                    .Trim();
                var works = new DirectoryInfo(Path.Combine(process, "cwd")).LinkTarget ?? "";
                if (
                    line.Length > 0
                    && (
                        line.Contains(folder, StringComparison.Ordinal)
                        || works.StartsWith(folder, StringComparison.Ordinal)
                    )
                )
                {
                    found.Add(line);
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // It ended meanwhile, or belongs to somebody else.
            }
        }

        return found;
    }
}
