using ServerlessBlog.Export;
using ServerlessBlog.Posts;

namespace ServerlessBlog.Import;

/// <summary>Reads an export of this blog: its files as they are, media first, and its comments.</summary>
internal sealed class ExportedSite : ISiteReader
{
    private readonly string _folder;

    private ExportedSite(string folder) => _folder = folder;

    /// <summary>The file of rules, which may be missing.</summary>
    public string RulesFile => Path.Combine(_folder, BlogExport.RulesFile);

    /// <summary>The file of recipients, which may be missing.</summary>
    public string RecipientsFile => Path.Combine(_folder, BlogExport.RecipientsFile);

    /// <summary>Opens the export in a folder.</summary>
    /// <exception cref="ImportException">The folder holds none.</exception>
    public static ExportedSite Open(string folder) =>
        File.Exists(Path.Combine(folder, BlogExport.CommentsFile))
            ? new ExportedSite(folder)
            : throw new ImportException(
                $"There is no {BlogExport.CommentsFile} in {folder}: name a folder that export has written."
            );

    /// <inheritdoc/>
    public IEnumerable<ConvertedFile> ReadFiles() =>
        new[] { StorageNames.Media, StorageNames.Posts }.SelectMany(container =>
            SiteFolder
                .Enumerate(Path.Combine(_folder, container))
                .Select(name => new ConvertedFile($"{container}/{name}")
                {
                    Container = container,
                    Name = name,
                    Path = Path.Combine(_folder, container, name),
                })
        );

    /// <inheritdoc/>
    public IEnumerable<ConvertedComment> ReadComments()
    {
        using var file = File.OpenText(Path.Combine(_folder, BlogExport.CommentsFile));
        foreach (var (place, comment, problem) in CommentReader.ReadExported(file))
        {
            yield return new ConvertedComment($"{BlogExport.CommentsFile}, {place}", comment?.File, comment)
            {
                Problem = problem,
                Post = PostId.TryParse(comment?.Post, out var post) ? post : null,
            };
        }
    }
}
