using System.Threading.Channels;
using ServerlessBlog.Hosting.Local.Uploads;

namespace ServerlessBlog.Hosting.Local.Watching;

/// <summary>
/// Keeps the author's containers as a folder is: uploads what is in it at the start and what is written later, and
/// deletes what it has uploaded and is no longer there.
/// </summary>
/// <remarks>
/// Events of the file system only shorten the wait for the next look at the whole folder: they may be lost, and say
/// nothing about a file that is still being written.
/// </remarks>
/// <param name="folder">The path of the folder.</param>
/// <param name="storage">The blog's storage.</param>
/// <param name="names">What was uploaded from the folder before.</param>
/// <param name="isQuiet">True to print problems only.</param>
internal sealed class FolderWatch(string folder, BlogStorage storage, WatchedNames names, bool isQuiet)
{
    private const string Takes = "the folder takes posts (.md, .markdown, .html), and pictures, sound, films and PDF";

    /// <summary>The time between two looks at a file that is being written: 100 ms.</summary>
    private static readonly TimeSpan SettleTime = TimeSpan.FromMilliseconds(100);

    /// <summary>The time between two looks when there are no events: 2 s.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(2);

    private readonly FolderState _state = new(names.Files);
    private readonly Channel<bool> _events = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );
    private readonly HashSet<string> _skipped = new(StringComparer.Ordinal);
    private HashSet<string> _othersBefore = new(StringComparer.Ordinal);
    private string? _lastProblem;
    private int _complaints;

    /// <summary>Watches until it is stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var events = TryListen();
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var before = _complaints;
                await LookAsync(stop);
                _lastProblem = _complaints == before ? null : _lastProblem;
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                Complain($"{folder} cannot be read ({problem.Message.TrimEnd('.')}): it is tried again.");
            }
            catch (Exception problem) when (StorageErrors.IsStorageError(problem) && !stop.IsCancellationRequested)
            {
                Complain($"The storage does not answer ({StorageProvisioning.Reason(problem)}): it is tried again.");
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }

            await WaitAsync(stop);
        }
    }

    private async Task LookAsync(CancellationToken stop)
    {
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException("it is gone, and its posts stay as they are");
        }

        var found = UploadedFile
            .InPostFolder(folder)
            .DistinctBy(StoredFile.From)
            .ToDictionary(StoredFile.From, file => (file, StampOf(file)));
        SkipOthers(found);
        var changes = _state.Look(found, DateTimeOffset.UtcNow);
        await DeleteAsync(changes.Deleted, stop); // first: their addresses are free then
        await UploadAsync([.. changes.Written.Where(IsReadable)], stop);
    }

    private async Task UploadAsync(IReadOnlyList<UploadedFile> files, CancellationToken stop)
    {
        if (files.Count == 0)
        {
            return;
        }

        names.Add(files);
        var output = isQuiet
            ? new UploadOutput(Console.Out, TerminalStyle.OfConsole(), 1, result => !result.IsGood)
            : new UploadOutput(Console.Out, TerminalStyle.OfConsole(), files.Count, result =>
                result.Summary != UploadResult.Unchanged
            );
        var options = new UploadOptions(IsForced: false, IsAnnounced: false); // the blog announces what it writes
        await foreach (var result in UploadCommand.SendAsync(storage, files, options, stop))
        {
            output.Write(result);
        }

        output.Finish();
        foreach (var file in files)
        {
            _state.NoteDone(file);
        }
    }

    private async Task DeleteAsync(IReadOnlyList<StoredFile> files, CancellationToken stop)
    {
        if (files.Count == 0)
        {
            return;
        }

        await foreach (var result in DeleteCommand.DeleteAsync(storage, files, isAnnounced: true, stop))
        {
            if (!isQuiet || !result.IsGood)
            {
                Console.WriteLine(result.Text);
            }
        }

        names.Remove(files);
        foreach (var file in files)
        {
            _state.NoteDeleted(file);
        }
    }

    /// <summary>Says once of each file that is not for the blog why nothing becomes of it.</summary>
    private void SkipOthers(Dictionary<StoredFile, (UploadedFile, FileStamp)> found)
    {
        var others = UploadedFile
            .In(folder)
            .Select(file => file.Name)
            .Where(name => !UploadedFile.IsTemporary(name))
            .Except(found.Keys.Select(file => file.Name))
            .ToHashSet(StringComparer.Ordinal);
        foreach (var name in others.Where(_othersBefore.Contains).Where(_skipped.Add))
        {
            Print($"{name}: skipped: {Takes}.");
        }

        _othersBefore = others;
    }

    private bool IsReadable(UploadedFile file)
    {
        try
        {
            File.OpenRead(file.Path).Dispose();
            return true;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            Complain($"{file.Name}: cannot be read ({problem.Message.TrimEnd('.')}): it is tried again.");
            return false;
        }
    }

    private static FileStamp StampOf(UploadedFile file)
    {
        var info = new FileInfo(file.Path);
        return info.Exists ? new FileStamp(info.Length, info.LastWriteTimeUtc.Ticks) : default;
    }

    /// <summary>Waits for an event, or the time of the next look.</summary>
    private async Task WaitAsync(CancellationToken stop)
    {
        using var next = CancellationTokenSource.CreateLinkedTokenSource(stop);
        next.CancelAfter(_state.IsUnsettled ? SettleTime : LookInterval);
        try
        {
            await _events.Reader.ReadAsync(next.Token);
            await Task.Delay(SettleTime, stop); // several events of one change are one look
        }
        catch (OperationCanceledException) { }
    }

    /// <summary>Listens to the file system. Null when it gives no events, without which the looks are enough.</summary>
    private FileSystemWatcher? TryListen()
    {
        try
        {
            var events = new FileSystemWatcher(folder) { IncludeSubdirectories = true, EnableRaisingEvents = true };
            events.Changed += (_, _) => Wake();
            events.Created += (_, _) => Wake();
            events.Deleted += (_, _) => Wake();
            events.Renamed += (_, _) => Wake();
            events.Error += (_, _) => Wake();
            return events;
        }
        catch (Exception problem) when (problem is IOException or ArgumentException or PlatformNotSupportedException)
        {
            return null;
        }
    }

    private void Wake() => _events.Writer.TryWrite(true);

    private void Print(string line)
    {
        if (!isQuiet)
        {
            Console.WriteLine(line);
        }
    }

    /// <summary>Prints a problem, once until the next look without one.</summary>
    private void Complain(string sentence)
    {
        _complaints++;
        if (_lastProblem != sentence)
        {
            _lastProblem = sentence;
            Console.Error.WriteLine(sentence);
        }
    }
}
