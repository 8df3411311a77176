using System.Text.RegularExpressions;
using ServerlessBlog.Admin.SignIn;

namespace ServerlessBlog.Tests.Infrastructure;

/// <summary>A moderator at the desk: sends the cookie and the origin that a browser would.</summary>
public sealed partial class AdminDriver(TestBlog blog, string cookie)
{
    /// <summary>What a browser keeps, with its name.</summary>
    public string Cookie => cookie;

    /// <summary>Signs the first author in without a mail.</summary>
    public static async Task<AdminDriver> BeginAsync(TestBlog blog, string? mail = null)
    {
        var moderators = blog.Get<Moderators>();
        var links = blog.Get<SignInLinkSigner>();
        var link = links.For(moderators.WithMail(mail ?? "ada@blog.test")!);
        using var answer = await SendAsync(blog, HttpMethod.Post, new Uri(links.AddressOf(link)).AbsolutePath, null);
        return new AdminDriver(blog, answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
    }

    /// <summary>Sends a request to the desk.</summary>
    /// <param name="blog">The blog.</param>
    /// <param name="method">GET or POST.</param>
    /// <param name="path">Where to.</param>
    /// <param name="cookie">What the browser has kept; null for nothing.</param>
    /// <param name="origin">Where the form says that it comes from; null for no word of it.</param>
    /// <param name="fields">The form.</param>
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

    /// <summary>The page at this path, whatever its status.</summary>
    public async Task<string> ReadAsync(string path)
    {
        using var answer = await SendAsync(blog, HttpMethod.Get, path, cookie);
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>Sends a form of the desk.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields) =>
        SendAsync(blog, HttpMethod.Post, path, cookie, fields: fields);

    /// <summary>Sends a form of the desk that may hold files.</summary>
    public Task<HttpResponseMessage> PostAsync(
        string path,
        MultipartFormDataContent form,
        string origin = "http://blog.test"
    )
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = form };
        request.Headers.Add("Cookie", cookie);
        request.Headers.Add("Origin", origin);
        request.Headers.ExpectContinue = true; // so that what is refused unread is answered all the same
        return blog.Http.SendAsync(request);
    }

    /// <summary>The path of the link to sign in that stands in a mail.</summary>
    public static string LinkIn(string mail) => Link().Match(mail).Groups[1].Value;

    [GeneratedRegex("http://blog\\.test(/moderate/sign-in/\\S+)")]
    private static partial Regex Link();
}
