using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using ServerlessBlog.Admin.Comments;
using ServerlessBlog.Admin.SignIn;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Posts.Theme;
using ServerlessBlog.Settings;
using ServerlessBlog.Tests.Admin.SignIn;
using ServerlessBlog.Tests.Comments;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Tests.Admin;

/// <summary>The texts of the admin area, of mails and of reasons, which the owner overrides as all others.</summary>
[Trait("Category", "Slow")]
public sealed partial class AdminTextsTests
{
    private static readonly string[] Beginnings =
    [
        "admin.",
        "rules.",
        "failures.",
        "site.",
        "theme.",
        "reason.",
        "mail.",
        "mailbox.",
    ];

    /// <summary>
    /// Texts that are shown only after a lost race, or beyond limits of hundreds of rows; other tests reach them in
    /// English.
    /// </summary>
    private static readonly string[] Unreachable =
    [
        "admin.publishing",
        "admin.refresh",
        "admin.search-on",
        "admin.reply-changed",
        "admin.outcome-withdrawn",
        "admin.posts-incomplete",
        "admin.rename-both",
        "site.busy",
        "failures.more-refused",
        "failures.more-messages",
        "failures.settings",
        "failures.retry-more",
        "failures.since",
        "failures.unknown",
        "failures.history.one",
        "failures.history.other",
        "failures.queue",
        "failures.messages",
        "failures.retry",
        "failures.retried.one",
        "failures.retried.other",
    ];

    private static readonly string[] Acts = ["approve", "hold", "spam", "trash"];

    private readonly Dictionary<string, string> _pages = [];
    private AdminDriver _moderator = null!;

    [Fact]
    public async Task Every_text_for_moderators_and_authors_can_be_overridden_and_is_encoded_as_text()
    {
        await using var blog = await TestBlog.StartAsync(
            new() { ["Blog:Comments:PreviouslyApproved"] = "true", ["Blog:Comments:ModerationKeys"] = "casino" }
        );
        await blog.UploadAsync(
            "theme/texts.json",
            JsonSerializer.SerializeToUtf8Bytes(SiteTexts.Keys.ToDictionary(key => key, Hostile))
        );

        await VisitSignInAsync(blog);
        blog.Http.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0");
        _moderator = await AdminDriver.SignInAsync(blog);
        await VisitAsync("/moderate/failures/all");
        await VisitModerationAsync(blog);
        await VisitReviewsAsync(blog);
        await VisitRulesAsync();
        await VisitThemeAsync(blog);
        await VisitMailAsync(blog);
        await VisitEditorAsync(blog);
        await VisitPostsAsync(blog);
        await VisitAsync("/moderate/failures/all", "/moderate/posts/all", AdminPaths.Sessions, AdminPaths.Script);
        await SubmitAsync("/moderate/failures/all", ("queue", "nothing"));
        await SubmitAsync("/moderate/failures/all", ("queue", "uploads"));
        await VisitSessionsAsync(blog);
        RecordReasons();
        await SendFailureMailsAsync(blog);
        var mails = await TestBlog.WaitUntilAsync(
            () => blog.MailsAsync(),
            found => found.Any(mail => mail.TextBody!.Contains("mail.website", StringComparison.Ordinal)),
            "the mail about a comment with a website"
        );
        await RecordMailsOfApprovedCommentsAsync(blog);
        foreach (var mail in mails)
        {
            _pages[$"mail {_pages.Count}"] = $"{mail.Subject}\n{mail.TextBody}";
        }

        var shown = _pages
            .Values.SelectMany(page => KeyMarker().Matches(page))
            .Select(marker => marker.Groups[1].Value)
            .ToHashSet();
        Assert.Equal(
            [],
            SiteTexts
                .Keys.Where(key => Beginnings.Any(beginning => key.StartsWith(beginning, StringComparison.Ordinal)))
                .Except(shown)
                .Except(Unreachable)
                .Order(StringComparer.Ordinal)
        );
    }

