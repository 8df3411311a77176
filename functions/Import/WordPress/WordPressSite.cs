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
        var (uploads, media) = ReadUploads();
        var converter = new WordPressConverter(ReadIndex(), media);
        return uploads.Concat(ReadItems(converter));
    }

    private IEnumerable<ConvertedFile> ReadItems(WordPressConverter converter)
    {
        using var reader = new WxrReader(_file);
        foreach (var item in reader.ReadItems().Where(item => item.Type != "attachment"))
        {
            if (item.Type is not ("post" or "page") || Discarded.Contains(item.Status))
            {
                yield return new ConvertedFile(PlaceOf(item)) { IsMachinery = true };
                continue;
            }

            var file = converter.Convert(item, PlaceOf(item));
            _postFiles[item.Id] = file.Name;
            yield return file;
        }
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

    /// <summary>The files of the uploads, at the paths that they had, and the names of those that are taken.</summary>
    private (List<ConvertedFile> Files, HashSet<string> Names) ReadUploads()
    {
        var files = new List<ConvertedFile>();
        var media = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in _uploads is null ? [] : SiteFolder.Enumerate(_uploads))
        {
            var blob = $"{Uploads}/{name}";
            if (SiteMedia.Contains(blob))
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

        return (files, media);
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
