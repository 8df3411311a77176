using System.Net.Sockets;
using System.Text.RegularExpressions;
using ServerlessBlog.Settings;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Web.Caching;

/// <summary>
/// nginx as a shared cache in front of the custom handler, as a CDN is: it adds the origin secret, and the response
/// headers alone decide what it keeps and for how long. Listens on a Unix socket.
/// </summary>
internal sealed partial class CachingProxy : IAsyncDisposable
{
    private const string CacheStatus = "X-Cache";

    private readonly ProgramRun _run;
    private readonly DirectoryInfo _folder;

    private CachingProxy(ProgramRun run, DirectoryInfo folder)
    {
        (_run, _folder) = (run, folder);
        Http = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                ConnectCallback = async (_, cancellationToken) =>
                {
                    var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                    await socket.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath(folder)), cancellationToken);
                    return new NetworkStream(socket, ownsSocket: true);
                },
            }
        )
        {
            BaseAddress = new Uri("http://blog.test"),
        };
    }

    /// <summary>A client of the cache; follows no redirects and keeps no cookies.</summary>
    public HttpClient Http { get; }

    /// <summary>Starts the cache, after installing nginx when it is missing, and waits until it responds.</summary>
    /// <exception cref="InvalidOperationException">nginx is missing, or ended.</exception>
    public static async Task<CachingProxy> StartAsync(Uri origin, string originSecret)
    {
        await DebianPackage.InstallAsync(() => FindNginx() is not null, "nginx");
        var nginx = FindNginx() ?? throw new InvalidOperationException("nginx is needed: sudo apt-get install nginx");
        var folder = Directory.CreateTempSubdirectory("blog-proxy-");
        var configuration = Path.Combine(folder.FullName, "nginx.conf");
        await File.WriteAllTextAsync(
            configuration,
            Configure(folder.FullName, SocketPath(folder), origin, originSecret)
        );
        var proxy = new CachingProxy(
            ProgramRun.Start(nginx, ["-p", folder.FullName, "-c", configuration, "-e", "stderr"]),
            folder
        );
        await proxy.WaitUntilListeningAsync();
        return proxy;
    }

    /// <summary>Gets an address; also returns how the cache served it: HIT, MISS, EXPIRED, UPDATING or STALE.</summary>
    public async Task<(HttpResponseMessage Response, string Cache)> GetAsync(string address, string? cookie = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        var response = await Http.SendAsync(request);
        return (response, response.Headers.GetValues(CacheStatus).Single());
    }

    /// <summary>Gets the body at an address, whatever its status.</summary>
    public async Task<string> ReadAsync(string address)
    {
        using var response = await Http.GetAsync(new Uri(address, UriKind.Relative));
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>The number of requests for an address that reached the handler so far.</summary>
    public async Task<int> CountOriginRequestsAsync(string address) =>
        (await File.ReadAllLinesAsync(Path.Combine(_folder.FullName, "requests.log"))).Count(line =>
            line.Split(' ') is [var requested, not "-"] && requested == address
        );

    /// <summary>The addresses of all responses that the cache has stored.</summary>
    public IReadOnlyList<string> StoredAddresses() =>
        [
            .. Directory
                .GetFiles(Path.Combine(_folder.FullName, "cache"), "*", SearchOption.AllDirectories)
                .Select(file =>
                    Key().Match(File.ReadAllText(file, System.Text.Encoding.Latin1)).Groups["address"].Value
                ),
        ];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _run.SignalAsync("TERM"); // after SIGKILL the worker process would go on
        await _run.EndAsync();
        await _run.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static string? FindNginx() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':')
            .Append("/usr/sbin")
            .Select(folder => Path.Combine(folder, "nginx"))
            .FirstOrDefault(File.Exists);

    private static string SocketPath(DirectoryInfo folder) => Path.Combine(folder.FullName, "socket");

    private async Task WaitUntilListeningAsync()
    {
        while (!File.Exists(SocketPath(_folder)))
        {
            if (!ProgramRun.IsRunning(_run.Id))
            {
                throw new InvalidOperationException($"nginx ended: {_run.Errors}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }
    }

    private static string Configure(string folder, string socket, Uri origin, string originSecret) =>
        $$"""
            {{(Environment.IsPrivilegedProcess ? "user root root;" : "")}}
            daemon off;
            worker_processes 1;
            pid {{folder}}/nginx.pid;
            error_log stderr crit;
            events { worker_connections 2048; }
            http {
                log_format requests '$request_uri $upstream_addr';
                access_log {{folder}}/requests.log requests;
                log_subrequest on;
                client_body_temp_path {{folder}}/body;
                proxy_temp_path {{folder}}/proxy;
                fastcgi_temp_path {{folder}}/fastcgi;
                uwsgi_temp_path {{folder}}/uwsgi;
                scgi_temp_path {{folder}}/scgi;
                proxy_cache_path {{folder}}/cache keys_zone=blog:4m inactive=1d use_temp_path=off;
                server {
                    listen unix:{{socket}};
                    location / {
                        proxy_pass {{origin.GetLeftPart(UriPartial.Authority)}};
                        proxy_http_version 1.1;
                        proxy_set_header Host blog.test;
                        proxy_set_header X-Forwarded-Proto https;
                        proxy_set_header {{OriginSecrets.Header}} "{{originSecret}}";
                        proxy_cache blog;
                        proxy_cache_key $request_uri;
                        proxy_cache_lock on;
                        proxy_cache_background_update on;
                        proxy_cache_revalidate on;
                        add_header {{CacheStatus}} $upstream_cache_status always;
                    }
                }
            }
            """;

    /// <summary>The key at the beginning of a file of the cache.</summary>
    [GeneratedRegex(@"^KEY: (?<address>\S+)$", RegexOptions.Multiline)]
    private static partial Regex Key();
}
