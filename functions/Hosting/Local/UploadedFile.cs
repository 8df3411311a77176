using Azure.Storage.Blobs.Models;
using Microsoft.AspNetCore.StaticFiles;

namespace ServerlessBlog.Hosting.Local;

/// <summary>A file on its way into the author's containers: Markdown to <c>posts</c>, all others to <c>media</c>.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Name">The blob's name: the file's, or its path inside the folder that was named.</param>
internal sealed record UploadedFile(string Path, string Name)
{
    private static readonly FileExtensionContentTypeProvider Types = new() { Mappings = { [".md"] = "text/markdown; charset=utf-8" } };

    /// <summary>Whether it is a post.</summary>
    public bool IsPost => Name.EndsWith(".md", StringComparison.OrdinalIgnoreCase);

    /// <summary>A file, or every file of a folder; hidden ones are passed over.</summary>
    /// <exception cref="StartFailure">There is no such file or folder.</exception>
    public static IEnumerable<UploadedFile> In(string path)
    {
        if (File.Exists(path))
        {
            return [new UploadedFile(path, System.IO.Path.GetFileName(path))];
        }

        return Directory.Exists(path)
            ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
                .Select(file => new UploadedFile(file, System.IO.Path.GetRelativePath(path, file).Replace('\\', '/')))
                .Where(file => !file.Name.Split('/').Any(part => part.StartsWith('.')))
                .OrderBy(file => file.IsPost)
                .ThenBy(file => file.Name, StringComparer.Ordinal)
            : throw new StartFailure($"There is no file or folder {path}: check the name.");
    }

    /// <summary>Uploads it over what was there. Answers the blob's ETag.</summary>
    public async Task<string> SendAsync(BlogStorage storage, CancellationToken cancellationToken)
    {
        var blob = storage.Container(IsPost ? StorageNames.Posts : StorageNames.Media).GetBlobClient(Name);
        var type = Types.TryGetContentType(Name, out var known) ? known : "application/octet-stream";
        await using var content = File.OpenRead(Path);
        var done = await blob.UploadAsync(content, new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = type } }, cancellationToken);
        return done.Value.ETag.ToString();
    }
}
