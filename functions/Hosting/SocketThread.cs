using System.Runtime.CompilerServices;

namespace ServerlessBlog.Hosting;

/// <summary>
/// Lets one thread wait for all sockets of the handler, as in nginx. That thread responds with cached pages itself, in
/// microseconds; all other work moves to the thread pool, so that no cached page waits for a render.
/// </summary>
public static class SocketThread
{
    /// <summary>
    /// The number of threads that wait for sockets, and whether completions run on them. .NET (System.Net.Sockets)
    /// reads both once, before the first socket.
    /// </summary>
    private static readonly (string Name, string Value)[] Variables =
    [
        ("DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT", "1"),
        ("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1"),
    ];

    /// <summary>
    /// Turns this on, unless the environment says otherwise. Must be called before the first socket is created. Has an
    /// effect on Linux and macOS only.
    /// </summary>
    public static void AnswerThere()
    {
        foreach (var (name, value) in Variables)
        {
            Environment.SetEnvironmentVariable(name, Environment.GetEnvironmentVariable(name) ?? value);
        }
    }

    /// <summary>Continues on the thread pool. Completes synchronously when already there.</summary>
    public static ConfiguredTaskAwaitable LeaveAsync() =>
        Task.CompletedTask.ConfigureAwait(
            Thread.CurrentThread.IsThreadPoolThread ? ConfigureAwaitOptions.None : ConfigureAwaitOptions.ForceYielding
        );

    /// <summary>Middleware that runs the rest of the pipeline on the thread pool.</summary>
    public static async Task LeaveAsync(HttpContext context, RequestDelegate next)
    {
        await LeaveAsync();
        await next(context);
    }
}
