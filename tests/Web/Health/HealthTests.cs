using System.Net;
using Azure.Core.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Web.Health;

namespace ServerlessBlog.Tests.Web.Health;

/// <summary>/healthz and /readyz.</summary>
public sealed class HealthTests : IAsyncLifetime
{
    private readonly StorageCalls _calls = new();
    private TestBlog _blog = null!;

    public async Task InitializeAsync() =>
        _blog = await TestBlog.StartAsync(compose: services => services.AddSingleton<HttpPipelinePolicy>(_calls));

    public Task DisposeAsync() => _blog.DisposeAsync().AsTask();

    [Fact]
    public async Task Health_says_the_version_even_while_storage_does_not_answer()
    {
        _calls.ShouldFail = _ => true;

        using var response = await _blog.GetAsync("/healthz");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal($"{ReadHealth.Version}\n", await response.Content.ReadAsStringAsync());
        Assert.Matches(@"^\d+\.\d+\.\d+", ReadHealth.Version);
        Assert.True(response.Headers.CacheControl is { NoStore: true, Private: true });
    }

    [Fact]
    public async Task Readiness_says_whether_storage_answers()
    {
        using var ready = await _blog.GetAsync("/readyz");
        _calls.ShouldFail = _ => true;
        using var unready = await _blog.GetAsync("/readyz");

        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, unready.StatusCode);
        Assert.Equal("Storage does not answer.\n", await unready.Content.ReadAsStringAsync());
    }
}
