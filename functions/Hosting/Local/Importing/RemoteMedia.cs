using System.Collections.Concurrent;
using System.Net;
using ServerlessBlog.Import;
using ServerlessBlog.Media;

namespace ServerlessBlog.Hosting.Local.Importing;

/// <summary>
/// Fetches pictures that posts show from other hosts, when the author asks for it, so that they stay when those hosts
/// go: https only, from public hosts, JPEG, PNG, WebP or GIF of at most <see cref="PictureEncoder.MaxBytes"/>.
/// </summary>
internal sealed class RemoteMedia(HttpMessageHandler handler, string folder) : IDisposable
{
    private const int MaxRedirects = 3;
    private const int AtOnce = 8;

    /// <summary>The time for one picture, whatever its host does.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>The extension of a file by its first bytes: what a host says of it may be wrong.</summary>
    private static readonly (byte[] Start, string Extension)[] Kinds =
    [
        ([0xFF, 0xD8, 0xFF], ".jpg"),
        ([0x89, 0x50, 0x4E, 0x47], ".png"),
        ("GIF8"u8.ToArray(), ".gif"),
        ("RIFF"u8.ToArray(), ".webp"),
    ];

    private readonly HttpClient _http = new(handler) { Timeout = Timeout };
    private readonly ConcurrentDictionary<string, (ConvertedFile? File, string? Problem)> _fetched = new(
        StringComparer.Ordinal
    );

    /// <summary>The pictures that were fetched.</summary>
    public IEnumerable<ConvertedFile> Files => _fetched.Values.Select(fetched => fetched.File).OfType<ConvertedFile>();

    /// <summary>Fetches pictures, some at a time.</summary>
    public Task FetchAsync(IEnumerable<string> addresses, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            addresses.Distinct(StringComparer.Ordinal),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (address, stop) => _fetched[address] = await FetchAsync(address, stop)
        );

    /// <summary>
    /// Returns a text with the new addresses of its pictures, and a sentence for each that could not be fetched: those
    /// stay as they are.
    /// </summary>
    public (string Text, IReadOnlyList<string> Problems) Localize(string text)
    {
        var problems = new List<string>();
        foreach (var address in RemotePictures.Find(text))
        {
            var (file, problem) = _fetched[address];
            if (file is null)
            {
                problems.Add($"{address} is not fetched: {problem}");
                continue;
            }

            text = Regex.Replace(
                text,
                Regex.Escape(address) + """(?=[\s)>"']|$)""",
                $"/{StorageNames.Media}/{file.Name}"
            );
        }

        return (text, problems);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<(ConvertedFile? File, string? Problem)> FetchAsync(
        string address,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var bytes = await DownloadAsync(WebUtility.HtmlDecode(address), cancellationToken);
            var extension = Kinds.FirstOrDefault(kind => bytes.AsSpan().StartsWith(kind.Start)).Extension
                ?? throw new InvalidDataException("it is no JPEG, PNG, WebP or GIF");
            var name = NameOf(new Uri(WebUtility.HtmlDecode(address)), extension);
            var path = Path.Combine(folder, $"fetched-{ShortHash.Hash(address)}{extension}");
            await File.WriteAllBytesAsync(path, bytes, cancellationToken);
            return (
                new ConvertedFile(address)
                {
                    Container = StorageNames.Media,
                    Name = name,
                    Path = path,
                },
                null
            );
        }
        catch (Exception problem)
            when (problem is HttpRequestException or InvalidDataException or IOException or UriFormatException
                || (problem is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            return (
                null,
                problem is OperationCanceledException ? "its host is too slow" : problem.Message.TrimEnd('.')
            );
        }
    }

    private async Task<byte[]> DownloadAsync(string address, CancellationToken cancellationToken)
    {
        var uri = ToHttps(new Uri(address));
        for (var redirects = 0; ; redirects++)
        {
            if (uri.Scheme != Uri.UriSchemeHttps)
            {
                throw new InvalidDataException("only https is fetched");
            }

            using var response = await _http.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.Headers.Location is { } location && redirects < MaxRedirects)
            {
                uri = new Uri(uri, location);
                continue;
            }

            return response.IsSuccessStatusCode
                ? await ReadAsync(response.Content, cancellationToken)
                : throw new InvalidDataException($"its host answers {(int)response.StatusCode}");
        }
    }

    /// <summary>An address of years ago says http where its host has https by now.</summary>
    private static Uri ToHttps(Uri address) =>
        address is { Scheme: "http", IsDefaultPort: true }
            ? new UriBuilder(address) { Scheme = Uri.UriSchemeHttps, Port = -1 }.Uri
            : address;

    private static async Task<byte[]> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            bytes.Write(buffer, 0, count);
            if (bytes.Length > PictureEncoder.MaxBytes)
            {
                throw new InvalidDataException($"it has more than {PictureEncoder.MaxBytes:N0} bytes");
            }
        }

        return bytes.ToArray();
    }

    /// <summary>A name that says where the picture is from; a hash keeps those of other queries apart.</summary>
    private static string NameOf(Uri address, string extension)
    {
        var stem = Path.GetFileNameWithoutExtension(Uri.UnescapeDataString(address.AbsolutePath));
        var name = MediaName.FromFileName(stem + extension);
        return $"fetched/{address.Host}/{name.Stem}-{ShortHash.Hash(address.AbsoluteUri)[..8]}{extension}";
    }
}
