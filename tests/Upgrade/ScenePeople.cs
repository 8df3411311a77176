using System.Net;
using Microsoft.Extensions.Time.Testing;
using ServerlessBlog.Posts;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Upgrade;

/// <summary>Acts as writers of comments and a moderator do, over HTTP; each act is some seconds after the one before.</summary>
/// <param name="blog">The blog.</param>
/// <param name="clock">Its clock.</param>
/// <param name="held">What they hold, see <see cref="SnapshotInfo"/>; each comment that is sent adds its link.</param>
internal sealed class ScenePeople(TestBlog blog, FakeTimeProvider clock, IDictionary<string, string> held)
{
    /// <summary>The moderator, signed in with the cookie.</summary>
    public AdminDriver Moderator => new(blog, held["cookie"]);

    /// <summary>Sends a comment, as somebody whose comments were approved before unless said otherwise.</summary>
    public async Task SayAsync(
        string what,
        string file,
        string text,
        string name = "Grace",
        string email = "grace@example.com",
        string website = "",
        int? answers = null
    )
    {
        clock.Advance(TimeSpan.FromSeconds(10));
        var post = PostId.OfFile(file);
        var token = await blog.ReadAsync($"/api/form-token/{post}");
        using var answer = await PostAsync(
            $"/posts/{post}/comments",
            ("name", name),
            ("email", email),
            ("website", website),
            ("comment", text),
            ("answers", $"{answers}"),
            ("token", token)
        );
        held[what] = $"/comment/{answer.Headers.Location!.OriginalString.Split("receipt=")[1].Split('#')[0]}";
    }

    /// <summary>Does something with a comment of one's own: change, withdraw or erase.</summary>
    public async Task ChangeAsync(string what, string act, string text = "")
    {
        clock.Advance(TimeSpan.FromSeconds(10));
        (await PostAsync(held[what], ("act", act), ("comment", text))).Dispose();
    }

    /// <summary>Decides about a comment in a list. Answers the page that says what was done.</summary>
    public async Task<string> DecideAsync(string act, string what, string list)
    {
        clock.Advance(TimeSpan.FromSeconds(10));
        using var answer = await Moderator.PostAsync(
            $"/moderate/comments/{list}",
            ("one", $"{act} {await ItemAsync(what)}")
        );
        Expect(HttpStatusCode.OK, answer);
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>Writes on a comment's page: answer, or correct.</summary>
    public async Task WriteAsync(string what, string act, string text)
    {
        clock.Advance(TimeSpan.FromSeconds(10));
        using var answer = await Moderator.PostAsync(
            StoryOf(what),
            ("item", await ItemAsync(what)),
            ("act", act),
            (act, text)
        );
        Expect(HttpStatusCode.SeeOther, answer);
    }

    /// <summary>A moderator's page of a comment.</summary>
    public Task<string> ReadStoryAsync(string what) => Moderator.ReadAsync(StoryOf(what));

    /// <exception cref="InvalidOperationException">The answer has another status.</exception>
    public static void Expect(HttpStatusCode status, HttpResponseMessage answer)
    {
        if (answer.StatusCode != status)
        {
            throw new InvalidOperationException(
                $"{answer.RequestMessage!.RequestUri} answered {answer.StatusCode}, not {status}."
            );
        }
    }

    private string StoryOf(string what) => $"/moderate/comment/{SnapshotLinks.KeyIn(held[what])}";

    private async Task<string> ItemAsync(string what) => SnapshotLinks.ItemIn(await ReadStoryAsync(what));

    private async Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        var answer = await blog.Http.PostAsync(new Uri(path, UriKind.Relative), form);
        Expect(HttpStatusCode.SeeOther, answer);
        return answer;
    }
}
