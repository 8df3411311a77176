using System.Net;
using Microsoft.Extensions.Time.Testing;
using ServerlessBlog.Posts;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Upgrade;

/// <summary>
/// Acts as commenters and as a moderator over HTTP. Advances the clock by 10 s before each action.
/// </summary>
/// <param name="blog">The blog.</param>
/// <param name="clock">The clock of the blog.</param>
/// <param name="credentials">The credentials, see <see cref="SnapshotInfo"/>; each comment that is sent adds the path
/// of its receipt.</param>
internal sealed class PeopleDriver(TestBlog blog, FakeTimeProvider clock, IDictionary<string, string> credentials)
{
    /// <summary>The moderator who is signed in with the stored cookie.</summary>
    public AdminDriver Moderator => new(blog, credentials["cookie"]);

    /// <summary>
    /// Sends a comment, by default as a commenter with approved comments. Its credential is stored under the label.
    /// </summary>
    public async Task CommentAsync(
        string label,
        string file,
        string text,
        string name = "Grace",
        string email = "grace@example.com",
        string website = "",
        int? replyTo = null
    )
    {
        clock.Advance(TimeSpan.FromSeconds(10));
        var post = PostId.FromBlobName(file);
        var token = await blog.ReadAsync($"/api/form-token/{post}");
        using var response = await PostAsync(
            $"/posts/{post}/comments",
            ("name", name),
            ("email", email),
            ("website", website),
            ("comment", text),
            ("answers", $"{replyTo}"),
            ("token", token)
        );
        credentials[label] = $"/comment/{response.Headers.Location!.OriginalString.Split("receipt=")[1].Split('#')[0]}";
    }

    /// <summary>Changes, withdraws or erases a comment as its writer.</summary>
    public async Task ChangeAsync(string label, string act, string text = "")
    {
        clock.Advance(TimeSpan.FromSeconds(10));
        (await PostAsync(credentials[label], ("act", act), ("comment", text))).Dispose();
    }

    /// <summary>Decides on a comment in a list of the admin area. Returns the page with the outcome.</summary>
    public async Task<string> DecideAsync(string act, string label, string list)
    {
        clock.Advance(TimeSpan.FromSeconds(10));
        return await Moderator.SubmitAsync(
            $"/moderate/comments/{list}",
            ("one", $"{act} {await ReadItemAsync(label)}")
        );
    }

    /// <summary>Replies to a comment ("answer") or corrects it ("correct") on its page in the admin area.</summary>
    public async Task WriteAsync(string label, string act, string text)
    {
        clock.Advance(TimeSpan.FromSeconds(10));
        using var response = await Moderator.PostAsync(
            CommentPagePath(label),
            ("item", await ReadItemAsync(label)),
            ("act", act),
            (act, text)
        );
        Expect(HttpStatusCode.SeeOther, response);
    }

    /// <summary>The page of a comment in the admin area.</summary>
    public Task<string> ReadCommentPageAsync(string label) => Moderator.ReadAsync(CommentPagePath(label));

    /// <summary>Checks the status of a response.</summary>
    /// <exception cref="InvalidOperationException">The response has another status.</exception>
    public static void Expect(HttpStatusCode status, HttpResponseMessage response)
    {
        if (response.StatusCode != status)
        {
            throw new InvalidOperationException(
                $"{response.RequestMessage!.RequestUri} answered {response.StatusCode}, not {status}."
            );
        }
    }

    private string CommentPagePath(string label) => $"/moderate/comment/{SnapshotLinks.KeyIn(credentials[label])}";

    private async Task<string> ReadItemAsync(string label) => SnapshotLinks.ItemIn(await ReadCommentPageAsync(label));

    private async Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        var response = await blog.Http.PostAsync(new Uri(path, UriKind.Relative), form);
        Expect(HttpStatusCode.SeeOther, response);
        return response;
    }
}
