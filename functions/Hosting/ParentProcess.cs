using System.Runtime.InteropServices;

namespace ServerlessBlog.Hosting;

/// <summary>The process that started this one. The Functions host may be killed without ending its handler.</summary>
public static partial class ParentProcess
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>The parent's command name (Linux); null when it cannot be told.</summary>
    public static string? Name
    {
        get
        {
            var file = $"/proc/{GetParentProcessId()}/comm";
            return File.Exists(file) ? File.ReadAllText(file).Trim() : null;
        }
    }

    /// <summary>Calls <paramref name="onEnd"/> within a second after the parent has ended. Does nothing on Windows, which has no parents in this sense.</summary>
    /// <returns>Dispose to stop watching: afterwards <paramref name="onEnd"/> is not called, and does not run any more.</returns>
    public static IAsyncDisposable Watch(Action onEnd)
    {
        if (OperatingSystem.IsWindows())
        {
            return new Timer(static _ => { });
        }

        // A process whose parent has died is handed to another one (init, or a sub-reaper).
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
