using System.CommandLine;
using ServerlessBlog.Tests.Upgrade;

namespace ServerlessBlog.Benchmarks;

/// <summary>
/// Writes the storage of a small blog, as this version of the program creates it, into a folder for the upgrade tests
/// of later versions.
/// </summary>
internal static class UpgradeDataCommand
{
    public static Command Create()
    {
        var folder = new Argument<DirectoryInfo>("folder")
        {
            Description = "Where to, such as tests/data/upgrade/1.1.",
            HelpName = "FOLDER",
        };
        var command = new Command(
            "upgrade-data",
            "Writes what this version stores, for the tests of later ones: see tests/data/upgrade."
        )
        {
            folder,
        };
        command.SetAction(
            async (line, _) =>
            {
                await SnapshotRecorder.RecordAsync(line.GetRequiredValue(folder).FullName);
                return 0;
            }
        );
        return command;
    }
}
