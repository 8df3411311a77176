using System.Net;
using System.Text.Json;
using Azure.Data.Tables;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Letters;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Tests.Letters;

namespace ServerlessBlog.Tests.Privacy;

/// <summary>What is kept of somebody: said on a page, shown, exported and erased through a mailed link.</summary>
public sealed class PrivacyTests : IAsyncLifetime
{
    private LetterFixture _fixture = null!;

    public async Task InitializeAsync() => _fixture = await LetterFixture.StartAsync();

    public Task DisposeAsync() => _fixture.DisposeAsync().AsTask();

    [Fact]
    public async Task The_statement_follows_the_settings()
    {
        var page = await _fixture.ReadTextAsync("/privacy");
        await using var other = await TestBlog.StartAsync(new() { ["Blog:Comments:KeepDays"] = "0" });

        Assert.Contains("are deleted after 30 days", page, StringComparison.Ordinal);
        Assert.Contains("is deleted after 7 days", page, StringComparison.Ordinal);
        Assert.Contains("Spam is kept, too.", await other.ReadAsync("/privacy"), StringComparison.Ordinal);
        Assert.Contains("href=\"/privacy\"", await other.ReadAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_that_is_kept_is_exported()
    {
        await _fixture.WriteAndConfirmAsync("Grace", "What I *wrote*.");
        await _fixture.WriteAsync("Linus", "Of somebody else.");
        var page = await AskAsync("Grace");

        Assert.Contains("Comments: 1", await _fixture.ReadTextAsync(page), StringComparison.Ordinal);
        using var response = await PostAsync(page, "download");
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());

        Assert.Equal("no-store, private", response.Headers.CacheControl!.ToString());
        Assert.Equal(_fixture.MailOf("Grace"), json.RootElement.GetProperty("Mail").GetString());
        Assert.Equal(
            ["What I *wrote*."],
            json.RootElement.GetProperty("Comments")
                .EnumerateArray()
                .Select(comment => comment.GetProperty("Text").GetString())
        );
        Assert.Equal(2, json.RootElement.GetProperty("Mails").GetArrayLength()); // to confirm, and this link
        Assert.NotEqual(
            JsonValueKind.Null,
            json.RootElement.GetProperty("Subscription").GetProperty("Confirmed").ValueKind
        );
    }

    [Theory]
    [InlineData("anonymise")]
    [InlineData("erase")]
    public async Task Nothing_of_somebody_who_is_erased_stays_in_any_row_page_or_feed(string act)
    {
        var comment = await _fixture.WriteAndConfirmAsync("Grace", "My own words.");
        var reply = await _fixture.WriteAsync("Linus", "An answer.", comment);
        await _fixture.WaitForAsync("Grace", "Linus replied");
        await _fixture.WriteAndConfirmAsync("Ken", "Somebody else.", reply);
        await _fixture.WriteAsync("Grace", "More of my own words.", reply);
        await _fixture.Blog.ReadAsync("/posts/talk");
        var page = await AskAsync("Grace");

        using var response = await PostAsync(page, act);
        using var again = await _fixture.Blog.Http.GetAsync(page);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (response.StatusCode, again.StatusCode));
        Assert.Null(
            await _fixture.Blog.Get<RecipientTable>().FindByMailAsync(_fixture.MailOf("Grace"), CancellationToken.None)
        );
        var rows = await AllRowsAsync();
        Assert.DoesNotContain(_fixture.MailOf("Grace"), rows, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Grace", rows, StringComparison.Ordinal);
        Assert.Contains(_fixture.MailOf("Ken"), rows, StringComparison.Ordinal);
        foreach (var path in new[] { "/posts/talk", "/posts/talk/comments.xml", "/comments.xml" })
        {
            var text = await _fixture.Blog.ReadUntilAsync(path, html =>
                !html.Contains("Grace", StringComparison.Ordinal)
            );
            Assert.Equal(act == "anonymise", text.Contains("My own words.", StringComparison.Ordinal));
            Assert.Contains("An answer.", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Following_the_link_changes_nothing_and_another_token_shows_nothing()
    {
        var comment = await _fixture.WriteAsync("Grace", "My own words.");
        var page = await AskAsync("Grace");

        await _fixture.ReadTextAsync($"{page}?act=erase");
        using var changed = await _fixture.Blog.Http.GetAsync(page[..^1] + "_");

        Assert.Equal(HttpStatusCode.NotFound, changed.StatusCode);
        var found = await _fixture.Blog.Get<CommentTable>().FindAsync(comment.Key, CancellationToken.None);
        Assert.Equal((CommentState.Approved, "Grace"), (found!.Value.State, found.Value.Author));
        await _fixture.Blog.Http.PostAsync("/privacy", FormOf(("email", _fixture.MailOf("Grace"))));
        Assert.Single(await _fixture.MailsToAsync("Grace")); // one an hour
    }

    private async Task<string> AskAsync(string name)
    {
        using var response = await _fixture.Blog.Http.PostAsync("/privacy", FormOf(("email", _fixture.MailOf(name))));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var mail = await _fixture.WaitForAsync(name, "What Test blog keeps of you");
        return mail
            .Text.Split('\n')
            .Single(line => line.Contains("/privacy/", StringComparison.Ordinal))["http://blog.test".Length..]
            .Trim();
    }

    private Task<HttpResponseMessage> PostAsync(string page, string act) =>
        _fixture.Blog.Http.PostAsync(page, FormOf(("act", act)));

    private static FormUrlEncodedContent FormOf(params (string Name, string Value)[] fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    /// <summary>Everything in all tables, in one text.</summary>
    private async Task<string> AllRowsAsync()
    {
        var rows = new List<string>();
        foreach (var name in StorageNames.Tables)
        {
            await foreach (var row in new TableClient(_fixture.Blog.Connection, name).QueryAsync<TableEntity>())
            {
                rows.Add(string.Join('\t', ((IDictionary<string, object>)row).Values));
            }
        }

        return string.Join('\n', rows);
    }
}
