namespace CustomerService.Local;

/// <summary>The people of the demonstration data at the system's door, each signed in once.</summary>
internal sealed class People(Uri gateway, Secrets secrets) : IDisposable
{
    private readonly Dictionary<string, DemoClient> _clients = [];

    public DemoClient this[string userName]
    {
        get
        {
            if (!_clients.TryGetValue(userName, out var client))
            {
                _clients[userName] = client = new DemoClient(
                    gateway,
                    userName,
                    secrets.ForPeople(DemoAccounts.PasswordSecret)
                );
            }

            return client;
        }
    }

    public void Dispose()
    {
        foreach (var client in _clients.Values)
        {
            client.Dispose();
        }
    }
}