    private static string Hostile(string key)
    {
        var placeholders = SiteTexts.BuiltIn.Parts(key).Select(part => part.Place is null ? "" : $" {{{part.Place}}}");
        return key == "language" ? "de" : $"<b class=hostile>‹{key}›\"' onclick=x{string.Concat(placeholders)}";
    }

    /// <summary>Records mails that this blog does not send: about approved comments, one and several.</summary>
    private async Task RecordMailsOfApprovedCommentsAsync(TestBlog blog)
    {
        var (comments, texts) = (
            blog.Get<CommentNotification>(),
            await blog.Get<SiteTextsProvider>().CurrentAsync(CancellationToken.None)
        );
        var post = ContentBuilder.BuildPost("mailed");
        var comment = ContentBuilder.BuildComment(new byte[32], post.Id, "Approved.") with
        {
            State = CommentState.Approved,
        };
        var (one, several) = (
            comments.Create(comment, post, texts),
            comments.Create([(comment, post)], more: 1, comment.Created, texts)
        );
        _pages["mail of one"] = $"{one.Subject}\n{one.Text}";
        _pages["mail of several"] = $"{several.Subject}\n{several.Text}";
    }

    private async Task VisitSignInAsync(TestBlog blog)
    {
        await RecordAsync(await blog.Http.GetAsync("/moderate"));
        await RecordAsync(await blog.Http.GetAsync("/moderate/rules/edit"));
        await RecordAsync(await blog.Http.GetAsync("/moderate/nothing"));
        foreach (var (mail, origin) in new[] { ("ada@blog.test", "http://blog.test"), ("x", "https://evil.example") })
        {
            await RecordAsync(
                await AdminDriver.SendAsync(blog, HttpMethod.Post, "/moderate", null, origin, ("email", mail))
            );
        }

        var (signer, moderators) = (blog.Get<SignInLinkSigner>(), blog.Get<Moderators>());
        var link = signer.PathOf(signer.CreateLink(moderators.FindByEmail("ada@blog.test")!));
        await RecordAsync(await blog.Http.GetAsync(link));
        await RecordAsync(await blog.Http.GetAsync(link + "x"));
        (await AdminDriver.SendAsync(blog, HttpMethod.Post, link, null)).Dispose();
        await RecordAsync(await AdminDriver.SendAsync(blog, HttpMethod.Post, link, null));
        await TestBlog.WaitUntilAsync(() => blog.MailsAsync(), mails => mails.Count > 0, "the mail with the link");
    }

    private async Task VisitModerationAsync(TestBlog blog)
    {
        var post = await blog.PublishAsync("judged");
        await VisitAsync("/moderate/comments/held", "/moderate/comments/waiting", $"/moderate/badge/{post}");
        var comments = new List<Comment>();
        for (var number = 1; number <= CommentListReader.PageSize + 4; number++)
        {
            comments.Add(await ContentBuilder.SubmitCommentAsync(blog, post, $"Held {number}."));
            await (number < 3 ? VisitAsync($"/moderate/badge/{post}", "/moderate") : Task.CompletedTask);
        }

        await VisitAsync($"/moderate/comments/held?q=none&post={post}", "/moderate/comments/held?q=Held");
        await SubmitAsync("/moderate/comments/held", ("act", "approve"));
        const string Path = "/moderate/comments/held";
        foreach (var act in Acts)
        {
            foreach (var count in new[] { 1, 2 })
            {
                var now = await ReadAsync(blog, comments.Take(count));
                if (act == "hold")
                {
                    await SubmitAsync(Path, [("act", "approve"), .. now.Select(one => ("item", ItemOf(one)))]);
                    now = await ReadAsync(blog, comments.Take(count));
                }

                var items = now.Select(comment => ("item", ItemOf(comment))).ToArray();
                await SubmitAsync(Path, [("act", act), .. items]);
                await SubmitAsync(Path, [("act", act), .. items]); // too late
                now = await ReadAsync(blog, comments.Take(count));
                await SubmitAsync(Path, [("act", act), .. now.Take(1).Select(one => ("item", ItemOf(one))), items[0]]);
                var undo = now.Select(comment => ("item", $"{ItemOf(comment)}.Held")).ToArray();
                await SubmitAsync(Path, [("act", "undo"), .. undo]);
            }
        }

        foreach (var count in new[] { 1, 2 })
        {
            var held = (await ReadAsync(blog, comments.Take(count))).Select(comment => ("item", ItemOf(comment)));
            await SubmitAsync("/moderate/comments/spam", [("act", "spam"), .. held]);
            var spam = (await ReadAsync(blog, comments.Take(count))).Select(comment => ("item", ItemOf(comment)));
            await VisitAsync("/moderate/comments/spam");
            await SubmitAsync("/moderate/comments/spam", [("act", "restore"), .. spam]);
        }

        await VisitCommentPagesAsync(blog, comments[^1]);
    }

