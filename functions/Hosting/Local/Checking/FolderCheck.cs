using ServerlessBlog.Hosting.Local.Uploads;
using ServerlessBlog.Media;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Posts.Theme;

namespace ServerlessBlog.Hosting.Local.Checking;

/// <summary>
/// Checks files before they are uploaded, with the classes that check uploads: only what they ask about other posts and
/// media is answered by the folder. Uses no storage.
/// </summary>
internal sealed class FolderCheck : IDisposable
{
    private readonly ServiceProvider _services;

    /// <summary>Reads the front matter of all posts in the folder.</summary>
    /// <param name="files">All files of the folder.</param>
    /// <param name="settings">The settings of the blog.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public FolderCheck(IReadOnlyList<UploadedFile> files, BlogSettings settings) =>
        _services = new ServiceCollection()
            .AddSingleton(settings)
            .AddSingleton(TimeProvider.System)
            .AddMedia()
            .AddPosts()
            .AddSingleton<IMediaLookup>(new FolderMedia(files))
            .AddSingleton<IThemeLookup>(new FolderTheme(files))
            .AddSingleton<IPostLookup>(services =>
                FolderPosts.Read(files, services.GetRequiredService<PostFactory>(), settings)
            )
            .BuildServiceProvider();

    /// <summary>Whether all of a photo is decoded, which takes milliseconds each; else its beginning.</summary>
    public bool IsThorough { get; init; }

    /// <summary>Checks one file.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public async Task<CheckResult> CheckAsync(UploadedFile file, CancellationToken cancellationToken)
    {
        if (PostFileName.HasPostExtension(file.Name) && file.Container == StorageNames.Posts)
        {
            var validator = _services.GetRequiredService<PostValidator>();
            var (post, _, problem) = await validator.CheckUnsavedAsync(file.Name, file.ReadPost(), cancellationToken);
            return new CheckResult(file.Name, problem?.ToString(), post?.Notes ?? []);
        }

        return MediaPath.TryFromBlob(file.Container, file.Name, out var path)
            ? await CheckMediaAsync(file, path, cancellationToken)
            : new CheckResult(file.Name, null, []);
    }

    /// <inheritdoc/>
    public void Dispose() => _services.Dispose();

    private async Task<CheckResult> CheckMediaAsync(
        UploadedFile file,
        MediaPath path,
        CancellationToken cancellationToken
    )
    {
        var info = new MediaInfo(path.TypeByName ?? "", new FileInfo(file.Path).Length, "");
        if (ThemeFiles.NameOf(path) is { } theme)
        {
            var (problem, notes) = ThemeCheck.FindSizeProblem(theme, info.Length) is { } tooLarge
                ? (tooLarge, [])
                : await _services
                    .GetRequiredService<ThemeCheck>()
                    .CheckAsync(path, await File.ReadAllTextAsync(file.Path, cancellationToken), cancellationToken);
            return new CheckResult(file.Name, problem, notes);
        }

        return new CheckResult(
            file.Name,
            info.IsPhoto ? FindPhotoProblem(file, info) : null,
            ThemeCheck.FindMistake(path) is { } mistake ? [mistake] : []
        );
    }

    private string? FindPhotoProblem(UploadedFile file, MediaInfo info)
    {
        using var photo = File.OpenRead(file.Path);
        return PictureEncoder.FindSizeProblem(info.Length)
            ?? (IsThorough ? PictureDamage.Find(photo) : PictureEncoder.FindProblem(photo));
    }
}

/// <summary>What publishing would say about a file.</summary>
/// <param name="Name">The name of the file.</param>
/// <param name="Problem">Why the file would be refused; null when it would be accepted.</param>
/// <param name="Notes">Hints for the author, one sentence each.</param>
internal sealed record CheckResult(string Name, string? Problem, IReadOnlyList<string> Notes)
{
    /// <summary>The result as printed; null when there is nothing to say.</summary>
    public string? Text =>
        (Problem, Notes) switch
        {
            ({ } problem, _) => $"{Name}: refused: {problem}",
            (null, [var note]) => $"{Name}: {note}",
            (null, [_, ..]) => $"{Name}: {Notes.Count} warnings\n  {string.Join("\n  ", Notes)}",
            _ => null,
        };
}
