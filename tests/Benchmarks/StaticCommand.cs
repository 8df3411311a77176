using System.CommandLine;
using ServerlessBlog.Benchmarks.Conversations;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Benchmarks;

/// <summary>
/// Compares a warm post page with 20 comments from the published handler with nginx serving the same bytes from files.
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
        var command = new Command("static", "A warm page against nginx with the same bytes in files.")
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

        LimitReport.Print(
            $"A post page with {Comments} comments: the published handler against nginx with the same bytes in files; ",
            $"{pairs} pairs of {seconds} s."
        );
        var report = new LimitReport();
        foreach (var (encoding, page) in Encodings.Zip(pages))
        {
            using var fromNginx = new HttpClient { BaseAddress = nginx.Address };
            if (!(await FetchAsync(fromNginx, encoding)).Bytes.AsSpan().SequenceEqual(page.Bytes))
            {
                throw new InvalidOperationException($"nginx does not send the handler's bytes ({encoding}).");
            }

            LimitReport.Print($"{encoding}: {page.Bytes.Length:N0} bytes");
            await MeasureAsync(encoding, [handler.Http.BaseAddress!, nginx.Address], pairs, seconds, report);
        }

        return report.Close();
    }

    private static async Task MeasureAsync(string encoding, Uri[] servers, int pairs, int seconds, LimitReport report)
    {
        foreach (var server in servers)
        {
            await Wrk.RunAsync(new Uri(server, Path), encoding, seconds: 1); // warm-up
        }

        var (rates, latencies) = (new List<double>(), new List<double>());
        for (var pair = 1; pair <= pairs; pair++)
        {
            var handler = await Wrk.RunAsync(new Uri(servers[0], Path), encoding, seconds);
            var nginx = await Wrk.RunAsync(new Uri(servers[1], Path), encoding, seconds);
            LimitReport.Print(
                $"  {pair}: handler {handler.Rate:N0}/s, p99 {handler.P99:0.00} ms; ",
                $"nginx {nginx.Rate:N0}/s, p99 {nginx.P99:0.00} ms"
            );
            rates.Add(handler.Rate / nginx.Rate);
            latencies.Add(handler.P99 / nginx.P99);
        }

        report.AtLeast($"{encoding}: requests/s, handler to nginx, median of pairs", Statistics.Median(rates), 0.9);
        report.AtMost($"{encoding}: p99, handler to nginx, median of pairs", Statistics.Median(latencies), 2.0);
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
