using Azure;
using Azure.Storage.Blobs.Models;
using Microsoft.AspNetCore.StaticFiles;
using ServerlessBlog.Media;
using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Posts.Publishing;

namespace ServerlessBlog.Hosting.Local.Uploads;

/// <summary>
/// A file to upload into the author's containers. Markdown, and HTML with front matter, goes to <c>posts</c>, together
/// with all files of a post's own folder (beside or below an <c>index.md</c>); all other files go to <c>media</c>.
/// </summary>
/// <param name="Path">The path of the file.</param>
/// <param name="Container">The container to upload to.</param>
/// <param name="Name">
/// The name of the blob: the file name, or the path inside the given folder. The folder of a post and the folder
/// <c>theme</c> keep their own names.
/// </param>
internal sealed record UploadedFile(string Path, string Container, string Name)
{
    private static readonly string ThemeFolder = ThemeFiles.Folder.TrimEnd('/');

    private static readonly FileExtensionContentTypeProvider Types = new()
    {
        Mappings = { [".md"] = "text/markdown; charset=utf-8", [".markdown"] = "text/markdown; charset=utf-8" },
    };

    private static readonly string[] TemporaryExtensions =
    [
        ".tmp",
        ".temp",
        ".swp",
        ".bak",
        ".part",
        ".crdownload",
        ".orig",
        ".rej",
    ];

    /// <summary>The source that the report on the file names (<see cref="UploadReport.Source"/>).</summary>
    public string Source => UploadReport.SourceFor(Container, Name);

    /// <summary>Returns true when a file of this name is Markdown.</summary>
    public static bool IsMarkdown(string name) => PostFileName.IsMarkdown(name);

    /// <summary>
    /// Returns a file, or all files of a folder except hidden ones: first media, then posts, each sorted by name.
    /// </summary>
    /// <exception cref="StartException">The file or folder does not exist.</exception>
    public static IEnumerable<UploadedFile> In(string path)
    {
        if (File.Exists(path))
        {
            var folder = NameOf(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path)) ?? "");
            var prefix = folder == ThemeFolder && !IsPost(path) ? ThemeFiles.Folder : "";
            return [Create(path, prefix + System.IO.Path.GetFileName(path), isInPost: false)];
        }

        return Directory.Exists(path)
            ? InFolder(path)
            : throw new StartException($"There is no file or folder {path}: check the name.");
    }

    /// <summary>
    /// Returns the files of a folder that stands for the container <c>posts</c>: posts, and pictures, sound, films and
    /// PDFs beside them. Of other files only those of the theme are returned, which go to <c>media</c>. What editors
    /// leave behind is left out.
    /// </summary>
    /// <exception cref="StartException">The folder does not exist.</exception>
    public static IEnumerable<UploadedFile> InPostFolder(string folder) =>
        In(folder)
            .Select(file => file.IsForPosts ? file with { Container = StorageNames.Posts } : file)
            .Where(file => (file.Container == StorageNames.Posts || file.IsTheme) && !IsTemporary(file.Name));

    /// <summary>Whether a file is temporary or a backup, as editors and browsers write them, by its name.</summary>
    public static bool IsTemporary(string name)
    {
        var file = name[(name.LastIndexOf('/') + 1)..];
        return file is ['~' or '#', ..] or [.., '~' or '#']
            || file.Contains("___jb_", StringComparison.Ordinal)
            || TemporaryExtensions.Contains(System.IO.Path.GetExtension(file), StringComparer.OrdinalIgnoreCase);
    }

    private bool IsTheme => Name.StartsWith(ThemeFiles.Folder, StringComparison.Ordinal);

    /// <summary>Whether the container <c>posts</c> takes the file.</summary>
    private bool IsForPosts =>
        PostFileName.HasPostExtension(Name) || (!IsTheme && MediaPath.TryFromBlob(StorageNames.Posts, Name, out _));

    private static IEnumerable<UploadedFile> InFolder(string path)
    {
        var folder = NameOf(System.IO.Path.GetFullPath(path));
        var prefix = folder == ThemeFolder || Directory.EnumerateFiles(path, "index.*").Any(IsPost) ? folder + "/" : "";
        var names = Directory
            .EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .Select(file => System.IO.Path.GetRelativePath(path, file).Replace('\\', '/'))
            .Where(name => !name.Split('/').Any(part => part.StartsWith('.')))
            .ToList();
        var postFolders = names
            .Where(name => System.IO.Path.GetFileNameWithoutExtension(name) == "index")
            .Where(name => IsPost(System.IO.Path.Combine(path, name)))
            .Select(name => name[..(name.LastIndexOf('/') + 1)])
            .ToList();
        return names
            .Select(name =>
                Create(
                    System.IO.Path.Combine(path, name),
                    prefix + name,
                    postFolders.Exists(folder => name.StartsWith(folder, StringComparison.Ordinal))
                )
            )
            .OrderBy(file => PostFileName.HasPostExtension(file.Name))
            .ThenBy(file => file.Name, StringComparer.Ordinal);
    }

    /// <summary>Reads a post; of one that is too large only the beginning, which is too large as well.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public byte[] ReadPost()
    {
        using var content = File.OpenRead(Path);
        var bytes = new byte[Math.Min(content.Length, PostFile.MaxBytes + 1)];
        return bytes[..content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }

    /// <summary>Uploads the file, overwriting an existing blob. Returns the ETag of the blob.</summary>
    public async Task<string> SendAsync(BlogStorage storage, CancellationToken cancellationToken)
    {
        var blob = storage.Container(Container).GetBlobClient(Name);
        var type = Types.TryGetContentType(Name, out var known) ? known : "application/octet-stream";
        await using var content = File.OpenRead(Path);
        var response = await blob.UploadAsync(
            content,
            new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = type } },
            cancellationToken
        );
        return response.Value.ETag.ToString();
    }

    /// <summary>
    /// Returns the ETag of the blob when it has the bytes of this file; null when it has others or does not exist.
    /// </summary>
    public async Task<string?> FindUnchangedAsync(BlogStorage storage, CancellationToken cancellationToken)
    {
        try
        {
            var stored = (
                await storage
                    .Container(Container)
                    .GetBlobClient(Name)
                    .GetPropertiesAsync(cancellationToken: cancellationToken)
            ).Value;
            return
                stored.ContentHash is { } hash
                && stored.ContentLength == new FileInfo(Path).Length
                && (await HashAsync(cancellationToken)).AsSpan().SequenceEqual(hash)
                ? stored.ETag.ToString()
                : null;
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    [SuppressMessage("Security", "CA5351", Justification = "Storage computes Content-MD5, and no other hash.")]
    private async Task<byte[]> HashAsync(CancellationToken cancellationToken)
    {
        await using var content = File.OpenRead(Path);
        return await MD5.HashDataAsync(content, cancellationToken);
    }

    private static string NameOf(string folder) => System.IO.Path.GetFileName(folder.TrimEnd('/', '\\'));

    private static UploadedFile Create(string path, string name, bool isInPost) =>
        new(path, isInPost || IsPost(path) ? StorageNames.Posts : StorageNames.Media, name);

    /// <summary>Whether a file is a post: Markdown, or HTML with front matter.</summary>
    private static bool IsPost(string file) =>
        PostFileName.IsMarkdown(file) || (PostFileName.IsHtml(file) && FrontMatterBlock.IsAtStartOf(ReadStart(file)));

    private static string ReadStart(string file)
    {
        using var reader = new StreamReader(file);
        var start = new char[1024];
        return new string(start, 0, reader.ReadBlock(start));
    }
}
