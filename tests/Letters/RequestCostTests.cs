using System.Net;
using System.Text.RegularExpressions;
using ServerlessBlog.Letters;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Letters;

/// <summary>The storage calls of the dearest requests that anybody can send about mail.</summary>
public sealed partial class RequestCostTests
{
    [Fact]
    public async Task A_stranger_cannot_make_a_request_about_mail_cost_much()
    {
        await using var fixture = await LetterFixture.StartAsync();
        for (var number = 0; number < 20; number++)
        {
            await fixture.Blog.Get<RecipientTable>().GetOrAddAsync(fixture.MailOf($"other-{number}"), default);
        }

        var costs = new[]
        {
            await CountAsync(fixture, () => PostAsync(fixture, "/subscribe", fixture.MailOf("new"))),
            await CountAsync(fixture, () => PostAsync(fixture, "/subscribe", fixture.MailOf("new"))),
            await CountAsync(fixture, () => PostAsync(fixture, "/privacy", fixture.MailOf("new"))),
            await CountAsync(fixture, () => PostAsync(fixture, "/privacy", fixture.MailOf("new"))),
            await CountAsync(fixture, () => fixture.Blog.ReadAsync("/letters/" + new string('a', 2000))),
            await CountAsync(fixture, () => fixture.Blog.ReadAsync("/privacy/" + new string('a', 2000))),
        };

        Assert.True(costs[0] <= 18, $"A new address: {costs[0]} calls.");
        Assert.True(costs[1] <= 8, $"The same again: {costs[1]} calls.");
        Assert.True(costs[2] <= 12, $"What is kept: {costs[2]} calls.");
        Assert.True(costs[3] <= 4, $"The same again: {costs[3]} calls.");
        Assert.Equal([0, 0], costs[4..]); // no signature, no storage
    }

    [Fact]
    public async Task What_is_kept_of_an_address_is_found_with_a_call_for_a_thousand_rows()
    {
        await using var fixture = await LetterFixture.StartAsync();
        for (var number = 0; number < 30; number++)
        {
            await fixture.WriteAsync("Grace", $"Comment {number}.");
        }

        await PostAsync(fixture, "/privacy", fixture.MailOf("Grace"));
        var mail = await fixture.WaitForAsync("Grace", "keeps");
        var page = new Uri(Link().Match(mail.Text).Value).AbsolutePath;

        Assert.InRange(await CountAsync(fixture, () => fixture.Blog.ReadAsync(page)), 4, 12);
    }

    private static async Task PostAsync(LetterFixture fixture, string path, string mail)
    {
        using var content = new FormUrlEncodedContent([new("email", mail)]);
        using var response = await fixture.Blog.Http.PostAsync(path, content);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    /// <summary>Counts the calls of a request, without those that the local host makes by itself.</summary>
    private static async Task<int> CountAsync(LetterFixture fixture, Func<Task> request)
    {
        await fixture.Blog.ReadAsync("/subscribe"); // the layout and the texts are fresh then
        fixture.Blog.Calls.Clear();
        await request();
        return fixture.Blog.Calls.Recorded.Count(call => !StorageCalls.IsFromLocalHost(call));
    }

    [GeneratedRegex(@"http://blog\.test/privacy/\S+")]
    private static partial Regex Link();
}
