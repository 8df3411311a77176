namespace ServerlessBlog.Tests.Crashes;

[Trait("Category", "Slow")]
[Collection(CrashDriver.Collection)]
public sealed class ApprovedCommentCrashTests
{
    [Fact]
    public Task An_approved_comment_is_on_the_page_once() =>
        CrashDriver.KillAtEveryMomentAsync(
            CrashDriver.ApprovedCommentAsync,
            leastMoments: 6,
            countsAllCalls: false,
            ("Blog__Comments__PreviouslyApproved", "false")
        );
}
