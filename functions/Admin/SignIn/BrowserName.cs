namespace ServerlessBlog.Admin.SignIn;

/// <summary>
/// The browser and the system that a User-Agent header names, in words that people know. A hint for recognizing one's
/// own browsers: the header can claim anything.
/// </summary>
/// <param name="Browser">The name of the browser; null when it is not known.</param>
/// <param name="System">The name of the system; null when it is not known.</param>
public readonly record struct BrowserName(string? Browser, string? System)
{
    /// <summary>Tokens and names; the first that occurs counts, as most browsers name others too.</summary>
    private static readonly (string Token, string Name)[] Browsers =
    [
        ("Edg/", "Edge"),
        ("EdgiOS/", "Edge"),
        ("EdgA/", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];

    private static readonly (string Token, string Name)[] Systems =
    [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("CrOS", "ChromeOS"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];

    /// <summary>Reads the header; never throws.</summary>
    public static BrowserName From(string userAgent) => new(Find(Browsers, userAgent), Find(Systems, userAgent));

    private static string? Find((string Token, string Name)[] known, string userAgent) =>
        Array.Find(known, entry => userAgent.Contains(entry.Token, StringComparison.Ordinal)).Name;
}
