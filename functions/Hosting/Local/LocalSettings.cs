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

    /// <summary>
    /// Reads the settings for a command that starts no blog and signs nothing: the environment may leave all out.
    /// </summary>
    /// <exception cref="SettingException">A setting is invalid or unknown.</exception>
    public static BlogSettings ReadWithoutBlog() =>
        Read([new("Blog:Secret", new string('0', BlogSettings.MinSecretLength))], "http://localhost:7071");
}
