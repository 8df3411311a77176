using System.Runtime.CompilerServices;

namespace ServerlessBlog.Hosting;

/// <summary>
/// The handler's sockets are waited for by one thread, as in nginx. It answers what is warm itself, in microseconds; whatever may take longer leaves
/// it for the thread pool, so that no warm page waits for a rendering.
/// </summary>
public static class SocketThread
{
    /// <summary>How many threads wait for sockets, and whether what waited is called there: read once by .NET (System.Net.Sockets), before the first socket.</summary>
    private static readonly (string Name, string Value)[] Variables =
    [
        ("DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT", "1"),
        ("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1"),
    ];

    /// <summary>From now on, unless the environment says otherwise. Call it before the first socket is made; only Linux and macOS have such a thread.</summary>
    public static void AnswerThere()
    {
        foreach (var (name, value) in Variables)
        {
            Environment.SetEnvironmentVariable(name, Environment.GetEnvironmentVariable(name) ?? value);
        }
    }

    /// <summary>Awaited, it goes on on the thread pool; does nothing for who is there already.</summary>
    public static ConfiguredTaskAwaitable LeaveAsync() =>
        Task.CompletedTask.ConfigureAwait(
            Thread.CurrentThread.IsThreadPoolThread ? ConfigureAwaitOptions.None : ConfigureAwaitOptions.ForceYielding
        );

    /// <summary>Middleware: what comes after it is run by the thread pool.</summary>
    public static async Task LeaveAsync(HttpContext context, RequestDelegate next)
    {
        await LeaveAsync();
        await next(context);
    }
}
