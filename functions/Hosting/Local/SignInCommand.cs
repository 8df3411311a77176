using ServerlessBlog.Admin.SignIn;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Hosting.Local;

/// <summary>Prints a link that signs a moderator in, for when mail is broken. It needs no storage: only the secret that the blog has.</summary>
internal static class SignInCommand
{
    /// <summary>Prints a link of the blog that runs on this data or, where the environment sets Blog__BaseUrl, Blog__Secret and Blog__Authors, of that one.</summary>
    /// <exception cref="StartException">
    /// No blog runs on this data and the environment names none, or this is none of the authors.
    /// </exception>
    public static int Run(string? mail, string dataPath)
    {
        var settings = Settings(dataPath);
        var moderators = new Moderators(settings);
        if (settings.Authors is not [var first, ..])
        {
            throw new StartException("The blog has no authors: set Blog__Authors to \"Name <mail>\".");
        }

        var author = (mail is null ? first : moderators.WithMail(mail))
            ?? throw new StartException(
                $"{mail} is not in Blog__Authors: name one of {string.Join(", ", settings.Authors.Select(person => person.Mail))}."
            );
        var links = new SignInLinkSigner(settings, moderators, TimeProvider.System);
        Console.WriteLine(links.AddressOf(links.For(author)));
        return 0;
    }

    private static BlogSettings Settings(string dataPath)
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

    private static string? Read(string file) => File.Exists(file) ? File.ReadAllText(file).Trim() : null;
}