    private async Task VisitCommentPagesAsync(TestBlog blog, Comment comment)
    {
        var path = $"/moderate/comment/{comment.Key}";
        await VisitAsync(path);
        await SubmitAsync(path, ("item", ItemOf(comment)), ("act", "answer"), ("answer", "Thank you."));
        await SubmitAsync(path, ("act", "answer"), ("answer", "To nobody."));
        var approved = (await ReadAsync(blog, [comment])).Single();
        await SubmitAsync(path, ("item", ItemOf(approved)), ("act", "correct"), ("correct", "Corrected."));
        await VisitAsync(path, "/moderate/comments/approved");
        var reply = await TestBlog.WaitUntilAsync(
            () => blog.Get<CommentTable>().ReadThreadsAsync(comment.Key.Post, 1, 100, CancellationToken.None),
            found => found.Any(other => other.IsByAuthor),
            "the author's reply"
        );
        await VisitAsync($"/moderate/comment/{reply.First(other => other.IsByAuthor).Key}");
        var writer = blog.Get<WriterActions>();
        await writer.WithdrawAsync(comment.Key, CancellationToken.None);
        await writer.EraseAsync(comment.Key, CancellationToken.None);
        await VisitAsync(path);

        var table = blog.Get<CommentTable>();
        var waiting = ContentBuilder.BuildComment([1], comment.Key.Post, "Waits.");
        await table.AddAsync(waiting, CancellationToken.None);
        await VisitAsync($"/moderate/comment/{waiting.Key}");
        var stored = (await table.FindAsync(waiting.Key, CancellationToken.None))!;
        await table.ReviseAsync(stored, stored.Value with { NewText = "Changed." }, CancellationToken.None);
        await VisitAsync($"/moderate/comment/{waiting.Key}");
    }

    private async Task VisitReviewsAsync(TestBlog blog)
    {
        var post = await blog.PublishAsync("reviewed");
        (await blog.CommentAsync(post, "A casino.", website: "https://example.com/")).Dispose();
        foreach (var act in new[] { "approve", "spam", "trash" })
        {
            var comment = await ContentBuilder.SubmitCommentAsync(blog, post, $"A casino, {act}.");
            var link = $"/moderate/{blog.Get<SignedLinks>().Sign(LinkAction.Review, comment)}";
            await VisitAsync(link, $"{link}?changed=1");
            (await blog.Http.PostAsync(link, new FormUrlEncodedContent([new("act", act)]))).Dispose();
            await VisitAsync(link);
            await blog.Get<WriterActions>().WithdrawAsync(comment.Key, CancellationToken.None);
            await VisitAsync(link);
        }

        // As many comments are approved as leave one.
        var held = await blog.Get<CommentLists>().ReadAsync(CommentState.Held, null, 100, CancellationToken.None);
        var comments = await ReadAsync(blog, held.Skip(1).Select(entry => entry.Comment));
        await SubmitAsync(
            "/moderate/comments/held",
            [("act", "spam"), .. comments.Select(one => ("item", ItemOf(one)))]
        );
        var last = (await blog.Get<CommentTable>().FindAsync(held[0].Comment, CancellationToken.None))!.Value;
        await VisitAsync($"/moderate/{blog.Get<SignedLinks>().Sign(LinkAction.Review, last)}");
    }

