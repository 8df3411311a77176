namespace ServerlessBlog.Benchmarks;

/// <summary>Programs that measuring needs and the tests do not.</summary>
internal static class Tool
{
    /// <summary>The full path of a program in PATH, or where Debian puts servers.</summary>
    /// <exception cref="InvalidOperationException">It is not installed.</exception>
    public static string Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':')
            .Append("/usr/sbin")
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException($"{name} is missing: apt-get install wrk nginx-light hugo");
}
