using System.Security.Cryptography;

namespace ServerlessBlog.Hosting.Local;

/// <summary>The folder in which a local blog keeps everything: storage, mail, keys. One blog at a time.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;

    private DataFolder(string path, FileStream @lock) => (Root, _lock) = (path, @lock);

    /// <summary>The folder.</summary>
    public string Root { get; }

    /// <summary>Azurite's data.</summary>
    public string Storage => Path.Combine(Root, "storage");

    /// <summary>Azurite's output.</summary>
    public string StorageLog => Path.Combine(Root, "storage.log");

    /// <summary>Mail, when there is no mail server.</summary>
    public string Mail => Path.Combine(Root, "mail");

    /// <summary>What was announced of the author's files.</summary>
    public string Announced => Path.Combine(Root, "announced.json");

    /// <summary>Where the connection string of the running blog's storage is.</summary>
    public static string ConnectionFile(string root) => Path.Combine(root, "storage.txt");

    /// <summary>Where the address of the running blog is.</summary>
    public static string AddressFile(string root) => Path.Combine(root, "address.txt");

    /// <summary>Where the <c>Blog__Authors</c> of the running blog are.</summary>
    public static string AuthorsFile(string root) => Path.Combine(root, "authors.txt");

    /// <summary>Where the secret is that signs links.</summary>
    public static string SecretFile(string root) => Path.Combine(root, "secret.txt");

    /// <summary>Takes the folder for this process; it is made when it is missing.</summary>
    /// <exception cref="StartException">Another blog has it, or it cannot be written.</exception>
    public static DataFolder Open(string path)
    {
        try
        {
            CreatePrivate(path);
            var @lock = new FileStream(LockFile(path), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new DataFolder(path, @lock);
        }
        catch (Exception problem)
            when (problem is UnauthorizedAccessException || (problem is IOException && !Directory.Exists(path)))
        {
            throw new StartException($"The folder {path} cannot be written: choose another with --data DIR.");
        }
        catch (IOException)
        {
            throw new StartException(
                $"A blog is already running on {path}: end it, or choose another folder with --data DIR."
            );
        }
    }

    /// <summary>Whether a blog runs on the folder: it holds the lock and has written its address.</summary>
    public static bool IsInUse(string path)
    {
        try
        {
            using var free = new FileStream(LockFile(path), FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return File.Exists(AddressFile(path)); // a blog that was killed leaves its address behind, but no lock
        }
    }

    /// <summary>Writes what other programs of this user need to know of the running blog.</summary>
    /// <param name="connection">The storage's connection string.</param>
    /// <param name="address">The blog's address on this machine, without a trailing slash.</param>
    /// <param name="authors">Its <c>Blog__Authors</c>.</param>
    public void Publish(string connection, string address, string authors)
    {
        WritePrivate(ConnectionFile(Root), connection + "\n");
        WritePrivate(AuthorsFile(Root), authors + "\n");
        WritePrivate(AddressFile(Root), address + "\n"); // last: see IsInUse
    }

    /// <summary>The secret that signs links; made on the first run.</summary>
    public string Secret()
    {
        var file = SecretFile(Root);
        if (!File.Exists(file))
        {
            WritePrivate(file, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
        }

        return File.ReadAllText(file).Trim();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Directory.Exists(Root)) // somebody may have thrown it away meanwhile
        {
            File.Delete(ConnectionFile(Root));
            File.Delete(AddressFile(Root));
            File.Delete(AuthorsFile(Root));
        }

        _lock.Dispose();
    }

    private static string LockFile(string path) => Path.Combine(path, "lock");

    /// <summary>Keys and mails with signed links lie in it: nobody else of this machine looks in.</summary>
    private static void CreatePrivate(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static void WritePrivate(string file, string text)
    {
        File.Delete(file);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(file, options);
        writer.Write(text);
    }
}
