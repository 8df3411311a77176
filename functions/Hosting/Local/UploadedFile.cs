using Azure.Storage.Blobs.Models;
using Microsoft.AspNetCore.StaticFiles;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts.Publishing;

namespace ServerlessBlog.Hosting.Local;

/// <summary>
/// A file on its way into the author's containers: Markdown to <c>posts</c>, with what lies in a post's own folder (beside or below an <c>index.md</c>);
/// all others to <c>media</c>.
/// </summary>
/// <param name="Path">Where it is.</param>
/// <param name="Container">Where it goes.</param>
/// <param name="Name">The blob's name: the file's, or its path inside the folder that was named; a post's folder keeps its own name.</param>
internal sealed record UploadedFile(string Path, string Container, string Name)
{
    private const string Index = "index.md";

    private static readonly FileExtensionContentTypeProvider Types = new()
    {
        Mappings = { [".md"] = "text/markdown; charset=utf-8" },
    };

    /// <summary>The name of its report.</summary>
    public string Source => UploadReport.SourceOf(Container, Name);

    /// <summary>Whether a file of this name is Markdown.</summary>
    public static bool IsMarkdown(string name) => name.EndsWith(".md", StringComparison.OrdinalIgnoreCase);

    /// <summary>A file, or every file of a folder; hidden ones are passed over.</summary>
    /// <exception cref="StartException">There is no such file or folder.</exception>
    public static IEnumerable<UploadedFile> In(string path)
    {
        if (File.Exists(path))
        {
            return [Create(path, System.IO.Path.GetFileName(path), isInPost: false)];
        }

        if (!Directory.Exists(path))
        {
            throw new StartException($"There is no file or folder {path}: check the name.");
        }

        var top = File.Exists(System.IO.Path.Combine(path, Index))
            ? System.IO.Path.GetFileName(System.IO.Path.GetFullPath(path).TrimEnd('/', '\\')) + "/"
            : "";
        var names = Directory
            .EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .Select(file => System.IO.Path.GetRelativePath(path, file).Replace('\\', '/'))
            .Where(name => !name.Split('/').Any(part => part.StartsWith('.')))
            .ToList();
        var folders = names
            .Where(name => name == Index || name.EndsWith("/" + Index, StringComparison.Ordinal))
            .Select(name => name[..^Index.Length])
            .ToList();
        return names
            .Select(name =>
                Create(
                    System.IO.Path.Combine(path, name),
                    top + name,
                    folders.Exists(folder => name.StartsWith(folder, StringComparison.Ordinal))
                )
            )
            .OrderBy(file => IsMarkdown(file.Name))
            .ThenBy(file => file.Name, StringComparer.Ordinal);
    }

    /// <summary>Uploads it over what was there. Answers the blob's ETag.</summary>
    public async Task<string> SendAsync(BlogStorage storage, CancellationToken cancellationToken)
    {
        var blob = storage.Container(Container).GetBlobClient(Name);
        var type = Types.TryGetContentType(Name, out var known) ? known : "application/octet-stream";
        await using var content = File.OpenRead(Path);
        var done = await blob.UploadAsync(
            content,
            new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = type } },
            cancellationToken
        );
        return done.Value.ETag.ToString();
    }

    private static UploadedFile Create(string path, string name, bool isInPost) =>
        new(path, isInPost || IsMarkdown(name) ? StorageNames.Posts : StorageNames.Media, name);
}
