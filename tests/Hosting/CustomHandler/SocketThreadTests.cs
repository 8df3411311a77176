using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using ServerlessBlog.Hosting;

namespace ServerlessBlog.Tests.Hosting.CustomHandler;

/// <summary>
/// Work that may take long does not block the thread that serves all sockets; a thread of the test stands in for that
/// one.
/// </summary>
public sealed class SocketThreadTests
{
    [Fact]
    public async Task The_middleware_after_the_hot_pages_runs_on_the_thread_pool()
    {
        var isPooled = false;

        await RunOnDedicatedThreadAsync(() => SocketThread.LeaveAsync(new DefaultHttpContext(), _ =>
            {
                isPooled = Thread.CurrentThread.IsThreadPoolThread;
                return Task.CompletedTask;
            }));

        Assert.True(isPooled);
    }

    [Fact]
    public async Task After_waiting_for_another_server_the_code_continues_on_the_thread_pool()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(listener.LocalEndpoint);
        using var storage = await listener.AcceptSocketAsync();
        await storage.SendAsync("answer"u8.ToArray());
        while (client.Available == 0)
        {
            await Task.Delay(1);
        }

        await using var connection = new Connection(client);
        Assert.True(await ContinuesOnThreadPoolAsync(() => connection.ReadExactlyAsync(new byte[6]).AsTask()));
        Assert.True(await ContinuesOnThreadPoolAsync(() => connection.WriteAsync("question"u8.ToArray()).AsTask()));

        await connection.DisposeAsync();
        Assert.True(
            await ContinuesOnThreadPoolAsync(() =>
                Assert.ThrowsAnyAsync<Exception>(() => connection.ReadExactlyAsync(new byte[1]).AsTask())
            )
        );
    }

    /// <summary>Determines whether an action that starts on a dedicated thread continues on the thread pool.</summary>
    /// <remarks>
    /// Checking the thread after the await would not do: when the pool has completed the action by then, the first
    /// thread continues synchronously.
    /// </remarks>
    private static async Task<bool> ContinuesOnThreadPoolAsync(Func<Task> action)
    {
        var hasLeft = false;
        var marked = new AsyncLocal<bool>(change =>
            hasLeft |= change.CurrentValue && Thread.CurrentThread.IsThreadPoolThread
        );
        await RunOnDedicatedThreadAsync(() =>
        {
            marked.Value = true;
            return action();
        });
        return hasLeft;
    }

    private static async Task RunOnDedicatedThreadAsync(Func<Task> action)
    {
        var started = new TaskCompletionSource<Task>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => started.SetResult(action())).Start();
        await await started.Task;
    }
}
