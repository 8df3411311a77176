namespace ServerlessBlog.Tests.Repository;

/// <summary>THIRD-PARTY-NOTICES.txt is complete; the handler's zip contains it.</summary>
public sealed class ThirdPartyNoticesTests
{
    private static readonly string Notices = File.ReadAllText(RepositoryFiles.FullPath(ThirdPartyNotices.FileName));

    /// <summary>When it fails, the expected file is in artifacts/, to be copied over the old one.</summary>
    [Fact]
    public async Task The_notices_have_every_package_of_the_handler_and_every_licence_of_others_files()
    {
        var expected = await ThirdPartyNotices.GenerateAsync();
        if (!Notices.StartsWith(expected, StringComparison.Ordinal))
        {
            var file = RepositoryFiles.FullPath("artifacts/" + ThirdPartyNotices.FileName);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            var texts = Notices.IndexOf("\n== ", StringComparison.Ordinal);
            await File.WriteAllTextAsync(file, expected + (texts < 0 ? "" : Notices[texts..]));
        }

        Assert.StartsWith(expected, Notices, StringComparison.Ordinal);
    }

    [Fact]
    public void The_text_of_each_licence_is_at_the_end()
    {
        var texts = Notices[Notices.IndexOf("\n== ", StringComparison.Ordinal)..];
        var licences = ThirdPartyNotices
            .Packages()
            .SelectMany(package => ThirdPartyNotices.Names(package.Licence))
            .Distinct();

        Assert.All(licences, licence => Assert.Contains($"\n== {licence}\n", texts, StringComparison.Ordinal));
    }
}
