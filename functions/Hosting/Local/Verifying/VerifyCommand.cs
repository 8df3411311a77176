using System.CommandLine;
using ServerlessBlog.Hosting.Local.Pages;

namespace ServerlessBlog.Hosting.Local.Verifying;

/// <summary>
/// The command <c>verify</c>: renders every page again and compares it with the cache, checks that rows and blobs
/// agree, and says what it would mend.
/// </summary>
internal static class VerifyCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(Option<DirectoryInfo> data)
    {
        var mend = new Option<bool>("--mend") { Description = "Mend what can be mended." };
        var verify = new Command(
            "verify",
            "Check everything of the running blog, or of BlogStorage: pages, rows and files."
        )
        {
            mend,
        };
        verify.SetAction(
            (line, stop) =>
                LocalCommand.RunGuardedAsync(() => RunAsync(LocalCommand.PathOf(data, line), line.GetValue(mend), stop))
        );
        return verify;
    }

    private static async Task<int> RunAsync(string dataPath, bool isMending, CancellationToken stop)
    {
        try
        {
            await using var server = await PageServer.StartAsync(dataPath, stop);
            var verification = new BlogVerification(server);
            var (found, mended) = (0, 0);
            await foreach (var deviation in verification.FindAsync(stop))
            {
                found++;
                var isMended = isMending && deviation.MendAsync is { } mend && await mend(stop);
                mended += isMended ? 1 : 0;
                Console.WriteLine($"{deviation.Place}: {deviation.Problem}. {Outcome(deviation, isMending, isMended)}");
            }

            Console.WriteLine($"{verification.Summary} {Sum(found, mended, isMending)}");
            return found == mended ? 0 : 1;
        }
        catch (Exception problem) when (StorageErrors.IsStorageError(problem) && !stop.IsCancellationRequested)
        {
            throw new StartException(
                $"The storage does not answer ({StorageProvisioning.Reason(problem)}): is the blog running?"
            );
        }
    }

    private static string Outcome(Deviation deviation, bool isMending, bool isMended) =>
        (deviation.MendAsync, isMending, isMended) switch
        {
            (null, _, _) => "That cannot be mended.",
            (_, false, _) => "--mend mends it.",
            (_, _, true) => "Mended.",
            _ => "It has changed meanwhile: verify again.",
        };

    private static string Sum(int found, int mended, bool isMending) =>
        (found, isMending) switch
        {
            (0, _) => "Everything is as it should be.",
            (_, false) => $"{found:N0} problems.",
            _ => $"{found:N0} problems, {mended:N0} mended.",
        };
}
