using ServerlessBlog.Admin.SignIn;

namespace ServerlessBlog.Hosting.Local;

/// <summary>
/// The command <c>sign-in</c>: prints a link that signs a moderator in, for when mail does not work. Needs no storage,
/// only the secret of the blog.
/// </summary>
internal static class SignInCommand
{
    /// <summary>
    /// Prints a link for the blog that runs on this data folder or, when the environment sets Blog__BaseUrl,
    /// Blog__Secret and Blog__Authors, for that blog. Returns the exit code 0.
    /// </summary>
    /// <exception cref="StartException">
    /// No blog runs on this data folder and the environment names none, or the address is not of an author.
    /// </exception>
    public static int Run(string? mail, string dataPath)
    {
        var settings = ReadSettings(dataPath);
        var moderators = new Moderators(settings);
        if (settings.Authors is not [var first, ..])
        {
            throw new StartException("The blog has no authors: set Blog__Authors to \"Name <mail>\".");
        }

        var author = (mail is null ? first : moderators.FindByEmail(mail))
            ?? throw new StartException($"{mail} is not in Blog__Authors: name one of {MailsOf(settings.Authors)}.");
        var links = new SignInLinkSigner(settings, moderators, TimeProvider.System);
        Console.WriteLine(links.AddressOf(links.CreateLink(author)));
        return 0;
    }

    private static BlogSettings ReadSettings(string dataPath)
    {
        var environment = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        var isRunning = DataFolder.IsInUse(dataPath);
        if (!isRunning && string.IsNullOrWhiteSpace(environment["Blog:BaseUrl"]))
        {
            throw new StartException(
                $"No blog is running on {dataPath}: start it in another terminal, "
                    + "or set Blog__BaseUrl, Blog__Secret and Blog__Authors as the blog has them."
            );
        }

        return BlogSettings.Read(
            new ConfigurationBuilder()
                .AddInMemoryCollection([
                    new("Blog:BaseUrl", isRunning ? Read(DataFolder.AddressFile(dataPath)) : null),
                    new("Blog:Secret", Read(DataFolder.SecretFile(dataPath))),
                    new(
                        "Blog:Authors",
                        isRunning ? Read(DataFolder.AuthorsFile(dataPath)) : LocalSignIn.PlaceholderAuthor
                    ),
                ])
                .AddConfiguration(environment)
                .Build()
        );
    }

    private static string MailsOf(IEnumerable<Person> authors) =>
        string.Join(", ", authors.Select(author => author.Mail));

    private static string? Read(string file) => File.Exists(file) ? File.ReadAllText(file).Trim() : null;
}
