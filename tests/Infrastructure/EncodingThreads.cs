using System.Globalization;
using ServerlessBlog.Media;

namespace ServerlessBlog.Tests.Infrastructure;

/// <summary>Observes the threads on which a process encodes pictures, from outside (Linux).</summary>
internal static class EncodingThreads
{
    /// <summary>The threads that encode a picture now, with their nice values.</summary>
    public static IReadOnlyList<(string Thread, int NiceValue)> Find(int process)
    {
        List<(string, int)> found = [];
        foreach (var folder in Directory.GetDirectories($"/proc/{process}/task"))
        {
            try
            {
                if (File.ReadAllText(Path.Combine(folder, "comm")).Trim() == EncodingThread.Name)
                {
                    found.Add((Path.GetFileName(folder), ReadNiceValue(folder)));
                }
            }
            catch (IOException)
            {
                // The thread has ended meanwhile.
            }
        }

        return found;
    }

    /// <summary>The nice value of the calling thread.</summary>
    public static int NiceValueOfCaller() => ReadNiceValue("/proc/thread-self");

    /// <summary>Reads the field nice of stat, the 19th (proc(5)); the second, the name, is in parentheses.</summary>
    private static int ReadNiceValue(string folder)
    {
        var stat = File.ReadAllText(Path.Combine(folder, "stat"));
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19 - 3], CultureInfo.InvariantCulture);
    }
}
