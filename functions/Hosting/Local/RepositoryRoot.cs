namespace ServerlessBlog.Hosting.Local;

/// <summary>
/// The root of the repository clone that this program was built in, which holds files for the local start that are not
/// published.
/// </summary>
public static class RepositoryRoot
{
    private const string SolutionFile = "ServerlessBlog.sln";

    /// <summary>The full path of the nearest folder, from the program upwards, that holds ServerlessBlog.sln.</summary>
    /// <exception cref="StartException">There is no such folder: the program does not run from a clone.</exception>
    public static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, SolutionFile)))
            {
                return folder.FullName;
            }
        }

        throw new StartException(
            "Start this from a clone of the repository (dotnet run --project functions): "
                + $"no folder above {AppContext.BaseDirectory} holds {SolutionFile}."
        );
    }
}
