namespace ServerlessBlog.Hosting.Local;

/// <summary>The settings of the environment, read before anything is started.</summary>
internal static class LocalSettings
{
    /// <summary>Reads the settings as the blog will.</summary>
    /// <param name="defaults">Settings that the environment overrides.</param>
    /// <param name="address">The address of the blog on this machine: Blog__BaseUrl where it is not set.</param>
    /// <exception cref="SettingException">A setting is invalid or unknown.</exception>
    public static BlogSettings Read(IEnumerable<KeyValuePair<string, string?>> defaults, string address)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(defaults)
            .AddInMemoryCollection([new("Blog:BaseUrl", address)])
            .AddEnvironmentVariables()
            .Build();
        var reader = new SettingReader(configuration);
        var settings = BlogSettings.Read(reader);
        return UnknownSettings.Find(configuration, reader).Problems is [_, ..] problems
            ? throw new SettingException(string.Join(' ', problems))
            : settings;
    }

    /// <summary>The settings of a blog on this machine, which the environment overrides.</summary>
    public static Dictionary<string, string?> Defaults(
        string authors,
        string secret,
        string mailFolder,
        string? connection
    ) =>
        new()
        {
            ["Blog:Title"] = "A serverless blog",
            ["Blog:Authors"] = authors,
            ["Blog:Secret"] = secret,
            ["Blog:MailFolder"] = mailFolder,
            [StorageNames.Connection] = connection,
        };

    /// <summary>
    /// The defaults of the blog that runs on a data folder, with its address; without one, those for the storage of the
    /// environment.
    /// </summary>
    /// <param name="dataPath">The data folder.</param>
    /// <param name="defaultAddress">The address of a blog whose address is not known; null to refuse it.</param>
    /// <exception cref="StartException">No blog runs, and the environment does not say which one is meant.</exception>
    public static Dictionary<string, string?> DefaultsOfRunning(string dataPath, string? defaultAddress = null)
    {
        var isRunning = StorageProvisioning.IsBlogRunning(dataPath);
        var own = Environment.GetEnvironmentVariable("Blog__BaseUrl");
        var address = isRunning ? ReadText(DataFolder.AddressFile(dataPath)) ?? defaultAddress : defaultAddress;
        if ((address is null && string.IsNullOrWhiteSpace(own)) || !(isRunning || RunCommand.IsStorageConfigured()))
        {
            throw new StartException(
                $"No blog is running on {dataPath}: start it in another terminal, or set BlogStorage, Blog__BaseUrl "
                    + "and the other settings as the blog has them."
            );
        }

        return new(
            Defaults(
                ReadText(DataFolder.AuthorsFile(dataPath)) ?? LocalSignIn.PlaceholderAuthor,
                ReadText(DataFolder.SecretFile(dataPath)) ?? new string('0', BlogSettings.MinSecretLength),
                Path.Combine(dataPath, "mail"),
                isRunning ? ReadText(DataFolder.ConnectionFile(dataPath)) : null
            )
        )
        {
            ["Blog:BaseUrl"] = address,
        };
    }

    private static string? ReadText(string file) => File.Exists(file) ? File.ReadAllText(file).Trim() : null;

    /// <summary>
    /// Reads the settings for a command that starts no blog and signs nothing: the environment may leave all out.
    /// </summary>
    /// <exception cref="SettingException">A setting is invalid or unknown.</exception>
    public static BlogSettings ReadWithoutBlog() =>
        Read([new("Blog:Secret", new string('0', BlogSettings.MinSecretLength))], "http://localhost:7071");
}
