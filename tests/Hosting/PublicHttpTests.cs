using System.Net;
using ServerlessBlog.Hosting;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Hosting;

/// <summary>Requests to addresses that people enter.</summary>
public sealed class PublicHttpTests
{
    [Theory]
    [InlineData("127.0.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("192.168.0.1", false)]
    [InlineData("168.63.129.16", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("fc00::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("1.1.1.1", true)]
    [InlineData("::ffff:1.1.1.1", true)]
    [InlineData("2606:4700:4700::1111", true)]
    public void Only_addresses_on_the_public_internet_are_allowed(string address, bool isPublic) =>
        Assert.Equal(isPublic, PublicHttp.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    [InlineData("localhost")]
    public async Task A_name_of_this_machine_is_not_connected_to(string host)
    {
        await using var server = await WebhookServer.StartAsync();
        using var http = new HttpMessageInvoker(PublicHttp.CreateHandler());
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            $"https://{host}:{new Uri(server.Address).Port}/hook"
        );

        var problem = await Assert.ThrowsAsync<HttpRequestException>(() => http.SendAsync(request, default));

        Assert.Contains("is not a public address.", problem.Message, StringComparison.Ordinal);
        Assert.Empty(server.Received);
    }
}
