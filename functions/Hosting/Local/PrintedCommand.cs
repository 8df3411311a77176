namespace ServerlessBlog.Hosting.Local;

/// <summary>The commands that the running blog prints: they work when pasted into a shell in the same folder.</summary>
/// <param name="dataPath">The folder that <c>--data</c> named; null for the default.</param>
internal sealed class PrintedCommand(string? dataPath)
{
    private const string Unquoted = "/.:-_+@%,=";

    /// <summary>The whole command line.</summary>
    /// <param name="command">The command's name, such as upload.</param>
    /// <param name="arguments">What stands behind the options; printed as it is.</param>
    public string For(string command, string arguments = "")
    {
        var data = dataPath is null ? "" : $" --data {Quote(dataPath)}";
        return $"dotnet run --project {Quote(ProjectFolder())} -- {command}{data} {arguments}".TrimEnd();
    }

    /// <summary>The argument as a shell of this machine takes it for one word.</summary>
    internal static string Quote(string argument) =>
        argument.All(sign => char.IsAsciiLetterOrDigit(sign) || Unquoted.Contains(sign, StringComparison.Ordinal))
            ? argument
        : OperatingSystem.IsWindows() ? $"\"{argument}\""
        : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>Short where the blog was started in the repository's root, as the README has it.</summary>
    private static string ProjectFolder()
    {
        var root = RepositoryRoot.Find();
        return Environment.CurrentDirectory == Path.GetFullPath(root) ? "functions" : Path.Combine(root, "functions");
    }
}
