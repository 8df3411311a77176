namespace ServerlessBlog.Hosting.Local;

/// <summary>The lines printed when the blog has started: its addresses and the commands to use it.</summary>
internal static class Banner
{
    /// <summary>Creates the lines, with a sign-in link that is created now and expires after 15 minutes.</summary>
    public static IEnumerable<string> Lines(LocalBlog blog, DataFolder data, PrintedCommand command, string? watched)
    {
        var address = blog.Address.ToString().TrimEnd('/');
        yield return $"Read:      {address}";
        yield return $"Moderate:  {address}{AdminPaths.Home}";
        if (LocalSignIn.NewLink(blog) is { } link)
        {
            yield return $"           sign in (once, within 15 minutes): {link}";
            yield return $"           make another link: {command.For("sign-in")}";
        }

        if (watched is not null)
        {
            yield return $"Watch:     {watched}: what is written and deleted there is published and taken down";
        }

        yield return $"Write:     {command.For("upload", "FILE-OR-FOLDER...")}";
        yield return "           or any storage client (containers posts and media), "
            + $"with the connection string in {DataFolder.ConnectionFile(data.Root)}";
        yield return $"Delete:    {command.For("delete", "NAME...")}";
        yield return blog.Services.GetRequiredService<BlogSettings>().Smtp is { } smtp
            ? $"Mail:      goes to {smtp.Host}"
            : $"Mail:      is written to {data.Mail} (set Blog__Smtp to have it sent)";
        yield return "End:       Ctrl+C";
    }
}
