using System.Net.Sockets;

namespace CustomerService.Testing;

/// <summary>Whether tests take their servers from a container engine.</summary>
public static class Containers
{
    /// <summary>Environment variable: <c>1</c> asks for containers even where the servers are installed.</summary>
    public const string Setting = "CS_TEST_CONTAINERS";

    /// <summary>True when containers are asked for.</summary>
    public static bool AreAskedFor { get; } = Environment.GetEnvironmentVariable(Setting) is "1" or "true";

    /// <summary>True when a container engine answers on the socket or address that the Docker client would
    /// use.</summary>
    public static bool Answer { get; } = Ask();

    private static bool Ask()
    {
        var host = Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 } given
            ? new Uri(given)
            : new Uri("unix:///var/run/docker.sock");
        try
        {
            if (string.Equals(host.Scheme, "unix", StringComparison.Ordinal))
            {
                using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                socket.Connect(new UnixDomainSocketEndPoint(host.LocalPath));
                return true;
            }

            using var client = new TcpClient(host.Host, host.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
