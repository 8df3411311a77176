namespace ServerlessBlog.Hosting.Local;

/// <summary>Formats commands for the user to paste into a shell in the current folder.</summary>
/// <param name="dataPath">The folder given with <c>--data</c>; null for the default one.</param>
internal sealed class PrintedCommand(string? dataPath)
{
    private const string Unquoted = "/.:-_+@%,=";

    /// <summary>The full command line.</summary>
    /// <param name="command">The name of the command, such as upload.</param>
    /// <param name="arguments">The arguments after the options; not quoted.</param>
    public string For(string command, string arguments = "")
    {
        var data = dataPath is null ? "" : $" --data {Quote(dataPath)}";
        return $"dotnet run --project {Quote(ProjectFolder())} -- {command}{data} {arguments}".TrimEnd();
    }

    /// <summary>Quotes an argument, where necessary, so that a shell of this machine reads it as one word.</summary>
    internal static string Quote(string argument) =>
        argument.All(character =>
            char.IsAsciiLetterOrDigit(character) || Unquoted.Contains(character, StringComparison.Ordinal)
        )
            ? argument
        : OperatingSystem.IsWindows() ? $"\"{argument}\""
        : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>
    /// The path of the project: relative when the current folder is the root of the repository, as in the README.
    /// </summary>
    private static string ProjectFolder()
    {
        var root = RepositoryRoot.Find();
        return Environment.CurrentDirectory == Path.GetFullPath(root) ? "functions" : Path.Combine(root, "functions");
    }
}
