namespace ServerlessBlog.Hosting.Local;

/// <summary>
/// The folder that holds all data of a local blog: storage, mail, keys. Locked by one blog at a time.
/// </summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;

    private DataFolder(string path, FileStream @lock) => (Root, _lock) = (path, @lock);

    /// <summary>The path of the folder.</summary>
    public string Root { get; }

    /// <summary>The folder of Azurite's data.</summary>
    public string Storage => Path.Combine(Root, "storage");

    /// <summary>The log file of Azurite.</summary>
    public string StorageLog => Path.Combine(Root, "storage.log");

    /// <summary>The folder of mails when there is no mail server.</summary>
    public string Mail => Path.Combine(Root, "mail");

    /// <summary>The file of the announced uploads (<see cref="AnnouncedUploads"/>).</summary>
    public string Announced => Path.Combine(Root, "announced.json");

    /// <summary>The file of what was uploaded from watched folders (<see cref="Watching.WatchedNames"/>).</summary>
    public string Watched => Path.Combine(Root, "watched.json");

    /// <summary>The file with the connection string of the running blog's storage.</summary>
    public static string ConnectionFile(string root) => Path.Combine(root, "storage.txt");

    /// <summary>The file with the address of the running blog.</summary>
    public static string AddressFile(string root) => Path.Combine(root, "address.txt");

    /// <summary>The file with <c>Blog__Authors</c> of the running blog.</summary>
    public static string AuthorsFile(string root) => Path.Combine(root, "authors.txt");

    /// <summary>The file with the secret that signs links.</summary>
    public static string SecretFile(string root) => Path.Combine(root, "secret.txt");

    /// <summary>Locks the folder for this process; creates it when missing.</summary>
    /// <exception cref="StartException">Another blog uses the folder, or it cannot be written.</exception>
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

    /// <summary>Returns true when a blog runs on the folder: it holds the lock and has written its address.</summary>
    public static bool IsInUse(string path)
    {
        try
        {
            using var free = new FileStream(LockFile(path), FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return File.Exists(AddressFile(path)); // a killed blog leaves the file of its address, but no lock
        }
    }

    /// <summary>Writes the data of the running blog that other commands of this user need.</summary>
    /// <param name="connection">The connection string of the storage.</param>
    /// <param name="address">The address of the blog on this machine, without a trailing slash.</param>
    /// <param name="authors">The value of <c>Blog__Authors</c>.</param>
    public void Publish(string connection, string address, string authors)
    {
        WritePrivate(ConnectionFile(Root), connection + "\n");
        WritePrivate(AuthorsFile(Root), authors + "\n");
        WritePrivate(AddressFile(Root), address + "\n"); // last, because IsInUse checks it
    }

    /// <summary>The secret that signs links; created on the first run.</summary>
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
        if (Directory.Exists(Root)) // may have been deleted meanwhile
        {
            File.Delete(ConnectionFile(Root));
            File.Delete(AddressFile(Root));
            File.Delete(AuthorsFile(Root));
        }

        _lock.Dispose();
    }

    private static string LockFile(string path) => Path.Combine(path, "lock");

    /// <summary>Creates the folder with access for this user only: it holds keys and mails with signed links.</summary>
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
