using System.Net;
using ServerlessBlog.Web.Caching;

namespace ServerlessBlog.Hosting.Local.Pages;

/// <summary>
/// The public pages of a blog in a storage, as the blog itself would serve them: this program on a port of the kernel's
/// choice, without triggers. Renders every page again, and stores none.
/// </summary>
internal sealed class PageServer : IAsyncDisposable
{
    private readonly LocalBlog _blog;
    private readonly HttpClient _http;

    private PageServer(LocalBlog blog, string baseUrl)
    {
        _blog = blog;
        BaseUrl = baseUrl;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = blog.Address };
        if (blog.Services.GetRequiredService<IConfiguration>()["Blog:OriginSecret"] is { Length: > 0 } secrets)
        {
            _http.DefaultRequestHeaders.Add(OriginSecrets.Header, secrets.Split(',')[0].Trim());
        }
    }

    /// <summary>The address of the blog for readers, without a trailing slash.</summary>
    public string BaseUrl { get; }

    /// <summary>The services of the blog.</summary>
    public IServiceProvider Services => _blog.Services;

    /// <summary>What was found out about stored pages.</summary>
    public CachedPageCheck Check => Services.GetRequiredService<CachedPageCheck>();

    /// <summary>Starts it for the blog that runs on a data folder, else for the storage of the environment.</summary>
    /// <param name="dataPath">The data folder.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <param name="defaultAddress">The address of a blog whose address is not known; null to refuse it.</param>
    /// <exception cref="StartException">There is no such blog, or its address is not known.</exception>
    /// <exception cref="SettingException">A setting of the environment cannot be used.</exception>
    public static async Task<PageServer> StartAsync(
        string dataPath,
        CancellationToken cancellationToken,
        string? defaultAddress = null
    )
    {
        var defaults = LocalSettings.DefaultsOfRunning(dataPath, defaultAddress);
        var blog = await LocalBlog.StartAsync(
            port: 0,
            defaults,
            new LocalHostOptions { RunsTriggers = false },
            new AnnouncedUploads(file: null),
            builder => builder.Services.AddSingleton<CachedPageCheck>(),
            cancellationToken
        );
        return new PageServer(blog, blog.Services.GetRequiredService<BlogSettings>().BaseUrl);
    }

    /// <summary>Requests a path.</summary>
    /// <param name="path">The percent-encoded path.</param>
    /// <param name="query">The query with its question mark; empty for none.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public async Task<FetchedPage> GetAsync(string path, string query, CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync(path + query, cancellationToken);
        return new FetchedPage(
            path,
            response.StatusCode,
            response.Content.Headers.ContentType?.MediaType ?? "",
            response.Headers.Location?.OriginalString,
            await response.Content.ReadAsByteArrayAsync(cancellationToken)
        );
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _blog.DisposeAsync();
    }
}

/// <summary>A response of the blog.</summary>
/// <param name="Path">The percent-encoded path of the request.</param>
/// <param name="Status">The status.</param>
/// <param name="ContentType">The media type without parameters.</param>
/// <param name="Location">Where a redirect leads; null for other responses.</param>
/// <param name="Bytes">The body.</param>
internal sealed record FetchedPage(
    string Path,
    HttpStatusCode Status,
    string ContentType,
    string? Location,
    byte[] Bytes
)
{
    /// <summary>Whether the path leads to itself with the version of a file.</summary>
    public bool IsVersionRedirect => Location?.StartsWith(Path + "?v=", StringComparison.Ordinal) is true;
}
