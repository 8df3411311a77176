using ServerlessBlog.Web.Caching;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Admin.SignIn;

/// <summary>GET /moderate/passkey/script.js: the script of the forms with passkeys.</summary>
public sealed class ReadPasskeyScript
{
    private static readonly EncodedPage Script = EncodedPage.Encode(
        new RenderedPage(Read(), Policy: null),
        DateTimeOffset.UnixEpoch
    );

    /// <summary>The address of the script, with its hash.</summary>
    public static string Address => $"{AdminPaths.PasskeyScript}?v={Script.Tag}";

    /// <param name="request">The request; its query <c>v</c> decides how long the response may be cached.</param>
    /// <param name="cancellationToken">Not used: nothing is read.</param>
    [Function(nameof(ReadPasskeyScript))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = AdminPaths.PasskeyScriptRoute)]
            HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        Task.FromResult<IResult>(
            new PageResult(Script, PageResult.PolicyFor(request, Script), contentType: "text/javascript; charset=utf-8")
        );

    private static byte[] Read()
    {
        using var file = typeof(ReadPasskeyScript).Assembly.GetManifestResourceStream("passkey.js")!;
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }
}
