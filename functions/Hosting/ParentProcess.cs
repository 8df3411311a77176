using System.Runtime.InteropServices;

namespace ServerlessBlog.Hosting;

/// <summary>
/// The process that started this one. The Functions host can be killed without ending its handler or worker.
/// </summary>
public static partial class ParentProcess
{
    /// <summary>How often the parent is checked.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>The command name of the parent (Linux); null when it cannot be determined.</summary>
    public static string? Name
    {
        get
        {
            var file = $"/proc/{GetParentProcessId()}/comm";
            return File.Exists(file) ? File.ReadAllText(file).Trim() : null;
        }
    }

    /// <summary>
    /// Calls <paramref name="onEnd"/> within a second after the parent has ended, from a thread of the pool. Does
    /// nothing on Windows, which does not reassign the parents of processes.
    /// </summary>
    /// <returns>
    /// Dispose to stop watching: afterwards <paramref name="onEnd"/> is neither called nor still running.
    /// </returns>
    public static IAsyncDisposable Watch(Action onEnd)
    {
        if (OperatingSystem.IsWindows())
        {
            return new Timer(static _ => { });
        }

        // When the parent dies, the kernel assigns another one (init, or a subreaper).
        var parent = GetParentProcessId();
        return new Timer(
            _ =>
            {
                if (GetParentProcessId() != parent)
                {
                    onEnd();
                }
            },
            null,
            Interval,
            Interval
        );
    }

    [LibraryImport("libc", EntryPoint = "getppid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetParentProcessId();
}
