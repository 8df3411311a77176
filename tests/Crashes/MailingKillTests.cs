namespace ServerlessBlog.Tests.Crashes;

[Trait("Category", "Slow")]
[Collection(CrashDriver.Collection)]
public sealed class MailingKillTests
{
    [Fact]
    public Task Everybody_gets_a_new_post_and_at_most_the_mail_in_flight_comes_twice() =>
        CrashDriver.KillAtEveryMomentAsync(MailingScenario.RunAsync, leastMoments: 12);
}
