using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Admin.Comments;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Admin.Comments;

[Trait("Category", "Slow")]
public sealed partial class CommentListTests
{
    private const string Held = "/moderate/comments/held";
    private static readonly string[] Actions = ["approve", "spam", "trash"];
    private static readonly Dictionary<string, string?> HoldAll = new() { ["Blog:Comments:Moderation"] = "true" };

    [Fact]
    public async Task A_held_comment_is_approved_and_undo_holds_it_again()
    {
        await using var blog = await TestBlog.StartAsync(HoldAll);
        var (post, moderator) = (await blog.PublishAsync("approve"), await AdminDriver.SignInAsync(blog));
        await SubmitHeldAsync(blog, post, "Well **said**.");
        var item = Assert.Single(ItemsIn(await moderator.ReadAsync(Held)));

        var response = await moderator.SubmitAsync(Held, ("one", $"approve {item}"));
        var shown = await blog.ReadAsync("/posts/approve");
        using var undone = await moderator.PostAsync(Held, ("act", "undo"), ("item", UndoItemsIn(response).Single()));

        Assert.Contains("1 comment approved.", response, StringComparison.Ordinal);
        Assert.Empty(ItemsIn(response));
        Assert.Contains("<strong>said</strong>", shown, StringComparison.Ordinal);
        Assert.Contains(
            "1 comment put back to where it was.",
            await undone.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        Assert.Contains("Well **said**.", await moderator.ReadAsync(Held), StringComparison.Ordinal);
        Assert.Contains("No comments yet", await blog.ReadAsync("/posts/approve"), StringComparison.Ordinal);
        var key = CommentVersion.Read(item)!.Comment;
        Assert.Equal(
            [
                ("rules", CommentState.Held),
                ("Ada in the admin area", CommentState.Approved),
                ("Ada in the admin area", CommentState.Held),
            ],
            (await blog.Get<CommentTable>().ReadAuditAsync(key, CancellationToken.None)).Select(entry =>
                (entry.By, entry.To)
            )
        );
        var history = await moderator.ReadAsync($"/moderate/comment/{key}");
        Assert.Contains("<dt>hold all</dt><dd>on: held</dd>", history, StringComparison.Ordinal);
        Assert.Contains("by Ada in the admin area", history, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_comments_are_marked_as_spam_at_once_and_one_is_restored()
    {
        await using var blog = await TestBlog.StartAsync(HoldAll);
        var (post, moderator) = (await blog.PublishAsync("bulk"), await AdminDriver.SignInAsync(blog));
        for (var number = 0; number < 5; number++)
        {
            await SubmitHeldAsync(blog, post, $"Buy number {number}!");
        }

        var page = await moderator.ReadAsync(Held);
        using var chosen = await moderator.PostAsync(
            Held,
            [("act", "spam"), .. ItemsIn(page).Take(2).Select(item => ("item", item))]
        );
        var response = await chosen.Content.ReadAsStringAsync();
        using var rest = await moderator.PostAsync(
            Held,
            [("act", "spam"), .. ItemsIn(response).Select(item => ("item", item))]
        );
        var spam = await moderator.ReadAsync("/moderate/comments/spam");
        using var restored = await moderator.PostAsync(
            "/moderate/comments/spam",
            [("act", "restore"), .. ItemsIn(spam).Take(1).Select(item => ("item", item))]
        );

        Assert.Contains("2 comments marked as spam.", response, StringComparison.Ordinal);
        Assert.Contains("3 comments marked as spam.", await rest.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(5, ItemsIn(spam).Count);
        Assert.Contains(
            "1 comment brought back.",
            await restored.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        Assert.Single(ItemsIn(await moderator.ReadAsync(Held)));
        Assert.Matches("Spam <span class=\"count\">4</span>", await moderator.ReadAsync(Held));
    }

    [Fact]
    public async Task A_decision_made_meanwhile_by_somebody_else_stays()
    {
        await using var blog = await TestBlog.StartAsync(HoldAll);
        var (post, moderator) = (await blog.PublishAsync("both"), await AdminDriver.SignInAsync(blog));
        await SubmitHeldAsync(blog, post, "Whose is it?");
        var item = Assert.Single(ItemsIn(await moderator.ReadAsync(Held)));

        var texts = await Task.WhenAll(
            Actions.Select(action => moderator.SubmitAsync(Held, ("one", $"{action} {item}")))
        );

        Assert.Single(texts, text => text.Contains("1 comment ", StringComparison.Ordinal));
        Assert.Equal(
            2,
            texts.Count(text =>
                text.Contains(
                    "Nothing was changed. 1 was left as it is: somebody has decided about it meanwhile.",
                    StringComparison.Ordinal
                )
            )
        );
        Assert.Equal(
            2,
            (
                await blog.Get<CommentTable>()
                    .ReadAuditAsync(CommentVersion.Read(item)!.Comment, CancellationToken.None)
            ).Count
        );
    }

    [Fact]
    public async Task A_comment_trashed_by_a_moderator_can_be_restored_and_a_withdrawn_one_cannot()
    {
        await using var blog = await TestBlog.StartAsync();
        var (post, moderator) = (await blog.PublishAsync("trash"), await AdminDriver.SignInAsync(blog));
        (await blog.CommentAsync(post, "The moderator's.")).Dispose();
        (await blog.CommentAsync(post, "The writer's.")).Dispose();
        await blog.ReadUntilAsync("/posts/trash", page => page.Contains(">2 comments<", StringComparison.Ordinal));
        var list = await moderator.ReadAsync("/moderate/comments/approved");
        using var trashed = await moderator.PostAsync(
            "/moderate/comments/approved",
            [("act", "trash"), .. ItemsIn(list).Select(item => ("item", item))]
        );
        var trash = ItemsIn(await moderator.ReadAsync("/moderate/comments/trash"));
        var keys = trash.Select(item => CommentVersion.Read(item)!.Comment).ToList();
        var texts = await Task.WhenAll(
            keys.Select(async key =>
                (await blog.Get<CommentTable>().FindAsync(key, CancellationToken.None))!.Value.Text
            )
        );
        await blog.Get<WriterActions>().WithdrawAsync(keys[texts.IndexOf("The writer's.")], CancellationToken.None);

        var remaining = await moderator.ReadAsync("/moderate/comments/trash");
        using var restored = await moderator.PostAsync(
            "/moderate/comments/trash",
            [("act", "restore"), .. trash.Select(item => ("item", item))]
        );

        Assert.Equal(2, trash.Count);
        Assert.Contains("The writer&#x27;s.", remaining, StringComparison.Ordinal);
        Assert.Single(ItemsIn(remaining));
        Assert.Contains(
            "1 comment brought back. 1 was left as it is",
            await restored.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        var shown = await blog.ReadUntilAsync("/posts/trash", page =>
            page.Contains(">1 comment<", StringComparison.Ordinal)
        );
        Assert.Contains("The moderator's.", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("The writer's.", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_thousands_of_held_comments_takes_as_many_calls_as_one_of_thirty()
    {
        await using var few = await TestBlog.StartAsync();
        await using var many = await TestBlog.StartAsync();
        await AddHeldAsync(few, 30);
        await AddHeldAsync(many, 2_500); // more than two answers of the table service

        var (callsFew, pagesFew) = await PagesAsync(few, 2);
        var (callsMany, pagesMany) = await PagesAsync(many, 2);

        Assert.Equal(callsFew[0], callsMany[0]);
        Assert.InRange(callsMany[0], CommentListReader.PageSize, CommentListReader.PageSize + 12);
        Assert.Equal((CommentListReader.PageSize, 5), (ItemsIn(pagesFew[0]).Count, ItemsIn(pagesFew[1]).Count));
        Assert.Equal(
            (CommentListReader.PageSize, CommentListReader.PageSize),
            (ItemsIn(pagesMany[0]).Count, ItemsIn(pagesMany[1]).Count)
        );
        Assert.Contains("Held <span class=\"count\">99&#x2B;</span>", pagesMany[0], StringComparison.Ordinal);
        Assert.Equal(
            Enumerable.Range(2_451, 50).Reverse(),
            pagesMany.SelectMany(page =>
                NumberOf().Matches(page).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))
            )
        );
    }

    [Fact]
    public async Task A_search_among_many_comments_finds_them_part_by_part()
    {
        await using var blog = await TestBlog.StartAsync();
        await AddHeldAsync(blog, 250);
        var moderator = await AdminDriver.SignInAsync(blog);

        var first = await moderator.ReadAsync($"{Held}?q=HELD+7%2E"); // comment 7 is not among the first 200 searched
        var second = await moderator.ReadAsync(NextIn(first)!);

        Assert.Contains("Nothing found here.", first, StringComparison.Ordinal);
        Assert.Equal(["7"], NumberOf().Matches(second).Select(match => match.Groups[1].Value));
        Assert.Null(NextIn(second));
        Assert.Equal(
            CommentListReader.PageSize,
            ItemsIn(await moderator.ReadAsync($"{Held}?q=grace@example.com")).Count
        );
    }

    [Fact]
    public async Task A_stale_list_shows_no_wrong_comments_and_is_repaired()
    {
        await using var blog = await TestBlog.StartAsync(HoldAll);
        var (post, moderator) = (await blog.PublishAsync("lag"), await AdminDriver.SignInAsync(blog));
        await SubmitHeldAsync(blog, post, "Somewhere.");
        var item = Assert.Single(ItemsIn(await moderator.ReadAsync(Held)));
        blog.Calls.ShouldFail = call =>
            call.Contains("state%3ASpam", StringComparison.Ordinal)
            || call.Contains("state:Spam", StringComparison.Ordinal);
        using var failed = await moderator.PostAsync(Held, ("one", $"spam {item}"));
        blog.Calls.ShouldFail = _ => false;

        var unlisted = await moderator.ReadAsync("/moderate/comments/spam");
        var held = await moderator.ReadAsync(Held);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, failed.StatusCode);
        Assert.Empty(ItemsIn(unlisted));
        Assert.Empty(ItemsIn(held));
        Assert.Single(ItemsIn(await moderator.ReadAsync("/moderate/comments/spam")));
        Assert.Equal(0, await blog.Get<CommentLists>().CountAsync(CommentState.Held, 10, CancellationToken.None));
    }

    [Fact]
    public async Task An_incomplete_decision_of_a_moderator_is_completed_by_the_sweep()
    {
        await using var blog = await TestBlog.StartAsync(HoldAll);
        var (post, moderator) = (await blog.PublishAsync("half"), await AdminDriver.SignInAsync(blog));
        await SubmitHeldAsync(blog, post, "Half.");
        var item = Assert.Single(ItemsIn(await moderator.ReadAsync(Held)));
        blog.Calls.ShouldFail = call =>
            call.Contains("state%3AApproved", StringComparison.Ordinal)
            || call.Contains("state:Approved", StringComparison.Ordinal);
        (await moderator.PostAsync(Held, ("one", $"approve {item}"))).Dispose();
        blog.Calls.ShouldFail = _ => false;

        Assert.Equal(1, await blog.Get<CommentTable>().ReadMarkersAsync().CountAsync());
        // The sweep sends this message half a minute later.
        await blog.Get<ModerationQueueClient>().SendAsync(CommentVersion.Read(item)!.Comment, CancellationToken.None);

        await TestBlog.WaitUntilAsync(
            async () => await blog.Get<CommentTable>().ReadMarkersAsync().CountAsync(),
            count => count == 0,
            "settled"
        );
        Assert.Equal(1, await blog.Get<CommentLists>().CountAsync(CommentState.Approved, 10, CancellationToken.None));
    }

    [Fact]
    public async Task Every_admin_page_requires_a_session_and_every_form_the_blogs_own_origin()
    {
        await using var blog = await TestBlog.StartAsync(HoldAll);
        var (post, moderator) = (await blog.PublishAsync("shut"), await AdminDriver.SignInAsync(blog));
        await SubmitHeldAsync(blog, post, "Mine.");
        var item = Assert.Single(ItemsIn(await moderator.ReadAsync(Held)));
        var key = CommentVersion.Read(item)!.Comment;
        var adminPages = Program
            .Functions.With<HttpTriggerAttribute>()
            .Where(http =>
                http.Trigger.Route!.StartsWith("moderate/", StringComparison.Ordinal)
                && !http.Trigger.Route.StartsWith("moderate/passkey/", StringComparison.Ordinal)
                && http.Trigger.Route
                    is not ("moderate/{token}" or "moderate/sign-in/{token}" or "moderate/preview/{token}")
            )
            .Select(http =>
                (
                    Path: "/"
                        + http.Trigger.Route!.Replace("{state}", "held", StringComparison.Ordinal)
                            .Replace("{key}", key.ToString(), StringComparison.Ordinal)
                            .Replace("{post}", post.ToString(), StringComparison.Ordinal)
                            .Replace("{id}", post.ToString(), StringComparison.Ordinal)
                            .Replace("{file}", "theme.css", StringComparison.Ordinal),
                    Methods: http.Trigger.Methods!
                )
            )
            .ToList();
        Assert.DoesNotContain(adminPages, page => page.Path.Contains('{', StringComparison.Ordinal));
        Assert.InRange(adminPages.Count, 3, 20);

        foreach (var (path, methods) in adminPages)
        {
            if (methods.Contains("get"))
            {
                using var read = await AdminDriver.SendAsync(blog, HttpMethod.Get, path, null);
                var page = await read.Content.ReadAsStringAsync();
                Assert.Equal(HttpStatusCode.Forbidden, read.StatusCode);
                Assert.Contains("<h1>Sign in</h1>", page, StringComparison.Ordinal);
                Assert.DoesNotContain("Mine.", page, StringComparison.Ordinal);
            }

            if (methods.Contains("post"))
            {
                using var stranger = await AdminDriver.SendAsync(
                    blog,
                    HttpMethod.Post,
                    path,
                    null,
                    fields: ("one", $"approve {item}")
                );
                using var elsewhere = await AdminDriver.SendAsync(
                    blog,
                    HttpMethod.Post,
                    path,
                    moderator.Cookie,
                    "https://evil.example",
                    ("one", $"approve {item}")
                );
                using var nowhere = await AdminDriver.SendAsync(
                    blog,
                    HttpMethod.Post,
                    path,
                    moderator.Cookie,
                    null,
                    ("one", $"approve {item}")
                );
                Assert.All([stranger, elsewhere, nowhere], response =>
                    Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode)
                );
            }
        }

        Assert.Equal(
            CommentState.Held,
            (await blog.Get<CommentTable>().FindAsync(key, CancellationToken.None))!.Value.State
        );
        Assert.Single(ItemsIn(await moderator.ReadAsync(Held)));
    }

    [Fact]
    public async Task An_unknown_state_comment_or_action_changes_nothing()
    {
        await using var blog = await TestBlog.StartAsync(HoldAll);
        var (post, moderator) = (await blog.PublishAsync("none"), await AdminDriver.SignInAsync(blog));
        await SubmitHeldAsync(blog, post, "Still here.");
        var item = Assert.Single(ItemsIn(await moderator.ReadAsync(Held)));

        foreach (
            var path in new[]
            {
                "/moderate/comments/none",
                "/moderate/comments/1",
                "/moderate/comment/none",
                $"/moderate/comment/{post}-{new string('0', 32)}",
            }
        )
        {
            Assert.Contains("Nothing here", await moderator.ReadAsync(path), StringComparison.Ordinal);
        }

        foreach (
            var form in new[]
            {
                ("one", $"burn {item}"),
                ("one", "approve x.1"),
                ("one", $"3 {item}"),
                ("act", "approve"),
                ("item", item),
                ("one", $"undo {item}.Burnt"),
            }
        )
        {
            Assert.Contains("Nothing was chosen.", await moderator.SubmitAsync(Held, form), StringComparison.Ordinal);
        }

        var unknown = await moderator.SubmitAsync(Held, ("one", $"approve {post}-{new string('0', 32)}.1"));
        Assert.Contains("Nothing was changed.", unknown, StringComparison.Ordinal);
        Assert.Equal(0, await blog.Get<CommentTable>().ReadMarkersAsync().CountAsync());
        Assert.Single(ItemsIn(await moderator.ReadAsync($"{Held}?after=%27%20or%20true")));
    }

    /// <summary>Submits a comment and waits until the rules have decided on it, which hold it.</summary>
    private static async Task SubmitHeldAsync(TestBlog blog, PostId post, string text)
    {
        (await blog.CommentAsync(post, text)).Dispose();
        await TestBlog.WaitUntilAsync(
            async () => await blog.Get<CommentTable>().ReadMarkersAsync().CountAsync(),
            count => count == 0,
            "a decision on every comment"
        );
    }

    /// <summary>Writes held comments into storage, created one second apart; the last one is the newest.</summary>
    private static async Task AddHeldAsync(TestBlog blog, int count)
    {
        var table = new TableClient(blog.Connection, StorageNames.CommentTable);
        var comments = Enumerable
            .Range(1, count)
            .Select(number =>
                ContentBuilder.BuildComment([1], PostId.FromBlobName("many.md"), $"Held {number}.", number)
            )
            .Select(comment =>
                comment with
                {
                    State = CommentState.Held,
                    Decided = comment.Created,
                    Decisions = 1,
                    Reasons = ["Every comment is held, as the owner has set."],
                }
            );
        await Parallel.ForEachAsync(
            comments.Chunk(100),
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            async (some, stop) =>
            {
                await table.SubmitTransactionAsync(
                    some.Select(comment =>
                        Row.Write(
                            Row.Create(
                                comment.Key.Post.ToString(),
                                $"comment:{comment.Key.Comment}",
                                comment,
                                CommentJson.Default.Comment
                            ),
                            null
                        )
                    ),
                    stop
                );
                await table.SubmitTransactionAsync(
                    some.Select(comment =>
                        Row.Write(
                            new TableEntity("state:Held", CommentLists.PlaceOf(comment))
                            {
                                ["Comment"] = comment.Key.ToString(),
                            },
                            null
                        )
                    ),
                    stop
                );
            }
        );
    }

    /// <summary>
    /// Reads consecutive pages of the list and returns for each the number of calls to the comment table and the HTML.
    /// </summary>
    private static async Task<(IReadOnlyList<int> Calls, IReadOnlyList<string> Pages)> PagesAsync(
        TestBlog blog,
        int count
    )
    {
        var moderator = await AdminDriver.SignInAsync(blog);
        var (calls, pages, next) = (new List<int>(), new List<string>(), Held);
        for (var number = 0; number < count; number++)
        {
            blog.Calls.Clear();
            pages.Add(await moderator.ReadAsync(next));
            calls.Add(blog.Calls.Recorded.Count(call => call.StartsWith("GET /comments(", StringComparison.Ordinal)));
            next = NextIn(pages[^1]) ?? "";
        }

        return (calls, pages);
    }

    private static IReadOnlyList<string> ItemsIn(string page) =>
        [.. Item().Matches(page).Select(match => match.Groups[1].Value)];

    private static IEnumerable<string> UndoItemsIn(string page) =>
        Undo().Matches(page).Select(match => match.Groups[1].Value);

    private static string? NextIn(string page) =>
        Next().Match(page) is { Success: true } found ? WebUtility.HtmlDecode(found.Groups[1].Value) : null;

    [GeneratedRegex("type=\"checkbox\" name=\"item\" value=\"([^\"]+)\"")]
    private static partial Regex Item();

    [GeneratedRegex("type=\"hidden\" name=\"item\" value=\"([^\"]+)\"")]
    private static partial Regex Undo();

    [GeneratedRegex("class=\"older\" href=\"([^\"]+)\"")]
    private static partial Regex Next();

    [GeneratedRegex("\nHeld ([0-9]+)\\.</pre>")]
    private static partial Regex NumberOf();
}
