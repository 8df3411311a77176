using Azure.Data.Tables;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Posts.Publishing;

/// <summary>A post at the limits of all its fields, which Azure holds to stricter ones than Azurite does.</summary>
public sealed class LargePostTests
{
    /// <summary>Of one property, in characters of two bytes (64 KiB).</summary>
    private const int MostOfProperty = 32 * 1024;

    [Fact]
    public async Task A_post_that_is_too_long_for_one_property_is_read_as_it_was_written_however_it_grows_and_shrinks()
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
        var (large, inParts) = ((await fixture.PostAsync("large.md"))!, await RowAsync());
        Assert.Equal(aliases, large.Aliases);
        Assert.Equal(aliases, large.Head.Aliases);
        Assert.True(inParts.ContainsKey("Data1"));
        Assert.Equal("301 /posts/large", await fixture.StatusAsync(aliases[^1].Link));

        await fixture.PublishAsync("large.md", PublishingFixture.Text("Smaller"));
        var (smaller, inOne) = ((await fixture.PostAsync("large.md"))!, await RowAsync());
        Assert.Empty(smaller.Aliases);
        Assert.Equal(aliases, smaller.FormerPaths);
        Assert.False(inOne.ContainsKey("Data1"));
        Assert.Equal("301 /posts/large", await fixture.StatusAsync(aliases[0].Link));

        async Task<TableEntity> RowAsync()
        {
            var row = (await rows.GetEntityAsync<TableEntity>("posts", $"post:{PostId.OfFile("large.md")}")).Value;
            Assert.All(row.Where(property => property.Value is string), property =>
                Assert.InRange(((string)property.Value).Length, 0, MostOfProperty)
            );
            return row;
        }
    }

    [Fact]
    public async Task The_largest_change_there_can_be_is_one_batch_that_storage_takes()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        var posts = fixture.Blog.Get<PostTable>();
        await posts.SaveAsync(null, Largest('a'), default);

        var read = (await posts.FindAsync(PostId.OfFile("largest.md"), default))!;
        fixture.Blog.Calls.Forget();
        var version = await posts.SaveAsync(read, Largest('b'), default);

        Assert.NotNull(version);
        Assert.Single(fixture.Blog.Calls.Made, call => call.EndsWith("$batch", StringComparison.Ordinal));
        Assert.Equal(
            Enumerable.Range(0, 20).Select(number => Tag.Parse(Words('b', 50, number))).ToHashSet(),
            (await fixture.Lists.TagsAsync(default)).Select(tag => tag.Tag).ToHashSet()
        );
        Assert.Equal(Largest('b').Head.Summary, Assert.Single(await fixture.ListAsync()).Summary);
        Assert.Single(await fixture.Lists.OfSeriesAsync(Words('b', 100, 0), 10, default));
        Assert.Empty(await fixture.Lists.OfSeriesAsync(Words('a', 100, 0), 10, default));
        Assert.Single(await posts.DueAsync(DateTimeOffset.MaxValue, default));
    }

    /// <summary>Everything as long as it may be, in characters that JSON writes as six; nothing but its id is in two of them.</summary>
    private static Post Largest(char kind)
    {
        var post = ContentBuilder.PostOf("largest");
        return post with
        {
            Source = "largest.md",
            Path = SitePath.Parse("/" + Words(kind, 199, 99)),
            Aliases = [.. Enumerable.Range(0, 30).Select(number => SitePath.Parse("/" + Words(kind, 199, number)))],
            FormerPaths =
            [
                .. Enumerable.Range(100, 50).Select(number => SitePath.Parse("/" + Words(kind, 199, number))),
            ],
            Date = post.Date.AddDays(kind),
            Due = post.Date.AddYears(kind),
            Head = post.Head with
            {
                Title = Words(kind, 200, 0),
                Summary = Words(kind, 1000, 0),
                Series = Words(kind, 100, 0),
                Author = Words(kind, 100, 0),
                Tags = [.. Enumerable.Range(0, 20).Select(number => Words(kind, 50, number))],
                Aliases = [.. Enumerable.Range(0, 30).Select(number => SitePath.Parse("/" + Words(kind, 199, number)))],
                Picture = new PostPicture(
                    "/" + Words(kind, 499, 0),
                    Words(kind, 500, 0),
                    Words(kind, 300, 0),
                    "https://example.com/"
                ),
                Featured = true,
                Pinned = true,
            },
        };
    }

    private static string Words(char kind, int length, int number) => $"{kind}{number:D3}".PadRight(length, '日');
}
