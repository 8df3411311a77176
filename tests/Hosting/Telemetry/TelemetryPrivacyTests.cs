using System.Text;
using ServerlessBlog.Hosting.Timers;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Hosting.Telemetry;

/// <summary>What the published handler exports holds nothing that a person sent, and no credential.</summary>
[Trait("Category", "Slow")]
public sealed class TelemetryPrivacyTests
{
    [Fact]
    public async Task Nothing_that_a_person_sent_and_no_credential_is_exported()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        var journeys = new CanaryJourneys(await StandInHost.CreateStorageAsync(), await MailServer.SharedAsync());
        await using (var host = await journeys.StartAsync(receiver.Settings))
        {
            var handler = await host.HandlerAsync();
            await journeys.PublishAsync(handler);
            await CanaryJourneys.ReadAsync(handler);
            await CanaryJourneys.ModerateAsync(handler, await journeys.CommentAsync(handler));
            await journeys.SignInAsync(handler);
            await journeys.SubscribeAsync(handler);
            await journeys.FailAsync();
            await host.FireTimerAsync(nameof(CleanUpDaily));
            await host.FireTimerAsync(nameof(CheckHourly)); // its end exports all that ended before
        }

        await journeys.MailWithPasswordAsync(receiver.Settings);

        AssertMeasured(receiver);
        var exported = receiver.Text;
        Assert.All(journeys.Canaries, canary =>
            Assert.All(Spellings(canary), spelling =>
                Assert.DoesNotContain(spelling, exported, StringComparison.OrdinalIgnoreCase)
            )
        );
    }

    /// <summary>Every instrument was exported, and the tags that only a whole journey gives.</summary>
    private static void AssertMeasured(OtlpReceiver receiver)
    {
        var exported = receiver.Text;
        string[] instruments =
        [
            "blog.request.duration",
            "blog.render.duration",
            "blog.storage.duration",
            "blog.invocation.duration",
            "blog.queue.lag",
            "blog.verdicts",
            "blog.mails",
            "blog.uploads",
            "blog.poison.messages",
            "blog.mails.late",
        ];
        Assert.All(instruments, name => Assert.Contains(name, exported, StringComparison.Ordinal));
        (string Name, string Value)[] tags =
        [
            ("blog.page", "posts"),
            ("blog.page", "home"),
            ("blog.page", "missing"),
            ("blog.page", "PreviewComment"),
            ("blog.page", "PostComment"),
            ("blog.page", "ReviewComment"),
            ("blog.page", "SignIn"),
            ("blog.cache.layer", "rendered"),
            ("blog.cache.layer", "memory"),
            ("blog.cache.layer", "hot"),
            ("http.request.method", "_OTHER"),
            ("blog.storage.service", "blob"),
            ("blog.storage.service", "table"),
            ("blog.storage.service", "queue"),
            ("blog.outcome", "not found"),
            ("blog.outcome", "failed"),
            ("blog.outcome", "sent"),
            ("blog.outcome", "waiting"),
            ("blog.outcome", "published"),
            ("blog.outcome", "refused"),
            ("blog.rule", "hold all"),
            ("blog.rule", "person"),
            ("blog.state", "approved"),
            ("blog.queue", "moderation-poison"),
            ("blog.function", nameof(CheckHourly)),
        ];
        Assert.All(tags, tag => Assert.True(receiver.HasTag(tag.Name, tag.Value), $"{tag.Name} {tag.Value}"));
        Assert.Contains("GET posts", exported, StringComparison.Ordinal); // the name of a span
    }

    private static IEnumerable<string> Spellings(string canary) =>
        [canary, Uri.EscapeDataString(canary), Convert.ToBase64String(Encoding.UTF8.GetBytes(canary)).TrimEnd('=')];
}
