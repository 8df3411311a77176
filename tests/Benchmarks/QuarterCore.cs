namespace ServerlessBlog.Benchmarks;

/// <summary>
/// A program that gets a quarter of a processor, as an instance of 512 MB does on Flex Consumption: a script that joins
/// a control group of its own before it becomes the program (cgroups(7), both versions).
/// </summary>
internal sealed class QuarterCore : IDisposable
{
    private const string Root = "/sys/fs/cgroup";

    /// <summary>In each period, the group may run for so long; both in microseconds.</summary>
    private const string Quota = "25000";

    private const string Period = "100000";

    private readonly string _group;

    private QuarterCore(string group, string executable)
    {
        _group = group;
        Executable = Path.Combine(Path.GetTempPath(), Path.GetFileName(group) + ".sh");
        File.WriteAllText(
            Executable,
            $"#!/bin/sh\necho $$ > {Path.Combine(group, "cgroup.procs")} && exec '{executable}' \"$@\"\n"
        );
        if (!OperatingSystem.IsWindows()) // which has no control groups and does not come here
        {
            File.SetUnixFileMode(Executable, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    /// <summary>The path of the script; its process keeps its id when it becomes the program.</summary>
    public string Executable { get; }

    /// <summary>Says in one sentence why this machine cannot measure; null when it can.</summary>
    public static string? FindProblem()
    {
        try
        {
            using var group = Create("/bin/true");
            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return $"Wall time at a quarter of a core cannot be measured here: {problem.Message}";
        }
    }

    /// <summary>Creates a control group and the script that starts a program in it.</summary>
    /// <exception cref="IOException">The machine has no control groups that can be written.</exception>
    public static QuarterCore Create(string executable)
    {
        var isVersion2 = File.Exists(Path.Combine(Root, "cgroup.controllers"));
        var group = Path.Combine(isVersion2 ? Root : Path.Combine(Root, "cpu"), $"blog-{Guid.NewGuid():N}");
        Directory.CreateDirectory(group);
        try
        {
            foreach (
                var (file, value) in isVersion2
                    ? [("cpu.max", $"{Quota} {Period}")]
                    : new[] { ("cpu.cfs_period_us", Period), ("cpu.cfs_quota_us", Quota) }
            )
            {
                Write(Path.Combine(group, file), value);
            }

            return new QuarterCore(group, executable);
        }
        catch
        {
            Directory.Delete(group);
            throw;
        }
    }

    /// <summary>Removes the group; its process must have ended.</summary>
    public void Dispose()
    {
        File.Delete(Executable);
        Directory.Delete(_group);
    }

    /// <summary>Writes to a file that exists: elsewhere than in a control group, there is none of this name.</summary>
    private static void Write(string file, string value)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Write);
        stream.Write(System.Text.Encoding.ASCII.GetBytes(value));
    }
}
