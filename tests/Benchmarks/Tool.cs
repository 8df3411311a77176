namespace ServerlessBlog.Benchmarks;

/// <summary>Finds programs that the benchmarks need and the tests do not.</summary>
internal static class Tool
{
    /// <summary>The full path of a program in PATH or /usr/sbin, where Debian installs servers.</summary>
    /// <exception cref="InvalidOperationException">The program is not installed.</exception>
    public static string Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':')
            .Append("/usr/sbin")
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException($"{name} is missing: apt-get install wrk nginx-light hugo");
}
