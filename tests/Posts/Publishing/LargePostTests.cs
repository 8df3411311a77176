using Azure.Data.Tables;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Posts.Publishing;

/// <summary>Posts at the limits of all their fields. The limits of Azure are stricter than those of Azurite.</summary>
public sealed class LargePostTests
{
    /// <summary>The greatest length of a table property, in UTF-16 characters (64 KiB).</summary>
    private const int MaxPropertyLength = 32 * 1024;

    [Fact]
    public async Task A_post_that_is_too_long_for_one_property_is_stored_in_several()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        var aliases = Enumerable
            .Range(0, 30)
            .Select(number => SitePath.Parse($"/旅{number}-" + new string('日', 160)))
            .ToList();
        var rows = new TableClient(fixture.Blog.Connection, StorageNames.PostTable);

        await fixture.PublishAsync(
            "large.md",
            PublishingFixture.Text("Large", $"aliases: [{string.Join(", ", aliases.Select(alias => alias.Text))}]")
        );
        var (large, largeRow) = ((await fixture.PostAsync("large.md"))!, await RowAsync());
        Assert.Equal(aliases, large.Aliases);
        Assert.Equal(aliases, large.Metadata.Aliases);
        Assert.True(largeRow.ContainsKey("Data1"));
        Assert.Equal("301 /posts/large", await fixture.StatusAsync(aliases[^1].Link));

        await fixture.PublishAsync("large.md", PublishingFixture.Text("Smaller"));
        var (smaller, smallRow) = ((await fixture.PostAsync("large.md"))!, await RowAsync());
        Assert.Empty(smaller.Aliases);
        Assert.Equal(aliases, smaller.FormerPaths);
        Assert.False(smallRow.ContainsKey("Data1"));
        Assert.Equal("301 /posts/large", await fixture.StatusAsync(aliases[0].Link));

        async Task<TableEntity> RowAsync()
        {
            var row = (
                await rows.GetEntityAsync<TableEntity>("posts", $"post:{PostId.FromBlobName("large.md")}")
            ).Value;
            Assert.All(row.Where(property => property.Value is string), property =>
                Assert.InRange(((string)property.Value).Length, 0, MaxPropertyLength)
            );
            return row;
        }
    }

    [Fact]
    public async Task The_largest_possible_change_fits_into_one_transaction()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        var posts = fixture.Blog.Get<PostTable>();
        await posts.SaveAsync(null, Largest('a'), default);

        var read = (await posts.FindAsync(PostId.FromBlobName("largest.md"), default))!;
        fixture.Blog.Calls.Clear();
        var version = await posts.SaveAsync(read, Largest('b'), default);

        Assert.NotNull(version);
        Assert.Single(fixture.Blog.Calls.Recorded, call => call.EndsWith("$batch", StringComparison.Ordinal));
        Assert.Equal(
            Enumerable.Range(0, 20).Select(number => Tag.Parse(Fill('b', 50, number))).ToHashSet(),
            (await fixture.Lists.CountTagsAsync(default)).Select(tag => tag.Tag).ToHashSet()
        );
        Assert.Equal(Largest('b').Metadata.Summary, Assert.Single(await fixture.ListAsync()).Summary);
        Assert.Single(await fixture.Lists.ReadBySeriesAsync(Fill('b', 100, 0), 10, default));
        Assert.Empty(await fixture.Lists.ReadBySeriesAsync(Fill('a', 100, 0), 10, default));
        Assert.Single(await posts.FindDueAsync(DateTimeOffset.MaxValue, default));
    }

    /// <summary>
    /// A post with every field at its maximum length, in characters that JSON escapes with six. Two posts of different
    /// kinds have only their id in common.
    /// </summary>
    private static Post Largest(char kind)
    {
        var post = ContentBuilder.BuildPost("largest");
        return post with
        {
            Source = "largest.md",
            Path = SitePath.Parse("/" + Fill(kind, 199, 99)),
            Aliases = [.. Enumerable.Range(0, 30).Select(number => SitePath.Parse("/" + Fill(kind, 199, number)))],
            FormerPaths =
            [
                .. Enumerable.Range(100, 50).Select(number => SitePath.Parse("/" + Fill(kind, 199, number))),
            ],
            Date = post.Date.AddDays(kind),
            Due = post.Date.AddYears(kind),
            Metadata = post.Metadata with
            {
                Title = Fill(kind, 200, 0),
                Summary = Fill(kind, 1000, 0),
                Series = Fill(kind, 100, 0),
                Author = Fill(kind, 100, 0),
                Tags = [.. Enumerable.Range(0, 20).Select(number => Fill(kind, 50, number))],
                Aliases = [.. Enumerable.Range(0, 30).Select(number => SitePath.Parse("/" + Fill(kind, 199, number)))],
                Picture = new PostPicture(
                    "/" + Fill(kind, 499, 0),
                    Fill(kind, 500, 0),
                    Fill(kind, 300, 0),
                    "https://example.com/"
                ),
                Featured = true,
                Pinned = true,
            },
        };
    }

    private static string Fill(char kind, int length, int number) => $"{kind}{number:D3}".PadRight(length, '日');
}