    private async Task VisitRulesAsync()
    {
        const string Path = "/moderate/rules/edit";
        var valid = new[] { ("links", "2"), ("seconds", "0"), ("held", "swede"), ("spam", "") };
        await VisitAsync(Path);
        await SubmitAsync(Path, [("act", "try"), .. valid]);
        await SubmitAsync(Path, ("act", "save"), ("links", "many"), ("held", new string('x', 200)));
        await SubmitAsync(Path, ("act", "save"), ("spam", string.Concat(Enumerable.Repeat("word\n", 5_000))));
        await SubmitAsync(Path, [("act", "save"), .. valid]);
        await VisitAsync(Path);
        await SubmitAsync(Path, [("act", "save"), .. valid]);
        var version = Version().Match(await _moderator.ReadAsync(Path)).Groups[1].Value;
        await SubmitAsync(Path, ("act", "forget"), ("version", WebUtility.HtmlDecode(version)));
    }

    private async Task VisitEditorAsync(TestBlog blog)
    {
        const string Path = "/moderate/posts/edit";
        await VisitAsync(Path);
        await SubmitAsync(Path, ("field-title", "A"), ("text", "Words."), ("act", "preview"));
        await SubmitAsync(Path, ("field-title", ""), ("text", "Words."), ("act", "publish"));
        await SubmitAsync(Path, ("text", "Whole."), ("act", "save"));
        var later = ("field-date", "2999-01-01");
        await SubmitAsync(Path, ("field-title", "Public"), ("text", "Words."), ("act", "publish"));
        await SubmitAsync(Path, ("field-title", "Draft"), ("text", "Words."), ("act", "draft"));
        await SubmitAsync(Path, ("field-title", "Later"), later, ("text", "Words."), ("act", "publish"));
        var expired = ("field-others", "expiryDate: 2026-01-03");
        var early = ("field-date", "2026-01-02");
        await SubmitAsync(Path, ("field-title", "Over"), early, expired, ("text", "Words."), ("act", "publish"));
        await SubmitAsync(Path, ("name", "public.md"), ("version", "\"0x1\""), ("text", "---\ntitle: B\n---\n"));
        await SubmitAsync(Path, ("name", "public"), ("field-title", "Taken"), ("text", "Words."), ("act", "publish"));
        await SubmitAsync(Path, ("name", "no name"), ("field-title", "Named"), ("text", "Words."), ("act", "publish"));
        await SubmitAsync(Path, ("field-title", "…"), ("text", "Words."), ("act", "publish"));
        await SubmitAsync(Path, ("name", "none.md"), ("version", "\"0x1\""), ("text", "---\ntitle: B\n---\n"));
        await SubmitAsync(Path, ("field-title", "A"), ("text", "Words."), ("act", "add"));
        using var picture = new MultipartFormDataContent
        {
            { new StringContent("add"), "act" },
            { new ByteArrayContent(TestPictures.Encode(4, 4, SkiaSharp.SKEncodedImageFormat.Png)), "file", "dot.png" },
        };
        await RecordAsync(await _moderator.PostAsync(Path, picture));
        await blog.UploadAsync("refused.md", "---\ntitle: [\n---\n");
        await VisitAsync($"{Path}?name=refused.md", "/moderate/failures/all");
    }

    private async Task VisitSessionsAsync(TestBlog blog)
    {
        var other = await AdminDriver.SignInAsync(blog);
        await VisitAsync(AdminPaths.Sessions);
        await SubmitAsync(AdminPaths.Sessions, ("end", other.Cookie.Split('.')[1]));

        using var passkey = new SoftPasskey();
        using var page = new HtmlParser().ParseDocument(await _moderator.ReadAsync(AdminPaths.Sessions));
        var challenge = page.QuerySelector("form.passkey")!.GetAttribute("data-challenge")!;
        await SubmitAsync(AdminPaths.Sessions, passkey.Create("no challenge"));
        await SubmitAsync(AdminPaths.Sessions, passkey.Create(challenge));
        await SubmitAsync(AdminPaths.Sessions, ("remove", passkey.Id));
    }

