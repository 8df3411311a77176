using System.Net;
using ServerlessBlog.Hosting;
using ServerlessBlog.Hosting.Local.Importing;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Hosting.Local.Importing;

/// <summary>Pictures that posts show from other hosts, fetched from a stand-in.</summary>
public sealed class RemoteMediaTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fetched-");

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<(string Text, IReadOnlyList<string> Problems, List<string> Names)> FetchAsync(string text)
    {
        using var remote = new RemoteMedia(new Host(), _folder.FullName);
        var addresses = ServerlessBlog.Import.RemotePictures.Find(text);
        await remote.FetchAsync(addresses, CancellationToken.None);
        var (localized, problems) = remote.Localize(text);
        return (localized, problems, [.. remote.Files.Select(file => file.Name).Order(StringComparer.Ordinal)]);
    }

    [Fact]
    public async Task Pictures_come_into_media_and_their_addresses_change_wherever_they_stand()
    {
        var (text, problems, names) = await FetchAsync(
            "![a](https://b.example/x/Ü%20one.JPG) [![t](https://b.example/t?w=1&amp;h=2)]"
                + "(https://b.example/t?w=1&amp;h=2) "
                + "<img src=\"http://b.example/moved.png\"> [deeper](https://b.example/t/deeper)"
        );

        Assert.Empty(problems);
        Assert.Equal(3, names.Count);
        Assert.Matches("^fetched/b.example/moved-[0-9a-f]{8}.jpg$", names[0]);
        Assert.Matches("^fetched/b.example/t-[0-9a-f]{8}.jpg$", names[1]);
        Assert.Matches("^fetched/b.example/u-one-[0-9a-f]{8}.jpg$", names[2]);
        Assert.Equal(
            $"![a](/media/{names[2]}) [![t](/media/{names[1]})](/media/{names[1]}) <img src=\"/media/{names[0]}\"> "
                + "[deeper](https://b.example/t/deeper)",
            text
        );
    }

    [Theory]
    [InlineData("https://b.example/missing.jpg", "answers 404")]
    [InlineData("https://b.example/page.jpg", "no JPEG, PNG, WebP or GIF")]
    [InlineData("https://b.example/endless.jpg", "more than 26,214,400 bytes")]
    [InlineData("https://b.example/loop.jpg", "answers 302")]
    [InlineData("https://b.example/down.jpg", "only https")]
    [InlineData("http://b.example:8080/a.jpg", "only https")]
    [InlineData("https://private.example/a.jpg", "not a public address")]
    public async Task What_cannot_be_fetched_stays_and_is_named(string address, string problem)
    {
        var (text, problems, names) = await FetchAsync($"![a]({address})");

        Assert.Equal($"![a]({address})", text);
        Assert.Empty(names);
        Assert.Contains(problem, Assert.Single(problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task This_machine_and_private_networks_are_not_reached()
    {
        using var remote = new RemoteMedia(PublicHttp.CreateHandler(), _folder.FullName);
        string[] addresses = ["https://localhost/a.jpg", "https://127.0.0.1/a.jpg", "https://169.254.169.254/a.jpg"];
        await remote.FetchAsync(addresses, CancellationToken.None);

        var (_, problems) = remote.Localize(string.Concat(addresses.Select(address => $"![a]({address})")));

        Assert.Equal(3, problems.Count(problem => problem.Contains("not a public address", StringComparison.Ordinal)));
    }

    private sealed class Host : HttpMessageHandler
    {
        private static readonly byte[] Photo = TestPictures.Photo(4, 3);

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            Assert.Equal("https", request.RequestUri!.Scheme);
            return request.RequestUri.Host == "private.example"
                ? throw new HttpRequestException("private.example is not a public address.")
                : Task.FromResult(Respond(request.RequestUri));
        }

        private static HttpResponseMessage Respond(Uri address) =>
            address.AbsolutePath switch
            {
                "/missing.jpg" => new HttpResponseMessage(HttpStatusCode.NotFound),
                "/page.jpg" => Ok("<html>"u8.ToArray()),
                "/endless.jpg" => new HttpResponseMessage { Content = new StreamContent(new EndlessStream()) },
                "/loop.jpg" => Redirect("/loop.jpg"),
                "/down.jpg" => Redirect("http://b.example/a.jpg"),
                "/moved.png" => Redirect("/there.png"),
                _ => Ok(Photo),
            };

        private static HttpResponseMessage Ok(byte[] bytes) => new() { Content = new ByteArrayContent(bytes) };

        private static HttpResponseMessage Redirect(string location) =>
            new(HttpStatusCode.Found) { Headers = { Location = new Uri(location, UriKind.RelativeOrAbsolute) } };
    }

    private sealed class EndlessStream : MemoryStream
    {
        public override int Read(byte[] buffer, int offset, int count) => count;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(buffer.Length);
    }
}
