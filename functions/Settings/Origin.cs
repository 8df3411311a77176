using System.Globalization;

namespace ServerlessBlog.Settings;

/// <summary>Where something on the web comes from (RFC 6454).</summary>
public static class Origin
{
    /// <summary>Scheme, host and, unless it is the scheme's usual one, port, in ASCII: as it may stand in a header.</summary>
    public static string FromUri(Uri address)
    {
        var host = address.HostNameType == UriHostNameType.Dns ? address.IdnHost : address.Host;
        return address.IsDefaultPort
            ? $"{address.Scheme}://{host}"
            : string.Create(CultureInfo.InvariantCulture, $"{address.Scheme}://{host}:{address.Port}");
    }
}
