using CustomerService.Testing;

namespace CustomerService.EndToEnd.Tests;

/// <summary>The starter of the local system, as it was built with the tests.</summary>
internal static class LocalProgram
{
    public static string Path
    {
        get
        {
            var output = new DirectoryInfo(AppContext.BaseDirectory);
            return System.IO.Path.Combine(
                Snapshot.Root(),
                "deploy",
                "Local",
                "bin",
                output.Parent!.Name,
                output.Name,
                "CustomerService.Local.dll"
            );
        }
    }

    /// <summary>What the kernel says of a process, with blanks between the words; nothing once it is gone.</summary>
    public static string Of(string process, string file)
    {
        try
        {
            return File.ReadAllText(System.IO.Path.Combine(process, file)).Replace('\0', ' ');
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
