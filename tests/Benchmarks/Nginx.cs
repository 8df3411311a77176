using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Benchmarks;

/// <summary>
/// nginx with one worker process, tuned for speed, serving one page from files with the same headers as the blog.
/// </summary>
internal sealed class Nginx : IAsyncDisposable
{
    private static readonly string[] SameHeaders =
    [
        "Cache-Control",
        "X-Content-Type-Options",
        "Referrer-Policy",
        "Content-Security-Policy",
    ];

    private readonly ProgramRun _run;
    private readonly DirectoryInfo _folder;

    private Nginx(ProgramRun run, DirectoryInfo folder, int port) =>
        (_run, _folder, Address) = (run, folder, new Uri($"http://127.0.0.1:{port}"));

    /// <summary>The address on which nginx listens.</summary>
    public Uri Address { get; }

    /// <summary>Checks that nginx is installed.</summary>
    /// <exception cref="InvalidOperationException">nginx is not installed.</exception>
    public static void Require() => Tool.Find("nginx");

    /// <summary>Starts nginx and waits until it accepts connections.</summary>
    /// <param name="path">The page's path.</param>
    /// <param name="identity">The page, not compressed.</param>
    /// <param name="gzip">The page, already compressed with gzip.</param>
    /// <param name="headers">The response headers of the blog for this page.</param>
    public static async Task<Nginx> StartAsync(
        string path,
        byte[] identity,
        byte[] gzip,
        IReadOnlyDictionary<string, string> headers
    )
    {
        var folder = Directory.CreateTempSubdirectory("blog-nginx-");
        var file = Path.Combine(folder.FullName, "files" + path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllBytesAsync(file, identity);
        await File.WriteAllBytesAsync(file + ".gz", gzip);

        var port = PublishedHandler.FreePort();
        var configuration = Path.Combine(folder.FullName, "nginx.conf");
        await File.WriteAllTextAsync(configuration, Configuration(folder.FullName, port, headers));
        var nginx = new Nginx(
            ProgramRun.Start(Tool.Find("nginx"), ["-p", folder.FullName, "-c", configuration, "-e", "stderr"]),
            folder,
            port
        );
        await HttpWait.UntilRespondingAsync(nginx.Address, nginx._run);
        return nginx;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _run.SignalAsync("TERM"); // after SIGKILL the worker process would go on
        await _run.EndAsync();
        await _run.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static string Configuration(string folder, int port, IReadOnlyDictionary<string, string> headers) =>
        $$"""
            {{(Environment.IsPrivilegedProcess ? "user root root;" : "")}}
            daemon off;
            worker_processes 1;
            pid {{folder}}/nginx.pid;
            error_log stderr;
            events { worker_connections 1024; }
            http {
                access_log off;
                sendfile on;
                tcp_nopush on;
                tcp_nodelay on;
                server_tokens off;
                keepalive_timeout 1h;
                keepalive_requests 1000000000;
                open_file_cache max=100 inactive=1h;
                open_file_cache_valid 1h;
                gzip_static on;
                gzip_vary on;
                max_ranges 0;
                types { }
                default_type "{{headers["Content-Type"]}}";
                client_body_temp_path {{folder}}/body;
                proxy_temp_path {{folder}}/proxy;
                fastcgi_temp_path {{folder}}/fastcgi;
                uwsgi_temp_path {{folder}}/uwsgi;
                scgi_temp_path {{folder}}/scgi;
                {{string.Join("\n    ", SameHeaders.Select(name => $"add_header {name} \"{headers[name]}\";"))}}
                server {
                    listen 127.0.0.1:{{port}};
                    root {{folder}}/files;
                }
            }
            """;
}
