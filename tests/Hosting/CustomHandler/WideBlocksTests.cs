using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using ServerlessBlog.Hosting.CustomHandler;

namespace ServerlessBlog.Tests.Hosting.CustomHandler;

/// <summary>The server's buffer pool: large blocks that are reused, with a limit on idle ones.</summary>
public sealed class WideBlocksTests
{
    [Fact]
    public void A_block_has_the_full_size_for_every_request_and_one_user_until_it_is_returned()
    {
        using var pool = new WideBlocks().Create();
        using var one = pool.Rent(1);
        var two = pool.Rent();
        var array = ArrayOf(two);

        Assert.Equal(
            (WideBlocks.Size, WideBlocks.Size, WideBlocks.Size),
            (one.Memory.Length, two.Memory.Length, pool.MaxBufferSize)
        );
        Assert.NotSame(ArrayOf(one), array);

        two.Dispose();
        using var three = pool.Rent(WideBlocks.Size);
        Assert.Same(array, ArrayOf(three));
    }

    [Fact]
    public void Renting_more_than_a_block_throws()
    {
        using var pool = new WideBlocks().Create();

        Assert.Throws<ArgumentOutOfRangeException>(() => pool.Rent(WideBlocks.Size + 1));
    }

    [Fact]
    public void Blocks_beyond_the_idle_limit_are_released_after_a_peak()
    {
        using var pool = new WideBlocks().Create();
        var peak = Rent(pool, 2 * WideBlocks.MaxIdle);
        var arrays = peak.Select(ArrayOf).ToHashSet();
        Return(peak);

        var next = Rent(pool, 2 * WideBlocks.MaxIdle);

        Assert.Equal(WideBlocks.MaxIdle + 1, next.Select(ArrayOf).Count(arrays.Contains));
        Return(next);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(WideBlocks.Size)]
    [InlineData(10 * WideBlocks.Size + 1)]
    public async Task The_server_uses_the_blocks_and_sends_larger_bodies_too(int length)
    {
        var body = new byte[length];
        Random.Shared.NextBytes(body);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<IMemoryPoolFactory<byte>, WideBlocks>();
        await using var app = builder.Build();
        var width = 0;
        app.Run(async context =>
        {
            width = context.Features.Get<IMemoryPoolFeature>()!.MemoryPool.MaxBufferSize;
            context.Response.ContentLength = length;
            await context.Response.BodyWriter.WriteAsync(body);
        });
        await app.StartAsync();
        using var http = new HttpClient();

        Assert.Equal(body, await http.GetByteArrayAsync(app.Urls.Single()));
        Assert.Equal(WideBlocks.Size, width);
    }

    private static List<IMemoryOwner<byte>> Rent(MemoryPool<byte> pool, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => pool.Rent())];

    private static void Return(IEnumerable<IMemoryOwner<byte>> blocks)
    {
        foreach (var block in blocks)
        {
            block.Dispose();
        }
    }

    private static byte[] ArrayOf(IMemoryOwner<byte> block) =>
        MemoryMarshal.TryGetArray<byte>(block.Memory, out var array)
            ? array.Array!
            : throw new InvalidOperationException("A block is an array.");
}
