using System.Net;
using System.Net.Sockets;

namespace ServerlessBlog.Hosting;

/// <summary>
/// HTTP requests to addresses that people enter. They reach public hosts only, which is checked when the connection is
/// made: a name may mean another host by then. They follow no redirects, send no cookies and use no proxy.
/// </summary>
internal static class PublicHttp
{
    /// <summary>
    /// Special-purpose addresses (IANA's registries, RFC 6890), multicast, and 168.63.129.16, Azure's own services.
    /// </summary>
    private static readonly IPNetwork[] NotPublic =
    [
        .. new[]
        {
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3",
            "168.63.129.16/32",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20",
        }.Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    /// <summary>Creates the handler.</summary>
    /// <param name="isAllowed">The addresses that may be connected to; null for <see cref="IsPublic"/>.</param>
    public static SocketsHttpHandler CreateHandler(Func<IPAddress, bool>? isAllowed = null) =>
        new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            ConnectCallback = (context, stop) => ConnectAsync(context.DnsEndPoint, isAllowed ?? IsPublic, stop),
        };

    /// <summary>Whether an address belongs to a host on the public internet.</summary>
    public static bool IsPublic(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return (plain.AddressFamily == AddressFamily.InterNetwork || GlobalUnicast.Contains(plain))
            && !NotPublic.Any(network => network.Contains(plain));
    }

    private static async ValueTask<Stream> ConnectAsync(
        DnsEndPoint host,
        Func<IPAddress, bool> isAllowed,
        CancellationToken cancellationToken
    )
    {
        var addresses = await Dns.GetHostAddressesAsync(host.Host, cancellationToken);
        if (!addresses.All(isAllowed))
        {
            throw new HttpRequestException($"{host.Host} is not a public address.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, host.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
