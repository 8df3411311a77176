namespace ServerlessBlog.Tests.Crashes;

public sealed class ModeratorCrashTests
{
    [Fact]
    public Task A_moderators_decision_is_on_the_page() =>
        CrashDriver.AtEveryMomentAsync(CrashDriver.ModeratedAsync, leastMoments: 15);
}
