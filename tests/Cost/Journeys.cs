using System.Text.RegularExpressions;
using Azure.Storage.Blobs;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Hosting.Timers;
using ServerlessBlog.Posts;
using ServerlessBlog.Settings;
using ServerlessBlog.Site.Comments;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Cost;

/// <summary>Runs each journey against the real functions, on an empty storage, and counts what is billed.</summary>
internal sealed partial class Journeys
{
    private const string Page = "/posts/counted";
    private static readonly string PostText = string.Concat(
        Enumerable
            .Range(1, 40)
            .Select(number => $"Paragraph {number} of a post of the usual length, in plain words.\n\n")
    );

    private readonly SortedDictionary<string, JourneyCounts> _counts = new(StringComparer.Ordinal);
    private readonly JourneyDriver _driver;
    private readonly string _connection;
    private readonly PostId _post = PostId.FromBlobName("counted.md");
    private int _texts;

    private Journeys(JourneyDriver driver, string connection) => (_driver, _connection) = (driver, connection);

    /// <summary>Runs all journeys. Returns their counts by name.</summary>
    public static async Task<SortedDictionary<string, JourneyCounts>> CountAsync()
    {
        var connection = await StorageAccounts.NewAccountAsync();
        await using var driver = await JourneyDriver.StartAsync(connection);
        var journeys = new Journeys(driver, connection);
        await journeys.CountAuthorAsync();
        await journeys.CountViewsAsync();
        await journeys.CountSearchesAsync();
        await journeys.CountCommentsAsync();
        await journeys.CountTimersAsync();
        await journeys.CountStrangersAsync();
        return journeys._counts;
    }

    private async Task CountAsync(string journey, Func<Task> run)
    {
        _driver.Pause();
        _counts.Add(journey, await _driver.CountAsync(run));
    }

    /// <summary>Uploads a post before the one that is counted: the first creates what later ones find.</summary>
    private async Task CountAuthorAsync()
    {
        await _driver.CountAsync(() => PublishAsync("before"));
        await CountAsync(Journey.Post, () => PublishAsync("counted"));
    }

    private async Task PublishAsync(string slug)
    {
        await new BlobContainerClient(_connection, StorageNames.Posts)
            .GetBlobClient($"{slug}.md")
            .UploadAsync(
                BinaryData.FromString($"---\ntitle: A post\ndate: 2026-01-02\ntags: [counted]\n---\n{PostText}"),
                overwrite: true
            );
        await _driver.AnnounceAsync(StorageNames.Posts, $"{slug}.md");
    }

    private async Task CountViewsAsync()
    {
        await CountAsync(Journey.RenderedView, () => _driver.GetAsync(Page));
        await CountAsync(Journey.RevalidatedView, () => _driver.GetAsync(Page));
        _counts.Add(Journey.WarmView, await _driver.CountAsync(() => _driver.GetAsync(Page)));
        await using var other = await JourneyDriver.StartAsync(_connection);
        _counts.Add(Journey.NewView, await other.CountAsync(() => other.GetAsync(Page)));
        await using var another = await JourneyDriver.StartAsync(_connection);
        _counts.Add(Journey.FirstView, await another.CountAsync(() => another.LoadAsync(Page)));
        await _driver.CountAsync(() => _driver.GetAsync("/posts/before")); // rendered, for the other instance to find
        another.Pause();
        _counts.Add(Journey.FirstViewWarm, await another.CountAsync(() => another.LoadAsync("/posts/before")));
    }

    private async Task CountSearchesAsync()
    {
        await CountAsync(Journey.FirstSearch, () => _driver.GetAsync("/search?q=paragraph"));
        await CountAsync(Journey.Search, () => _driver.GetAsync("/search?q=words"));
    }

    private async Task CountCommentsAsync()
    {
        await CountAsync(Journey.HeldComment, () => CommentAsync());
        var moderator = await AdminDriver.SignInAsync(_driver.Blog);
        await CountAsync(Journey.ModeratorVisit, async () =>
        {
            var list = await _driver.GetAsync($"/{AdminPaths.Segment}", moderator.Cookie);
            var item = Item().Match(list).Groups[1].Value;
            var next = await _driver.PostAsync(
                AdminPaths.Comments("held"),
                moderator.Cookie,
                ("one", $"approve {item}")
            );
            await _driver.GetAsync(next!, moderator.Cookie);
        });
        await CountAsync(Journey.ApprovedComment, () => CommentAsync());
        await CountAsync(Journey.SpamComment, () => CommentAsync(trap: "filled"));
        await CountAsync(Journey.RobotComment, () => PostRobotsCommentAsync(_driver));
        await using var full = await JourneyDriver.StartAsync(_connection, maxComments: 1);
        await full.CountAsync(() => PostRobotsCommentAsync(full)); // it sees that the day's comments are used up
        _counts.Add(Journey.RefusedComment, await full.CountAsync(() => PostRobotsCommentAsync(full)));
    }

    /// <summary>Comments as a reader does: fetches the form's token, writes, sends, and reads the receipt.</summary>
    private async Task CommentAsync(string trap = "")
    {
        var token = await _driver.GetAsync($"/api/form-token/{_post}");
        _driver.Pause();
        var receipt = await PostCommentAsync(
            ("name", "Grace"),
            ("email", "grace@example.com"),
            ("token", token),
            (CommentFormView.Trap, trap)
        );
        await _driver.GetAsync(receipt!.Split('#')[0]);
    }

    private Task<string?> PostRobotsCommentAsync(JourneyDriver driver) =>
        PostCommentAsync(driver, ("name", "A robot"), ("email", "robot@example.com"));

    private Task<string?> PostCommentAsync(params (string, string)[] fields) => PostCommentAsync(_driver, fields);

    private Task<string?> PostCommentAsync(JourneyDriver driver, params (string, string)[] fields) =>
        driver.PostAsync($"/posts/{_post}/comments", null, [.. fields, ("comment", $"Comment number {++_texts}.")]);

    private async Task CountTimersAsync()
    {
        await CountAsync(Journey.Hour, () => _driver.FireAsync(nameof(CheckHourly)));
        await CountAsync(Journey.Night, () => _driver.FireAsync(nameof(CleanUpDaily)));
    }

    [GeneratedRegex("type=\"checkbox\" name=\"item\" value=\"([^\"]+)\"")]
    private static partial Regex Item();
}
