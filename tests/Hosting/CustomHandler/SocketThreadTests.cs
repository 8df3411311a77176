using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using ServerlessBlog.Hosting;

namespace ServerlessBlog.Tests.Hosting.CustomHandler;

/// <summary>What may take long does not keep the thread that all sockets wait for. A thread of the test's own stands for it.</summary>
public sealed class SocketThreadTests
{
    [Fact]
    public async Task What_comes_after_the_warm_pages_is_run_by_the_thread_pool()
    {
        var isPooled = false;

        await OnAThreadOfItsOwnAsync(() => SocketThread.LeaveAsync(new DefaultHttpContext(), _ =>
            {
                isPooled = Thread.CurrentThread.IsThreadPoolThread;
                return Task.CompletedTask;
            }));

        Assert.True(isPooled);
    }

    [Fact]
    public async Task Who_waited_for_another_server_goes_on_on_the_thread_pool()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var ours = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await ours.ConnectAsync(listener.LocalEndpoint);
        using var storage = await listener.AcceptSocketAsync();
        await storage.SendAsync("answer"u8.ToArray());
        while (ours.Available == 0)
        {
            await Task.Delay(1);
        }

        await using var connection = new Connection(ours);
        Assert.True(await LeavesAsync(() => connection.ReadExactlyAsync(new byte[6]).AsTask()));
        Assert.True(await LeavesAsync(() => connection.WriteAsync("question"u8.ToArray()).AsTask()));

        await connection.DisposeAsync();
        Assert.True(
            await LeavesAsync(() =>
                Assert.ThrowsAnyAsync<Exception>(() => connection.ReadExactlyAsync(new byte[1]).AsTask())
            )
        );
    }

    /// <summary>Whether the act, begun on a thread of its own, went on on the thread pool.</summary>
    /// <remarks>Not the thread that one is on after awaiting it: the pool may have ended it before the other thread looks, which then needs not wait.</remarks>
    private static async Task<bool> LeavesAsync(Func<Task> act)
    {
        var hasLeft = false;
        var marked = new AsyncLocal<bool>(change =>
            hasLeft |= change.CurrentValue && Thread.CurrentThread.IsThreadPoolThread
        );
        await OnAThreadOfItsOwnAsync(() =>
        {
            marked.Value = true;
            return act();
        });
        return hasLeft;
    }

    private static async Task OnAThreadOfItsOwnAsync(Func<Task> act)
    {
        var started = new TaskCompletionSource<Task>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => started.SetResult(act())).Start();
        await await started.Task;
    }
}
