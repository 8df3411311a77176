using ServerlessBlog.Posts;

namespace ServerlessBlog.Pages;

/// <summary>What pages know of the blog's own pictures.</summary>
public sealed class SitePictures
{
    /// <summary>Those of the addresses that are pictures of the blog's own.</summary>
    public Task<IReadOnlyDictionary<string, PlacedPicture>> FindAsync(IEnumerable<string> addresses, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, PlacedPicture>>(new Dictionary<string, PlacedPicture>());

    /// <summary>The picture above a post.</summary>
    public async Task<PostImage?> LeadAsync(PostPicture? picture, string source, CancellationToken cancellationToken)
    {
        if (picture is null)
        {
            return null;
        }

        var address = PostPlace.OnPage(source).Resolve(picture.Address);
        var placed = (await FindAsync([address], cancellationToken)).GetValueOrDefault(address);
        return new PostImage(placed?.Address ?? address, picture.Alt, picture.CreditText, picture.CreditAddress, placed?.Width, placed?.Height, placed?.Sources);
    }
}
