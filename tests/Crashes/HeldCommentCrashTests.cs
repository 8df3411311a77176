namespace ServerlessBlog.Tests.Crashes;

[Trait("Category", "Slow")]
[Collection(CrashDriver.Collection)]
public sealed class HeldCommentCrashTests
{
    [Fact]
    public Task A_held_comment_is_stored_once_and_mailed_once() =>
        CrashDriver.KillAtEveryMomentAsync(CrashDriver.HeldCommentAsync, leastMoments: 12);
}
