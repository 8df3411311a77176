using System.Net;
using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Hosting.Local.Watching;

/// <summary>
/// Has an open page in the browser reload itself when it has changed: adds a script to readers' pages that asks whether
/// anything has changed, and then compares the page's ETag. Middleware of <c>serve --watch</c> only.
/// </summary>
/// <remarks>
/// The script asks twice a second rather than holding a connection open: browsers allow six for all pages of a blog.
/// </remarks>
internal sealed class PageReload(ChangeCounter changes)
{
    /// <summary>The address of the script, where no page is: in Azure <c>/runtime</c> is the host's.</summary>
    private const string ScriptPath = "/runtime/reload.js";

    /// <summary>The address of the number that differs after a change.</summary>
    private const string ChangesPath = "/runtime/changes";

    /// <summary>
    /// After a change, a page is compared for 3 s: a change may concern another page, and this one may be rendered
    /// again beside requests. A page in which something was typed stays.
    /// </summary>
    private const string Script = $$"""
        (() => {
          const shown = document.currentScript.dataset.version;
          let last, looks = 1, isTyped = false;
          addEventListener("input", () => isTyped = true);
          const hasChanged = async () => {
            const options = { method: "HEAD", cache: "no-store", redirect: "manual" };
            const page = await fetch(location.href, options);
            return `${page.status} ${page.headers.get("ETag") ?? ""}` !== shown;
          };
          const look = async () => {
            try {
              const now = await (await fetch("{{ChangesPath}}", { cache: "no-store" })).text();
              looks = last !== undefined && now !== last ? 6 : looks - 1;
              last = now;
              if (looks >= 0 && !isTyped && await hasChanged()) {
                location.reload();
                return;
              }
            } catch {
              // The blog does not run: asked again.
            }
            setTimeout(look, 500);
          };
          look();
        })();

        """;

    /// <summary>Responds to the script's requests, adds it to pages, and passes on all else.</summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var (request, response) = (context.Request, context.Response);
        if (request.Path == ScriptPath || request.Path == ChangesPath)
        {
            var isScript = request.Path == ScriptPath;
            response.ContentType = isScript ? "text/javascript; charset=utf-8" : "text/plain; charset=utf-8";
            response.Headers.CacheControl = "no-store";
            await response.WriteAsync(
                isScript ? Script : changes.Current.ToString(CultureInfo.InvariantCulture),
                context.RequestAborted
            );
            return;
        }

        request.Headers.Remove("Accept-Encoding"); // one ETag for the page and for the script's HEAD
        if (IsReadersPage(request))
        {
            await InvokeWithScriptAsync(context, next);
            return;
        }

        await next(context);
    }

    /// <summary>Whether a browser asks for a page of the blog, by its address or a link.</summary>
    private static bool IsReadersPage(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
        && !request.Path.StartsWithSegments($"/{AdminPaths.Segment}", StringComparison.OrdinalIgnoreCase);

    private static async Task InvokeWithScriptAsync(HttpContext context, RequestDelegate next)
    {
        // What the browser has kept may be without the script.
        context.Request.Headers.Remove("If-None-Match");
        context.Request.Headers.Remove("If-Modified-Since");
        var response = context.Response;
        var body = response.Body;
        using var page = new MemoryStream();
        response.Body = page;
        try
        {
            await next(context);
            await response.BodyWriter.FlushAsync(context.RequestAborted);
        }
        finally
        {
            response.Body = body;
        }

        var bytes = page.ToArray();
        if (response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) is true)
        {
            var version = WebUtility.HtmlEncode($"{response.StatusCode} {response.Headers.ETag}");
            bytes =
            [
                .. bytes,
                .. Encoding.UTF8.GetBytes($"<script src=\"{ScriptPath}\" data-version=\"{version}\"></script>\n"),
            ];
            response.ContentLength = bytes.Length;
        }

        await body.WriteAsync(bytes, context.RequestAborted);
    }
}
