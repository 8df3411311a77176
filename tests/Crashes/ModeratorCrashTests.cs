namespace ServerlessBlog.Tests.Crashes;

[Trait("Category", "Slow")]
[Collection(CrashDriver.Collection)]
public sealed class ModeratorCrashTests
{
    [Fact]
    public Task A_moderators_decision_is_on_the_page() =>
        CrashDriver.KillAtEveryMomentAsync(CrashDriver.ModeratedCommentAsync, leastMoments: 6);
}
