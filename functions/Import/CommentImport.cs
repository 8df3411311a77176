using System.Runtime.CompilerServices;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Export;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Import;

/// <summary>
/// Imports comments as they were decided elsewhere: no rule judges them, nobody gets a mail. Idempotent, so an import
/// that was stopped is run again.
/// </summary>
public sealed class CommentImport(
    CommentTable comments,
    CommentLists lists,
    PostStatusLists posts,
    RaiseQueueClient raises,
    TimeProvider clock
)
{
    /// <summary>The maximum number of lines: 500,000.</summary>
    public const int MaxLines = 500_000;

    /// <summary>Imports the lines of a file, post by post, and returns what became of each.</summary>
    /// <param name="file">The text of the file, in JSON Lines.</param>
    /// <param name="isDryRun">Whether to write nothing.</param>
    /// <param name="cancellationToken">Stops the import; comments imported by then stay.</param>
    public async IAsyncEnumerable<ImportedLine> ImportAsync(
        TextReader file,
        bool isDryRun,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var all = await posts.ReadAllAsync(cancellationToken).ToListAsync(cancellationToken);
        var bySource = all.ToLookup(post => post.Source, post => post.Id, StringComparer.Ordinal);
        var ids = all.Select(post => post.Id.ToString()).ToHashSet(StringComparer.Ordinal);
        var read = BoundedLines
            .Read(file, CommentReader.MaxLine)
            .Take(MaxLines + 1)
            .Select((line, index) => (Number: index + 1, Text: line))
            .Where(line => line.Text.Length > 0)
            .Select(line =>
                line.Number > MaxLines
                    ? ReadLine.Refuse(line.Number, $"the file has more than {MaxLines:N0} lines: split it")
                    : CommentReader.Read(line.Number, line.Text, FindPost)
            )
            .ToList();
        foreach (var refused in read.Where(line => line.Problem is not null))
        {
            yield return new ImportedLine(refused.Number, ImportOutcome.LeftOut, refused.Problem!);
        }

        foreach (var post in read.Where(line => line.Comment is not null).GroupBy(line => line.Comment!.Key.Post))
        {
            var done = new HashSet<CommentKey>();
            foreach (var line in Sort(post))
            {
                yield return await ImportAsync(line, done, isDryRun, cancellationToken);
            }

            if (!isDryRun)
            {
                await raises.SendAsync(post.Key, cancellationToken);
            }
        }

        PostId? FindPost(ExportedComment comment) =>
            comment.File is { } file && bySource[file].Any() ? bySource[file].First()
            : comment.Post is { } id && ids.Contains(id) ? new PostId(id)
            : null;
    }

    /// <summary>
    /// Sorts the comments of a post: by the numbers that they had, then by time, but each after the one that it replies
    /// to. Of a circle of replies, the first begins a thread.
    /// </summary>
    private static List<ReadLine> Sort(IEnumerable<ReadLine> ofPost)
    {
        var wanted = ofPost.OrderBy(line => line.Order).ThenBy(line => line.Comment!.Created).ToList();
        var byId = wanted.DistinctBy(line => line.Comment!.Key).ToDictionary(line => line.Comment!.Key.Comment);
        var (sorted, done) = (new List<ReadLine>(), new HashSet<ReadLine>());
        foreach (var line in wanted)
        {
            var chain = new Stack<ReadLine>();
            for (var next = line; next is not null && done.Add(next); next = ParentOf(next))
            {
                chain.Push(next);
            }

            sorted.AddRange(chain);
        }

        return sorted;

        ReadLine? ParentOf(ReadLine line) =>
            line.Comment!.ReplyTo is { } parent ? byId.GetValueOrDefault(parent) : null;
    }

    private async Task<ImportedLine> ImportAsync(
        ReadLine line,
        HashSet<CommentKey> done,
        bool isDryRun,
        CancellationToken cancellationToken
    )
    {
        var comment = line.Comment!;
        var existing = (await comments.FindPatientlyAsync(comment.Key, cancellationToken))?.Value;
        var hasParent = existing is not null || await HasParentAsync(comment, done, cancellationToken);
        comment = hasParent ? comment : comment with { ReplyTo = null };
        done.Add(comment.Key);
        var outcome = new ImportedLine(
            line.Number,
            existing is null ? ImportOutcome.Imported : ImportOutcome.Unchanged,
            hasParent ? "" : "what it replies to is not there, so it begins a thread"
        );
        if (isDryRun)
        {
            return outcome;
        }

        var now = clock.GetUtcNow();
        var entry = new AuditEntry(now, "by import", CommentState.Waiting, comment.State, comment.Reasons);
        while (
            existing is null
            && !await comments.TryImportAsync(comment, entry, cancellationToken)
            && await comments.FindPatientlyAsync(comment.Key, cancellationToken) is null
        ) { }

        // Also for one that is there: an import may have been killed before these.
        var stored = existing ?? (await comments.FindPatientlyAsync(comment.Key, cancellationToken))!.Value;
        await lists.PlaceAsync(stored, cancellationToken);
        if (stored is { State: CommentState.Approved, Email.Length: > 0 })
        {
            await comments.RememberWriterAsync(stored, cancellationToken);
        }

        return outcome;
    }

    /// <summary>Whether the comment is no reply, or what it replies to is there.</summary>
    private async Task<bool> HasParentAsync(
        Comment comment,
        HashSet<CommentKey> done,
        CancellationToken cancellationToken
    ) =>
        comment.ReplyTo is not { } parent
        || done.Contains(comment.Key with { Comment = parent })
        || await comments.FindPatientlyAsync(comment.Key with { Comment = parent }, cancellationToken) is not null;
}

/// <summary>What became of a line.</summary>
/// <param name="Number">The number of the line, from 1.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="Reason">Why it was left out, or what is not as in the file; empty for nothing.</param>
public sealed record ImportedLine(int Number, ImportOutcome Outcome, string Reason);

/// <summary>The outcome of a line.</summary>
public enum ImportOutcome
{
    /// <summary>Its comment was added.</summary>
    Imported,

    /// <summary>Its comment was there.</summary>
    Unchanged,

    /// <summary>It was left out.</summary>
    LeftOut,
}
