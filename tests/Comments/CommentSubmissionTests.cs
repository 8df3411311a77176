using System.Net;
using AngleSharp.Html.Parser;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Comments;

/// <summary>
/// The checks on a submitted comment: the flood limit, the form token, the hidden field, the number of the comment
/// replied to.
/// </summary>
public sealed class CommentSubmissionTests
{
    private static readonly CancellationToken Stop = CancellationToken.None;

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_second_comment_from_an_address_has_to_wait_and_keeps_its_text()
    {
        await using var blog = await TestBlog.StartAsync(new() { ["Blog:Comments:FloodSeconds"] = "15" }, _clock);
        var post = await blog.PublishAsync("flood");
        using var first = await blog.CommentAsync(post, "First.");
        _clock.Advance(TimeSpan.FromSeconds(5));

        using var second = await blog.CommentAsync(post, "Second.");
        using var twice = await blog.CommentAsync(post, "First.");
        _clock.Advance(TimeSpan.FromSeconds(10));
        using var later = await blog.CommentAsync(post, "Second.");

        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
        Assert.Equal("10", second.Headers.RetryAfter!.ToString());
        var page = new HtmlParser().ParseDocument(await second.Content.ReadAsStringAsync());
        Assert.Contains(
            "Another comment came from your address a moment ago.",
            page.QuerySelector(".problems")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal("Second.", page.QuerySelector("#your-comment")!.TextContent);
        Assert.Equal((first.Headers.Location, HttpStatusCode.SeeOther), (twice.Headers.Location, later.StatusCode));
    }

    [Fact]
    public async Task A_double_click_is_one_comment_and_is_not_limited()
    {
        await using var blog = await TestBlog.StartAsync(new() { ["Blog:Comments:FloodSeconds"] = "15" });
        var post = await blog.PublishAsync("clicks");

        var responses = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => blog.CommentAsync(post, "Once.")));

