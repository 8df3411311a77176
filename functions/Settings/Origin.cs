namespace ServerlessBlog.Settings;

/// <summary>Web origins (RFC 6454).</summary>
public static class Origin
{
    /// <summary>
    /// The origin of an address in ASCII, as HTTP headers need it: scheme, host and the port, unless it is the default
    /// port of the scheme.
    /// </summary>
    public static string FromUri(Uri address)
    {
        var host = address.HostNameType == UriHostNameType.Dns ? address.IdnHost : address.Host;
        return address.IsDefaultPort
            ? $"{address.Scheme}://{host}"
            : string.Create(CultureInfo.InvariantCulture, $"{address.Scheme}://{host}:{address.Port}");
    }
}
