namespace ServerlessBlog.Tests.Crashes;

[Trait("Category", "Slow")]
[Collection(CrashDriver.Collection)]
public sealed class PublishCrashTests
{
    [Fact]
    public Task A_changed_post_is_published_completely() =>
        CrashDriver.KillAtEveryMomentAsync(CrashDriver.PublishedPostAsync, leastMoments: 8);
}
