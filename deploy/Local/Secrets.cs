using System.Text.Json;
using CustomerService.Servers;

namespace CustomerService.Local;

/// <summary>Passwords of the local accounts, made once and kept in a file that only its owner can read.</summary>
internal sealed class Secrets
{
    /// <summary>Name of the file in which they are kept.</summary>
    public const string FileName = "secrets.json";

    private readonly string? _file;
    private readonly SortedDictionary<string, string> _values;
    private readonly Lock _lock = new();

    private Secrets(string? file, SortedDictionary<string, string> values)
    {
        _file = file;
        _values = values;
    }

    public static Secrets Open(string folder)
    {
        var file = Path.Combine(folder, FileName);
        return new Secrets(
            file,
            File.Exists(file)
                ? JsonSerializer.Deserialize<SortedDictionary<string, string>>(File.ReadAllText(file))!
                : []
        );
    }

    /// <summary>The one password of a system that somebody else set up; nothing is kept.</summary>
    public static Secrets Given(string password) => new(null, new() { [DemoAccounts.PasswordSecret] = password });

    /// <summary>The secret of that name, made and kept when there is none yet.</summary>
    public string this[string name] => Get(name, Machine.NewSecret);

    /// <summary>A password that a person is to type: short words of digits and letters that are not mistaken
    /// for each other.</summary>
    public string ForPeople(string name) =>
        Get(name, () => $"demo-{Machine.NewSecret()[..4]}-{Machine.NewSecret()[..4]}".ToLowerInvariant());

    private string Get(string name, Func<string> make)
    {
        lock (_lock)
        {
            if (!_values.TryGetValue(name, out var value))
            {
                _values[name] = value = make();
                if (_file is null)
                {
                    return value;
                }

                using var stream = OperatingSystem.IsWindows()
                    ? File.Create(_file)
                    : new FileStream(
                        _file,
                        new FileStreamOptions
                        {
                            Mode = FileMode.Create,
                            Access = FileAccess.Write,
                            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                        }
                    );
                JsonSerializer.Serialize(stream, _values);
            }

            return value;
        }
    }
}
