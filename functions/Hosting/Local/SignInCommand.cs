using ServerlessBlog.Desk;

namespace ServerlessBlog.Hosting.Local;

/// <summary>Prints a link that signs a moderator in, for when mail is broken. It needs no storage: only the secret that the blog has.</summary>
internal static class SignInCommand
{
    /// <summary>Prints a link of the blog that runs on this data or, where the environment sets Blog__BaseUrl, Blog__Secret and Blog__Authors, of that one.</summary>
    /// <exception cref="StartFailure">This is none of the authors.</exception>
    public static int Run(string? mail, string dataPath)
    {
        var settings = BlogSettings.Read(new ConfigurationBuilder()
            .AddInMemoryCollection(
            [
                new("Blog:BaseUrl", Read(DataFolder.AddressFile(dataPath))),
                new("Blog:Secret", Read(DataFolder.SecretFile(dataPath))),
                new("Blog:Authors", RunCommand.Author),
            ])
            .AddEnvironmentVariables()
            .Build());
        var moderators = new Moderators(settings);
        var author = (mail is null ? settings.Authors[0] : moderators.WithMail(mail))
            ?? throw new StartFailure($"{mail} is not in Blog__Authors: name one of {string.Join(", ", settings.Authors.Select(person => person.Mail))}.");
        var links = new SignInLinks(settings, moderators, TimeProvider.System);
        Console.WriteLine(links.AddressOf(links.For(author)));
        return 0;
    }

    private static string? Read(string file) => File.Exists(file) ? File.ReadAllText(file).Trim() : null;
}
