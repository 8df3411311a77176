using System.CommandLine;
using ServerlessBlog.Benchmarks.Conversations;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Benchmarks;

/// <summary>
/// Compares a warm post page with 20 comments from the published handler with a program that is only Kestrel, and with
/// nginx, serving the same bytes.
/// </summary>
internal static class StaticCommand
{
    private const string Path = "/posts/measured";
    private const int Comments = 20;

    private static readonly string[] Encodings = ["gzip", "identity"];

    public static Command Create()
    {
        var pairs = new Option<int>("--pairs")
        {
            Description = "How often each of the two is measured.",
            HelpName = "N",
            DefaultValueFactory = _ => 7,
        };
        var seconds = new Option<int>("--seconds")
        {
            Description = "How long each time.",
            HelpName = "N",
            DefaultValueFactory = _ => 3,
        };
        var command = new Command("static", "A warm page against Kestrel alone, and nginx, with the same bytes.")
        {
            pairs,
            seconds,
        };
        command.SetAction((line, _) => RunAsync(line.GetValue(pairs), line.GetValue(seconds)));
        return command;
    }

    private static async Task<int> RunAsync(int pairs, int seconds)
    {
        Wrk.Require();
        Nginx.Require();
        await using var handler = await PublishedHandler.StartAsync(await PrepareAsync());
        var pages = await Task.WhenAll(Encodings.Select(encoding => FetchAsync(handler.Http, encoding)));
        await using var nginx = await Nginx.StartAsync(
            Path,
            identity: pages[1].Bytes,
            gzip: pages[0].Bytes,
            pages[1].Headers
        );

        await using var kestrel = await BareKestrel.StartAsync(
            identity: pages[1].Bytes,
            gzip: pages[0].Bytes,
            pages[1].Headers
        );

        LimitReport.Print(
            $"A post page with {Comments} comments: the published handler, Kestrel alone under Native AOT, and nginx ",
            $"with the same bytes; {pairs} rounds of {seconds} s each."
        );
        var report = new LimitReport();
        foreach (var (encoding, page) in Encodings.Zip(pages))
        {
            Uri[] servers = [handler.Http.BaseAddress!, kestrel.Address, nginx.Address];
            await CheckAsync(kestrel.Address, encoding, page, page.Headers.Count);
            await CheckAsync(nginx.Address, encoding, page, fewestHeaders: 0);

            LimitReport.Print($"{encoding}: {page.Bytes.Length:N0} bytes");
            await MeasureAsync(encoding, servers, pairs, seconds, report);
        }

        return report.Close();
    }

    /// <summary>Checks that a server sends the handler's bytes, with at least so many headers.</summary>
    private static async Task CheckAsync(
        Uri server,
        string encoding,
        (byte[] Bytes, IReadOnlyDictionary<string, string> Headers) page,
        int fewestHeaders
    )
    {
        using var http = new HttpClient { BaseAddress = server };
        var (bytes, headers) = await FetchAsync(http, encoding);
        if (!bytes.AsSpan().SequenceEqual(page.Bytes) || headers.Count < fewestHeaders)
        {
            throw new InvalidOperationException($"{server} does not send what the handler sends ({encoding}).");
        }
    }

    private static async Task MeasureAsync(string encoding, Uri[] servers, int pairs, int seconds, LimitReport report)
    {
        foreach (var server in servers)
        {
            await Wrk.RunAsync(new Uri(server, Path), encoding, seconds: 1); // warm-up
        }

        var (rates, latencies, nginxRates) = (new List<double>(), new List<double>(), new List<double>());
        for (var pair = 1; pair <= pairs; pair++)
        {
            var handler = await Wrk.RunAsync(new Uri(servers[0], Path), encoding, seconds);
            var kestrel = await Wrk.RunAsync(new Uri(servers[1], Path), encoding, seconds);
            var nginx = await Wrk.RunAsync(new Uri(servers[2], Path), encoding, seconds);
            LimitReport.Print(
                $"  {pair}: handler {handler.Rate:N0}/s, p99 {handler.P99:0.00} ms; ",
                $"Kestrel {kestrel.Rate:N0}/s, p99 {kestrel.P99:0.00} ms; ",
                $"nginx {nginx.Rate:N0}/s, p99 {nginx.P99:0.00} ms"
            );
            rates.Add(handler.Rate / kestrel.Rate);
            latencies.Add(handler.P99 / kestrel.P99);
            nginxRates.Add(handler.Rate / nginx.Rate);
        }

        report.AtLeast($"{encoding}: requests/s, handler to Kestrel alone, median", Statistics.Median(rates), 0.95);
        report.AtMost($"{encoding}: p99, handler to Kestrel alone, median", Statistics.Median(latencies), 2.0);
        report.Note(
            $"{encoding}: requests/s, handler to nginx, median",
            Statistics.Median(nginxRates),
            "for comparison"
        );
    }

    /// <summary>
    /// Publishes the post and stops the blog that did so, which would otherwise compete for the processor. Returns the
    /// connection string of the storage account.
    /// </summary>
    private static async Task<string> PrepareAsync()
    {
        await using var blog = await TestBlog.StartAsync();
        await ConversationBuilder.AddAsync(
            blog,
            await blog.PublishAsync("measured", "A page is made once", ConversationBuilder.Body),
            Comments
        );
        return blog.Connection;
    }

    /// <summary>The body as sent, in the requested encoding, and the response headers.</summary>
    private static async Task<(byte[] Bytes, IReadOnlyDictionary<string, string> Headers)> FetchAsync(
        HttpClient http,
        string encoding
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Path);
        request.Headers.Add("X-Forwarded-Host", "blog.test");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", encoding);
        using var response = await http.SendAsync(request);
        var isEncoded = response.EnsureSuccessStatusCode().Content.Headers.ContentEncoding.Contains("gzip");
        return isEncoded == (encoding == "gzip")
            ? (
                await response.Content.ReadAsByteArrayAsync(),
                response
                    .Headers.Concat(response.Content.Headers)
                    .ToDictionary(header => header.Key, header => string.Join(", ", header.Value))
            )
            : throw new InvalidOperationException($"{http.BaseAddress} did not answer in {encoding}.");
    }
}