        Assert.All(responses, response => Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode));
        Assert.Single(responses.Select(response => response.Headers.Location).Distinct());
    }

    [Fact]
    public async Task Addresses_are_deleted_when_their_day_is_over()
    {
        await using var blog = await TestBlog.StartAsync(new() { ["Blog:Comments:FloodSeconds"] = "15" }, _clock);
        using var sent = await blog.CommentAsync(await blog.PublishAsync("days"), "First.");
        var rows = new TableClient(blog.Connection, StorageNames.CommentTable);
        Task<List<string>> FloodKeysAsync() =>
            rows.QueryAsync<TableEntity>()
                .Select(row => $"{row.PartitionKey}/{row.RowKey}")
                .Where(key => key.Contains("flood:20260501", StringComparison.Ordinal))
                .ToListAsync()
                .AsTask();

        await blog.Get<ForgetAddresses>().RunAsync(Stop);
        var sameDay = await FloodKeysAsync();
        _clock.Advance(TimeSpan.FromDays(1));
        await blog.Get<ForgetAddresses>().RunAsync(Stop);

        Assert.Equal(2, sameDay.Count); // the day's hash key and one address
        Assert.DoesNotContain(sameDay, key => key.Contains("127.0.0.1", StringComparison.Ordinal));
        Assert.Empty(await FloodKeysAsync());
    }

    [Theory]
    [InlineData("good", CommentState.Approved, "No rule objects.")]
    [InlineData(
        "none",
        CommentState.Held,
        "It came without the token of the page's script: from a browser without scripts, or from a robot."
    )]
    [InlineData(
        "other post's",
        CommentState.Held,
        "It came without the token of the page's script: from a browser without scripts, or from a robot."
    )]
    [InlineData(
        "changed",
        CommentState.Held,
        "It came without the token of the page's script: from a browser without scripts, or from a robot."
    )]
    [InlineData(
        "expired",
        CommentState.Held,
        "It came without the token of the page's script: from a browser without scripts, or from a robot."
    )]
    [InlineData("hasty", CommentState.Held, "It was written in 2 seconds: people take at least 3.")]
    public async Task Without_a_valid_token_or_in_too_little_time_a_comment_is_held(
        string kind,
        CommentState state,
        string reason
    )
    {
        await using var blog = await TestBlog.StartAsync(new() { ["Blog:Comments:FormSeconds"] = "3" }, _clock);
        var post = await blog.PublishAsync("token");
        var token = await blog.ReadAsync(
            $"/api/form-token/{(kind == "other post's" ? PostId.FromBlobName("other.md") : post)}"
        );
        _clock.Advance(
            kind switch
            {
                "expired" => TimeSpan.FromDays(1.1),
                "hasty" => TimeSpan.FromSeconds(2),
                _ => TimeSpan.FromSeconds(4),
            }
        );

        var comment = await SubmitAndWaitForDecisionAsync(
            blog,
            post,
            new()
            {
                ["token"] = kind switch
                {
                    "none" => "",
                    "changed" => token[..^2] + "xx",
                    _ => token,
                },
            }
        );

        Assert.Equal((state, reason), (comment.State, Assert.Single(comment.Reasons)));
    }

    [Fact]
    public async Task A_filled_hidden_field_is_spam_and_the_audit_shows_what_each_rule_found()
    {
        await using var blog = await TestBlog.StartAsync();
        var post = await blog.PublishAsync("trap");

        var comment = await SubmitAndWaitForDecisionAsync(blog, post, new() { ["subject"] = "Buy!" });

        Assert.Equal(CommentState.Spam, comment.State);
        var trace = Assert.Single(await blog.Get<CommentTable>().ReadAuditAsync(comment.Key, Stop)).Trace!;
        Assert.Equal(
            [
                "words that make spam: none of 0 words",
                "hidden field: filled in",
                "open post: the post takes comments",
                "hold all: off",
                "links: 0 links; 2 or more hold a comment",
                "words that hold: none of 0 words",
                "form: not looked at",
                "known writer: not looked at",
            ],
            trace.Select(finding => $"{finding.Rule}: {finding.Saw}")
        );
        Assert.Equal(
            ["It filled in a field that people do not see."],
            trace.Where(finding => finding.Says is not null).SelectMany(finding => finding.Reasons)
        );
    }

    [Theory]
    [InlineData("7")]
    [InlineData("first")]
    [InlineData("-1")]
    [InlineData("99999999999")]
    public async Task A_reply_to_a_comment_that_is_not_there_is_refused_and_sent_again_begins_a_thread(string number)
    {
        await using var blog = await TestBlog.StartAsync();
        var post = await blog.PublishAsync("nobody");

        using var response = await SendAsync(blog, post, new() { ["answers"] = number });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var page = new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync());
        Assert.StartsWith(
            "The comment that you reply to is no longer on the page.",
            page.QuerySelector(".problems li")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(
            ("", "Well said."),
            (
                page.QuerySelector("[name=answers]")!.GetAttribute("value"),
                page.QuerySelector("#your-comment")!.TextContent
            )
        );
    }

    [Fact]
    public async Task A_preview_shows_the_comment_and_stores_nothing()
    {
        await using var blog = await TestBlog.StartAsync();
        var post = await blog.PublishAsync("preview");

        using var shown = await SendAsync(
            blog,
            post,
            new()
            {
                ["act"] = "preview",
                ["comment"] = "So **be** it. <script>alert(1)</script>",
                ["name"] = "",
            }
        );
        using var empty = await SendAsync(blog, post, new() { ["act"] = "preview", ["comment"] = "" });
        using var live = await blog.Http.PostAsync(
            "/api/preview",
            new FormUrlEncodedContent([new("comment", "So **be** it.")])
        );

        var page = new HtmlParser().ParseDocument(await shown.Content.ReadAsStringAsync());
        Assert.Equal(
            "<p dir=\"auto\">So <strong>be</strong> it. &lt;script&gt;alert(1)&lt;/script&gt;</p>",
            page.QuerySelector(".preview .prose")!.InnerHtml.Trim()
        );
        Assert.Equal(
            ("no-store, private", HttpStatusCode.OK),
            (shown.Headers.CacheControl!.ToString(), shown.StatusCode)
        );
        Assert.Contains("Write a comment.", await empty.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(
            ("text/plain", "<p dir=\"auto\">So <strong>be</strong> it.</p>"),
            (live.Content.Headers.ContentType!.MediaType, (await live.Content.ReadAsStringAsync()).Trim())
        );
        Assert.Empty(
            await new TableClient(blog.Connection, StorageNames.CommentTable)
                .QueryAsync<TableEntity>($"PartitionKey eq '{post}'")
                .ToListAsync()
        );
    }

    [Fact]
    public async Task After_CloseAfterDays_a_post_accepts_no_comments_and_keeps_its_conversation()
    {
        var delayed = new DelayedMessages(_clock);
        await using var blog = await TestBlog.StartAsync(
            new() { ["Blog:Comments:CloseAfterDays"] = "200" },
            _clock,
            compose: services => services.AddSingleton<HttpPipelinePolicy>(delayed)
        );
        var post = await blog.PublishAsync("talked-out"); // dated January 2
        using var sent = await blog.CommentAsync(post, "In time.");
        Assert.Contains(
            "leave-a-comment",
            await blog.ReadUntilAsync("/posts/talked-out", html => html.Contains("In time.", StringComparison.Ordinal)),
            StringComparison.Ordinal
        );

        var closing = new DateTimeOffset(2026, 7, 21, 0, 0, 0, TimeSpan.Zero);
        while (_clock.GetUtcNow() < closing)
        {
            var next = delayed.Waiting.Min(message => message.VisibleAt);
            _clock.Advance((next < closing ? next : closing) - _clock.GetUtcNow());
            await delayed.DeliverAsync(blog);
        }

        var closed = await blog.ReadUntilAsync("/posts/talked-out", html =>
            html.Contains("Comments are closed.", StringComparison.Ordinal)
        );
        using var late = await blog.CommentAsync(post, "Too late.");
        using var preview = await SendAsync(blog, post, new() { ["act"] = "preview" });

        Assert.Contains("In time.", closed, StringComparison.Ordinal);
        Assert.DoesNotContain("leave-a-comment", closed, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (late.StatusCode, preview.StatusCode));
        Assert.Contains("Too late.", await late.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> SendAsync(TestBlog blog, PostId post, Dictionary<string, string> fields) =>
        blog.Http.PostAsync(
            $"/posts/{post}/comments",
            new FormUrlEncodedContent(
                new Dictionary<string, string>
                {
                    ["name"] = "Grace",
                    ["email"] = "grace@example.com",
                    ["comment"] = "Well said.",
                }
                    .Where(field => !fields.ContainsKey(field.Key))
                    .Concat(fields)
            )
        );

    private static async Task<Comment> SubmitAndWaitForDecisionAsync(
        TestBlog blog,
        PostId post,
        Dictionary<string, string> fields
    )
    {
        using var sent = await SendAsync(blog, post, fields);
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        var id = CommentId.Create(
            await blog.Get<CommentTable>().GetIdKeyAsync(Stop),
            post,
            "grace@example.com",
            "Grace",
            "Well said."
        );
        var found = await TestBlog.WaitUntilAsync(
            () => blog.Get<CommentTable>().FindAsync(new CommentKey(post, id), Stop),
            read => read?.Value.State is not (null or CommentState.Waiting),
            "a decision on the comment"
        );
        return found!.Value;
    }
}
