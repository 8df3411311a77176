using Microsoft.Extensions.Configuration;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Tests.Settings;

/// <summary>The setting Blog__Webhooks.</summary>
public sealed class WebhookSettingTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static IReadOnlyList<Webhook> Read(string text) =>
        Webhook.Read(
            new SettingReader(new ConfigurationBuilder().AddInMemoryCollection([new("Blog:Webhooks", text)]).Build()),
            "Blog:Webhooks",
            max: 5
        );

    [Fact]
    public void Several_are_separated_by_semicolons()
    {
        var webhooks = Read($"https://a.example/hook?x=1 {Secret}; https://b.example {Secret}");

        Assert.Equal(
            ["https://a.example/hook?x=1", "https://b.example/"],
            webhooks.Select(webhook => webhook.Address.AbsoluteUri)
        );
        Assert.Equal(24, webhooks[0].Secret.Length);
        Assert.NotEqual(webhooks[0].Key, webhooks[1].Key);
    }

    [Fact]
    public void None_is_the_default() => Assert.Empty(Read(" "));

    [Theory]
    [InlineData("http://a.example/hook " + Secret)]
    [InlineData("https://user:canary@a.example/hook " + Secret)]
    [InlineData("https://a.example/canary")]
    [InlineData("https://a.example/hook canary")]
    [InlineData("https://a.example/hook whsec_canary")]
    [InlineData("https://a.example/hook whsec_c2hvcnQ=")]
    public void An_unusable_one_is_refused_with_a_sentence_that_repeats_no_secret(string text)
    {
        var problem = Assert.Throws<SettingException>(() => Read($"https://b.example {Secret};{text}"));

        Assert.Contains("Blog__Webhooks has no usable webhook in place 2", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_address_twice_and_more_than_five_are_refused()
    {
        Assert.Contains(
            "twice",
            Assert
                .Throws<SettingException>(() => Read($"https://a.example {Secret};https://a.example {Secret}"))
                .Message,
            StringComparison.Ordinal
        );
        var six = string.Join(';', Enumerable.Range(1, 6).Select(number => $"https://{number}.example {Secret}"));
        Assert.Contains(
            "at most 5",
            Assert.Throws<SettingException>(() => Read(six)).Message,
            StringComparison.Ordinal
        );
    }
}
