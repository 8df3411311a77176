using ServerlessBlog.Posts.FrontMatter;

namespace ServerlessBlog.Import.Hugo;

/// <summary>Reads the pages of a Hugo site, with front matter in YAML, TOML or JSON.</summary>
internal sealed class HugoReader(string site, HugoConfig config, BlogSettings settings)
{
    private static readonly string[] DateFields = ["date", "publishDate", "publishdate", "pubdate"];

    private readonly TimeZoneInfo _zone =
        config.TimeZone is { } name && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? zone
            : settings.TimeZone;

    /// <summary>Reads a page, or says why it cannot be read.</summary>
    /// <param name="folder">The folder of posts.</param>
    /// <param name="name">The path of the file in it.</param>
    /// <param name="language">The language of the folder; null when the file's name says it.</param>
    public (HugoPage? Page, string? Problem) TryRead(string folder, string name, string? language)
    {
        if (SiteFolder.ReadText(Path.Combine(site, folder, name), PostFile.MaxBytes) is not { } text)
        {
            return (null, "it is not UTF-8, or has more than 1 MiB");
        }

        try
        {
            return (Create($"{folder}/{name}", name, language, ReadPost(text)), null);
        }
        catch (RefusedException refused)
        {
            return (null, refused.Problem.ToString());
        }
    }

    private static ImportedPost ReadPost(string text)
    {
        if (!text.TrimStart().StartsWith('{'))
        {
            return FrontMatterBlock.IsAtStartOf(text) ? ImportedPost.Read(text) : ImportedPost.Create(text);
        }

        var start = text.Length - text.TrimStart().Length;
        var fields = JsonFields.Read(text[start..], out var length);
        var body = text[(start + length)..];
        return ImportedPost.FromFields(
            fields,
            body.TrimStart('\n'),
            text.AsSpan(0, text.Length - body.TrimStart('\n').Length).Count('\n') + 1
        );
    }

    private HugoPage Create(string path, string name, string? language, ImportedPost post)
    {
        var bare = name[..^Path.GetExtension(name).Length];
        var suffix = Path.GetExtension(bare).TrimStart('.');
        if (language is null && config.Languages.Contains(suffix))
        {
            (language, bare) = (suffix, bare[..^(suffix.Length + 1)]);
        }

        return new HugoPage(path, post)
        {
            ContentPath = bare,
            Name = config.ContentFolders.Count > 1 ? $"{language}/{name}" : name,
            Language = language ?? (config.Languages.Count > 0 ? config.Language : null),
            Date = DateOf(post) ?? (PostFileName.TrySplitDate(name, out var day, out _) ? AtMidnight(day) : null),
        };
    }

    private DateTimeOffset? DateOf(ImportedPost post) =>
        DateFields.Select(post.TextOf).FirstOrDefault(text => text is not null) is { } text
        && DateSpelling.TryParse(text, out var local, out var offset)
            ? new DateTimeOffset(local, offset ?? _zone.GetUtcOffset(local))
            : null;

    private DateTimeOffset AtMidnight(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, _zone.GetUtcOffset(local));
    }
}
