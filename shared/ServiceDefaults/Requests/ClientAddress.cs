using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace CustomerService.ServiceDefaults;

/// <summary>From where a request comes, as limits count it.</summary>
public static class ClientAddress
{
    /// <summary>The IPv4 address, or the /64 of an IPv6 one: so much one household has to itself.</summary>
    public static string Of(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }
}
