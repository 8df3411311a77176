namespace ServerlessBlog.Hosting.Local;

/// <summary>The clone this program was built in; what the local start needs lies there and is not published.</summary>
public static class RepositoryRoot
{
    private const string Mark = "ServerlessBlog.sln";

    /// <summary>The full path of the nearest folder, from the program upwards, that holds ServerlessBlog.sln.</summary>
    /// <exception cref="StartException">There is none: this is not a clone.</exception>
    public static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Mark)))
            {
                return folder.FullName;
            }
        }

        throw new StartException(
            $"Start this from a clone of the repository (dotnet run --project functions): no folder above {AppContext.BaseDirectory} holds {Mark}."
        );
    }
}
