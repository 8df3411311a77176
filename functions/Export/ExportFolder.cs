namespace ServerlessBlog.Export;

/// <summary>
/// The folder of an export. Files that have not changed are not written, and those that an earlier export wrote and
/// the blog no longer has are deleted; others are left alone.
/// </summary>
/// <param name="path">The path of the folder.</param>
public sealed class ExportFolder(string path)
{
    /// <summary>The list of what an export has written, a name a line, so that the next one can delete.</summary>
    private const string ListFile = ".export";

    private readonly string _path = Path.GetFullPath(path);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>The number of files that were written.</summary>
    public int Written { get; private set; }

    /// <summary>The number of files that were the same already.</summary>
    public int Unchanged { get; private set; }

    /// <summary>The number of files that were deleted.</summary>
    public int Deleted { get; private set; }

    /// <summary>The names of files that this machine cannot have, such as one with the name of a folder.</summary>
    public IReadOnlyList<string> Failed => _failed;

    private readonly List<string> _failed = [];

    /// <summary>Whether the folder may be exported to: it is empty, missing, or an export.</summary>
    public bool IsUsable =>
        !Directory.Exists(_path)
        || File.Exists(Path.Combine(_path, ListFile))
        || !Directory.EnumerateFileSystemEntries(_path).Any();

    /// <summary>Writes a file unless it is there with the same content.</summary>
    public async Task WriteAsync(ExportedFile file, CancellationToken cancellationToken)
    {
        if (PathOf(file.Name) is not { } target || Directory.Exists(target) || HasFileAsFolder(target))
        {
            _failed.Add(file.Name);
            return;
        }

        _names.Add(file.Name);
        var bytes = file.Content.ToMemory();
        if (
            File.Exists(target)
            && new FileInfo(target).Length == bytes.Length
            && (await File.ReadAllBytesAsync(target, cancellationToken)).AsSpan().SequenceEqual(bytes.Span)
        )
        {
            Unchanged++;
            return;
        }

        await WriteAsync(target, bytes, cancellationToken);
        Written++;
    }

    /// <summary>Deletes what an earlier export wrote and this one did not, and writes the list.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        var list = Path.Combine(_path, ListFile);
        var before = File.Exists(list) ? await File.ReadAllLinesAsync(list, cancellationToken) : [];
        foreach (var name in before.Except(_names))
        {
            if (PathOf(name) is { } target && File.Exists(target))
            {
                File.Delete(target);
                Deleted++;
            }
        }

        var lines = string.Concat(_names.Order(StringComparer.Ordinal).Select(name => name + "\n"));
        await WriteAsync(list, Encoding.UTF8.GetBytes(lines), cancellationToken);
    }

    /// <summary>The path of a file; null when the name leads out of the folder or cannot be a path.</summary>
    private string? PathOf(string name)
    {
        if (name.Contains('\0', StringComparison.Ordinal) || name.Contains('\n', StringComparison.Ordinal))
        {
            return null;
        }

        var target = Path.GetFullPath(Path.Combine(_path, name));
        return target.StartsWith(_path + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? target : null;
    }

    /// <summary>Whether a part of the path before the last is a file: blobs a and a/b may both be there.</summary>
    private bool HasFileAsFolder(string target)
    {
        for (var folder = Path.GetDirectoryName(target); folder != _path; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(folder))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Writes a temporary file and renames it: a file is whole, or as it was.</summary>
    private static async Task WriteAsync(string target, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var temporary = target + ".part";
        await File.WriteAllBytesAsync(temporary, bytes, cancellationToken);
        File.Move(temporary, target, overwrite: true);
    }
}
