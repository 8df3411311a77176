using ServerlessBlog.Admin.SignIn;

namespace ServerlessBlog.Hosting.Local;

/// <summary>Sign-in to a blog that was just started on this machine without any author in its settings.</summary>
internal static class LocalSignIn
{
    /// <summary>The author while <c>Blog__Authors</c> is not set.</summary>
    public const string PlaceholderAuthor = $"The author <{PlaceholderMail}>";

    private const string PlaceholderMail = "author@localhost";

    /// <summary>
    /// A hint for the sign-in form with the placeholder address and the folder of the mails. None when the blog has
    /// authors or a public address.
    /// </summary>
    public static SignInHint Hint(BlogSettings settings)
    {
        if (!settings.Authors.Any(author => author.Mail == PlaceholderMail) || !new Uri(settings.BaseUrl).IsLoopback)
        {
            return SignInHint.None;
        }

        var address =
            "This blog runs on your machine, and Blog__Authors is not set: "
            + $"the address to write here is {PlaceholderMail}.";
        return new SignInHint(
            settings is { Smtp: null, MailFolder: { } folder }
                ? $"{address} The mail with the link is written to {folder}."
                : address
        );
    }

    /// <summary>
    /// Creates a link that signs the first author in, once, on this machine. Null when there is no author.
    /// </summary>
    public static string? NewLink(LocalBlog blog)
    {
        var links = blog.Services.GetRequiredService<SignInLinkSigner>();
        return blog.Services.GetRequiredService<BlogSettings>().Authors is [var author, ..]
            ? new Uri(blog.Address, links.PathOf(links.CreateLink(author))).ToString()
            : null;
    }
}
