using System.Globalization;
using ServerlessBlog.Hosting;
using ServerlessBlog.Posts;

namespace ServerlessBlog.Pages;

/// <summary>Makes the pages that list posts, newest first.</summary>
public sealed class HomePages(PostTable posts, BlogSettings settings, Look look)
{
    /// <summary>How many posts stand on a page.</summary>
    public const int PageSize = 10;

    /// <summary>The highest page number that is looked for.</summary>
    public const int MaxNumber = 10_000;

    /// <summary>One page of the list. Null when the list does not go so far; the first page is always there.</summary>
    public async Task<byte[]?> RenderAsync(int number, CancellationToken cancellationToken)
    {
        var listed = await posts.ListAsync((number - 1) * PageSize, PageSize + 1, cancellationToken);
        if (listed.Count == 0 && number > 1)
        {
            return null;
        }

        var view = new HomeView(
            look.Frame,
            [.. listed.Take(PageSize).Select(Summary)],
            number > 1 ? AddressOf(number - 1) : null,
            listed.Count > PageSize ? AddressOf(number + 1) : null,
            number);
        return await Html.RenderAsync(HomePage.Create(view), cancellationToken);
    }

    private PostSummary Summary(ListedPost post) => new(
        Post.PathOf(post.Slug), post.Title, TimeZoneInfo.ConvertTime(post.Date, settings.TimeZone), post.Author ?? settings.DefaultAuthor, post.Summary, post.Tags);

    private static string AddressOf(int number) => number == 1 ? "/" : string.Create(CultureInfo.InvariantCulture, $"/page/{number}");
}
