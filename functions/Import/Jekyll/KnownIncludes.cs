namespace ServerlessBlog.Import.Jekyll;

/// <summary>The includes of the usual themes, which have their counterparts in Markdown here.</summary>
internal static class KnownIncludes
{
    /// <summary>What an include of a known kind stands for; null for any other.</summary>
    public static string? Find(string name, TagParameters parameters)
    {
        var address = parameters.Find("image_path", "src", "url", "image", "file", "path", "img");
        var (alt, caption, id) = (parameters.Find("alt", "title"), parameters.Find("caption"), parameters.Find("id"));
        return name switch
        {
            "toc" => "",
            "figure" or "image" or "img" or "picture" or "photo" when address is not null => MarkdownWriter.Picture(
                address,
                alt ?? caption,
                caption,
                parameters.Find("link", "href")
            ),
            "youtube" or "youtubePlayer" when (id ?? address) is { } film => MarkdownWriter.YouTube(film),
            "vimeo" or "vimeoPlayer" when (id ?? address) is { } film => MarkdownWriter.Vimeo(film),
            "video" when id is not null => parameters.Find("provider") switch
            {
                "youtube" => MarkdownWriter.YouTube(id),
                "vimeo" => MarkdownWriter.Vimeo(id),
                _ => null,
            },
            "responsive-embed" or "video" or "audio" when address is not null => MarkdownWriter.Embed(
                alt ?? name,
                address
            ),
            "gist" when id is not null => MarkdownWriter.Link("Gist", $"https://gist.github.com/{id}"),
            _ => null,
        };
    }
}
