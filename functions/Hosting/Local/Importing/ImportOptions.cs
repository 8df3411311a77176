using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Hosting.Local.Uploads;
using ServerlessBlog.Import;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Hosting.Local.Importing;

/// <summary>Where an import writes to, and how.</summary>
internal sealed class ImportOptions : IDisposable
{
    private readonly StreamWriter? _report;

    private ImportOptions(string dataPath, string? report)
    {
        Storage = StorageProvisioning.Connect(dataPath);
        IsAnnounced = StorageProvisioning.IsBlogRunning(dataPath);
        _report = report is null ? null : new StreamWriter(report);
    }

    /// <summary>Whether to write nothing to the storage.</summary>
    public required bool IsDryRun { get; init; }

    /// <summary>Whether pictures are fetched that posts show from other hosts. A dry run fetches none.</summary>
    public bool FetchesMedia
    {
        get => field && !IsDryRun;
        init;
    }

    /// <summary>Creates the handler of those requests; a test's own one reaches this machine.</summary>
    public Func<HttpMessageHandler> CreateHttpHandler { get; init; } = () => PublicHttp.CreateHandler();

    /// <summary>Stops the import.</summary>
    public required CancellationToken Stop { get; init; }

    /// <summary>The storage of the blog.</summary>
    public BlogStorage Storage { get; }

    /// <summary>
    /// Whether each upload is announced to the blog, where nothing else does so at once: on this machine.
    /// </summary>
    public bool IsAnnounced { get; }

    /// <summary>The settings, as far as they are in the environment.</summary>
    public BlogSettings Settings { get; } = LocalSettings.ReadWithoutBlog();

    /// <summary>The posts of the blog.</summary>
    public PostStatusLists Posts => new(Storage);

    /// <summary>Opens the report file.</summary>
    /// <exception cref="StartException">There is no storage, or the report cannot be written.</exception>
    public static ImportOptions Create(
        string dataPath,
        bool isDryRun,
        string? report,
        CancellationToken stop,
        bool fetchesMedia = false
    )
    {
        try
        {
            return new ImportOptions(dataPath, report)
            {
                IsDryRun = isDryRun,
                FetchesMedia = fetchesMedia,
                Stop = stop,
            };
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"The report cannot be written ({problem.Message.TrimEnd('.')}).");
        }
    }

    /// <summary>Creates the output for a number of records.</summary>
    public ImportOutput CreateOutput(int count) =>
        new(Console.Out, _report, new ProgressBar(Console.Out, TerminalStyle.OfConsole(), count, TimeProvider.System));

    /// <summary>Imports comments. Returns whether none was left out.</summary>
    public async Task<bool> ImportCommentsAsync(IReadOnlyList<ReadComment> comments)
    {
        var table = new CommentTable(Storage, Settings, TimeProvider.System);
        var import = new CommentImport(
            new ImportedCommentRows(Storage, table, Settings),
            new RaiseQueueClient(Storage),
            TimeProvider.System
        );
        var output = CreateOutput(comments.Count);
        await foreach (var record in import.ImportAsync(comments, IsDryRun, Stop))
        {
            output.Write(record);
        }

        output.Finish("comments", IsDryRun);
        return output.IsWhole;
    }

    /// <inheritdoc/>
    public void Dispose() => _report?.Dispose();
}
