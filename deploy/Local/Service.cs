namespace CustomerService.Local;

/// <summary>A program of the system and what it needs to run.</summary>
/// <param name="Name">Name in the log, in the gateway's routes and of its database.</param>
/// <param name="Project">Folder of its project.</param>
/// <param name="HasStore">It owns a database, which its command <c>migrate</c> prepares.</param>
/// <param name="HasBroker">It takes part in messaging.</param>
/// <param name="HasAccount">It asks others under an account of its own.</param>
internal sealed record Service(
    string Name,
    string Project,
    ConsoleColor Colour,
    bool HasStore = true,
    bool HasBroker = true,
    bool HasAccount = true
)
{
    public static Service Identity { get; } =
        new("identity", "gateway/Identity", ConsoleColor.Magenta, HasAccount: false);

    public static Service Gateway { get; } =
        new("gateway", "gateway/Gateway", ConsoleColor.White, HasStore: false, HasAccount: false);

    public static Service Surveys { get; } = new("surveys", "services/Surveys", ConsoleColor.Cyan);

    public static IReadOnlyList<Service> All { get; } =
    [
        Identity,
        new("projects", "services/Projects", ConsoleColor.Green),
        new("repairs", "services/Repairs", ConsoleColor.Yellow),
        new("complaints", "services/Complaints", ConsoleColor.Red),
        Surveys,
        new("reporting", "services/Reporting", ConsoleColor.Blue),
        Gateway,
    ];

    /// <summary>Client id of its account at the issuer.</summary>
    public string Account => "svc-" + Name;

    /// <summary>Name of its database and of the role that owns it.</summary>
    public string Database => "cs_" + Name;

    /// <summary>The program as it was built together with this one, in the same configuration.</summary>
    public string Assembly(Checkout checkout)
    {
        var file = Path.Combine(
            checkout.Root,
            Project,
            "bin",
            checkout.Configuration,
            checkout.Framework,
            $"CustomerService.{Path.GetFileName(Project)}.dll"
        );
        return File.Exists(file)
            ? file
            : throw new FileNotFoundException($"{file} is not built. Run: dotnet build deploy/Local");
    }
}

/// <summary>Where the sources are, and in which configuration this program was built.</summary>
internal sealed record Checkout(string Root, string Configuration, string Framework)
{
    /// <exception cref="DirectoryNotFoundException">This program is not in a checkout of the project.</exception>
    public static Checkout Find()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        for (var folder = output; folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CustomerService.sln")))
            {
                return new Checkout(folder.FullName, output.Parent!.Name, output.Name);
            }
        }

        throw new DirectoryNotFoundException(
            "CustomerService.sln is in none of the folders above this program: run it inside a checkout, with dotnet run --project deploy/Local."
        );
    }
}
