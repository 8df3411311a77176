using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using ServerlessBlog.Hosting;

namespace ServerlessBlog.Tests.Hosting;

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
        var (hasRead, hasWritten, hasFailed) = (false, false, false);
        await OnAThreadOfItsOwnAsync(async () =>
        {
            await connection.ReadExactlyAsync(new byte[6]);
            hasRead = Thread.CurrentThread.IsThreadPoolThread;
        });
        await OnAThreadOfItsOwnAsync(async () =>
        {
            await connection.WriteAsync("question"u8.ToArray());
            hasWritten = Thread.CurrentThread.IsThreadPoolThread;
        });
        await connection.DisposeAsync();
        await OnAThreadOfItsOwnAsync(async () =>
        {
            await Assert.ThrowsAnyAsync<Exception>(async () => await connection.ReadExactlyAsync(new byte[1]));
            hasFailed = Thread.CurrentThread.IsThreadPoolThread;
        });

        Assert.Equal((true, true, true), (hasRead, hasWritten, hasFailed));
    }

    private static async Task OnAThreadOfItsOwnAsync(Func<Task> act)
    {
        var started = new TaskCompletionSource<Task>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => started.SetResult(act())).Start();
        await await started.Task;
    }
}
