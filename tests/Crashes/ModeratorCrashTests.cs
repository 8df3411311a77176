namespace ServerlessBlog.Tests.Crashes;

public sealed class ModeratorCrashTests
{
    [Fact]
    public Task What_a_moderator_did_is_on_the_page() =>
        CrashDriver.AtEveryMomentAsync(CrashDriver.ModeratedAsync, leastMoments: 15);
}
