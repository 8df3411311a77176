using System.Text.Json;
using Azure.Core.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Export;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Import;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Settings;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Import;

/// <summary>
/// Imported comments are written in batches that the service takes, and an import can die at any call.
/// </summary>
public sealed class CommentBatchTests : IAsyncLifetime
{
    private readonly ServiceLimitsPolicy _limits = new();
    private TestBlog _blog = null!;

    public async Task InitializeAsync() =>
        _blog = await TestBlog.StartAsync(options: TestBlog.IdleHostOptions, compose: services =>
            services.AddSingleton<HttpPipelinePolicy>(_limits)
        );

    public async Task DisposeAsync() => await _blog.DisposeAsync();

    private static ReadComment Comment(
        PostId post,
        int number,
        string text,
        int? parent = null,
        string state = "approved"
    ) =>
        CommentReader.Create(
            $"comment {number}",
            new ExportedComment
            {
                Id = $"{number}",
                Author = $"Ann {number % 7}",
                Email = $"ann{number % 7}@example.com",
                Text = text,
                Created = DateTimeOffset.UnixEpoch.AddMinutes(number),
                Parent = parent is null ? null : $"{parent}",
                State = state,
            },
            post
        );

    private async Task<List<ImportedRecord>> ImportAsync(IReadOnlyList<ReadComment> comments)
    {
        var import = new CommentImport(
            new ImportedCommentRows(_blog.Get<BlogStorage>(), _blog.Get<CommentTable>(), _blog.Get<BlogSettings>()),
            _blog.Get<RaiseQueueClient>(),
            TimeProvider.System
        );
        return await import.ImportAsync(comments, isDryRun: false, CancellationToken.None).ToListAsync();
    }

    /// <summary>A text of the greatest length.</summary>
    private static string Paragraphs(string sign)
    {
        var paragraph = string.Concat(Enumerable.Repeat(sign, 100)) + "x\n\n";
        return string.Concat(Enumerable.Repeat(paragraph, CommentReader.MaxText / paragraph.Length));
    }

    private async Task<string> StateAsync(PostId post)
    {
        var shown = await _blog.Get<CommentTable>().ReadThreadsAsync(post, 1, 100_000, CancellationToken.None);
        var counts = await _blog.Get<CommentTable>().ReadCountsAsync(post, CancellationToken.None);
        var lists = new List<object>();
        foreach (var state in Enum.GetValues<CommentState>())
        {
            var entries = await _blog.Get<CommentLists>().ReadAsync(state, null, 100_000, CancellationToken.None);
            lists.AddRange(
                entries.Where(entry => entry.Comment.Post == post).Select(entry => entry.Comment.Comment.ToString())
            );
        }

        return JsonSerializer.Serialize(
            new
            {
                Shown = shown.Select(comment => new
                {
                    comment.Number,
                    Path = comment.Position?.ToString(),
                    comment.Author,
                    comment.Text,
                    comment.State,
                }),
                counts,
                lists,
            }
        );
    }

    [Fact]
    public async Task The_longest_texts_and_many_comments_fit_into_what_the_service_takes()
    {
        var post = PostId.FromBlobName("long.md");
        string[] kinds = ["<", "\"", "\\", "語", "🦊", "x"];
        var comments = Enumerable
            .Range(0, 6)
            .Select(number => Comment(post, number, Paragraphs(kinds[number % kinds.Length])))
            .Concat(
                Enumerable
                    .Range(100, 300)
                    .Select(number => Comment(post, number, $"Short {number}.", number > 100 ? number - 1 : null))
            )
            .ToList();

        var records = await ImportAsync(comments);

        Assert.Empty(
            records.Where(record => record.Outcome != ImportOutcome.Imported).SelectMany(record => record.Notes)
        );
        Assert.InRange(_limits.LargestTransaction, 1_000_000, 4 * 1024 * 1024);
        Assert.Equal(306, (await _blog.Get<CommentTable>().ReadCountsAsync(post, CancellationToken.None)).Shown);
    }

    [Fact]
    public async Task Killed_at_any_call_and_run_again_it_gives_the_same_blog()
    {
        var (expected, length) = ("", int.MaxValue);
        for (var call = -1; call < length; call += call < 0 ? 1 : TestDepth.Step)
        {
            var post = PostId.FromBlobName($"dies-{call}.md");
            var comments = Enumerable
                .Range(0, 60)
                .Select(number =>
                    Comment(
                        post,
                        number,
                        $"Comment {number}.",
                        number % 5 == 4 ? number - 3 : null,
                        number % 11 == 3 ? "held"
                            : number % 7 == 2 ? "trash"
                            : "approved"
                    )
                )
                .ToList();
            if (call >= 0)
            {
                _limits.DiesAt = _limits.Calls + call;
                var died = await Record.ExceptionAsync(() => ImportAsync(comments));
                _limits.DiesAt = null;
                length = died is null ? call : length;
            }

            await ImportAsync(comments);
            var again = await ImportAsync(comments);

            Assert.All(again, record => Assert.Equal(ImportOutcome.Unchanged, record.Outcome));
            var state = (await StateAsync(post)).Replace(post.ToString(), "", StringComparison.Ordinal);
            expected = call < 0 ? Anonymous(state) : expected;
            Assert.Equal(expected, Anonymous(state));
        }

        Assert.InRange(length, 6, 60);
    }

    /// <summary>Ids hold the post's: they differ from run to run, and only their number counts.</summary>
    private static string Anonymous(string state) =>
        System.Text.RegularExpressions.Regex.Replace(state, "[0-9a-f]{32}", "id");

    [Fact]
    public async Task Calls_do_not_grow_with_the_number_of_comments_that_there_are()
    {
        async Task<int> CallsAsync(int from, int posts)
        {
            var comments = Enumerable
                .Range(from, posts)
                .SelectMany(number =>
                    Enumerable
                        .Range(0, 5)
                        .Select(one => Comment(PostId.FromBlobName($"p{number}.md"), one, $"Comment {one}."))
                )
                .ToList();
            var before = _limits.Calls;
            await ImportAsync(comments);
            return _limits.Calls - before;
        }

        await CallsAsync(1000, 10);
        var first = await CallsAsync(0, 10);
        await CallsAsync(100, 100);

        Assert.Equal(first, await CallsAsync(50, 10));
        Assert.InRange(first, 10, 10 * 9);
    }
}
