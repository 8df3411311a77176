using ServerlessBlog.Hosting.Local.Checking;
using ServerlessBlog.Hosting.Local.Uploads;
using ServerlessBlog.Import;
using ServerlessBlog.Posts;

namespace ServerlessBlog.Hosting.Local.Importing;

/// <summary>
/// Imports the site of another engine: its files are converted into a temporary folder and uploaded as
/// <c>upload</c> does, then its comments are added.
/// </summary>
internal sealed class SiteImport(ISiteReader site)
{
    /// <summary>Runs the import. Returns the exit code: 1 when a record was left out.</summary>
    public async Task<int> RunAsync(ImportOptions options)
    {
        var work = Directory.CreateTempSubdirectory("blog-import-");
        try
        {
            var files = options.FetchesMedia ? await FetchAsync(work.FullName, options) : site.ReadFiles();
            var (leftOut, taken) = Convert(work.FullName, files);
            var output = options.CreateOutput(leftOut.Count + taken.Count);
            leftOut.ForEach(output.Write);
            await foreach (var record in options.IsDryRun ? CheckAsync(taken, options) : UploadAsync(taken, options))
            {
                output.Write(record);
            }

            output.Finish("files", options.IsDryRun);
            var names = taken.Select(file => file.Upload.Name).ToHashSet(StringComparer.Ordinal);
            var comments = site.ReadComments().Select(comment => Read(comment, names)).ToList();
            var isWhole = comments.Count == 0 || await options.ImportCommentsAsync(comments);
            return isWhole && output.IsWhole ? 0 : 1;
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    /// <summary>Fetches the pictures that posts show from other hosts, and changes their addresses.</summary>
    private async Task<IEnumerable<ConvertedFile>> FetchAsync(string folder, ImportOptions options)
    {
        using var remote = new RemoteMedia(options.CreateHttpHandler(), folder);
        var files = site.ReadFiles().ToList();
        await remote.FetchAsync(files.SelectMany(file => RemotePictures.Find(file.Text)), options.Stop);
        var localized = files.ConvertAll(file =>
        {
            var (text, problems) = file.Text is null ? (null, []) : remote.Localize(file.Text);
            return file with { Text = text, Notes = [.. file.Notes, .. problems] };
        });
        return [.. remote.Files, .. localized];
    }

    /// <summary>
    /// Writes what was converted into the folder. Of two files with one name, the second is left out.
    /// </summary>
    private static (List<ImportedRecord> LeftOut, List<TakenFile> Taken) Convert(
        string folder,
        IEnumerable<ConvertedFile> files
    )
    {
        var (leftOut, taken) = (new List<ImportedRecord>(), new Dictionary<StoredFile, TakenFile>());
        foreach (var file in files)
        {
            if (file.IsMachinery)
            {
                leftOut.Add(new ImportedRecord(file.Source, ImportOutcome.NotNeeded, []));
                continue;
            }

            var place = new StoredFile(file.Container, file.Name);
            var problem = file.Problem
                ?? (
                    taken.TryGetValue(place, out var other) ? $"{other.Source} has the same name: rename one"
                    : BlobNames.IsUsable(file.Name) ? null
                    : "a file cannot have this name: rename it"
                );
            if (problem is not null)
            {
                leftOut.Add(new ImportedRecord(file.Source, ImportOutcome.LeftOut, [problem, .. file.Notes]));
                continue;
            }

            var path = file.Path ?? Write(folder, taken.Count, file.Text!);
            var upload = new UploadedFile(path, file.Container, file.Name);
            taken.Add(place, new TakenFile(file.Source, upload, file.Notes, RemotePictures.Find(file.Text)));
        }

        return (leftOut, [.. taken.Values]);
    }

    /// <summary>Writes a text under a number: names of another engine may be no file names here.</summary>
    private static string Write(string folder, int number, string text)
    {
        var path = Path.Combine(folder, number.ToString(CultureInfo.InvariantCulture));
        File.WriteAllText(path, text);
        return path;
    }

    private static async IAsyncEnumerable<ImportedRecord> CheckAsync(List<TakenFile> taken, ImportOptions options)
    {
        var files = taken.ConvertAll(file => file.Upload);
        using var check = new FolderCheck(files, options.Settings) { IsThorough = true };
        foreach (var file in taken)
        {
            var result = await check.CheckAsync(file.Upload, options.Stop);
            yield return result.Problem is { } problem
                ? file.ToRecord(ImportOutcome.LeftOut, [$"refused: {problem}"], [])
                : file.ToRecord(ImportOutcome.Imported, [], result.Notes);
        }
    }

    private static async IAsyncEnumerable<ImportedRecord> UploadAsync(List<TakenFile> taken, ImportOptions options)
    {
        var byName = taken.ToLookup(file => file.Upload.Name);
        var upload = new UploadOptions(IsForced: false, options.IsAnnounced);
        var files = taken.ConvertAll(file => file.Upload);
        await foreach (var result in UploadCommand.SendAsync(options.Storage, files, upload, options.Stop))
        {
            var file = byName[result.Name].First();
            yield return !result.IsGood ? file.ToRecord(ImportOutcome.LeftOut, result.Lines, [])
            : result.Summary == UploadResult.Unchanged ? file.ToRecord(ImportOutcome.Unchanged, [], [])
            : file.ToRecord(ImportOutcome.Imported, [], result.Lines);
        }
    }

    private static ReadComment Read(ConvertedComment converted, HashSet<string> names)
    {
        var problem = converted.Problem
            ?? (
                converted.Post is not null || names.Contains(converted.File ?? "") ? null
                : converted.File is null ? "there is no post that it belongs to"
                : $"its post {converted.File} is left out"
            );
        if (problem is not null)
        {
            return new ReadComment(converted.Source, problem) { IsNotNeeded = converted.IsNotNeeded };
        }

        var post = converted.Post ?? PostId.FromBlobName(converted.File!);
        var read = CommentReader.Create(converted.Source, converted.Comment!, post);
        return read with { Notes = [.. converted.Notes, .. read.Notes] };
    }

    private sealed record TakenFile(
        string Source,
        UploadedFile Upload,
        IReadOnlyList<string> Notes,
        IReadOnlyList<string> RemotePictures
    )
    {
        public ImportedRecord ToRecord(
            ImportOutcome outcome,
            IReadOnlyList<string> first,
            IReadOnlyList<string> published
        ) =>
            new(Source, outcome, [.. first, .. Notes])
            {
                Details = [.. published, .. RemotePictures.Select(address => $"picture on another host: {address}")],
            };
    }
}