    /// <summary>Judges comments by all rules, which a blog has only with settings that exclude each other.</summary>
    private void RecordReasons()
    {
        var texts = TextOverrides
            .Read(JsonSerializer.Serialize(SiteTexts.Keys.ToDictionary(key => key, Hostile)))
            .Texts;
        var strict = new CommentSettings(
            Moderation: true,
            PreviouslyApproved: true,
            MaxLinks: 1,
            PageSize: 50,
            Depth: 5,
            FormSeconds: 5,
            FloodSeconds: 0,
            CloseAfterDays: 0,
            KeepDays: 0,
            ModerationKeys: ["held"],
            DisallowedKeys: ["spam"]
        );
        var comments = new[]
        {
            CommentBuilder.With("held https://a.example"),
            CommentBuilder.With("https://a.example https://b.example") with
            {
                WritingSeconds = 1,
            },
            CommentBuilder.With("Fast.") with
            {
                WritingSeconds = 2,
            },
            CommentBuilder.With("spam") with
            {
                FilledHoneypot = true,
            },
            CommentBuilder.With("An author's.") with
            {
                IsByAuthor = true,
            },
        };
        foreach (var comment in comments)
        {
            var verdict = CommentRules.Judge(comment, strict, isOpen: false, isKnown: false, texts);
            _pages[$"reasons {_pages.Count}"] = string.Join('\n', verdict.Reasons);
        }

        var lenient = strict with { Moderation = false, PreviouslyApproved = false, FormSeconds = 0 };
        var approved = CommentRules.Judge(CommentBuilder.With("Fine."), lenient, isOpen: true, isKnown: true, texts);
        _pages["no reason"] = approved.Reasons.Single();
    }

    private static string ItemOf(Comment comment) => new CommentVersion(comment.Key, comment.Version).ToString();

    private static Task<Comment[]> ReadAsync(TestBlog blog, IEnumerable<Comment> comments) =>
        ReadAsync(blog, comments.Select(comment => comment.Key));

    private static Task<Comment[]> ReadAsync(TestBlog blog, IEnumerable<CommentKey> keys) =>
        Task.WhenAll(
            keys.Select(async key => (await blog.Get<CommentTable>().FindAsync(key, CancellationToken.None))!.Value)
        );

    private async Task VisitAsync(params string[] paths)
    {
        foreach (var path in paths)
        {
            Record(path, await _moderator.ReadAsync(path));
        }
    }

    private async Task SubmitAsync(string path, params (string Name, string Value)[] fields) =>
        Record($"POST {path}", await _moderator.SubmitAsync(path, fields));

    private async Task RecordAsync(HttpResponseMessage response)
    {
        Record($"{response.RequestMessage!.RequestUri}", await response.Content.ReadAsStringAsync());
        response.Dispose();
    }

    private void Record(string name, string text)
    {
        if (name.StartsWith(AdminPaths.Script, StringComparison.Ordinal))
        {
            text = Escaped().Replace(text, sign => ((char)Convert.ToInt32(sign.Groups[1].Value, 16)).ToString());
        }
        else
        {
            using var page = new HtmlParser().ParseDocument(text);
            Assert.True(page.QuerySelectorAll(".hostile, [onclick]").Length == 0, name);
        }

        _pages[$"{name} {_pages.Count}"] = WebUtility.HtmlDecode(text);
    }

    [GeneratedRegex(@"\\u([0-9A-F]{4})")]
    private static partial Regex Escaped();

    [GeneratedRegex("‹([a-z0-9.-]+)›")]
    private static partial Regex KeyMarker();

    [GeneratedRegex("name=\"version\" value=\"([^\"]*)\"")]
    private static partial Regex Version();
}
