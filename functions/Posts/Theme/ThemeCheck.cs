using ServerlessBlog.Media;
using ServerlessBlog.Posts.Markdown.Html;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Posts.Theme;

/// <summary>Checks an uploaded theme file, for its report.</summary>
public sealed class ThemeCheck(ContentPolicyLinter linter, IMediaLookup files)
{
    /// <summary>
    /// Returns a sentence when a file has the name of a theme file, or nearly so, and is none by its place or spelling;
    /// otherwise null.
    /// </summary>
    public static string? FindMistake(MediaPath path)
    {
        var name = path.Name[(path.Name.LastIndexOf('/') + 1)..];
        return ThemeFiles.NameOf(path) is not null || path.Container != StorageNames.Media ? null
            : ThemeFiles.Names.Contains(name)
                ? $"this file has no effect: a theme file is {ThemeFiles.Folder}{name}. "
                    + "Upload the folder 'theme' that holds it."
            : path.Name == ThemeFiles.Folder + name && SpellingSuggestion.Nearest(name, ThemeFiles.Names) is { } near
                ? $"this file has no effect on pages: did you mean {ThemeFiles.Folder}{near}?"
            : null;
    }

    /// <summary>Returns a sentence when a theme file of so many bytes is too large; otherwise null.</summary>
    public static string? FindSizeProblem(string name, long length)
    {
        var most = ThemeFiles.MaxBytesOf(name);
        return length > most ? $"the file has {length:N0} bytes: keep at most {most:N0} ({most / 1024} KiB)." : null;
    }

    /// <summary>Reads the file as pages will.</summary>
    /// <param name="path">The path of a theme file (<see cref="ThemeFiles.NameOf"/>).</param>
    /// <param name="text">The content.</param>
    /// <param name="cancellationToken">Cancels the search for the pictures that the file names.</param>
    /// <returns>Why the file is not used at all, or null; and a sentence for each part without effect.</returns>
    public async Task<(string? Problem, IReadOnlyList<string> Notes)> CheckAsync(
        MediaPath path,
        string text,
        CancellationToken cancellationToken
    )
    {
        switch (ThemeFiles.NameOf(path))
        {
            case ThemeFiles.HeadFile:
                return (null, linter.Lint($"<!DOCTYPE html><head>{text}", isHead: true));
            case ThemeFiles.TextsFile:
                var overrides = TextOverrides.Read(text);
                return (overrides.Problem, overrides.Notes);
            case ThemeFiles.SiteFile:
                var site = SiteProfileReader.Read(text);
                return (site.Problem, [.. site.Notes, .. await FindMissingAsync(site.Profile, cancellationToken)]);
            default:
                return (null, ThemeStyle.Check(text));
        }
    }

    /// <summary>Returns a sentence for each picture of the profile that does not exist.</summary>
    private async Task<IReadOnlyList<string>> FindMissingAsync(SiteProfile profile, CancellationToken cancellationToken)
    {
        var missing = new List<string>();
        foreach (var (key, address) in new[] { ("logo", profile.Logo?.Address), ("icon", profile.Icon) })
        {
            if (
                address is not null
                && MediaPath.TryParse(Uri.UnescapeDataString(address), out var path)
                && await files.FindLinkedAsync(path, cancellationToken) is null
            )
            {
                missing.Add($"'{key}' has no effect yet: there is no file {address}. Upload it, or correct the name.");
            }
        }

        return missing;
    }
}
