using System.Globalization;
using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Posts;

namespace ServerlessBlog.Pages;

/// <summary>GET /posts/{slug}/comments/{number}: the post with further comments.</summary>
public sealed class ReadConversation(AddressTable addresses, Front front, PostPages pages)
{
    /// <param name="request">The request; its route values are the post's slug and the page's number, from 2.</param>
    /// <param name="cancellationToken">The reader has gone.</param>
    [Function(nameof(ReadConversation))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "posts/{slug}/comments/{number}")] HttpRequest request, CancellationToken cancellationToken)
    {
        if (!int.TryParse(request.RouteValues["number"] as string, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 2 or > PostPages.MaxNumber)
        {
            return await front.NotFoundAsync(cancellationToken);
        }

        var found = await addresses.FindAsync($"/posts/{request.RouteValues["slug"]}", cancellationToken);
        return await front.PostAsync(
            found,
            post => front.PageAsync(request, $"posts/{post}/comments/{number}", found, stop => pages.RenderAsync(post, number, stop), cancellationToken),
            path => $"{path}/comments/{number}",
            cancellationToken);
    }
}
