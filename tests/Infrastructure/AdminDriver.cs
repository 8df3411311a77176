using System.Text.RegularExpressions;
using ServerlessBlog.Admin.SignIn;

namespace ServerlessBlog.Tests.Infrastructure;

/// <summary>
/// Drives the admin area over HTTP as a signed-in moderator: sends the cookie and the Origin header that a browser
/// would send.
/// </summary>
public sealed partial class AdminDriver(TestBlog blog, string cookie)
{
    /// <summary>The session cookie as <c>name=value</c>.</summary>
    public string Cookie => cookie;

    /// <summary>
    /// Signs an author in with a sign-in link, without sending its mail. The default author is Ada, the first one.
    /// </summary>
    public static async Task<AdminDriver> SignInAsync(TestBlog blog, string? mail = null)
    {
        var moderators = blog.Get<Moderators>();
        var links = blog.Get<SignInLinkSigner>();
        var link = links.CreateLink(moderators.FindByEmail(mail ?? "ada@blog.test")!);
        using var response = await SendAsync(blog, HttpMethod.Post, new Uri(links.AddressOf(link)).AbsolutePath, null);
        return new AdminDriver(blog, response.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
    }

    /// <summary>Sends a request to the admin area.</summary>
    /// <param name="blog">The blog.</param>
    /// <param name="method">GET or POST.</param>
    /// <param name="path">The path of the request.</param>
    /// <param name="cookie">The Cookie header; null for none.</param>
    /// <param name="origin">The Origin header of a POST; null for none.</param>
    /// <param name="fields">The form fields of a POST.</param>
    public static Task<HttpResponseMessage> SendAsync(
        TestBlog blog,
        HttpMethod method,
        string path,
        string? cookie,
        string? origin = "http://blog.test",
        params (string Name, string Value)[] fields
    )
    {
        var request = new HttpRequestMessage(method, path);
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        if (method == HttpMethod.Post)
        {
            request.Content = new FormUrlEncodedContent(
                fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value))
            );
            if (origin is not null)
            {
                request.Headers.Add("Origin", origin);
            }
        }

        return blog.Http.SendAsync(request);
    }

    /// <summary>Gets the body of the page at this path, whatever its status.</summary>
    public async Task<string> ReadAsync(string path)
    {
        using var response = await SendAsync(blog, HttpMethod.Get, path, cookie);
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>Posts a form of the admin area.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields) =>
        SendAsync(blog, HttpMethod.Post, path, cookie, fields: fields);

    /// <summary>Posts a form of the admin area, and returns the page that a browser shows then.</summary>
    public async Task<string> SubmitAsync(string path, params (string Name, string Value)[] fields)
    {
        using var response = await PostAsync(path, fields);
        return response.Headers.Location is { } next
            ? await ReadAsync(next.OriginalString)
            : await response.Content.ReadAsStringAsync();
    }

    /// <summary>Posts a multipart form of the admin area, which may contain files.</summary>
    public Task<HttpResponseMessage> PostAsync(
        string path,
        MultipartFormDataContent form,
        string origin = "http://blog.test"
    )
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = form };
        request.Headers.Add("Cookie", cookie);
        request.Headers.Add("Origin", origin);
        request.Headers.ExpectContinue = true; // so that a body refused unread still gets its response
        return blog.Http.SendAsync(request);
    }

    /// <summary>Extracts the path of the sign-in link from a mail's text; empty without a link.</summary>
    public static string FindSignInLink(string mail) => Link().Match(mail).Groups[1].Value;

    [GeneratedRegex("http://blog\\.test(/moderate/sign-in/\\S+)")]
    private static partial Regex Link();
}
