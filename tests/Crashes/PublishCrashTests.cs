namespace ServerlessBlog.Tests.Crashes;

public sealed class PublishCrashTests
{
    [Fact]
    public Task A_changed_post_is_published_completely() =>
        CrashDriver.AtEveryMomentAsync(CrashDriver.PublishedAsync, leastMoments: 25);
}
