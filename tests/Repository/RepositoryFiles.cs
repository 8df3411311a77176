using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Repository;

/// <summary>The files of the repository: what git keeps, and what it would keep if it were added now.</summary>
internal static class RepositoryFiles
{
    /// <summary>Their paths from the repository's root, with slashes.</summary>
    public static async Task<IReadOnlyList<string>> ListAsync()
    {
        // safe.directory: the clone may belong to another user, as in a container.
        string[] list = ["-c", "safe.directory=*", "ls-files", "--cached", "--others", "--exclude-standard"];
        await using var git = ProgramRun.Start("git", list, folder: RepositoryRoot.Find());
        Assert.True(await git.EndAsync() == 0, git.Errors);
        return
        [
            .. git.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(file => File.Exists(FullPath(file))),
        ];
    }

    /// <summary>The full path of a file of the repository.</summary>
    public static string FullPath(string file) => Path.Combine(RepositoryRoot.Find(), file);
}
