using ServerlessBlog.Media;

namespace ServerlessBlog.Import.WordPress;

/// <summary>Reads an export of WordPress: posts, pages and comments, and pictures from the folder of uploads.</summary>
internal sealed class WordPressSite : ISiteReader
{
    private const string Uploads = "wp-content/uploads";

    /// <summary>States of things that were thrown away or never saved.</summary>
    private static readonly string[] Discarded = ["trash", "auto-draft"];

    private readonly FileInfo _file;
    private readonly string? _uploads;
    private readonly Dictionary<string, string> _postFiles = new(StringComparer.Ordinal);

    private WordPressSite(FileInfo file, string? uploads) => (_file, _uploads) = (file, uploads);

    /// <summary>Opens an export.</summary>
    /// <param name="file">The XML file.</param>
    /// <param name="uploads">The folder wp-content/uploads; null when it is not there.</param>
    /// <exception cref="ImportException">There is no such folder.</exception>
    public static WordPressSite Open(FileInfo file, string? uploads) =>
        uploads is null || Directory.Exists(uploads)
            ? new WordPressSite(file, uploads)
            : throw new ImportException($"There is no folder {uploads}: check the name.");

    /// <inheritdoc/>
    public IEnumerable<ConvertedFile> ReadFiles()
    {
        var files = new List<ConvertedFile>();
        var media = ReadUploads(files);
        var index = ReadIndex();
        var converter = new WordPressConverter(index, media);
        using var reader = new WxrReader(_file);
        foreach (var item in reader.ReadItems())
        {
            if (item.Type is not ("post" or "page"))
            {
                if (item.Type is not "attachment")
                {
                    files.Add(new ConvertedFile(PlaceOf(item)) { IsMachinery = true });
                }

                continue;
            }

            if (Discarded.Contains(item.Status))
            {
                files.Add(new ConvertedFile(PlaceOf(item)) { IsMachinery = true });
                continue;
            }

            var file = converter.Convert(item, PlaceOf(item));
            _postFiles[item.Id] = file.Name;
            files.Add(file);
        }

        return files;
    }

    /// <inheritdoc/>
    public IEnumerable<ConvertedComment> ReadComments()
    {
        using var reader = new WxrReader(_file);
        foreach (var item in reader.ReadItems())
        {
            var byAuthors = reader
                .Authors.Select(author => author.GetValueOrDefault("author_email", ""))
                .ToHashSet(StringComparer.OrdinalIgnoreCase);
            foreach (var comment in item.Comments)
            {
                yield return WordPressComments.Convert(
                    comment,
                    PlaceOf(item),
                    _postFiles.GetValueOrDefault(item.Id),
                    byAuthors
                );
            }
        }
    }

    private static string PlaceOf(WxrItem item) => $"{item.Type} {item.Id}";

    /// <summary>Adds the files of the uploads, at the paths that they had. Returns their names.</summary>
    private HashSet<string> ReadUploads(List<ConvertedFile> files)
    {
        var media = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in _uploads is null ? [] : SiteFolder.Enumerate(_uploads))
        {
            var blob = $"{Uploads}/{name}";
            if (MediaPath.TryFromBlob(StorageNames.Media, blob, out var path) && path.IsForReaders)
            {
                media.Add(blob);
                files.Add(
                    new ConvertedFile(blob)
                    {
                        Container = StorageNames.Media,
                        Name = blob,
                        Path = Path.Combine(_uploads!, name),
                    }
                );
            }
            else
            {
                files.Add(new ConvertedFile(blob) { IsMachinery = true });
            }
        }

        return media;
    }

    /// <summary>Reads what items say of each other: attachments, parents and the names of authors.</summary>
    private WordPressIndex ReadIndex()
    {
        var index = new WordPressIndex();
        using var reader = new WxrReader(_file);
        foreach (var item in reader.ReadItems())
        {
            index.Add(item);
        }

        index.Complete(reader.Channel, reader.Authors);
        return index;
    }
}
